import type { AssumptionHistory, AssumptionRecord } from './assumption.ts';
import { type Review, type Reviewed, refusal } from './review.ts';

/** A word on an assumption that can be taken back (`on: false`). */
export type Vote = Review & {
  verdict: 'approve' | 'decline';
  on: boolean;
  reason?: string | undefined;
  until?: string;
};

// An assumption about which so much was said is somebody's game.
const mostEntries = 300;

/**
 * What an assumption comes to with one more word on it. However late and however often each word comes to us, the result is that of their
 * times; of the same second, that of the order in which they came. A word on another text than the present one is none.
 */
export function followReview(record: AssumptionRecord, vote: Vote): Reviewed {
  const entry = toEntry(vote);
  if (record.history.some((each) => isSame(each, entry))) return { record };
  const refused = refusal(record, vote);
  if (refused !== undefined) return { refused };
  if (record.history.length >= mostEntries) return { refused: `Too much was said to ${record.id}: no more is taken.` };
  return { record: settle(record, insert(record.history, entry), entry) };
}

function toEntry({ verdict, on, reason, by, at, from, revision, until }: Vote): AssumptionHistory {
  const said = { by, at, from, revision };
  if (!on) return { what: 'taken-back', ...said, text: verdict };
  const why = reason?.trim();
  if (verdict === 'approve') return { what: 'approved', ...said, ...(until === undefined ? {} : { until }) };
  return { what: 'declined', ...said, ...(why ? { text: why } : {}) };
}

function isSame(one: AssumptionHistory, other: AssumptionHistory): boolean {
  const keys = ['what', 'by', 'at', 'from', 'revision', 'text', 'until'] as const;
  return keys.every((key) => one[key] === other[key]);
}

const isVote = ({ what }: AssumptionHistory) => what === 'approved' || what === 'declined' || what === 'taken-back';

/** In its place by time, among the words that were said since the text is there. */
function insert(history: readonly AssumptionHistory[], entry: AssumptionHistory): AssumptionHistory[] {
  const isLater = (each: AssumptionHistory) => isVote(each) && Date.parse(each.at) > Date.parse(entry.at);
  const before = history.findLastIndex((each) => each.revision !== entry.revision || !isLater(each));
  return [...history.slice(0, before + 1), entry, ...history.slice(before + 1)];
}

type Stand = Pick<AssumptionRecord, 'state' | 'reason'>;

function settle(
  { stale, reason: _, expiresAt, ...record }: AssumptionRecord,
  history: readonly AssumptionHistory[],
  { at }: AssumptionHistory,
): AssumptionRecord {
  const isCorrected = record.correctedText !== undefined;
  const untouched: Stand = { state: isCorrected ? 'corrected' : 'proposed' };
  const { state, reason } = history
    .filter(({ revision }) => revision === record.revision)
    .reduce<Stand>((stand, entry) => follow(stand, entry, untouched), untouched);
  // The last word says how long it holds; what nobody decided on keeps what it had.
  const last = history.findLast(
    ({ what, revision }) => (what === 'approved' || what === 'declined') && revision === record.revision,
  );
  const until = last ? last.until : expiresAt;
  const isLooked = stale === undefined || Date.parse(at) >= Date.parse(stale.at);
  return {
    ...record,
    state,
    ...(reason === undefined ? {} : { reason }),
    ...(isLooked ? {} : { stale }),
    ...(until === undefined ? {} : { expiresAt: until }),
    history: [...history],
  };
}

function follow(stand: Stand, { what, text }: AssumptionHistory, untouched: Stand): Stand {
  if (what === 'approved') return { state: untouched.state === 'corrected' ? 'corrected' : 'approved' };
  if (what === 'declined') return { state: 'declined', ...(text === undefined ? {} : { reason: text }) };
  if (what === 'restored') return { state: 'proposed' };
  if (what !== 'taken-back') return stand;
  return stand.state === (text === 'decline' ? 'declined' : 'approved') ? untouched : stand;
}
