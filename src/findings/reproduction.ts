import { count } from '../lib/text.ts';
import type { Reproduce } from './finding.ts';
import type { Verified } from './issue-link.ts';
import type { RunVerdict } from './judge-run.ts';

/** Runs of one command on one tree, together: `shows` and `silent` only where every single run says so. */
export type RunsVerdict = 'shows' | 'silent' | 'flaky' | 'unknown';

/** As often as a verdict takes, where a run is cheap. */
export const runsWanted = 3;

export function judgeRuns(runs: readonly RunVerdict[]): RunsVerdict {
  if (runs.length === 0 || runs.some(({ run }) => run === 'unknown')) return 'unknown';
  const shows = runs.filter(({ run }) => run === 'shows').length;
  if (shows === runs.length) return 'shows';
  return shows === 0 ? 'silent' : 'flaky';
}

/** Whether a verdict about absence may rest on these runs: all that were wanted, all of one mind. */
export function isUnanimous(runs: readonly RunVerdict[], verdict: 'shows' | 'silent'): boolean {
  return runs.length >= runsWanted && judgeRuns(runs) === verdict;
}

/**
 * What running its command makes of a finding that an agent claims: shown by every run it is reproduced, also without any quote; else it
 * is what its quotes made it. `remark` says what was seen, in a sentence for people.
 */
export function proveByRuns(
  runs: readonly RunVerdict[],
  before: Verified,
): { verified: Verified; remark: NonNullable<Reproduce['remark']> } {
  const verdict = judgeRuns(runs);
  if (verdict === 'shows') return { verified: 'reproduced', remark: `Its command showed it in ${ofRuns(runs)}.` };
  return { verified: before, remark: `Its command did not show it: ${whyNot(runs, verdict)}.` };
}

function whyNot(runs: readonly RunVerdict[], verdict: RunsVerdict): string {
  const shows = runs.filter(({ run }) => run === 'shows').length;
  if (verdict === 'flaky') return `only ${shows} of ${count(runs.length, 'run')} did`;
  return describeRuns(runs);
}

/** `3 of 3 runs`. */
export function ofRuns(runs: readonly unknown[]): string {
  return `${runs.length} of ${count(runs.length, 'run')}`;
}

/** How the runs ended: `exit code 0`, `exit codes 0, 1`, or why one of them could not be told. */
export function describeRuns(runs: readonly RunVerdict[]): string {
  const unknown = runs.find((run) => run.run === 'unknown');
  if (unknown) return unknown.why;
  const codes = [...new Set(runs.flatMap((run) => ('exitCode' in run ? [run.exitCode] : [])))];
  if (codes.length === 0) return 'it was not run';
  return `exit code${codes.length > 1 ? 's' : ''} ${codes.join(', ')}`;
}
