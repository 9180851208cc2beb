import type { Ledger } from '../ledger/ledger.ts';
import { count } from '../lib/text.ts';
import { joinSafe, type SafeText, safe } from '../publishing/safe-text.ts';
import { endRun } from '../runs/issue-runs.ts';
import { artifactName } from '../sessions/artifact.ts';
import { isUnderWay } from '../sessions/phases.ts';
import type { Session } from '../sessions/session.ts';
import { readSession } from './choose-session.ts';
import type { CommandOf } from './command.ts';
import { runOf } from './decide-export.ts';
import type { Change, CommandContext, Effect } from './executor.ts';
import { sessionOf } from './place-of.ts';
import { restEnded } from './rest-ended.ts';

/** So many at once, as GitHub limits how fast artifacts may be removed. */
const most = 50;

/** One session, named or that of the issue: which one is never guessed. */
export async function remove(command: CommandOf<'delete'>, context: CommandContext, ledger: Ledger): Promise<Change> {
  const { gate, issue } = context;
  const id = command.session ?? sessionOf(issue, ledger);
  if (id === undefined)
    return refuse(safe`Name the session: \`/courier delete S…\`. \`/courier sessions\` lists them.`);
  const session = await readSession(id, ledger);
  if (!session) return refuse(safe`The ledger holds no session ${gate.inline(id)} that can be read.`);
  if (isUnderWay(session.phase))
    return refuse(
      safe`Session ${gate.inline(id)} is at work (${gate.inline(session.phase)}): end it first, with \`/courier kill ${gate.inline(id)}\`.`,
    );
  const again = safe`/courier delete ${gate.inline(id)} yes`;
  const change = decide([session], { sure: command.sure, again, left: 0 }, { context, ledger });
  return change.changes ? withIssue(change, session, { context, ledger }) : change;
}

/** A run that waited for answers has its issue no longer. */
async function withIssue(
  change: Change,
  session: Session,
  { context: { gate, by }, ledger }: { context: CommandContext; ledger: Ledger },
): Promise<Change> {
  const told = restEnded(session);
  const runs = told.length > 0 && session.issueRun ? await ledger.readRuns(session.issueRun.issue) : undefined;
  if (!runs) return change;
  const why = `It was deleted by ${gate.plain(by)}.`;
  const freed = endRun(runs, { session: session.id, outcome: 'stopped', why });
  return { ...change, changes: { ...change.changes, runs: freed }, effects: [...(change.effects ?? []), ...told] };
}

/** All that ended. What rests may still go on, and stays. */
export async function removeAll(
  command: CommandOf<'delete-all'>,
  context: CommandContext,
  ledger: Ledger,
): Promise<Change> {
  const found = await Promise.all(ledger.listSessions().map(({ id }) => readSession(id, ledger)));
  const ended = found
    .flatMap((session) => session ?? [])
    .filter(({ phase }) => !isUnderWay(phase) && phase !== 'stopped');
  if (ended.length === 0) return refuse(safe`The ledger holds no session that has ended.`);
  const asked = { sure: command.sure, again: safe`/courier delete-all yes`, left: ended.length - most };
  return decide(ended.slice(0, most), asked, { context, ledger });
}

function decide(
  sessions: readonly Session[],
  { sure, again, left }: { sure: boolean; again: SafeText; left: number },
  { context: { gate }, ledger }: { context: CommandContext; ledger: Ledger },
): Change {
  const kept = sessions.flatMap((session) => artifactIn(session) ?? []);
  const ids = sessions.map(({ id }) => id);
  const what = [
    safe`- ${gate.inline(count(ids.length, 'record'))} in the ledger: ${gate.inline(ids.join(', '))}`,
    kept.length === 0
      ? undefined
      : safe`- ${gate.inline(count(kept.length, 'artifact'))} of its workflow runs (transcript, events, outputs, reports), where GitHub still keeps them: ${gate.inline(kept.map(({ name }) => name).join(', '))}`,
  ];
  const stays = safe`Findings, issues, comments and what was spent stay, and so does the history of the ledger's branch: git forgets nothing.`;
  const more =
    left > 0 ? safe`${gate.inline(count(left, 'session'))} more have ended: ${most} are removed at a time.` : undefined;
  const list = joinSafe(what, safe`\n`);
  const told = (first: SafeText, last?: SafeText) => joinSafe([first, list, stays, more, last], safe`\n\n`);
  if (!sure)
    return {
      answer: {
        outcome: 'done',
        say: told(safe`This would be removed:`, safe`Nothing was removed yet. To do it, write \`${again}\`.`),
      },
    };
  const wanted = new Set(ids);
  return {
    answer: { outcome: 'done', say: told(safe`Removed:`) },
    changes: { forgotten: ledger.listSessions().filter(({ id }) => wanted.has(id)) },
    audit: { action: 'delete-session', target: ids.join(' ') },
    effects: kept,
  };
}

function artifactIn(session: Session): Extract<Effect, { kind: 'remove-artifact' }> | undefined {
  const run = runOf(session);
  return run === undefined ? undefined : { kind: 'remove-artifact', run, name: artifactName(session) };
}

function refuse(say: SafeText): Change {
  return { answer: { outcome: 'refused', say } };
}
