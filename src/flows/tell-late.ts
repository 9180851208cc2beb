import { renderCommentMark } from '../findings/issue-markers.ts';
import type { Ledger, LedgerChanges } from '../ledger/ledger.ts';
import { readLedger } from '../ledger/read-ledger.ts';
import type { IssueRuns } from '../ledger/runs-record.ts';
import type { Store } from '../ledger/store.ts';
import { updateLedger } from '../ledger/update-ledger.ts';
import { type Clock, isoTime } from '../lib/clock.ts';
import { randomBase32 } from '../lib/hash.ts';
import type { Memory } from '../memory/memory.ts';
import type { Gate } from '../publishing/gate.ts';
import { safe } from '../publishing/safe-text.ts';
import { type LateWord, lateWords } from '../runs/late-words.ts';
import { renderLate } from '../runs/render-late.ts';
import { readAllRuns } from './find-run.ts';
import type { GitHub, RemoteRepository } from './github-ports.ts';
import { identityOf } from './record-session.ts';

export type LatePlace = {
  github: Pick<GitHub, 'issues' | 'pullRequests'>;
  store: Store;
  remote: RemoteRepository;
  gate: Gate;
  clock: Clock;
};

const mostAtOnce = 20;
// In milliseconds. Who writes and is silent for as long has died.
const tellingLasts = 5 * 60_000;

/**
 * Tells the open pull requests of runs, and their issues, what people said since to what the work rests on, where it would be made otherwise now:
 * once each. It may be called by anybody, as often as one likes, and by several at once: one of them writes.
 */
export async function tellLate(place: LatePlace): Promise<void> {
  const ledger = await read(place);
  const memory = await ledger.readMemory();
  const now = place.clock.now();
  const due = (await readAllRuns(ledger)).filter((runs) => lateIn(runs, memory, now).length > 0);
  for (const { issue } of due.slice(0, mostAtOnce)) await tellOf(issue, place);
}

async function read({ store, remote }: LatePlace): Promise<Ledger> {
  return readLedger(await store.read(), identityOf(remote));
}

/** A run that is at work may know it already: it is looked at again after its end. */
function lateIn({ used = [], claim, pullRequest }: IssueRuns, memory: Memory, now: number): LateWord[] {
  const isAtWork = claim !== undefined && Date.parse(claim.until) > now;
  return isAtWork || pullRequest?.state !== 'open' ? [] : lateWords(used, memory);
}

async function tellOf(issue: number, place: LatePlace): Promise<void> {
  const { github, gate } = place;
  const holder = randomBase32(12);
  const taken = await take(issue, holder, place);
  if (!taken) return;
  const { pull, late } = taken;
  let isTold = false;
  try {
    // What was merged or closed meanwhile is another matter, and counts as told.
    if ((await github.pullRequests.read(pull))?.isOpen) {
      const mark = renderCommentMark(['late', String(pull), ...late.map(({ digest }) => digest)], gate);
      const text = safe`${renderLate(late, pull, gate)}\n\n${mark}`;
      await github.issues.comment(pull, text, mark);
      const there = (await github.issues.read([issue])).get(issue);
      if (there && !there.locked) await github.issues.comment(issue, text, mark);
    }
    isTold = true;
  } finally {
    await letGo(issue, { holder, told: isTold ? late : [] }, place);
  }
}

type Taken = { pull: number; late: readonly LateWord[] };

/** @returns what is to be told by this one. */
async function take(issue: number, holder: string, { store, remote, clock }: LatePlace): Promise<Taken | undefined> {
  const { decided } = await updateLedger(
    store,
    `#${issue}: what was said after its change was made is being told`,
    async (ledger): Promise<LedgerChanges & { taken?: Taken }> => {
      const runs = await ledger.readRuns(issue);
      const now = clock.now();
      const late = runs ? lateIn(runs, await ledger.readMemory(), now) : [];
      if (!runs?.pullRequest || late.length === 0) return {};
      const { telling } = runs;
      if (telling && now - Date.parse(telling.at) < tellingLasts) return {};
      const changes = { runs: { ...runs, telling: { holder, at: isoTime(now) } } };
      return { ...changes, taken: { pull: runs.pullRequest.number, late } };
    },
    identityOf(remote),
  );
  return decided.taken;
}

async function letGo(
  issue: number,
  { holder, told }: { holder: string; told: readonly LateWord[] },
  { store, remote }: LatePlace,
): Promise<void> {
  const digests = new Map(told.map(({ ref, digest }) => [ref, digest]));
  await updateLedger(
    store,
    `#${issue}: what was said after its change was made is told`,
    async (ledger): Promise<LedgerChanges> => {
      const now = await ledger.readRuns(issue);
      if (now?.telling?.holder !== holder) return {};
      const { telling: _, ...runs } = now;
      const used = runs.used?.map((point) => {
        const digest = digests.get(point.ref);
        return digest === undefined ? point : { ...point, told: digest };
      });
      return { runs: { ...runs, ...(used && { used }) } };
    },
    identityOf(remote),
  );
}
