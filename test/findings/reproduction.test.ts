import { expect, it } from 'vitest';
import type { RunVerdict } from '../../src/findings/judge-run.ts';
import { isUnanimous, judgeRuns, proveByRuns } from '../../src/findings/reproduction.ts';

const shows: RunVerdict = { run: 'shows', exitCode: 1 };
const silent: RunVerdict = { run: 'silent', exitCode: 0 };
const unknown: RunVerdict = { run: 'unknown', why: 'the command was not found (exit code 127)' };

it('takes what every run shows for reproduced, with or without a quote', () => {
  const remark = 'Its command showed it in 3 of 3 runs.';
  expect(proveByRuns([shows, shows, shows], 'quoted')).toEqual({ verified: 'reproduced', remark });
  expect(proveByRuns([shows, shows, shows], 'none')).toEqual({ verified: 'reproduced', remark });
  expect(proveByRuns([shows], 'none')).toEqual({
    verified: 'reproduced',
    remark: 'Its command showed it in 1 of 1 run.',
  });
});

it('leaves a finding what its quotes made it, and says what its command did', () => {
  expect(proveByRuns([silent, silent, silent], 'quoted')).toEqual({
    verified: 'quoted',
    remark: 'Its command did not show it: exit code 0.',
  });
  expect(proveByRuns([shows, silent, shows], 'none')).toEqual({
    verified: 'none',
    remark: 'Its command did not show it: only 2 of 3 runs did.',
  });
  expect(proveByRuns([unknown], 'quoted').remark).toBe(
    'Its command did not show it: the command was not found (exit code 127).',
  );
});

it('says nothing for certain after a run that could not be judged, or no run at all', () => {
  expect(judgeRuns([shows, shows, unknown])).toBe('unknown');
  expect(judgeRuns([])).toBe('unknown');
});

it('lets absence rest on three runs of one mind only', () => {
  expect(isUnanimous([silent, silent, silent], 'silent')).toBe(true);
  expect(isUnanimous([silent, silent], 'silent')).toBe(false);
  expect(isUnanimous([silent, silent, shows], 'silent')).toBe(false);
});
