import { z } from 'zod';
import { UserError } from '../lib/errors.ts';
import type { Session } from '../sessions/session.ts';
import type { Command } from './command.ts';
import { noLedger } from './findings.ts';
import { renderColumns } from './render-columns.ts';
import { resolveFolder } from './resolve-folder.ts';
import { exitCodes, widthOf } from './terminal.ts';

export const sessionsCommand: Command = {
  name: 'sessions',
  summary: 'Lists the sessions of the local ledger, newest first.',
  operand: { name: 'path', required: false, meaning: 'The repository; the current folder where it is not given.' },
  options: z.object({}),
  flags: ['all', 'json', 'no-color'],
  async run(given, { terminal, loadCore }) {
    const path = await resolveFolder(terminal.cwd, given.operands[0]);
    const recorded = await (await loadCore()).listSessions(path);
    if (!recorded) throw new UserError(noLedger);
    const sessions = recorded.filter(({ archived }) => !archived || given.flags.has('all'));
    const { stdout } = terminal;
    if (given.flags.has('json')) stdout.write(`${JSON.stringify({ sessions }, null, 2)}\n`);
    else stdout.write(`${renderSessions(sessions, widthOf(stdout))}\n`);
    return exitCodes.done;
  },
};

function renderSessions(sessions: readonly Session[], width: number): string {
  if (sessions.length === 0) return 'The ledger holds no session.';
  const columns = [
    { name: 'id' },
    { name: 'started' },
    { name: 'result' },
    { name: 'findings' },
    { name: 'name', wraps: true as const },
  ];
  const rows = sessions.map((session) => [
    session.id,
    session.startedAt.replace('T', ' ').slice(0, 16),
    session.result ?? session.phase,
    String(new Set([...session.raised, ...session.updated]).size),
    session.displayName,
  ]);
  return renderColumns(columns, rows, width);
}
