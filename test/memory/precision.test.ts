import { expect, it } from 'vitest';
import type { Finding } from '../../src/findings/finding.ts';
import { judgementOf } from '../../src/memory/judgement.ts';
import { Learning } from '../../src/memory/learning.ts';
import { precisionOf, ratioOf } from '../../src/memory/precision.ts';
import { aFinding } from '../findings/issue-builders.ts';

const at = '2026-11-22T10:00:00Z';
const rating = (by: string, value: 'up' | 'down') => ({ by, at, value, from: 'rate' }) as const;
const ignored = (reason?: string) => ({ at, by: 'tom', ...(reason === undefined ? {} : { reason }) });
const closed = (
  closing: 'person' | 'merge' | 'courier' | 'app',
  reason: 'completed' | 'not_planned' = 'completed',
) => ({
  number: 1,
  labels: [],
  observed: { state: 'closed', closing, reason, locked: false } as const,
});

it.each<[string, Partial<Finding>, string]>([
  ['thumbs up', { ratings: [rating('tom', 'up')] }, 'confirmed'],
  ['more down than up', { ratings: [rating('a', 'down'), rating('b', 'down'), rating('c', 'up')] }, 'wrong'],
  ['as many up as down', { ratings: [rating('a', 'down'), rating('b', 'up')] }, 'unjudged'],
  ['closed as completed by a person', { state: 'resolved', issue: closed('person') }, 'confirmed'],
  ['closed by a merge', { state: 'resolved', issue: closed('merge') }, 'confirmed'],
  ['closed by Courier itself', { state: 'resolved', issue: closed('courier') }, 'unjudged'],
  ['closed by a stale bot', { issue: closed('app') }, 'unjudged'],
  ['back after a person closed it', { state: 'open', issue: closed('person') }, 'unjudged'],
  ['ignored without a reason', { state: 'ignored', ignored: ignored() }, 'unjudged'],
  ['ignored as a risk that is taken', { state: 'ignored', ignored: ignored('We accept the risk.') }, 'unjudged'],
  ['ignored as a false positive', { state: 'ignored', ignored: ignored('A false positive: it is a test.') }, 'wrong'],
  ['ignored as meant so', { state: 'ignored', ignored: ignored('This is by design') }, 'wrong'],
  ['a duplicate', { state: 'ignored', ignored: { ...ignored('not a bug'), how: 'duplicate' } }, 'unjudged'],
  ['rated up against the ignore', { ignored: ignored('not a bug'), ratings: [rating('ada', 'up')] }, 'confirmed'],
  ['nothing', {}, 'unjudged'],
])('judges %s', (_, over, judgement) => {
  expect(judgementOf(aFinding(over))).toBe(judgement);
});

it('counts by agent and model, by category and by scan, with the unjudged in no ratio', () => {
  const opus = { tool: 'anthropic', model: 'opus' };
  const findings = [
    aFinding({ ratings: [rating('a', 'up')], raisedBy: opus }),
    aFinding({ ratings: [rating('a', 'down')], raisedBy: opus, category: 'docs' }),
    aFinding({ raisedBy: opus }),
    aFinding({ ratings: [rating('a', 'up')], origin: { kind: 'check', name: 'lint' } }),
  ];
  const precision = precisionOf(findings);
  expect(precision.byAgent).toEqual([
    { name: 'anthropic opus', tally: { confirmed: 1, wrong: 1, unjudged: 1 } },
    { name: 'checks', tally: { confirmed: 1, wrong: 0, unjudged: 0 } },
  ]);
  expect(precision.byCategory.map(({ name, tally }) => [name, ratioOf(tally)])).toEqual([
    ['bug', 1],
    ['docs', 0],
  ]);
  expect(precision.byScan.map(({ name }) => name)).toEqual(['bugs', 'lint']);
  expect(ratioOf(precision.all)).toBeCloseTo(2 / 3);
  expect(ratioOf({ confirmed: 0, wrong: 0, unjudged: 9 })).toBeUndefined();
});

it('tells what came before an approved learning from what came after it, in its scope only', () => {
  const learning = Learning.parse({
    ...{ id: 'L1', text: 'x', why: 'y', state: 'approved', sources: [] },
    scope: { paths: ['src/**'], categories: ['bug'] },
    history: [{ what: 'approved', by: 'wanda', at, from: 'here' }],
  });
  const seen = (time: string, over: Partial<Finding> = {}) =>
    aFinding({ firstSeen: { session: 'S', at: time }, ...over });
  const findings = [
    seen('2026-11-20T10:00:00Z', { ratings: [rating('a', 'down')] }),
    seen('2026-11-23T10:00:00Z', { ratings: [rating('a', 'up')] }),
    seen('2026-11-23T10:00:00Z', { category: 'docs' }),
    seen('2026-11-23T10:00:00Z', { location: { path: 'lib/a.ts' } }),
  ];
  const { learnings } = precisionOf(findings, [learning]);
  expect(learnings).toEqual([
    {
      ...{ learning: 'L1', approvedAt: at },
      before: { confirmed: 0, wrong: 1, unjudged: 0 },
      after: { confirmed: 1, wrong: 0, unjudged: 0 },
    },
  ]);
});
