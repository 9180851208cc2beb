import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RaisedFinding } from '../../src/findings/finding.ts';
import type { Discovery } from '../../src/sessions/discovery.ts';
import { keepRecord } from '../../src/sessions/keep-record.ts';
import { mergeSplit } from '../../src/sessions/merge-split.ts';
import type { AgentRecord } from '../../src/sessions/session.ts';
import { aRaised } from '../findings/builders.ts';
import { aDiscovery } from './builders.ts';

const plan = 'a'.repeat(64);
const jobs = 4;

type Over = { raised?: RaisedFinding[]; agent?: Partial<AgentRecord>; attempt?: number; plan?: string };

/** What job `number` of four left. */
function aJob(
  number: number,
  { raised = [], agent, attempt = 1, ...split }: Over = {},
  session: object = {},
): Discovery {
  const ended = { ending: 'finished', outcome: 'complete', currentIteration: 2 } as const;
  const part = { number, paths: [`p${number}/**`], ...ended, ...agent, costUsd: 0.25 };
  const record: AgentRecord = {
    ...{ scan: 'bugs', tool: 'anthropic', model: 'claude-opus-5', prompt: 'Find bugs.', ...ended },
    ...{ maxIterations: 10, finalText: `Part ${number}: done.`, ...agent, parts: [part] },
  };
  return aDiscovery(
    { raised, split: { plan, number, of: jobs, before: {}, ...split } },
    {
      agents: [record],
      costUsd: 0.25,
      reservedUsd: 4,
      endedAt: `2026-11-22T10:0${number}:00Z`,
      runner: { kind: 'workflow', run: 7, attempt },
      ...session,
    },
  );
}

const configuration = {
  ...{ tool: 'anthropic', timeoutMs: 1000, sandbox: 'local', publish: 'none', checks: [] },
  scans: [{ name: 'bugs', prompt: 'Find bugs.', paths: [], questions: 'record' }],
};
const all = (over: Record<number, Over> = {}, session: object = {}) =>
  [1, 2, 3, 4].map((number) => aJob(number, over[number], { configuration, ...session }));

function merged(parts: readonly Discovery[]): Discovery {
  const result = mergeSplit(parts);
  if ('refused' in result) throw new Error(result.refused);
  return result;
}

/** A problem at a line, as one of the agents would tell it. */
const problem = (line: number, title: string) =>
  aRaised({
    title,
    description: `Line ${line} loses data.`,
    category: 'bug',
    location: { path: 'src/a.ts', startLine: line },
    evidence: [{ path: 'src/a.ts', startLine: line, quote: `lose(data, ${line});` }],
    fingerprint: `1:lose-${line}`,
  });

describe('the jobs of a split session', () => {
  it('are one session, with all of their parts under one record of the scan', () => {
    const { session, covered, split } = merged(all());
    expect(split).toBeUndefined();
    expect(session).toMatchObject({
      phase: 'completed',
      result: 'complete',
      reasons: [],
      costUsd: 1,
      currentIteration: 8,
    });
    expect(session.endedAt).toBe('2026-11-22T10:04:00Z');
    expect(session.agents).toHaveLength(1);
    expect(session.agents[0]?.parts?.map(({ number, paths }) => [number, paths])).toEqual(
      [1, 2, 3, 4].map((number) => [number, [`p${number}/**`]]),
    );
    expect(covered).toEqual([{ scan: 'bugs', paths: [] }]);
  });

  it('come to the same in whatever order they are found', () => {
    const over = {
      1: { raised: [problem(1, 'Loses a row')] },
      3: { raised: [problem(1, 'Loses a row'), problem(9, 'x')] },
    };
    const expected = merged(all(over));
    fc.assert(
      fc.property(fc.shuffledSubarray(all(over), { minLength: jobs }), (parts) => {
        expect(merged(parts)).toEqual(expected);
      }),
    );
  });

  it('raise a problem once, however many of them saw it, and lose none', () => {
    const lines = fc.uniqueArray(fc.integer({ min: 1, max: 6 }).map((n) => n * 100));
    fc.assert(
      fc.property(fc.tuple(lines, lines, lines, lines), (seen) => {
        const parts = seen.map((own, index) =>
          aJob(index + 1, { raised: own.map((n) => problem(n, `Loses row ${n}`)) }),
        );
        const { raised } = merged(parts);
        const found = raised.map(({ location }) => location?.startLine).toSorted();
        expect(found).toEqual([...new Set(seen.flat())].toSorted());
      }),
    );
  });

  it('tell the same code in two places apart, which each of them had numbered for itself', () => {
    const twin = (line: number, fingerprint: string) => ({ ...problem(line, 'Loses a row'), fingerprint });
    const one = aJob(1, { raised: [twin(20, '1:lose')] });
    const two = aJob(2, { raised: [twin(10, '1:lose'), twin(20, '1:lose#2')] });
    const { raised } = merged([one, two, aJob(3), aJob(4)]);
    expect(raised.map(({ location, fingerprint }) => [location?.startLine, fingerprint])).toEqual([
      [10, '1:lose'],
      [20, '1:lose#2'],
    ]);
  });

  it('keep what is withheld apart, of which nothing but the fingerprint is told', () => {
    const withheld = (fingerprint: string) =>
      aRaised({
        title: 'Withheld',
        description: '',
        evidence: [],
        location: undefined,
        category: 'security',
        fingerprint,
      });
    const parts = [
      aJob(1, { raised: [withheld('1:a'), withheld('1:b')] }),
      aJob(2, { raised: [withheld('1:b'), withheld('1:b#2')] }),
    ];
    const { raised } = merged([...parts, aJob(3), aJob(4)]);
    expect(raised.map(({ fingerprint }) => fingerprint)).toEqual(['1:a', '1:b', '1:b#2']);
  });

  it('are partial where some are missing, whichever: nothing counts as covered, and all that was set aside as spent', () => {
    fc.assert(
      fc.property(fc.subarray(all(), { minLength: 1, maxLength: jobs - 1 }), (parts) => {
        const { session, covered } = merged(parts);
        expect(session).toMatchObject({ phase: 'completed', result: 'partial', reservedUsd: 4 });
        expect(session.costUsd).toBeUndefined();
        expect(covered).toEqual([]);
        const there = parts.map(({ split }) => split?.number);
        const missing = [1, 2, 3, 4].filter((number) => !there.includes(number));
        expect(session.reasons.map((reason) => reason.slice(0, 24))).toEqual(
          missing.map((number) => `Job ${number} of 4 left nothing:`),
        );
        expect(keepRecord(undefined, session)).toEqual({ record: session });
      }),
    );
  });

  it('say which of them failed, and are failed where all that had something to look at did', () => {
    const failed = { agent: { ending: 'failed', outcome: 'no-json', reason: 'no machine is left' } } as const;
    const broken = {
      result: 'failed',
      phase: 'failed',
      stopReason: 'error',
      reasons: ['Scan bugs: the agent failed.'],
    };
    const one = merged([aJob(1), aJob(2, failed, broken), aJob(3), aJob(4)]);
    expect(one.session).toMatchObject({ result: 'partial', phase: 'completed', stopReason: 'error' });
    expect(one.session.reasons).toEqual(['Job 2 of 4: Scan bugs: the agent failed.']);
    expect(one.session.agents[0]?.reason).toMatch(/3 of 4 parts .*part 2 \(p2.*no machine is left/);
    expect(one.covered).toEqual([]);
    const idle = [3, 4].map((number) => aJob(number, {}, { agents: [] }));
    const both = merged([aJob(1, failed, broken), aJob(2, failed, broken), ...idle]);
    expect(both.session).toMatchObject({ result: 'failed', phase: 'failed' });
  });

  it('are never complete where none of them looked at anything', () => {
    const idle = [1, 2, 3, 4].map((number) => aJob(number, {}, { agents: [] }));
    expect(merged(idle).session).toMatchObject({
      result: 'failed',
      reasons: [expect.stringContaining('nothing was looked at')],
    });
  });

  it('have questions under ids of the session, each with the assumption that answers it', () => {
    const asks = (number: number) =>
      aJob(
        number,
        {},
        {
          questions: [
            {
              id: 'Q1',
              scan: 'bugs',
              ref: `${number}/Q1`,
              question: `Question ${number}?`,
              options: [],
              blocking: false,
            },
          ],
          assumptions: [{ id: 'A1', scan: 'bugs', ref: `${number}/A1`, text: 'Yes.', questionId: 'Q1' }],
        },
      );
    const { questions, assumptions } = merged([asks(1), asks(2), aJob(3), aJob(4)]).session;
    expect(questions.map(({ id, question }) => [id, question])).toEqual([
      ['Q1', 'Question 1?'],
      ['Q2', 'Question 2?'],
    ]);
    expect(assumptions.map(({ id, questionId }) => [id, questionId])).toEqual([
      ['A1', 'Q1'],
      ['A2', 'Q2'],
    ]);
  });

  it('take a job that was run again instead of what it had left before, as another session', () => {
    const again = aJob(2, { attempt: 2, raised: [problem(1, 'Loses a row')] });
    const parts = [...all({ 2: { raised: [problem(5, 'Was withdrawn')] } }), again];
    const { session, raised } = merged(parts);
    expect(raised.map(({ title }) => title)).toEqual(['Loses a row']);
    expect(session.id).not.toBe(again.session.id);
    expect(session.id).toMatch(/^S20261122-100000-[0-9a-z]{4}$/);
    expect(merged(parts.toReversed()).session.id).toBe(session.id);
  });

  it.each([
    ['commits', aJob(2, {}, { commit: 'e'.repeat(40) }), 'commit'],
    ['plans', aJob(2, { plan: 'b'.repeat(64) }), 'plan'],
    ['sessions', aJob(2, {}, { id: 'S20261122-100000-bbbb' }), 'session'],
    ['workflow runs', aJob(2, {}, { runner: { kind: 'workflow', run: 8, attempt: 1 } }), 'workflow run'],
  ])('are refused where they are of different %s', (_, other, what) => {
    expect(mergeSplit([aJob(1), other])).toEqual({ refused: `Jobs 1 and 2 are not of the same ${what}.` });
  });

  it('are refused where one is there twice, beyond the last, or beside a whole session', () => {
    expect(mergeSplit([aJob(1), aJob(1)])).toEqual({ refused: 'Job 1 of 4 is there twice.' });
    expect(mergeSplit([aJob(1), aJob(5)])).toEqual({ refused: 'There is a job 5 of 4.' });
    expect(mergeSplit([aJob(1), aDiscovery()])).toMatchObject({ refused: expect.stringContaining('several sessions') });
    expect(mergeSplit([])).toMatchObject({ refused: expect.any(String) });
  });

  it('add up what they looked at', () => {
    const coverage = (looks: Record<string, string>) => ({
      files: { 'a.ts': `${'a'.repeat(12)} 160 code` },
      scans: [{ scan: 'bugs', day: '2026-11-22', looks }],
    });
    const totals = { files: 10, lines: 100, looked: { files: 1, lines: 10 }, soFar: { files: 3, lines: 30 } };
    const parts = [1, 2, 3, 4].map((number) => {
      const job = aJob(number, { agent: { coverage: totals } });
      const before = { bugs: { files: 2, lines: 20 } };
      const split = { plan, number, of: jobs, before };
      return {
        ...job,
        split,
        coverage: coverage({ 'a.ts': `${(1 << number).toString(16)} ${number * 10}-${number * 10 + 9}` }),
      };
    });
    const result = merged(parts);
    expect(result.session.agents[0]?.coverage).toEqual({
      ...{ files: 10, lines: 100, looked: { files: 4, lines: 40 }, soFar: { files: 6, lines: 60 } },
    });
    expect(result.coverage?.scans).toEqual([{ scan: 'bugs', day: '2026-11-22', looks: { 'a.ts': '1e 10-49' } }]);
  });
});

it('a session in one job is left as it is', () => {
  const whole = aDiscovery();
  expect(mergeSplit([whole])).toBe(whole);
});
