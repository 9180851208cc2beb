import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { IssueRuns, type RunOutcome, runOutcomes } from '../../src/ledger/runs-record.ts';
import { beginRun, endRun, failuresOf, labelOfRuns, parkRun } from '../../src/runs/issue-runs.ts';

const fresh = IssueRuns.parse({ version: 1, issue: 7, branch: 'courier/issue-7', base: 'main' });
const time = (minute: number) => new Date(Date.UTC(2026, 10, 21, 12, minute)).toISOString();
const begin = (minute: number, besides: { own?: boolean; session?: string } = {}) => ({
  session: besides.session ?? `S-${minute}`,
  run: `${minute}`,
  at: time(minute),
  until: time(minute + 60),
  by: 'wanda',
  own: besides.own ?? false,
  blueprint: 'fix',
});

function begun(runs: IssueRuns, at: ReturnType<typeof begin>): IssueRuns {
  const result = beginRun(runs, at);
  if ('refused' in result) throw new Error(result.refused);
  return result.runs;
}

/** Runs one after the other that ended so. */
function ended(...outcomes: readonly RunOutcome[]): IssueRuns {
  return outcomes.reduce(
    (runs, outcome, minute) => endRun(begun(runs, begin(minute)), { session: `S-${minute}`, outcome }),
    fresh,
  );
}

describe('the runs of an issue', () => {
  it('are one at a time, and the second is told which one is at work', () => {
    const first = begun(fresh, begin(0));
    expect(beginRun(first, begin(1))).toEqual({
      refused: expect.stringMatching(/^Session S-0 is at work on this issue: stop it/),
    });
    expect(labelOfRuns(first)).toBe('running');
  });

  it('begin once, however often the same session says so', () => {
    const first = begun(fresh, begin(0));
    expect(begun(first, { ...begin(5), session: 'S-0' }).attempts).toHaveLength(1);
  });

  it('go on after one that died, which counts as failed', () => {
    const dead = begun(fresh, begin(0));
    const next = begun(dead, { ...begin(59), at: time(61), session: 'S-b' });
    expect(next.attempts.map(({ outcome }) => outcome)).toEqual(['failed', undefined]);
  });

  it('wait for answers with the issue in hand, for so long as they are kept', () => {
    const parked = parkRun(begun(fresh, begin(0)), { session: 'S-0', until: time(30) });
    expect(parked).toMatchObject({ claim: { session: 'S-0', until: time(30) }, attempts: [{ outcome: 'parked' }] });
    expect(labelOfRuns(parked)).toBe('awaiting-answer');
    expect(beginRun(parked, begin(5))).toEqual({ refused: expect.stringMatching(/^Session S-0 waits for answers/) });
    const onward = begun(parked, { ...begin(6), session: 'S-0' });
    expect([onward.attempts.map(({ outcome }) => outcome), labelOfRuns(onward)]).toEqual([[undefined], 'running']);
    expect(endRun(onward, { session: 'S-0', outcome: 'pushed' })).toMatchObject({ attempts: [{ outcome: 'pushed' }] });
  });

  it('do not go on with an answer after another one has begun', () => {
    const parked = parkRun(begun(fresh, begin(0)), { session: 'S-0', until: time(30) });
    const late = begun(parked, { ...begin(40), session: 'S-0' });
    expect(late.attempts).toHaveLength(1);
    const other = endRun(begun(parked, begin(40)), { session: 'S-40', outcome: 'failed' });
    expect(other.attempts.map(({ outcome }) => outcome)).toEqual(['parked', 'failed']);
    expect(beginRun(other, { ...begin(50), session: 'S-0' })).toEqual({
      refused: 'Another run of this issue has begun since.',
    });
  });

  it('need a person after three that failed in a row; one that came to something begins the count anew', () => {
    expect(labelOfRuns(ended('failed'))).toBe('failed');
    expect(labelOfRuns(ended('failed', 'refused', 'failed'))).toBe('needs-human');
    expect(failuresOf(ended('failed', 'failed', 'pushed', 'failed'))).toBe(1);
    expect(failuresOf(ended('failed', 'stopped', 'failed'))).toBe(2);
    expect(labelOfRuns(ended('failed', 'pushed'))).toBeUndefined();
    expect(labelOfRuns(ended('parked'))).toBe('awaiting-answer');
  });

  it('are continued by Courier itself three times in all: a command of a person goes on, and makes it no more', () => {
    let runs = endRun(begun(fresh, begin(0)), { session: 'S-0', outcome: 'pushed' });
    for (const minute of [1, 2, 3])
      runs = endRun(begun(runs, begin(minute, { own: true })), { session: `S-${minute}`, outcome: 'pushed' });
    expect(beginRun(runs, begin(4, { own: true }))).toHaveProperty('refused');
    expect(labelOfRuns(runs)).toBeUndefined();
    const halted = { ...runs, halted: { at: time(4), why: 'Checks failed.', told: true } };
    expect(labelOfRuns(halted)).toBe('needs-human');
    const again = begun(halted, begin(5));
    expect(again.attempts).toHaveLength(5);
    expect(again.halted).toBeUndefined();
    const after = endRun(again, { session: 'S-5', outcome: 'pushed' });
    expect(beginRun(after, begin(6, { own: true }))).toHaveProperty('refused');
  });

  it('forget their oldest after fifty, and none that Courier began', () => {
    let runs = fresh;
    for (let minute = 0; minute < 60; minute++)
      runs = endRun(begun(runs, begin(minute, { own: minute === 1 })), { session: `S-${minute}`, outcome: 'failed' });
    expect(runs.attempts).toHaveLength(50);
    expect(runs.attempts[0]).toMatchObject({ session: 'S-1', own: true });
  });

  it('keep the commit that was pushed, and the first end that was told', () => {
    const commit = 'a'.repeat(40);
    const told = endRun(begun(fresh, begin(0)), { session: 'S-0', outcome: 'pushed', commit });
    expect(told).toMatchObject({ head: commit, attempts: [{ outcome: 'pushed', commit }] });
    expect(told.claim).toBeUndefined();
    expect(endRun(told, { session: 'S-0', outcome: 'failed' }).attempts[0]?.outcome).toBe('pushed');
  });

  it('are never two at work, in whatever order they begin and end', () => {
    const step = fc.record({
      session: fc.integer({ min: 0, max: 4 }),
      ends: fc.boolean(),
      outcome: fc.constantFrom(...runOutcomes),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        let runs = fresh;
        for (const { session, ends, outcome } of steps) {
          const holder = runs.claim?.session;
          if (ends) runs = endRun(runs, { session: `S-${session}`, outcome });
          else {
            const result = beginRun(runs, begin(1, { session: `S-${session}` }));
            if ('runs' in result) runs = result.runs;
            else expect(holder).not.toBe(`S-${session}`);
          }
          if (holder !== undefined && holder !== `S-${session}`) expect(runs.claim?.session).toBe(holder);
          expect(IssueRuns.parse(JSON.parse(JSON.stringify(runs)))).toEqual(runs);
        }
      }),
    );
  });
});
