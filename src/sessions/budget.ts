import type { Spend } from '../ledger/ledger.ts';

/** Dollars that all sessions of a day and of a month (UTC) may cost together. */
export type Budget = { perDayUsd: number; perMonthUsd: number };

export type Reservation = { usd: number; note?: string } | { refused: string };

/** With less than this share of what a session may cost it would only begin. */
const leastShare = 0.1;

/**
 * What is set aside for a session before it begins: all that it may cost, or what the day and the month leave of it.
 *
 * @param spent what the sessions of the month cost, or have reserved while they run.
 * @param at ISO time of its start; it counts on that day, however long it takes.
 */
export function reserve(
  wantedUsd: number,
  { budget, spent, at }: { budget: Budget; spent: readonly Spend[]; at: string },
): Reservation {
  const ofDay = spent.filter((entry) => entry.at.slice(0, 10) === at.slice(0, 10));
  const scopes = [
    { name: 'day', field: 'perDayUsd', most: budget.perDayUsd, entries: ofDay },
    { name: 'month', field: 'perMonthUsd', most: budget.perMonthUsd, entries: spent },
  ].map((scope) => ({ ...scope, left: scope.most - sum(scope.entries) }));
  const [first] = scopes.toSorted((a, b) => a.left - b.left);
  if (!first || first.left >= wantedUsd) return { usd: wantedUsd };
  const { name, field, most, entries } = first;
  // To the cent, downwards: sums of fractions are not exact.
  const left = Math.floor(first.left * 100 + 1e-6) / 100;
  const used = `Of the ${dollars(most)} that budget.${field} allows for the ${name}, ${dollars(most - left)} are spent or reserved`;
  if (left <= 0 || left < wantedUsd * leastShare) {
    const open = entries.filter(({ settled }) => !settled).length;
    const reserved = open > 0 ? ` (${open} of ${entries.length} sessions have not ended)` : '';
    return {
      refused: `${used}${reserved}: what is left is too little for a session that may cost ${dollars(wantedUsd)}.`,
    };
  }
  return { usd: left, note: `${used}: this session may cost ${dollars(left)} instead of ${dollars(wantedUsd)}.` };
}

function sum(entries: readonly Spend[]): number {
  return entries.reduce((total, { usd }) => total + usd, 0);
}

function dollars(usd: number): string {
  return `$${usd.toFixed(2)}`;
}
