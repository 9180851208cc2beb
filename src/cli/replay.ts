import { stat } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { parseSettings, toKebab } from '../config/setting.ts';
import type { Replay } from '../flows/replay.ts';
import { UserError } from '../lib/errors.ts';
import { count } from '../lib/text.ts';
import { toPlainLine } from '../reports/plain-text.ts';
import type { Command } from './command.ts';
import type { CliCore } from './core.ts';
import { noLedger } from './findings.ts';
import { createProgress } from './progress.ts';
import { resolveFolder } from './resolve-folder.ts';
import { findSession, repositoryOption } from './show.ts';
import { exitCodes } from './terminal.ts';

const options = z.object({ path: repositoryOption });

export const replayCommand: Command = {
  name: 'replay',
  summary:
    'Does a recorded session again, without a model, a sandbox or GitHub, and says in what it differs from the record. Writes nothing.',
  operand: {
    name: 'ID',
    required: true,
    meaning:
      'Id of a session (its beginning is enough, or latest), or the folder that a workflow left (session-path), in a clone with its commit.',
  },
  options,
  flags: ['json', 'quiet', 'no-color'],
  async run(given, { terminal, loadCore }) {
    const { stdout, stderr, cwd } = terminal;
    const { path: folder } = parseSettings(options, given.options, (key) => `--${toKebab(key)}`);
    const repository = await resolveFolder(cwd, folder);
    const core = await loadCore();
    const session = await find(given.operands[0] ?? '', { cwd, repository, core });
    const progress = createProgress(terminal, given.flags);
    const result = await core.replay(repository, session, progress.log);
    progress.end();
    if (!given.flags.has('quiet')) for (const note of result.notes) stderr.write(`${toPlainLine(note)}\n`);
    stdout.write(given.flags.has('json') ? `${JSON.stringify(toJson(result), null, 2)}\n` : `${render(result)}\n`);
    return result.differences.length === 0 ? exitCodes.done : exitCodes.incomplete;
  },
};

async function find(
  operand: string,
  { cwd, repository, core }: { cwd: string; repository: string; core: CliCore },
): Promise<{ id: string } | { folder: string }> {
  const folder = path.resolve(cwd, operand);
  const isFolder = operand !== '' && (await stat(folder).catch(() => undefined))?.isDirectory();
  if (isFolder) return { folder };
  const sessions = await core.listSessions(repository);
  if (!sessions) throw new UserError(noLedger);
  return { id: findSession(operand, sessions).id };
}

function toJson({ discovery, applied, planned, differences, notes }: Replay): unknown {
  const { raised, session, verdicts } = discovery;
  const { findings: _, ...did } = applied;
  return {
    session: session.id,
    result: session.result,
    same: differences.length === 0,
    differences,
    notes,
    raised,
    verdicts,
    applied: did,
    planned,
  };
}

function render({ discovery, applied, planned, differences }: Replay): string {
  const { session, raised } = discovery;
  const lines = [
    `${session.id}: ${session.result ?? session.phase}, ${count(raised.length, 'finding')} (${applied.fresh.length} new), ${count(planned.length, 'planned operation')}.`,
    ...raised.map(({ title, verified }) => `- ${title} (${verified === 'none' ? 'not verified' : verified})`),
    differences.length === 0
      ? 'The same as on record.'
      : `Differs from the record in ${count(differences.length, 'point')}:`,
    ...differences.map((difference) => `- ${difference}`),
  ];
  return lines.map(toPlainLine).join('\n');
}
