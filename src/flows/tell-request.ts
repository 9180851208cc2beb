import type { CommandAt } from '../commands/command-ends.ts';
import { readLedger } from '../ledger/read-ledger.ts';
import type { RunOutcome } from '../ledger/runs-record.ts';
import type { Store } from '../ledger/store.ts';
import { ExternalError, messageOf, UserError } from '../lib/errors.ts';
import { count } from '../lib/text.ts';
import type { Gate } from '../publishing/gate.ts';
import { joinSafe, type SafeText, safe } from '../publishing/safe-text.ts';
import type { IssueRun } from '../sessions/issue-run.ts';
import { renderRun } from '../sessions/render-run.ts';
import type { GitHub } from './github-ports.ts';
import type { ScanOutcome } from './outcome.ts';
import type { Ports } from './ports.ts';
import type { End } from './status-comment.ts';
import { type CommandRun, createCommandTeller } from './tell-command.ts';

type TellingPorts = Ports & { gate: Gate };
type Told = Pick<End, 'outcome' | 'say'>;

/**
 * Does the work of commands, and tells the people who asked how far it is and what came of it, in the status comments of theirs. What cannot be
 * told does not undo what was done.
 */
export async function tellWork(
  commands: readonly CommandAt[],
  at: { run: CommandRun; github: GitHub; store: Store; repositoryId: string },
  ports: TellingPorts,
  work: (ports: TellingPorts) => Promise<ScanOutcome>,
): Promise<ScanOutcome> {
  const { gate, clock, log } = ports;
  const { run, ...place } = at;
  const tellers = commands.map(({ issue, comment, index }) =>
    createCommandTeller({ issue, comment, index }, run, { ...place, gate, clock, log }),
  );
  const end = (told: Told) => orLog(() => Promise.all(tellers.map((teller) => teller.end(told))), ports);
  const progress: Ports['progress'] = (stage) => {
    ports.progress(stage);
    for (const teller of tellers) teller.tell(stage);
  };
  try {
    const outcome = await work({ ...ports, progress });
    const asked = await findAsked(outcome, place);
    await end(renderOutcome(outcome, asked, gate));
    return outcome;
  } catch (error) {
    if (error instanceof UserError || error instanceof ExternalError) await end(renderFailure(error, gate));
    throw error;
  }
}

async function orLog(tell: () => Promise<unknown>, { log, gate }: Pick<TellingPorts, 'log' | 'gate'>): Promise<void> {
  try {
    await tell();
  } catch (error) {
    if (!(error instanceof ExternalError || error instanceof UserError)) throw error;
    log.error(`What came of it could not be told where it was asked for: ${gate.logLine(error.message)}`);
  }
}

export function renderFailure(error: UserError | ExternalError, gate: Gate): Told {
  const hint = error instanceof ExternalError && error.hint ? safe` ${gate.inline(error.hint)}` : safe``;
  return { outcome: 'failed', say: safe`${gate.inline(messageOf(error))}${hint}` };
}

/** The issue on which a run that waits asks people. */
async function findAsked(
  { session }: ScanOutcome,
  { store, repositoryId }: { store: Store; repositoryId: string },
): Promise<number | undefined> {
  if (session.issueRun?.outcome !== 'parked') return undefined;
  const { sessionIssues } = await readLedger(await store.read(), { repositoryId });
  return sessionIssues.find((issue) => issue.session === session.id)?.number;
}

export function renderOutcome(outcome: ScanOutcome, asked: number | undefined, gate: Gate): Told {
  const { session, result, reasons, counts } = outcome;
  const { id, displayName, run, phase } = session;
  const name = run === undefined ? gate.inline(displayName) : gate.link(gate.inline(displayName), run);
  if (session.kind === 'ask') return renderInvestigation(outcome, name, gate);
  if (session.issueRun?.outcome === 'parked')
    return tellParked(session, { asked, name: safe`${name} (${gate.codeSpan(id)})` }, gate);
  if (session.issueRun?.outcome) return tellRun(session.issueRun, safe`${name} (${gate.codeSpan(id)})`, gate);
  const why = reasons.slice(0, 5).map((reason): SafeText => safe`- ${gate.inline(reason)}`);
  if (session.kind === 'run' && result === 'skipped')
    return { outcome: 'refused', say: joinSafe([safe`${name} (${gate.codeSpan(id)}): not begun.`, ...why], safe`\n`) };
  const numbers = [
    count(counts.raised, 'new finding'),
    `${counts.created} filed`,
    `${counts.updated} updated`,
    `${counts.resolved} resolved`,
    `${counts.reopened} reopened`,
  ];
  // A session that files what it was asked to looks at nothing; it is whole all the same.
  const isWhole = result === 'skipped' && phase === 'completed';
  const state = isWhole ? 'done' : result;
  const head = safe`${name} (${gate.codeSpan(id)}): ${gate.inline(state)}; ${gate.inline(numbers.join(', '))}.`;
  const outcomes = { complete: 'done', partial: 'done', failed: 'failed', skipped: 'refused' } as const;
  return { outcome: isWhole ? 'done' : outcomes[result], say: joinSafe([head, ...why], safe`\n`) };
}

const endOfRun = {
  pushed: 'done',
  'no-change': 'done',
  parked: 'done',
  refused: 'failed',
  failed: 'failed',
  stopped: 'refused',
} as const satisfies Record<RunOutcome, Told['outcome']>;

function tellRun(run: IssueRun, name: SafeText, gate: Gate): Told {
  return { outcome: endOfRun[run.outcome ?? 'failed'], say: renderRun(run, name, gate) };
}

/** What is asked stands on the panel alone: there it is kept up, and what may not be told here is left out. */
function tellParked(
  { id, issueRun, parked }: ScanOutcome['session'],
  { asked, name }: { asked: number | undefined; name: SafeText },
  gate: Gate,
): Told {
  const [first = 'Q1'] = parked?.questions ?? [];
  const questions = gate.inline((parked?.questions ?? []).slice(0, 20).join(', '));
  const where = asked === undefined ? safe`here` : safe`on #${asked}, or here`;
  const say = safe`It waits for the answer to ${questions}: answer ${where} with \`/courier answer ${gate.inline(first)} …\`, and it goes on. \`/courier stop ${gate.inline(id)}\` ends it.`;
  return { outcome: 'done', say: issueRun ? safe`${renderRun(issueRun, name, gate)}\n\n${say}` : say };
}

/** The answer itself; how sure one may be of it stands before it. */
function renderInvestigation({ session, result, reasons, answer }: ScanOutcome, name: SafeText, gate: Gate): Told {
  const state = result === 'skipped' ? (session.result ?? result) : result;
  const head = safe`${name} (${gate.codeSpan(session.id)}): ${gate.inline(state)}.`;
  const why = reasons.slice(0, 5).map((reason): SafeText => safe`- ${gate.inline(reason)}`);
  const about = joinSafe([head, ...why], safe`\n`);
  if (answer === undefined) return { outcome: result === 'skipped' ? 'refused' : 'failed', say: about };
  return { outcome: 'done', say: safe`${about}\n\n${answer}` };
}
