import type { Ledger, LedgerChanges } from '../ledger/ledger.ts';
import { readLedger } from '../ledger/read-ledger.ts';
import type { IssueRuns, Overlap } from '../ledger/runs-record.ts';
import type { Store } from '../ledger/store.ts';
import { updateLedger } from '../ledger/update-ledger.ts';
import { ExternalError } from '../lib/errors.ts';
import type { Gate } from '../publishing/gate.ts';
import { isOffered, isToldOf, sharedWith } from '../runs/other-work.ts';
import { renderOverlap, withOverlaps } from '../runs/render-overlaps.ts';
import { readAllRuns } from './find-run.ts';
import type { GitHub, RemoteRepository } from './github-ports.ts';
import { identityOf } from './record-session.ts';
import { tryMerge } from './try-merge.ts';

export type OverlapPlace = {
  github: Pick<GitHub, 'branches' | 'pullRequests'>;
  store: Store;
  remote: RemoteRepository;
  gate: Gate;
};

// What there is may change while it is told: whoever writes looks again.
const mostRounds = 5;
const mostAtOnce = 30;

type Tried = Map<string, Promise<readonly string[] | undefined>>;

/**
 * Has the pull requests of runs say where other open work changed the same files, and whether the two conflict; what was merged or closed is not
 * named any more. All sides are told by whoever looks. It may be called by anybody, as often as one likes, and by several at once.
 */
export async function tellOverlaps(place: OverlapPlace): Promise<void> {
  const tried: Tried = new Map();
  const all = await readAllRuns(await read(place));
  const due = all.filter((runs) => isDue(runs, all)).slice(0, mostAtOnce);
  for (const { issue } of due) await tellOf(issue, { ...place, tried });
}

/** What is on record of an issue's own work, a sentence or two for each. */
export async function saidOfOthers(issue: number, place: OverlapPlace): Promise<string[]> {
  const runs = await (await read(place)).readRuns(issue);
  return (runs?.overlaps ?? []).map((overlap) => renderOverlap(overlap, place.gate));
}

function read({ store, remote }: OverlapPlace): Promise<Ledger> {
  return store.read().then((snapshot) => readLedger(snapshot, identityOf(remote)));
}

function isDue(runs: IssueRuns, all: readonly IssueRuns[]): boolean {
  return !isToldOf(runs.overlaps ?? [], sharedWith(all, runs));
}

async function tellOf(issue: number, place: OverlapPlace & { tried: Tried }): Promise<void> {
  for (let round = 0; round < mostRounds; round++) {
    const all = await readAllRuns(await read(place));
    const runs = all.find((each) => each.issue === issue);
    // Whoever wrote what does not stand any more writes again, whatever is on record.
    if (!runs || (round === 0 && !isDue(runs, all))) return;
    const overlaps = await Promise.all(sharedWith(all, runs).map((shared) => compare(shared, runs, place)));
    await say(runs, overlaps, place);
    if (await remember(issue, overlaps, place)) return;
  }
}

/** What both together come to; looked at once for the same commits. */
async function compare(
  shared: Omit<Overlap, 'conflicts'>,
  { overlaps = [] }: IssueRuns,
  { github, tried }: OverlapPlace & { tried: Tried },
): Promise<Overlap> {
  const key = shared.commits.toSorted().join();
  const known = overlaps.find(({ commits }) => commits.toSorted().join() === key);
  if (known?.conflicts) return { ...shared, conflicts: known.conflicts };
  if (!tried.has(key)) tried.set(key, tryOrNot(shared.commits, github));
  const conflicts = await tried.get(key);
  return conflicts ? { ...shared, conflicts: conflicts.slice(0, 20) } : shared;
}

/** A repository with more files than GitHub lists is no reason to tell nothing. */
async function tryOrNot([ours, theirs]: Overlap['commits'], { branches }: OverlapPlace['github']) {
  try {
    return await tryMerge(ours, theirs, branches);
  } catch (error) {
    if (!(error instanceof ExternalError)) throw error;
    return undefined;
  }
}

async function say(
  runs: IssueRuns,
  overlaps: readonly Overlap[],
  { github: { pullRequests }, gate }: OverlapPlace,
): Promise<void> {
  const { pullRequest } = runs;
  if (!pullRequest || !isOffered(runs)) return;
  const pull = await pullRequests.read(pullRequest.number);
  if (!pull?.isOpen) return;
  const body = withOverlaps(pull.body, overlaps, gate);
  if (body !== undefined && body !== pull.body) await pullRequests.update(pull.number, { body });
}

/** @returns whether it is still so: else the next round says what is. */
async function remember(issue: number, overlaps: Overlap[], { store, remote }: OverlapPlace): Promise<boolean> {
  const { decided } = await updateLedger(
    store,
    `#${issue}: what other work changes the same files`,
    async (ledger): Promise<LedgerChanges & { stands: boolean }> => {
      const all = await readAllRuns(ledger);
      const now = all.find((each) => each.issue === issue);
      if (!now || !isToldOf(overlaps, sharedWith(all, now))) return { stands: false };
      const { overlaps: _, ...runs } = now;
      return { runs: overlaps.length === 0 ? runs : { ...runs, overlaps }, stands: true };
    },
    identityOf(remote),
  );
  return decided.stands;
}
