import type { Sighting } from './apply-finding.ts';
import type { Finding } from './finding.ts';

/**
 * Counts findings that were seen, and whose issues are duplicates, on the findings of the issues that they duplicate (in `after`), each
 * once and only where it was not seen itself. A person's word that two are one says no more than that: nothing is opened or closed by it.
 *
 * @returns the ids of those that were counted.
 */
export function countOnCanonicals(
  matched: readonly Finding[],
  after: Map<string, Finding>,
  sighting: Sighting,
): ReadonlySet<string> {
  const seen = new Set(matched.map(({ id }) => id));
  const byNumber = new Map(
    [...after.values()].flatMap(({ id, issue }) => (issue ? [[issue.number, id] as const] : [])),
  );
  const counted = new Set<string>();
  for (const { id } of matched) {
    const finding = after.get(id);
    const canonical = finding && findCanonical(finding, (number) => after.get(byNumber.get(number) ?? ''));
    if (!canonical || seen.has(canonical.id) || counted.has(canonical.id)) continue;
    after.set(canonical.id, { ...canonical, lastSeen: sighting, occurrences: canonical.occurrences + 1 });
    counted.add(canonical.id);
  }
  return counted;
}

/** Along duplicates of duplicates, never in a circle. */
function findCanonical(finding: Finding, findByNumber: (number: number) => Finding | undefined): Finding | undefined {
  const passed = new Set([finding.id]);
  let current = finding;
  while (current.ignored?.how === 'duplicate' && current.duplicateOf !== undefined) {
    const next = findByNumber(current.duplicateOf);
    if (!next || passed.has(next.id)) return undefined;
    passed.add(next.id);
    current = next;
  }
  return current === finding ? undefined : current;
}
