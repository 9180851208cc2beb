import type { Gate } from '../publishing/gate.ts';
import type { AssumptionRecord, Said } from './assumption.ts';
import { assumptionsFile, type FileEntry, isSameText, keyOf, writtenState } from './assumptions-file.ts';
import { isEdited } from './render-assumptions-file.ts';
import { approve, correct, decline, type Review, type Reviewed } from './review.ts';

/** What somebody's word came to for one assumption; `why`: a sentence, where it came to nothing. */
export type FileOutcome = { session: string; id: string } & (
  | { did: 'approved' | 'corrected' | 'declined' }
  | { did: 'nothing'; why: string }
);

export type FileDecision = {
  /** Those that are others now. */
  records: readonly AssumptionRecord[];
  outcomes: readonly FileOutcome[];
};

type Known = { entries: readonly FileEntry[]; records: readonly AssumptionRecord[]; gate: Gate };

/**
 * A review approved what the file held at one commit: these texts and no others. What somebody has put into other words there waits until it is
 * merged. Whoever decided on an assumption after the review has the last word, so that the same review may be given in as often as one likes.
 */
export function decideByReview({ entries, records, gate }: Known, said: Said): FileDecision {
  return decideEach({ entries, records }, said, (entry, record) => {
    if (isDone(record, said) || isLater(record, said)) return undefined;
    if (isEdited(entry, record, gate))
      return refuse(`${record.id} was edited in the file, which counts when it is merged.`);
    if (entry.state === 'declined' || record.state === 'declined') return undefined;
    return approve(record, { ...said, revision: entry.revision });
  });
}

/**
 * The file was merged: what it holds is approved, other words are corrections, and what was taken out of it in this pull request is declined. All
 * of it is bound to the revisions that stand there; merging again changes nothing.
 */
export function decideByMerge({ entries, records, gate }: Known, said: Said & { pullRequest: number }): FileDecision {
  const { pullRequest, ...by } = said;
  const decided = decideEach({ entries, records }, said, (entry, record) => {
    if (isDone(record, said)) return { record };
    if (isAfter(record, said)) return refuse(`${record.id} was decided on after that.`);
    return decideEntry(entry, record, { review: { ...by, revision: entry.revision }, gate });
  });
  const there = new Set(entries.map(keyOf));
  const gone = records.filter((record) => record.pullRequest === pullRequest && !there.has(keyOf(record)));
  const reason = `taken out of ${assumptionsFile} in #${pullRequest}`;
  const isOpen = ({ state }: AssumptionRecord) => state !== 'declined' && state !== 'superseded';
  const removed = gone.flatMap((before): Judged[] => {
    if (isDone(before, said)) return [{ before, reviewed: { record: before } }];
    if (!isOpen(before) || isAfter(before, said)) return [];
    return [{ before, reviewed: decline(before, { ...by, revision: before.revision, reason }) }];
  });
  return join(decided, collect(removed, said));
}

function decideEntry(
  entry: FileEntry,
  record: AssumptionRecord,
  { review, gate }: { review: Review; gate: Gate },
): Reviewed | undefined {
  const isStateEdited = entry.state !== writtenState(entry);
  if (entry.state === 'declined') {
    const why = entry.reason === undefined || entry.reason === record.reason ? {} : { reason: entry.reason };
    return isStateEdited || record.state !== 'declined' ? decline(record, { ...review, ...why }) : undefined;
  }
  // A word of its own, said after the file was written, counts more than what stands in the file still.
  if (record.state === 'declined' && !isStateEdited)
    return refuse(`${record.id} was declined on its own, after the file had been written.`);
  return isNewText(entry, record, gate) ? correct(record, { ...review, text: entry.text }) : approve(record, review);
}

function isNewText(entry: FileEntry, record: AssumptionRecord, gate: Gate): boolean {
  // Only the words: a state alone is no correction.
  return (
    isEdited({ ...entry, state: writtenState(entry) }, record, gate) &&
    !isSameText(entry.text, record.correctedText ?? '')
  );
}

const decisions = new Set(['approved', 'corrected', 'declined']);

/** Whether that very word is on record. */
function isDone({ history }: AssumptionRecord, { from }: Pick<Said, 'from'>): boolean {
  return history.some((line) => line.from === from && decisions.has(line.what));
}

/** Whether somebody decided on it at that time or after it. */
function isLater({ history }: AssumptionRecord, { at }: Pick<Said, 'at'>): boolean {
  return history.some((line) => decisions.has(line.what) && Date.parse(line.at) >= Date.parse(at));
}

/** The same for a merge: of what was decided in the same second it has the last word, as people review before they merge. */
function isAfter({ history }: AssumptionRecord, { at }: Pick<Said, 'at'>): boolean {
  return history.some((line) => decisions.has(line.what) && Date.parse(line.at) > Date.parse(at));
}

function refuse(refused: string): Reviewed {
  return { refused };
}

type Judged = { before: AssumptionRecord; reviewed: Reviewed };

function decideEach(
  { entries, records }: Omit<Known, 'gate'>,
  said: Said,
  decide: (entry: FileEntry, record: AssumptionRecord) => Reviewed | undefined,
): FileDecision {
  const known = new Map(records.map((record) => [keyOf(record), record]));
  const judged = entries.flatMap((entry): Judged[] => {
    const before = known.get(keyOf(entry));
    const reviewed = before && decide(entry, before);
    return before && reviewed ? [{ before, reviewed }] : [];
  });
  return collect(judged, said);
}

/** Told are also the words that are on record already, so that the same is told whenever it is asked. */
function collect(judged: readonly Judged[], said: Said): FileDecision {
  const records: AssumptionRecord[] = [];
  const outcomes: FileOutcome[] = [];
  for (const { before, reviewed } of judged) {
    const { session, id } = before;
    if ('refused' in reviewed) outcomes.push({ session, id, did: 'nothing', why: reviewed.refused });
    else if (reviewed.record !== before || isDone(before, said))
      outcomes.push({ session, id, did: didOf(reviewed.record) });
    if ('record' in reviewed && reviewed.record !== before) records.push(reviewed.record);
  }
  return { records, outcomes };
}

/** What the last decision of its history says: approving somebody's correction leaves it corrected. */
function didOf({ history }: AssumptionRecord): 'approved' | 'corrected' | 'declined' {
  const last = history.findLast(({ what }) => decisions.has(what))?.what;
  return last === 'declined' || last === 'corrected' ? last : 'approved';
}

function join(...decisions: readonly FileDecision[]): FileDecision {
  return {
    records: decisions.flatMap(({ records }) => records),
    outcomes: decisions.flatMap(({ outcomes }) => outcomes),
  };
}
