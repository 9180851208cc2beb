import type { CommentKey } from '../events/comment-key.ts';
import type { Ledger, LedgerChanges } from '../ledger/ledger.ts';
import type { IssueRuns, RunOutcome } from '../ledger/runs-record.ts';
import type { Store } from '../ledger/store.ts';
import { updateLedger } from '../ledger/update-ledger.ts';
import { isoTime } from '../lib/clock.ts';
import { truncate } from '../lib/text.ts';
import type { Gate } from '../publishing/gate.ts';
import { beginRun, endRun, parkRun } from '../runs/issue-runs.ts';
import type { Session } from '../sessions/session.ts';
import { keepRunLabelOrLog } from './keep-run-label.ts';
import type { Ports } from './ports.ts';
import type { Claim } from './session-claim.ts';

const day = 86_400_000;

type RunClaim = {
  by: string;
  blueprint: string;
  order?: { id: string; own: boolean } | undefined;
  /** The command that it follows. */
  asked?: { comment: CommentKey; index: number } | undefined;
};

/** Takes the issue for a session, in the commit with which it begins: of two that begin at the same moment one gets it. */
export function claimRun(issue: number, { by, blueprint, order, asked }: RunClaim): Claim {
  return async (ledger: Ledger, session: Session) => {
    const runs = await ledger.readRuns(issue);
    if (!runs) return { refused: `The ledger holds no run of #${issue}: ask for it with \`/courier run\`.` };
    const { id, startedAt: at, deadline, run = '' } = session;
    const until = deadline ?? isoTime(Date.parse(at) + day);
    const why = whyNotThis(runs, { order, asked });
    if (why !== undefined) return { refused: why };
    const { own = false, id: follows } = order ?? {};
    const told = { session: id, run: run.slice(0, 200), at, until, by, own, order: follows, blueprint };
    const begun = beginRun(runs, told);
    return 'refused' in begun ? begun : { changes: { runs: begun.runs } };
  };
}

/** Somebody stopped it, or asked for another one, before it began. */
function whyNotThis({ issue, asked: newest }: IssueRuns, { order, asked }: Pick<RunClaim, 'order' | 'asked'>) {
  if (newest?.stopped) return `It was stopped by ${newest.stopped.by} before it began.`;
  const isOther = newest && asked && (newest.comment !== asked.comment || newest.index !== asked.index);
  const isOtherOrder = order && newest?.order?.id !== order.id;
  return isOther || isOtherOrder ? `Another run of #${issue} was asked for meanwhile.` : undefined;
}

/** Gives the issue back, with what came of the session. What was told before stays; a session that has no claim takes away nobody's. */
export async function releaseRun(
  end: { issue: number; session: string; outcome: RunOutcome; why?: string | undefined; commit?: string | undefined },
  { store, repositoryId }: { store: Store; repositoryId: string | undefined },
): Promise<void> {
  const { issue, session, outcome, why, commit } = end;
  await updateLedger(
    store,
    `#${issue}: the run of session ${session} ended (${outcome})`,
    async (ledger): Promise<LedgerChanges> => {
      const runs = await ledger.readRuns(issue);
      if (!runs || !isOpen(runs, session)) return {};
      const told = {
        ...(why === undefined ? {} : { why: truncate(why, 1900) }),
        ...(commit === undefined ? {} : { commit }),
      };
      return { runs: endRun(runs, { session, outcome, ...told }) };
    },
    repositoryId === undefined ? {} : { repositoryId },
  );
}

/** It waits for answers, and holds the issue meanwhile. */
export async function parkClaim(
  { issue, session, until }: { issue: number; session: string; until: string },
  { store, repositoryId }: { store: Store; repositoryId: string | undefined },
): Promise<void> {
  await updateLedger(
    store,
    `#${issue}: the run of session ${session} waits for answers`,
    async (ledger): Promise<LedgerChanges> => {
      const runs = await ledger.readRuns(issue);
      return runs ? { runs: parkRun(runs, { session, until }) } : {};
    },
    repositoryId === undefined ? {} : { repositoryId },
  );
}

function isOpen({ claim, attempts }: IssueRuns, session: string): boolean {
  const attempt = attempts.find((one) => one.session === session);
  if (claim?.session === session) return true;
  return attempt !== undefined && (attempt.outcome === undefined || attempt.outcome === 'parked');
}

type LostPorts = Pick<Ports, 'github' | 'localLedger' | 'clock' | 'log'> & {
  gate: Gate;
  ledgerBranch: string;
  repositoryId: string | undefined;
};

/** The same for a session that could not end itself: stopped, where somebody had asked for its end. */
export async function releaseLost(
  { id, issueRun }: Session,
  { outcome, why }: { outcome: 'failed' | 'stopped'; why: string },
  { github, localLedger, ledgerBranch, repositoryId, ...tools }: LostPorts,
): Promise<void> {
  if (!issueRun) return;
  const { issue } = issueRun;
  const store = github ? github.ledger(ledgerBranch) : localLedger;
  await releaseRun({ issue, session: id, outcome, why }, { store, repositoryId });
  if (github && repositoryId !== undefined) await keepRunLabelOrLog(issue, { ...tools, github, store, repositoryId });
}
