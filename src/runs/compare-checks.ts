import type { CheckOutcome } from '../checks/check.ts';
import { placeText } from '../findings/permalink.ts';
import { count, oneLine, truncate } from '../lib/text.ts';

type CheckFinding = Extract<CheckOutcome, { findings: unknown }>['findings'][number];

/**
 * What checks find after a change that they did not find before it, a line each: of what is alike (rule, file, title) only what is there more often. A
 * check that could be run before and cannot any more counts, too. Lines do not, as a change moves them.
 */
export function compareOutcomes(before: readonly CheckOutcome[], after: readonly CheckOutcome[]): string[] {
  return after.flatMap((outcome) => {
    const earlier = before.find(({ check }) => check === outcome.check);
    if (!('reason' in outcome)) return newIn(outcome, earlier && 'findings' in earlier ? earlier.findings : []);
    const isNew = outcome.state === 'undetermined' && earlier?.state !== 'undetermined';
    return isNew ? [`- ${outcome.check} could not be run to its end: ${oneLine(outcome.reason)}`] : [];
  });
}

function newIn(
  { check, findings }: { check: string; findings: readonly CheckFinding[] },
  before: readonly CheckFinding[],
): string[] {
  const known = new Map<string, number>();
  for (const finding of before) known.set(keyOf(finding), (known.get(keyOf(finding)) ?? 0) + 1);
  const fresh = findings.filter((finding) => {
    const left = known.get(keyOf(finding)) ?? 0;
    known.set(keyOf(finding), left - 1);
    return left <= 0;
  });
  return fresh.map((finding) => describe(check, finding));
}

/** How each check ended, a line each. */
export function describeOutcomes(outcomes: readonly CheckOutcome[]): string {
  return outcomes
    .map((outcome) => {
      if ('reason' in outcome) return `${outcome.check}: ${outcome.state} (${truncate(oneLine(outcome.reason), 300)})`;
      return `${outcome.check}: ${count(outcome.findings.length, 'finding')}`;
    })
    .join('\n');
}

function keyOf({ candidate: { title, location }, rule }: CheckFinding): string {
  return JSON.stringify([rule ?? '', location?.path ?? '', title]);
}

function describe(check: string, { candidate: { title, location, actual } }: CheckFinding): string {
  const place = location ? ` (${placeText(location)})` : '';
  return `- ${check}: ${truncate(oneLine(title), 300)}${place}${actual === undefined ? '' : `\n${truncate(actual, 2000)}`}`;
}
