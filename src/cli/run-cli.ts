import { ExternalError, messageOf, UserError } from '../lib/errors.ts';
import { suggest } from '../lib/text.ts';
import { courierVersion } from '../lib/version.ts';
import { toPlain } from '../reports/plain-text.ts';
import type { Command, CommandContext } from './command.ts';
import { commands } from './commands.ts';
import { parseArguments } from './parse-arguments.ts';
import { renderHelp, renderOverview } from './render-help.ts';
import { type ExitCode, exitCodes } from './terminal.ts';

/** One call of the command line, from its arguments to its exit code. The one place where its errors end. */
export async function runCli(context: CommandContext): Promise<ExitCode> {
  try {
    return await dispatch(context);
  } catch (error) {
    const { terminal } = context;
    terminal.stderr.write(`${toPlain(describe(error))}\n`);
    return error instanceof UserError ? exitCodes.usage : exitCodes.incomplete;
  }
}

async function dispatch(context: CommandContext): Promise<ExitCode> {
  const { stdout, args } = context.terminal;
  const [first = 'help', ...rest] = args;
  if (first === '--version' || first === '-v') {
    stdout.write(`${courierVersion}\n`);
    return exitCodes.done;
  }
  if (first === 'help' || first === '--help' || first === '-h') {
    const [name] = rest.filter((word) => !word.startsWith('-'));
    stdout.write(name === undefined ? renderOverview(commands) : renderHelp(findCommand(name)));
    return exitCodes.done;
  }
  const command = findCommand(first);
  const given = parseArguments(rest, command);
  if (!given.flags.has('help')) return command.run(given, context);
  stdout.write(renderHelp(command));
  return exitCodes.done;
}

function findCommand(name: string): Command {
  const command = commands.find((it) => it.name === name);
  if (command) return command;
  const listed = commands.filter((it) => !it.hidden).map((it) => it.name);
  const meant = suggest(name, [...listed, 'help']);
  const what = name.startsWith('-') ? `The command comes first, before ${name}.` : `Unknown command ${name}.`;
  throw new UserError(`${what}${meant ? ` Did you mean ${meant}?` : ''} \`courier help\` lists the commands.`);
}

function describe(error: unknown): string {
  if (error instanceof UserError) return error.message;
  if (error instanceof ExternalError) return error.hint ? `${error.message}\n${error.hint}` : error.message;
  return `Courier failed unexpectedly: ${messageOf(error)}`;
}
