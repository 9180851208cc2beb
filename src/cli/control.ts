import { z } from 'zod';
import { parseSettings, toKebab } from '../config/setting.ts';
import type { SessionOrder } from '../flows/session-order.ts';
import { UserError } from '../lib/errors.ts';
import { toPlainLine } from '../reports/plain-text.ts';
import type { Command, CommandContext, Flag, Given } from './command.ts';
import { createProgress } from './progress.ts';
import { repositoryOptions } from './repository-options.ts';
import { resolveFolder } from './resolve-folder.ts';
import { repositoryOption } from './show.ts';
import { exitCodes } from './terminal.ts';
import { tokenFrom } from './token.ts';

const { config, repo } = repositoryOptions;
const options = z.object({ path: repositoryOption, config, repo });

const id = { name: 'ID', required: true, meaning: 'Id of a session (its beginning is enough, or latest).' };

type Made = {
  name: string;
  summary: string;
  operand?: Command['operand'] | undefined;
  flags?: readonly Flag[];
  order: (given: Given) => SessionOrder;
};

/** A command that wants one thing of a session and says what came of it. */
function command({ name, summary, flags = [], order, ...made }: Made): Command {
  const operand = 'operand' in made ? made.operand : id;
  return {
    name,
    summary,
    operand,
    options,
    flags: [...flags, 'json', 'no-color'],
    run: (given, context) => control(order(given), given, context),
  };
}

async function control(order: SessionOrder, given: Given, { terminal, loadCore }: CommandContext) {
  const wanted = parseSettings(options, given.options, (key) => `--${toKebab(key)}`);
  const { said, done } = await (await loadCore()).control({
    order,
    by: terminal.env.USER || 'cli',
    path: await resolveFolder(terminal.cwd, wanted.path),
    configPath: wanted.config,
    github: wanted.repo === undefined ? undefined : { repository: wanted.repo, token: tokenFrom(terminal.env) },
    log: createProgress(terminal, given.flags).log,
  });
  const lines = said.map(toPlainLine);
  terminal.stdout.write(
    given.flags.has('json') ? `${JSON.stringify({ done, said: lines }, null, 2)}\n` : `${lines.join('\n')}\n`,
  );
  return done ? exitCodes.done : exitCodes.usage;
}

const session = ({ operands }: Given) => operands[0] ?? '';
const words = ({ operands }: Given, from: number) => operands.slice(from).join(' ');

/** Commands about sessions that run no agent. */
export const sessionCommands: readonly Command[] = [
  command({
    name: 'answer',
    summary: 'Answers a question of a session that waits, or has ended: with an option’s letter, or in words.',
    operand: {
      ...id,
      rest: { name: 'Q1 TEXT', required: true, meaning: 'The question, and the answer: b, a,c, or your own words.' },
    },
    flags: ['skip'],
    order(given) {
      const text = words(given, 2);
      if (given.flags.has('skip') && text !== '') throw new UserError('Give an answer or --skip, not both.');
      if (!given.flags.has('skip') && text.trim() === '')
        throw new UserError('The answer is empty. To leave the question to the agent give --skip.');
      const skipped = given.flags.has('skip');
      return {
        kind: 'answer',
        session: session(given),
        question: given.operands[1] ?? '',
        text: skipped ? undefined : text,
      };
    },
  }),
  command({
    name: 'tell',
    summary: 'Says something to a session that works; its agent reads it after the current step.',
    operand: { ...id, rest: { name: 'TEXT', required: true, meaning: 'What its agent is to know.' } },
    order: (given) => ({ kind: 'tell', session: session(given), text: words(given, 1) }),
  }),
  command({
    name: 'stop',
    summary: 'Stops a session after its current step; it can be resumed.',
    order: (given) => ({ kind: 'stop', session: session(given) }),
  }),
  command({
    name: 'kill',
    summary: 'Ends a session at once; what it had found is kept.',
    order: (given) => ({ kind: 'kill', session: session(given) }),
  }),
  command({
    name: 'rename',
    summary: 'Gives a session another name.',
    operand: { ...id, rest: { name: 'NAME', required: true, meaning: 'The new name.' } },
    order: (given) => ({ kind: 'rename', session: session(given), name: words(given, 1) }),
  }),
  command({
    name: 'archive',
    summary: 'Takes a session out of the lists.',
    flags: ['undo'],
    order: (given) => ({ kind: given.flags.has('undo') ? 'unarchive' : 'archive', session: session(given) }),
  }),
  command({
    name: 'delete',
    summary: 'Removes sessions and their files; says first what that is.',
    operand: { ...id, rest: { name: 'ID…', required: false, meaning: 'More of them.' } },
    flags: ['yes'],
    order: (given) => ({ kind: 'delete', sessions: given.operands, sure: given.flags.has('yes') }),
  }),
  command({
    name: 'delete-all',
    summary: 'Removes all sessions that have ended, and their files; says first which.',
    operand: undefined,
    flags: ['yes'],
    order: (given) => ({ kind: 'delete-all', sure: given.flags.has('yes') }),
  }),
];
