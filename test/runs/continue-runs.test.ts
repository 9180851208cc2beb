import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Attempt, IssueRuns } from '../../src/ledger/runs-record.ts';
import { decideContinuation, isOrderOpen, type PullView } from '../../src/runs/continue-runs.ts';
import { mostOwnRuns } from '../../src/runs/issue-runs.ts';

const commit = 'a'.repeat(40);
const time = (minute: number) => new Date(Date.UTC(2026, 10, 21, 12, minute)).toISOString();
const runs = (over: object = {}) =>
  IssueRuns.parse({ version: 1, issue: 7, branch: 'courier/issue-7', base: 'main', ...over });
const view = (over: Partial<PullView> = {}): PullView => ({
  ...{ commit, isTrusted: true, requests: [], failed: [] },
  ...over,
});
const attempt = (minute: number, over: Partial<Attempt> = {}): Attempt => ({
  ...{ session: `S-${minute}`, at: time(minute), by: 'wanda', own: false, blueprint: 'fix', outcome: 'pushed' },
  ...over,
});

describe('runs are gone on with', () => {
  it('for a review and for failed checks, both at once by one run', () => {
    const asked = decideContinuation(runs(), view({ requests: [{ id: 5, at: time(1) }], failed: ['unit'] }));
    expect(asked).toEqual({
      kind: 'continue',
      cause: { kind: 'review', reviews: [5] },
      heeded: { reviews: [5], commits: [commit] },
    });
    expect(decideContinuation(runs(), view({ failed: ['unit'] }))).toMatchObject({ cause: { kind: 'checks', commit } });
  });

  it('never for nothing, for checks that have not ended, or for a commit that is not trusted', () => {
    for (const each of [view(), view({ failed: undefined }), view({ failed: ['unit'], isTrusted: false })])
      expect(decideContinuation(runs(), each)).toEqual({ kind: 'nothing' });
  });

  it('not for a review that a later command of a person has dealt with', () => {
    const asked = { issue: 7, comment: 3, index: 0, at: time(5), by: 'wanda' };
    const seen = (minute: number) =>
      decideContinuation(runs({ asked }), view({ requests: [{ id: 5, at: time(minute) }] }));
    expect(seen(4).kind).toBe('nothing');
    expect(seen(6).kind).toBe('continue');
  });

  it('not after three failures in a row: a person is needed', () => {
    const attempts = [1, 2, 3].map((minute) => attempt(minute, { outcome: 'failed' }));
    const decided = decideContinuation(runs({ attempts }), view({ requests: [{ id: 5, at: time(9) }] }));
    expect(decided).toMatchObject({ kind: 'halt', why: expect.stringContaining('3 runs of #7 have failed in a row') });
  });

  it('with a reason that the record can hold, however checks are called', () => {
    const attempts = [1, 2, 3].map((minute) => attempt(minute, { outcome: 'failed' }));
    const failed = [1, 2, 3, 4, 5, 6].map((each) => `${each}${'x'.repeat(1000)}`);
    const decided = decideContinuation(runs({ attempts }), view({ failed }));
    if (decided.kind !== 'halt') return expect.fail('it goes on');
    expect(decided.why).toContain('and 3 runs of #7 have failed');
    expect(() => runs({ halted: { at: time(9), why: decided.why } })).not.toThrow();
  });

  it('three times in all and once for each cause, whatever happens in whatever order', () => {
    const happening = fc.oneof(
      fc.record({ kind: fc.constant('review' as const), id: fc.integer({ min: 1, max: 6 }) }),
      fc.record({ kind: fc.constant('checks' as const), commit: fc.constantFrom('a', 'b', 'c', 'd') }),
      fc.record({ kind: fc.constant('command' as const), pushes: fc.boolean() }),
    );
    fc.assert(
      fc.property(fc.array(happening, { maxLength: 40 }), (happenings) => {
        let now = runs();
        const answered = new Set<string>();
        for (const [minute, happened] of happenings.entries()) {
          if (happened.kind === 'command') {
            const asked = {
              issue: 7,
              comment: minute + 1,
              index: 0,
              at: time(minute),
              by: 'wanda',
              opens: 'app' as const,
            };
            const outcome = happened.pushes ? 'pushed' : 'failed';
            now = { ...now, asked, attempts: [...now.attempts, attempt(minute, { outcome })] };
            continue;
          }
          const head = happened.kind === 'checks' ? happened.commit.repeat(40) : commit;
          const seen =
            happened.kind === 'review'
              ? view({ requests: [{ id: happened.id, at: time(minute) }] })
              : view({ commit: head, failed: ['unit'] });
          const decided = decideContinuation(now, seen);
          if (decided.kind === 'nothing') continue;
          const cause = happened.kind === 'review' ? `review ${happened.id}` : `checks ${head}`;
          expect(answered.has(cause)).toBe(false);
          answered.add(cause);
          now = { ...now, heeded: decided.heeded };
          if (decided.kind === 'continue')
            now = { ...now, attempts: [...now.attempts, attempt(minute, { own: true })] };
          expect(now.attempts.filter(({ own }) => own).length).toBeLessThanOrEqual(mostOwnRuns);
          expect(IssueRuns.parse(JSON.parse(JSON.stringify(now)))).toEqual(now);
        }
      }),
    );
  });
});

it('an order is open until its run has ended, or has not begun for an hour', () => {
  const order = { id: 'O-00000000', cause: { kind: 'checks', commit }, at: time(0) };
  const asked = { issue: 7, at: time(0), by: 'wanda', order };
  const open = (over: object, minute: number) => isOrderOpen(runs({ asked, ...over }), Date.parse(time(minute)));
  expect(open({}, 59)).toBe(true);
  expect(open({}, 61)).toBe(false);
  const begun = { ...attempt(1, { order: order.id }), outcome: undefined };
  expect(open({ attempts: [begun] }, 300)).toBe(true);
  expect(open({ attempts: [{ ...begun, outcome: 'failed' }] }, 2)).toBe(false);
  expect(isOrderOpen(runs(), 0)).toBe(false);
});
