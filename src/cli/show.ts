import { z } from 'zod';
import { parseSettings, setting, toKebab } from '../config/setting.ts';
import { UserError } from '../lib/errors.ts';
import { suggest } from '../lib/text.ts';
import { agentStatusOf } from '../sessions/agent-status.ts';
import type { Session } from '../sessions/session.ts';
import type { Command } from './command.ts';
import type { CliCore } from './core.ts';
import { noLedger } from './findings.ts';
import { renderFinding } from './render-finding.ts';
import { renderSession } from './render-session.ts';
import { resolveFolder } from './resolve-folder.ts';
import { exitCodes } from './terminal.ts';

export const repositoryOption = setting(z.string(), {
  description: 'The repository; the current folder where it is not given.',
  kind: 'text',
});

const options = z.object({ path: repositoryOption });

export const showCommand: Command = {
  name: 'show',
  summary: 'Shows a session or a finding of the local ledger.',
  operand: {
    name: 'ID',
    required: true,
    meaning: 'Id of a session (its beginning is enough, or latest), or of a finding (F-…).',
  },
  options,
  flags: ['json', 'no-color'],
  async run(given, { terminal, loadCore }) {
    const { path: folder } = parseSettings(options, given.options, (key) => `--${toKebab(key)}`);
    const path = await resolveFolder(terminal.cwd, folder);
    const id = given.operands[0] ?? '';
    const { record, text } = await find(id, path, await loadCore());
    terminal.stdout.write(given.flags.has('json') ? `${JSON.stringify(record, null, 2)}\n` : `${text()}\n`);
    return exitCodes.done;
  },
};

async function find(id: string, path: string, core: CliCore): Promise<{ record: unknown; text: () => string }> {
  const findings = await core.listFindings(path);
  if (!findings) throw new UserError(noLedger);
  if (/^f-/i.test(id)) {
    const finding = findings.find((it) => it.id.toLowerCase() === id.toLowerCase());
    if (!finding)
      throw new UserError(
        unknownId(
          id,
          'finding',
          findings.map((it) => it.id),
        ),
      );
    return { record: finding, text: () => renderFinding(finding) };
  }
  const session = findSession(id, (await core.listSessions(path)) ?? []);
  const events = await core.readEvents(path, session.id);
  const agentStatus = agentStatusOf(events);
  return { record: { ...session, agentStatus }, text: () => renderSession(session, events) };
}

/** The session that the id, or the beginning of one, names. @throws UserError where it is none or several. */
export function findSession(id: string, sessions: readonly Session[]): Session {
  const [newest] = sessions;
  if (id === 'latest' && newest) return newest;
  const wanted = id.toLowerCase();
  const exact = sessions.find((it) => it.id.toLowerCase() === wanted);
  if (exact) return exact;
  const matching = sessions.filter((it) => it.id.toLowerCase().startsWith(wanted));
  const [only, another] = matching;
  if (only && !another) return only;
  const ids = sessions.map((it) => it.id);
  if (!only) throw new UserError(unknownId(id, 'session', ids));
  const some = matching.slice(0, 5).map((it) => it.id);
  throw new UserError(
    `"${id}" is the beginning of ${matching.length} sessions: ${some.join(', ')}${matching.length > 5 ? ', …' : ''}.`,
  );
}

function unknownId(id: string, kind: 'session' | 'finding', known: readonly string[]): string {
  const meant = suggest(id, known);
  return `There is no ${kind} ${id}.${meant ? ` Did you mean ${meant}?` : ''} \`courier ${kind}s\` lists them.`;
}
