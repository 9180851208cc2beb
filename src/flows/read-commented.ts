import type { CommandContext } from '../commands/executor.ts';
import type { AssumptionRecord } from '../memory/assumption.ts';
import { assumptionsFile, entriesAt, type FileEntry, keyOf, parseAssumptionsFile } from '../memory/assumptions-file.ts';
import { isEdited } from '../memory/render-assumptions-file.ts';
import type { Gate } from '../publishing/gate.ts';
import { type SafeText, safe } from '../publishing/safe-text.ts';
import type { GitHub } from './github-ports.ts';

/** What the lines of a comment are about; `unclear`: why nobody can tell (a sentence). */
export type Commented = { entry?: FileEntry; unclear?: SafeText };

/** The assumption on whose lines of the file a comment in a review stands, in the text that its author looked at. */
export async function readCommented(
  { review, gate }: Pick<CommandContext, 'review' | 'gate'>,
  github: Pick<GitHub, 'readFile'>,
): Promise<Commented> {
  if (review?.path !== assumptionsFile || review.commit === undefined) return {};
  const file = gate.codeSpan(assumptionsFile);
  const { line, startLine = line } = review;
  if (line === undefined || startLine === undefined)
    return { unclear: safe`This comment stands on no line that is in ${file}: name the assumption.` };
  const text = await github.readFile(assumptionsFile, review.commit);
  const read = text === undefined ? { unreadable: '' } : parseAssumptionsFile(text);
  if ('unreadable' in read)
    return { unclear: safe`${file} cannot be read at the commit of this comment: name the assumption.` };
  const [entry, ...others] = entriesAt(read, { from: startLine, to: line });
  if (!entry) return { unclear: safe`No assumption stands on these lines: name the one that is meant.` };
  if (others.length === 0) return { entry };
  return {
    unclear: safe`Several assumptions stand on these lines: comment on those of one, or name those that are meant.`,
  };
}

/** Of those that have the same id, the one on whose lines the comment stands. */
export function asCommented(records: readonly AssumptionRecord[], { entry }: Commented): readonly AssumptionRecord[] {
  if (!entry) return records;
  const isThere = records.some((record) => keyOf(record) === keyOf(entry));
  return isThere ? records.filter((record) => record.id !== entry.id || keyOf(record) === keyOf(entry)) : records;
}

/** The text that the comment's lines hold; `unapproved`: why no word approves it. */
export function seenAt(
  { entry }: Commented,
  records: readonly AssumptionRecord[],
  gate: Gate,
): { id: string; revision: number; unapproved?: string } | undefined {
  const record = entry && records.find((each) => keyOf(each) === keyOf(entry));
  if (!entry || !record) return undefined;
  const { id, revision } = entry;
  if (!isEdited(entry, record, gate)) return { id, revision };
  return { id, revision, unapproved: `${id} was edited in the file, which counts when it is merged.` };
}
