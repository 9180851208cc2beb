import { factsOf, type SettingKind, toKebab } from '../config/setting.ts';
import { type Command, flags } from './command.ts';

const width = 80;

/** What `courier help` prints. */
export function renderOverview(commands: readonly Command[]): string {
  const rows = commands
    .filter((command) => !command.hidden)
    .map((command) => [usageOf(command), command.summary] as const);
  return [
    "Courier keeps a repository's problems as GitHub Issues.",
    '',
    'Usage: courier COMMAND [OPTIONS]',
    '',
    ...twoColumns(rows),
    '',
    ...twoColumns([
      ['help [COMMAND]', 'Shows the options of a command.'],
      ['--version', "Prints Courier's version."],
    ]),
    '',
    'Exit codes: 0 done, 1 --fail-on met, 2 usage or configuration error,',
    '3 the session failed or was only partial.',
    '',
  ].join('\n');
}

/** What `courier help COMMAND` prints. */
export function renderHelp(command: Command): string {
  const options = optionsOf(command).map((it) => [it.usage, withDefault(it)] as const);
  const { operand } = command;
  return [
    `Usage: courier ${usageOf(command)} [OPTIONS]`,
    '',
    ...wrap(command.summary, width),
    '',
    ...(operand ? [...twoColumns(operandsOf(operand).map(({ name, meaning }) => [name, meaning])), ''] : []),
    ...twoColumns(options),
    '',
  ].join('\n');
}

/** The options of a command, for help and for the documentation. */
export function optionsOf(command: Command): { usage: string; description: string; default: string | undefined }[] {
  const settings = Object.entries(command.options.shape).map(([key, schema]) => {
    const { kind, description, default: standard } = factsOf(schema);
    return { usage: `--${toKebab(key)} ${placeholder[kind]}`, description, default: standard };
  });
  const switches = [...command.flags, 'help' as const].map((flag) => ({
    usage: `--${flag}`,
    description: flags[flag],
    default: undefined,
  }));
  return [...settings, ...switches];
}

/** `scan [path]` */
export function usageOf({ name, operand }: Command): string {
  if (!operand) return name;
  return [name, ...operandsOf(operand).map((it) => (it.required ? it.name : `[${it.name}]`))].join(' ');
}

/** What a command takes besides options, in its order. */
export function operandsOf({ rest, ...first }: NonNullable<Command['operand']>) {
  return rest ? [first, rest] : [first];
}

const placeholder = {
  text: 'TEXT',
  choice: 'WORD',
  number: 'N',
  list: 'LIST',
  secret: 'KEY',
} as const satisfies Record<SettingKind, string>;

function withDefault({ description, default: standard }: { description: string; default: string | undefined }): string {
  return standard === undefined ? description : `${description} Default: ${standard}.`;
}

function twoColumns(rows: readonly (readonly [string, string])[]): string[] {
  const left = Math.max(...rows.map(([name]) => name.length)) + 4;
  return rows.flatMap(([name, text]) =>
    wrap(text, width - left).map((line, index) => (index === 0 ? `  ${name}` : '').padEnd(left) + line),
  );
}

function wrap(text: string, columns: number): string[] {
  const lines = [''];
  for (const word of text.split(' ')) {
    const last = lines.at(-1) ?? '';
    if (last === '') lines[lines.length - 1] = word;
    else if (last.length + 1 + word.length <= columns) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
