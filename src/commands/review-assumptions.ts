import { isoTime } from '../lib/clock.ts';
import type { AssumptionRecord, Said } from '../memory/assumption.ts';
import { followReview } from '../memory/follow-review.ts';
import { correct, type Reviewed } from '../memory/review.ts';
import { seenRevision } from '../memory/seen-revision.ts';
import type { NamedReview } from './name-assumption.ts';

/** What came of a command: the records that it changed, the ids for which it holds now, and why not for others (sentences). */
export type ReviewResult = { changed: readonly AssumptionRecord[]; held: readonly string[]; not: readonly string[] };

type Given = {
  /** Those that may be meant. */
  records: readonly AssumptionRecord[];
  /** Ids of those that are not shown: nobody decides about what they did not see. */
  withheld: ReadonlySet<string>;
  /** Who wrote the comment, when and where. */
  said: Said;
  /** The text on whose lines the comment stands; `unapproved`: why no word approves it. */
  seen?: { id: string; revision: number; unapproved?: string } | undefined;
};

/**
 * Follows `approve`, `decline` and `correct`, each assumption by itself: what fits is done, and what does not is told. A word is bound to the
 * text that was there when the comment was written, `all` to the assumptions that were proposed then. Followed again it changes nothing.
 */
export function reviewAssumptions(command: NamedReview, given: Given): ReviewResult {
  const results = idsOf(command, given).map((id) => reviewOne(id, command, given));
  return {
    changed: results.flatMap(({ changed = [] }) => changed),
    held: results.flatMap(({ held = [] }) => held),
    not: results.flatMap(({ not = [] }) => not),
  };
}

function idsOf(command: NamedReview, { records, withheld, said }: Given): readonly string[] {
  if (command.verb === 'correct') return [command.assumption];
  if (command.assumptions !== 'all') return command.assumptions;
  const isMeant = (record: AssumptionRecord) =>
    !withheld.has(record.id) &&
    (record.state === 'proposed' || record.history.some(({ from, by }) => from === said.from && by === said.by));
  return records.filter(isMeant).map(({ id }) => id);
}

const day = 86_400_000;

type One = { changed?: AssumptionRecord[]; held?: string; not?: string };

function reviewOne(id: string, command: NamedReview, { records, withheld, said, seen }: Given): One {
  const [record, ...others] = records.filter((each) => each.id === id);
  if (withheld.has(id)) return { not: `${id} is not shown here, and nobody decides about what they did not see.` };
  if (!record) return { not: whyMissing(id) };
  if (others.length > 0) return { not: `${id} stands for several here: say it on the issue of the session.` };
  const here = seen?.id === id ? seen : undefined;
  if (command.verb === 'approve' && here?.unapproved !== undefined) return { not: here.unapproved };
  const revision = here?.revision ?? seenRevision(record, said);
  if (revision === undefined) return { not: `${id} came after your comment.` };
  const reviewed = act(record, command, { ...said, revision });
  if ('refused' in reviewed) return { not: reviewed.refused };
  const after = reviewed.record;
  const later = overruledBy(after, said);
  return { changed: after === record ? [] : [after], ...(later === undefined ? { held: id } : { not: later }) };
}

function whyMissing(id: string): string {
  if (id.startsWith('A')) return `There is no assumption ${id} here.`;
  return `${id} is ${id.startsWith('L') ? 'a learning' : 'a rule'}: those are reviewed on the dashboard.`;
}

function act(record: AssumptionRecord, command: NamedReview, review: Said & { revision: number }): Reviewed {
  if (command.verb === 'correct') return correct(record, { ...review, text: command.text });
  const reason = command.verb === 'decline' ? command.reason : undefined;
  const days = command.verb === 'approve' ? command.days : undefined;
  const until = days === undefined ? {} : { until: isoTime(Date.parse(review.at) + days * day) };
  return followReview(record, { ...review, verdict: command.verb, on: true, reason, ...until });
}

/** Whoever said something later has the last word, however late this one is read. */
function overruledBy({ id, history, revision }: AssumptionRecord, { at }: Said): string | undefined {
  const own = history.filter((entry) => entry.revision === revision);
  const last = own.findLast(({ what }) => what === 'approved' || what === 'declined' || what === 'taken-back');
  if (!last || Date.parse(last.at) <= Date.parse(at)) return undefined;
  const what = last.what === 'taken-back' ? 'opened again' : last.what;
  return `${id} was ${what} by ${last.by} at ${isoTime(Date.parse(last.at))}, after your comment: that holds.`;
}
