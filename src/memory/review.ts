import { type AssumptionHistory, type AssumptionRecord, longestText, type Said } from './assumption.ts';

/** What comes of an act. The record itself, unchanged, where it was done before; `refused` is a sentence for whoever did it. */
export type Reviewed = { record: AssumptionRecord } | { refused: string };

/** What a person does, and which text they saw. */
export type Review = Said & { revision: number };

/** What holds from now on is the text as it stands. */
export function approve(record: AssumptionRecord, review: Review): Reviewed {
  const refused = refusal(record, review);
  if (refused !== undefined) return { refused };
  const isCorrected = record.correctedText !== undefined;
  const state = isCorrected ? 'corrected' : 'approved';
  if (record.state === state && !record.stale) return { record };
  const { stale: _, reason: __, ...rest } = record;
  return { record: noted({ ...rest, state }, { what: 'approved', ...review }) };
}

/** From now on agents are told not to assume it. */
export function decline(record: AssumptionRecord, { reason, ...review }: Review & { reason?: string }): Reviewed {
  const refused = refusal(record, review) ?? tooLong(reason);
  if (refused !== undefined) return { refused };
  const why = reason?.trim() || undefined;
  if (record.state === 'declined' && (why === undefined || why === record.reason)) return { record };
  const { stale: _, reason: __, ...rest } = record;
  const declined = { ...rest, state: 'declined', ...(why === undefined ? {} : { reason: why }) } as const;
  return { record: noted(declined, { what: 'declined', ...review, ...(why === undefined ? {} : { text: why }) }) };
}

/** What holds from now on is what the person says. */
export function correct(record: AssumptionRecord, { text, ...review }: Review & { text: string }): Reviewed {
  const words = text.trim();
  const refused = emptyText(record, words) ?? tooLong(words);
  if (refused !== undefined) return { refused };
  // The same correction again, of the text that it was made to: a delivery that came twice.
  if (record.state === 'corrected' && record.correctedText === words && !record.stale) return { record };
  const moved = refusal(record, review);
  if (moved !== undefined) return { refused: moved };
  const { stale: _, reason: __, expiresAt: ___, ...rest } = record;
  const revision = record.revision + 1;
  const corrected = { ...rest, state: 'corrected', correctedText: words, revision } as const;
  return { record: noted(corrected, { what: 'corrected', ...review, revision, text: words }) };
}

/** What an answering session says of an assumption. */
export type Refinement = Pick<AssumptionRecord, 'text'> &
  Partial<Pick<AssumptionRecord, 'basis' | 'evidence' | 'confidence' | 'contradicts'>>;

/** A new one, which nobody has decided on. */
export function propose(
  record: Omit<AssumptionRecord, 'revision' | 'state' | 'history' | 'correctedText' | 'reason' | 'stale'>,
  said: Said,
): AssumptionRecord {
  const proposed: AssumptionRecord = { ...record, revision: 1, state: 'proposed', history: [] };
  return noted(proposed, { what: 'proposed', ...said, text: record.text });
}

/** Another text for what nobody has decided on yet: what people approved, put right or declined is theirs. */
export function refine(record: AssumptionRecord, refinement: Refinement, said: Review): Reviewed {
  const { text, basis, evidence, confidence, contradicts } = refinement;
  const words = text.trim();
  const refused = refusal(record, said) ?? decided(record) ?? emptyText(record, words) ?? tooLong(words);
  if (refused !== undefined) return { refused };
  const isNew = words !== record.text;
  const revision = record.revision + (isNew ? 1 : 0);
  const refined = {
    ...record,
    text: words,
    revision,
    ...(basis === undefined ? {} : { basis }),
    ...(evidence === undefined ? {} : { evidence }),
    ...(confidence === undefined ? {} : { confidence }),
    ...(contradicts === undefined ? {} : { contradicts }),
  };
  return { record: noted(refined, { what: 'refined', ...said, revision, ...(isNew ? { text: words } : {}) }) };
}

/** It stands for nothing any more, as the repository itself tells. Only what nobody decided on is withdrawn. */
export function withdraw(record: AssumptionRecord, { reason, ...said }: Review & { reason: string }): Reviewed {
  const refused = refusal(record, said) ?? decided(record) ?? tooLong(reason);
  if (refused !== undefined) return { refused };
  const withdrawn = { ...record, state: 'superseded', reason } as const;
  return { record: noted(withdrawn, { what: 'withdrawn', ...said, text: reason }) };
}

/** A person answered the question that it is about: the answer stands in its place, whatever was decided before. */
export function supersede(record: AssumptionRecord, { reason, ...said }: Said & { reason: string }): AssumptionRecord {
  if (record.state === 'superseded') return record;
  const { stale: _, ...rest } = record;
  return noted({ ...rest, state: 'superseded', reason }, { what: 'superseded', ...said, text: reason });
}

/** The answer that stood in its place was taken back: it is open again. */
export function restore(record: AssumptionRecord, said: Said): AssumptionRecord {
  const isReplaced = record.history.findLast(({ what }) => what === 'superseded' || what === 'withdrawn');
  if (record.state !== 'superseded' || isReplaced?.what !== 'superseded') return record;
  const { reason: _, ...rest } = record;
  return noted({ ...rest, state: 'proposed' }, { what: 'restored', ...said });
}

/** What was decided before holds again: the word that stood in its place was taken back. */
export function reinstate(record: AssumptionRecord, said: Said): AssumptionRecord {
  if (record.state !== 'superseded') return record;
  const last = record.history.findLast(
    ({ what, revision }) => revision === record.revision && (isVerdict(what) || what === 'taken-back'),
  );
  const { reason: _, ...rest } = record;
  const untouched = rest.correctedText === undefined ? 'proposed' : 'corrected';
  const state = last && isVerdict(last.what) ? last.what : untouched;
  const why = state === 'declined' && last?.text !== undefined ? { reason: last.text } : {};
  const held = state === 'approved' && rest.correctedText !== undefined ? 'corrected' : state;
  return noted({ ...rest, ...why, state: held }, { what: 'reinstated', ...said });
}

function isVerdict(what: AssumptionHistory['what']): what is 'approved' | 'corrected' | 'declined' {
  return what === 'approved' || what === 'corrected' || what === 'declined';
}

function noted(
  record: AssumptionRecord,
  { revision = record.revision, ...entry }: Omit<AssumptionHistory, 'revision'> & { revision?: number },
): AssumptionRecord {
  const { what, by, at, from, text } = entry;
  const line = { what, by, at, from, revision, ...(text === undefined ? {} : { text }) };
  return { ...record, history: [...record.history, line] };
}

/** Why a word on this text counts for nothing, as a sentence. */
export function refusal({ id, state, revision, reason }: AssumptionRecord, seen: Review): string | undefined {
  if (state === 'superseded') return `${id} stands for nothing any more${reason ? `: ${reason}` : '.'}`;
  if (seen.revision !== revision)
    return `${id} has another text by now (revision ${revision}, you saw ${seen.revision}): look at it again.`;
  return undefined;
}

function decided({ id, state }: AssumptionRecord): string | undefined {
  return state === 'proposed' ? undefined : `${id} was ${state} by a person, which stays.`;
}

function emptyText({ id }: AssumptionRecord, words: string): string | undefined {
  return words === '' ? `The text for ${id} is empty.` : undefined;
}

function tooLong(text: string | undefined): string | undefined {
  if (text === undefined || text.length <= longestText) return undefined;
  return `The text has ${text.length} characters; ${longestText} are the most.`;
}
