import type { ChainRecord, Link } from '../ledger/chain-record.ts';
import type { IssueRuns, RunOutcome } from '../ledger/runs-record.ts';
import { isOrderOpen } from './continue-runs.ts';

/** How it stands with a chain: nothing is to be done now, a run is to be begun, or it has come to its end. */
export type ChainStep = { kind: 'wait' } | { kind: 'begin'; link: Link & { order: string } } | { kind: 'ended' };

/** @param newOrder the id of the next order, where one is needed. */
type Now = { runs: (issue: number) => IssueRuns | undefined; now: number; newOrder: () => string };

/**
 * The chain as it stands by what the ledger knows of its runs, and what is to be done. The next one begins when the one before it has pushed its
 * branch and its pull request is open; anything else ends the chain. Called again, it comes to the same.
 */
export function advanceChain(chain: ChainRecord, at: Now): { chain: ChainRecord; step: ChainStep } {
  if (chain.end) return { chain, step: { kind: 'ended' } };
  const current = currentLink(chain);
  if (!current) return end(chain, { how: 'done' });
  if (current.order === undefined) {
    const link = { ...current, order: at.newOrder() };
    return { chain: replace(chain, link), step: { kind: 'begin', link } };
  }
  const came = outcomeOf({ ...current, order: current.order }, at);
  if (came === 'wait' || came === 'begin')
    return {
      chain,
      step: came === 'wait' ? { kind: came } : { kind: came, link: { ...current, order: current.order } },
    };
  const next = replace(chain, { ...current, ...came.link });
  if (came.link.outcome === 'pushed') return advanceChain(next, at);
  const how = came.link.outcome === 'stopped' ? 'stopped' : 'failed';
  return end(next, { how, why: `The run of #${current.issue} ${came.why}` });
}

/** The one whose turn it is; `undefined` where all have come to something. */
export function currentLink({ links }: Pick<ChainRecord, 'links'>): Link | undefined {
  return links.find(({ outcome }) => outcome === undefined);
}

/** A chain whose run could not be begun. */
export function breakChain(chain: ChainRecord, why: string): ChainRecord {
  const current = currentLink(chain);
  if (chain.end || !current) return chain;
  const failed = replace(chain, { ...current, outcome: 'failed' });
  return end(failed, { how: 'failed', why: `The run of #${current.issue} did not begin: ${why}` }).chain;
}

type Came = { link: Pick<Link, 'outcome' | 'pullRequest'>; why: string };

function outcomeOf({ issue, order }: Link & { order: string }, { runs, now }: Now): Came | 'wait' | 'begin' {
  const known = runs(issue);
  const attempt = known?.attempts.find((one) => one.order === order);
  if (!known || !attempt) return notBegun(known, order, now);
  const { outcome, why } = attempt;
  if (outcome === undefined || outcome === 'parked') return 'wait';
  if (outcome !== 'pushed')
    return { link: { outcome }, why: `${ends[outcome]}${why === undefined ? '.' : `: ${why}`}` };
  // Who promised to open its pull request has not come to it yet.
  if (known.offer?.commit === attempt.commit && known.asked?.opens === 'app') return 'wait';
  const { pullRequest } = known;
  return { link: { outcome, ...(pullRequest ? { pullRequest: pullRequest.number } : {}) }, why: '' };
}

function notBegun(known: IssueRuns | undefined, order: string, now: number): Came | 'wait' | 'begin' {
  const isOnRecord = known?.asked?.order?.id === order;
  if (!isOnRecord) return 'begin';
  if (isOrderOpen(known, now)) return known.asked?.order?.started ? 'wait' : 'begin';
  return { link: { outcome: 'failed' }, why: 'never began: the workflow was started, and its job did not take it up.' };
}

const ends = {
  'no-change': 'changed nothing',
  refused: 'was refused',
  failed: 'failed',
  stopped: 'was stopped',
} as const satisfies Record<Exclude<RunOutcome, 'pushed' | 'parked'>, string>;

function replace(chain: ChainRecord, link: Link): ChainRecord {
  return { ...chain, links: chain.links.map((each) => (each.issue === link.issue ? link : each)) };
}

function end(
  chain: ChainRecord,
  { how, why }: { how: 'done' | 'failed' | 'stopped'; why?: string },
): { chain: ChainRecord; step: ChainStep } {
  const told = { how, ...(why === undefined ? {} : { why: why.slice(0, 2000) }), told: false };
  return { chain: { ...chain, end: told }, step: { kind: 'ended' } };
}
