import { findManagedBlock } from '../findings/issue-markers.ts';
import type { Gate } from '../publishing/gate.ts';
import { type SafeText, safe } from '../publishing/safe-text.ts';

/** What people asked for by ticking boxes on the dashboard. `file`: ids of held findings, each once. */
export type Ticks = { scan: boolean; verify: boolean; file: readonly string[] };

export const noTicks: Ticks = { scan: false, verify: false, file: [] };

type Box = { asks: 'scan-now' | 'verify' } | { asks: 'file'; finding: string };

/** A box with its hidden marker, as one item of a list (the pattern is Renovate's). `label` is one line. */
export function renderBox(
  box: Box,
  { ticked, label, gate }: { ticked: boolean; label: SafeText; gate: Gate },
): SafeText {
  const state = ticked ? safe`x` : safe` `;
  const words = box.asks === 'file' ? `file ${box.finding}` : box.asks;
  return safe`- [${state}] <!-- courier:${gate.inline(words)} --> ${label}`;
}

// At the beginning of a line only, where no text of others can stand.
const tickedBox = /^ {0,3}[-*+] \[[xX]\] <!-- courier:(?:(scan-now)|(verify)|file (F-[0-9a-hjkmnp-tv-z]{8})) -->/gm;

/** The boxes that are ticked in the managed block of a dashboard; none in any other text. */
export function readTicks(body: string): Ticks {
  const block = findManagedBlock(body);
  if (block?.about !== 'dashboard') return noTicks;
  const found = [...body.slice(block.start, block.end).matchAll(tickedBox)];
  return {
    scan: found.some(([, scan]) => scan !== undefined),
    verify: found.some(([, , verify]) => verify !== undefined),
    file: [...new Set(found.flatMap(([, , , finding]) => finding ?? []))],
  };
}
