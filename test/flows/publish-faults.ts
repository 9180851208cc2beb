import { expect } from 'vitest';
import type { RaisedFinding } from '../../src/findings/finding.ts';
import { type Fault, secondaryLimit } from '../fakes/github/faults.ts';
import { startGitHub, workflowToken } from '../fakes/github/github.ts';
import { complaint, createTestClock, publishSession, stateOf } from './publish-bed.ts';

/** Findings to update with a comment, to close with one, to reopen with one, and to file. */
const before = ['updated', 'gone', 'back'].map((rule) => complaint(rule));
const now: readonly RaisedFinding[] = [
  complaint('updated', { severity: 1, title: 'The updated is quite wrong' }),
  ...['back', 'new', 'newer', 'newest'].map((rule) => complaint(rule)),
];

type Trouble = { name: string; fault: Fault; kills?: true };

export const troubles: readonly Trouble[] = [
  { name: '500', fault: { status: 500 } },
  { name: '502 although it was done', fault: { status: 502, applied: true } },
  { name: '503 for good', fault: { status: 503, times: 99 } },
  { name: '429 with a time', fault: secondaryLimit(2, 429) },
  { name: '429 without a time', fault: secondaryLimit(undefined, 429) },
  { name: '403 with a time', fault: secondaryLimit(30) },
  { name: '403 without a time', fault: secondaryLimit() },
  { name: '403 with a time beyond the job', fault: { ...secondaryLimit(7200), times: 99 } },
  { name: 'the connection lost before', fault: {} },
  { name: 'the answer lost', fault: { applied: true } },
  { name: 'every answer lost', fault: { applied: true, times: 99 } },
  { name: 'killed before', fault: {}, kills: true },
  { name: 'killed after', fault: { applied: true }, kills: true },
];

/** Repositories in which the publication under test has something of everything to write; each `fresh()` begins anew. */
async function prepare() {
  const double = await startGitHub();
  const clock = createTestClock();
  await publishSession(before, { double, clock });
  await publishSession(before.slice(0, 2), { double, clock });
  const state = double.repository();
  const { issues, labels } = structuredClone({ issues: state.issues, labels: state.labels });
  const [refs, objects] = [new Map(state.refs), new Map(state.objects)];
  const fresh = () => {
    Object.assign(state, structuredClone({ issues, labels }), { refs: new Map(refs), objects: new Map(objects) });
    double.heal();
    double.forget();
    return double;
  };
  return { fresh, close: double.close };
}

type Write = { operation: string; nth: number };

/** The publication without any trouble: its writes in their order, and a way to run it with one. */
export async function rehearse() {
  const { fresh, close } = await prepare();
  const double = fresh();
  await publishSession(now, { double, clock: createTestClock() });
  const seen = new Map<string, number>();
  const writes: Write[] = [];
  for (const { wrote, operation } of double.requests) {
    if (!wrote || operation === 'graphql') continue;
    const nth = seen.get(operation) ?? 0;
    seen.set(operation, nth + 1);
    writes.push({ operation, nth });
  }
  await publishSession(now, { double, clock: createTestClock() });
  const end = stateOf(double);

  /** With the trouble at the write, and then again without any: all ends as if nothing had been. */
  async function expectRecovery(write: Write, { fault, kills, name }: Trouble): Promise<void> {
    const github = fresh();
    const token = 'ghs_first';
    github.tokens[token] = { ...github.tokens[workflowToken], login: 'github-actions[bot]', type: 'Bot' };
    const meanwhile = () => void delete github.tokens[token];
    github.fail({ ...fault, operation: write.operation, after: write.nth, ...(kills && { meanwhile }) });
    await publishSession(now, { double: github, clock: createTestClock(), token }).catch((error: unknown) => {
      expect(error, name).toBeInstanceOf(Error);
      expect(error, name).not.toBeInstanceOf(TypeError);
    });
    github.heal();
    const { published } = await publishSession(now, { double: github, clock: createTestClock() });
    expect(published.failure, name).toBeUndefined();
    expect(stateOf(github), name).toEqual(end);
    expect(github.violations).toEqual([]);
  }

  return { writes, end, expectRecovery, close };
}
