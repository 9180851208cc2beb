import type { Finding } from '../findings/finding.ts';
import { mainPlace } from './place.ts';

/** Worst first, then by path, line and id: the same findings always stand in the same order. */
export function sortFindings(findings: readonly Finding[]): Finding[] {
  return findings.toSorted((a, b) => a.severity - b.severity || comparePlaces(a, b) || compareText(a.id, b.id));
}

function comparePlaces(a: Finding, b: Finding): number {
  const left = mainPlace(a);
  const right = mainPlace(b);
  if (!left || !right) return Number(!left) - Number(!right);
  return compareText(left.path, right.path) || (left.startLine ?? 0) - (right.startLine ?? 0);
}

// By code unit, not by locale: a report looks the same on every machine.
function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
