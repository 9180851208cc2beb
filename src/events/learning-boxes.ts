import { findManagedBlock } from '../findings/issue-markers.ts';
import { sha256 } from '../lib/hash.ts';
import type { Gate } from '../publishing/gate.ts';
import { amongShown, type SafeText, safe } from '../publishing/safe-text.ts';

/** What somebody did with one box on the dashboard: `text` is a digest of the words that stood beside it. */
export type LearningDeed = { id: string; text: string; act: 'approve' | 'delete' };

const begin = safe`<!-- courier:learnings -->`;
const end = safe`<!-- courier:learnings-end -->`;

/** What is approved is bound to these words. */
export function digestOfText(text: string): string {
  return sha256(text).slice(0, 12);
}

export function renderLearningBox(
  { id, text, act }: { id: string; text: string; act: LearningDeed['act'] },
  { label, gate }: { label: SafeText; gate: Gate },
): SafeText {
  return safe`- [ ] <!-- courier:learning ${gate.inline(id)} ${gate.inline(digestOfText(text))} ${act === 'approve' ? safe`approve` : safe`delete`} --> ${label}`;
}

/** The part of the dashboard that is about learnings and rules, so that it can be written anew by itself. */
export function wrapLearnings(content: SafeText): SafeText {
  return safe`${begin}\n\n${content}\n\n${end}`;
}

/** The body with that part as it is now; `undefined` where it has none. */
export function replaceLearnings(body: string, content: SafeText): SafeText | undefined {
  const block = findManagedBlock(body);
  if (block?.about !== 'dashboard') return undefined;
  const [from, to] = [body.indexOf(begin, block.start), body.indexOf(end, block.start)];
  if (from < 0 || to < from || to > block.end) return undefined;
  return amongShown(body.slice(0, from), wrapLearnings(content), body.slice(to + end.length));
}

// At the beginning of a line only, where no text of others can stand.
const box = /^ {0,3}[-*+] \[([ xX])\] <!-- courier:learning ([LR][1-9]\d{0,8}) ([0-9a-f]{12}) (approve|delete) -->/gm;

/**
 * The boxes that an edit ticked: those that are in both texts, once without and then with a tick. Who edits the text of a box, or adds one, says
 * nothing with it.
 */
export function learningDeeds(from: string, to: string): LearningDeed[] {
  const before = readBoxes(from);
  return [...readBoxes(to)].flatMap(([key, now]) =>
    now.ticked && before.get(key)?.ticked === false ? [now.deed] : [],
  );
}

function readBoxes(body: string): Map<string, { ticked: boolean; deed: LearningDeed }> {
  const block = findManagedBlock(body);
  const boxes = new Map<string, { ticked: boolean; deed: LearningDeed }>();
  if (block?.about !== 'dashboard') return boxes;
  for (const [, state, id = '', text = '', act = ''] of body.slice(block.start, block.end).matchAll(box)) {
    const key = `${id} ${text} ${act}`;
    if (!boxes.has(key))
      boxes.set(key, { ticked: state !== ' ', deed: { id, text, act: act === 'approve' ? 'approve' : 'delete' } });
  }
  return boxes;
}
