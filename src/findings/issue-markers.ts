import { sha256 } from '../lib/hash.ts';
import { limits } from '../publishing/bound.ts';
import type { Gate } from '../publishing/gate.ts';
import { amongShown, type SafeText, safe } from '../publishing/safe-text.ts';

/** What Courier writes into an issue stands between these two lines; all around them belongs to people. */
export const beginMarker = safe`<!-- courier:begin -->`;
export const endMarker = safe`<!-- courier:end -->`;

const marker =
  /^<!-- courier:(begin|end|(dashboard|session S\d{8}-\d{6}-[0-9a-z]{4})|finding (F-[0-9a-hjkmnp-tv-z]{8})) -->[ \t]*\r?$/gm;

/**
 * A line by which a comment is found again, so that it is never written twice: by what it is about, in a few digits.
 */
export function renderCommentMark(about: readonly string[], gate: Gate): SafeText {
  return safe`<!-- courier:comment ${gate.inline(sha256(JSON.stringify(about)).slice(0, 16))} -->`;
}

const commentMark = /^<!-- courier:comment [0-9a-f]{16} -->[ \t]*\r?$/m;

/** Whether a comment holds a mark of ours. A hint, never a proof: anybody can write one. */
export function isMarkedComment(body: string): boolean {
  return commentMark.test(body);
}

/** `comment` with its mark, cut where both would be too long. */
export function markComment(comment: SafeText, mark: SafeText, gate: Gate): SafeText {
  return safe`${gate.body(comment, limits.body - mark.length - 2)}\n\n${mark}`;
}

/** `about`: the id of a finding, `dashboard`, or `session S…`. */
type ManagedBlock = { start: number; end: number; about: string };

/** `content` as the managed block of a finding, of a session, or of the dashboard, with its markers. */
export function renderManagedBlock(about: string, content: SafeText, gate: Gate): SafeText {
  const subject = about.startsWith('F-') ? safe`finding ${gate.inline(about)}` : gate.inline(about);
  return safe`${beginMarker}\n<!-- courier:${subject} -->\n\n${content}\n\n${endMarker}`;
}

/**
 * The first managed block of a body: a line that begins it, next to it the line that says what it is about, and the line that ends it, each alone on
 * its line and without another beginning in between. `\r\n`, which GitHub's editor leaves behind, is a line end like any other.
 */
export function findManagedBlock(body: string): ManagedBlock | undefined {
  let start: number | undefined;
  let about: string | undefined;
  for (const match of body.matchAll(marker)) {
    const [line, kind, other, finding] = match;
    if (kind === 'begin') {
      start = match.index;
      about = undefined;
    } else if (kind !== 'end') about ??= other ?? finding;
    else if (start !== undefined && about !== undefined) {
      return { start, end: match.index + line.trimEnd().length, about };
    }
  }
  return undefined;
}

/** The id of the finding that the body's managed block is about. A hint, never a proof: anybody can write one. */
export function findFindingMarker(body: string): string | undefined {
  const about = findManagedBlock(body)?.about;
  return about?.startsWith('F-') ? about : undefined;
}

/**
 * The body with its managed block replaced; all text outside stays as it is, to the character. A body without a whole block (a person
 * removed it, or one of its markers) gets the new one at its end. The block, not people's text, is cut where both would be too long.
 */
export function replaceManagedBlock(body: string, managed: SafeText, gate: Gate): SafeText {
  const block = findManagedBlock(body);
  const before = block ? body.slice(0, block.start) : appendable(body);
  const after = block ? body.slice(block.end) : '';
  return amongShown(before, gate.body(managed, roomAround(body)), after);
}

/** Characters that people's text around the managed block leaves for it. */
export function roomAround(body: string): number {
  const block = findManagedBlock(body);
  return limits.body - (block ? body.length - (block.end - block.start) : appendable(body).length);
}

function appendable(body: string): string {
  const text = body.trimEnd();
  return text === '' ? '' : `${text}\n\n`;
}
