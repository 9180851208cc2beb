import { findManagedBlock } from '../findings/issue-markers.ts';
import type { Overlap } from '../ledger/runs-record.ts';
import { truncate } from '../lib/text.ts';
import { limits } from '../publishing/bound.ts';
import type { Gate } from '../publishing/gate.ts';
import { amongShown, joinSafe, type SafeText, safe } from '../publishing/safe-text.ts';

const shown = { paths: 5, path: 200 } as const;
const begin = safe`<!-- courier:others -->`;
const end = safe`<!-- courier:others-end -->`;
const part = /\n*^<!-- courier:others -->[ \t]*\r?$[\s\S]*?^<!-- courier:others-end -->[ \t]*\r?$\n*/m;

/** A sentence or two for each, for people to read: whose work it is, which files, and what comes of both together. */
export function renderOverlap(overlap: Overlap, gate: Gate): SafeText {
  const { issue, pullRequest, branch, paths, more, conflicts } = overlap;
  const where = pullRequest === undefined ? safe`branch ${gate.codeSpan(branch)}` : safe`pull request #${pullRequest}`;
  const what = listOf(paths, more, gate);
  const also = safe`Also changed by #${issue}'s ${where}: ${what}.`;
  if (conflicts === undefined) return safe`${also} Whether they conflict was not to be told.`;
  if (conflicts.length === 0) return safe`${also} The two merge cleanly.`;
  return safe`${also} The two conflict in ${listOf(conflicts, 0, gate)}: the one that is merged second has to be put right.`;
}

function listOf(paths: readonly string[], more: number, gate: Gate): SafeText {
  const names = paths.slice(0, shown.paths).map((path) => gate.codeSpan(truncate(path, shown.path)));
  const left = more + paths.length - names.length;
  return joinSafe([...names, ...(left > 0 ? [safe`${left} more`] : [])], safe`, `);
}

/**
 * The description of a pull request with what is to be said of other open work in Courier's block; all around it stays as it is, to the character.
 * `undefined` where the block is gone, or has no room: then nothing is to be written.
 */
export function withOverlaps(body: string, overlaps: readonly Overlap[], gate: Gate): SafeText | undefined {
  const block = findManagedBlock(body);
  if (!block) return undefined;
  const inside = body.slice(block.start, block.end);
  const without = inside.replace(part, '\n\n');
  const last = without.lastIndexOf('<!-- courier:end -->');
  const [head, tail] = [without.slice(0, last).trimEnd(), without.slice(last)];
  const rows = overlaps.map((overlap) => safe`- ${renderOverlap(overlap, gate)}`);
  const text = joinSafe([safe`### Other open work`, joinSafe(rows, safe`\n`)], safe`\n\n`);
  const said = rows.length === 0 ? safe`\n\n` : safe`\n\n${begin}\n${text}\n${end}\n\n`;
  const next = amongShown(`${body.slice(0, block.start)}${head}`, said, `${tail}${body.slice(block.end)}`);
  return next.length > limits.body ? undefined : next;
}
