import type { Finding } from './finding.ts';

/**
 * Known findings as an agent's notes list them, which have room for so many: those that the scan itself raised come first, then the more
 * severe, then those seen last. Without a description (its details are withheld) a finding cannot be recognised by its title: these are last.
 */
export function orderKnown<Known extends Finding>(known: readonly Known[], scan: string): Known[] {
  const rank = ({ description, origin, severity }: Finding) =>
    (description === '' ? 100 : 0) + (origin.kind === 'agent' && origin.name === scan ? 0 : 10) + severity;
  return known.toSorted((a, b) => rank(a) - rank(b) || compare(b.lastSeen.at, a.lastSeen.at) || compare(a.id, b.id));
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
