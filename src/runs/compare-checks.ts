import type { CheckOutcome } from '../checks/check.ts';
import { placeText } from '../findings/permalink.ts';
import { count, oneLine, truncate } from '../lib/text.ts';

type CheckFinding = Extract<CheckOutcome, { findings: unknown }>['findings'][number];

/**
 * What checks find after a change that they did not find before it, a line each: of what is alike (rule and file) only what is there more often, by its
 * places. A check that could be run before and cannot any more counts, too. Lines do not, as a change moves them.
 */
export function compareOutcomes(before: readonly CheckOutcome[], after: readonly CheckOutcome[]): string[] {
  return after.flatMap((outcome) => {
    const earlier = before.find(({ check }) => check === outcome.check);
    if (!('reason' in outcome)) return newIn(outcome, earlier && 'findings' in earlier ? earlier.findings : []);
    return isBroken(outcome, earlier)
      ? [`- ${outcome.check} could not be run to its end: ${oneLine(outcome.reason)}`]
      : [];
  });
}

/** Whether what is not there now may have been there before the change: the compiler alone comes with the repository's own dependencies. */
export function mayHaveWorked(outcome: CheckOutcome): boolean {
  return outcome.check === 'tsc' && outcome.state === 'undetermined';
}

/** Whether it is the change that keeps it from its end, and not the machine or the network. */
function isBroken(outcome: CheckOutcome, earlier: CheckOutcome | undefined): boolean {
  if (outcome.state !== 'undetermined' || earlier?.state === 'undetermined') return false;
  if (outcome.kind === 'configured' || outcome.cause === 'failed') return true;
  return mayHaveWorked(outcome) && earlier !== undefined && 'findings' in earlier;
}

function newIn(
  { check, findings }: { check: string; findings: readonly CheckFinding[] },
  before: readonly CheckFinding[],
): string[] {
  const known = new Map<string, number>();
  for (const finding of before) known.set(keyOf(finding), (known.get(keyOf(finding)) ?? 0) + placesOf(finding));
  const fresh = findings.filter((finding) => {
    const left = known.get(keyOf(finding)) ?? 0;
    known.set(keyOf(finding), left - placesOf(finding));
    return left < placesOf(finding);
  });
  return fresh.map((finding) => describe(check, finding));
}

/** How each check ended that had something to look at, a line each. */
export function describeOutcomes(outcomes: readonly CheckOutcome[]): string {
  return outcomes
    .filter((outcome) => outcome.state !== 'not-applicable' && !isMissing(outcome))
    .map((outcome) => {
      if ('reason' in outcome) return `${outcome.check}: ${outcome.state} (${truncate(oneLine(outcome.reason), 300)})`;
      return `${outcome.check}: ${count(outcome.findings.length, 'finding')}`;
    })
    .join('\n');
}

/** Nobody asked for it by its name, and it is not to be had here. */
function isMissing(outcome: CheckOutcome): boolean {
  return outcome.kind === 'preset' && outcome.state === 'undetermined' && outcome.cause === 'unavailable';
}

/** A rule that is broken several times in one file is one finding. */
function placesOf({ candidate: { evidence } }: CheckFinding): number {
  return Math.max(1, evidence.length);
}

function keyOf({ candidate: { title, location }, rule }: CheckFinding): string {
  // The title of a rule's finding may be the words of its first place, which a change may take away.
  return JSON.stringify([rule === undefined ? title : '', rule ?? '', location?.path ?? '']);
}

function describe(check: string, { candidate: { title, location, actual, description } }: CheckFinding): string {
  const place = location ? ` (${placeText(location)})` : '';
  const more = actual ?? description;
  return `- ${check}: ${truncate(oneLine(title), 300)}${place}${more === '' ? '' : `\n${truncate(more, 2000)}`}`;
}
