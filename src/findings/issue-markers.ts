import { limits } from '../publishing/bound.ts';
import type { Gate } from '../publishing/gate.ts';
import { amongShown, type SafeText, safe } from '../publishing/safe-text.ts';

/** What Courier writes into an issue stands between these two lines; all around them belongs to people. */
export const beginMarker = safe`<!-- courier:begin -->`;
export const endMarker = safe`<!-- courier:end -->`;

const marker = /^<!-- courier:(begin|end|finding (F-[0-9a-hjkmnp-tv-z]{8})) -->[ \t]*\r?$/gm;

type ManagedBlock = { start: number; end: number; finding: string };

/** `content` as the managed block of a finding, with its markers. */
export function renderManagedBlock(finding: string, content: SafeText, gate: Gate): SafeText {
  return safe`${beginMarker}\n<!-- courier:finding ${gate.inline(finding)} -->\n\n${content}\n\n${endMarker}`;
}

/**
 * The first managed block of a body: a line that begins it, next to it the line of a finding, and the line that ends it, each alone on
 * its line and without another beginning in between. `\r\n`, which GitHub's editor leaves behind, is a line end like any other.
 */
export function findManagedBlock(body: string): ManagedBlock | undefined {
  let start: number | undefined;
  let finding: string | undefined;
  for (const match of body.matchAll(marker)) {
    const [line, kind, id] = match;
    if (kind === 'begin') {
      start = match.index;
      finding = undefined;
    } else if (kind !== 'end') finding ??= id;
    else if (start !== undefined && finding !== undefined) {
      return { start, end: match.index + line.trimEnd().length, finding };
    }
  }
  return undefined;
}

/** The id of the finding that the body's managed block is about. A hint, never a proof: anybody can write one. */
export function findFindingMarker(body: string): string | undefined {
  return findManagedBlock(body)?.finding;
}

/**
 * The body with its managed block replaced; all text outside stays as it is, to the character. A body without a whole block (a person
 * removed it, or one of its markers) gets the new one at its end. The block, not people's text, is cut where both would be too long.
 */
export function replaceManagedBlock(body: string, managed: SafeText, gate: Gate): SafeText {
  const block = findManagedBlock(body);
  const before = block ? body.slice(0, block.start) : appendable(body);
  const after = block ? body.slice(block.end) : '';
  const room = limits.body - before.length - after.length;
  return amongShown(before, gate.body(managed, room), after);
}

function appendable(body: string): string {
  const text = body.trimEnd();
  return text === '' ? '' : `${text}\n\n`;
}
