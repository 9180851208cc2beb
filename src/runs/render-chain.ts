import type { ChainRecord, Link } from '../ledger/chain-record.ts';
import { count, truncate } from '../lib/text.ts';
import type { Gate } from '../publishing/gate.ts';
import { joinSafe, type SafeText, safe } from '../publishing/safe-text.ts';

const longestWhy = 700;

/** How far a chain has come, for the comment that asked for it. */
export function renderChain(chain: ChainRecord, gate: Gate): SafeText {
  const current = chain.end ? undefined : chain.links.find(({ outcome }) => outcome === undefined);
  const lines = chain.links.map((link) => safe`- ${stateOf(link, link === current)}`);
  return joinSafe([safe`${headOf(chain, gate)}\n`, ...lines], safe`\n`);
}

function headOf({ end, links }: ChainRecord, gate: Gate): SafeText {
  if (!end) return safe`A chain of ${gate.inline(count(links.length, 'run'))}, one after the other:`;
  if (end.how === 'done') return safe`The chain is done:`;
  const why = end.why === undefined ? safe`` : safe` ${gate.inline(truncate(end.why, longestWhy))}`;
  return end.how === 'stopped' ? safe`The chain was stopped.${why}` : safe`The chain ends here.${why}`;
}

const states = {
  pushed: safe`the change is on its branch`,
  'no-change': safe`nothing was changed`,
  refused: safe`the change was refused`,
  failed: safe`failed`,
  stopped: safe`stopped`,
  parked: safe`waits for answers`,
} as const satisfies Record<NonNullable<Link['outcome']>, SafeText>;

function stateOf({ issue, outcome, pullRequest }: Link, isCurrent: boolean): SafeText {
  const pull = pullRequest === undefined ? safe`` : safe`, pull request #${pullRequest}`;
  if (outcome) return safe`#${issue}: ${states[outcome]}${pull}`;
  return isCurrent ? safe`#${issue}: under way` : safe`#${issue}: not begun`;
}
