import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Finding } from '../../src/findings/finding.ts';
import { AssumptionRecord } from '../../src/memory/assumption.ts';
import { deriveLearnings } from '../../src/memory/derive-learnings.ts';
import { type Learnings, noLearnings, understandLearnings } from '../../src/memory/learning.ts';
import { reviewLearning } from '../../src/memory/review-learnings.ts';
import { aFinding } from '../findings/issue-builders.ts';

const at = '2026-11-22T10:00:00Z';
const said = { at, assumptions: [] };
const ignored = (by: string, reason?: string) => ({ at, by, ...(reason === undefined ? {} : { reason }) });
const down = (by: string) => ({ by, at, value: 'down', from: 'reaction' }) as const;
const legacy = (id: string, over: Partial<Finding> = {}) =>
  aFinding({ id, category: 'quality', location: { path: `src/legacy/${id}.ts` }, ...over });
const told = (findings: readonly Finding[], before: Learnings = noLearnings) =>
  deriveLearnings(before, { ...said, findings });

it('learns from one ignore with a reason in so many words', () => {
  const { learnings } = told([
    legacy('F-0000000a', { state: 'ignored', ignored: ignored('tom', 'This code is generated.') }),
  ]);
  expect(learnings).toMatchObject([
    {
      id: 'L1',
      state: 'proposed',
      text: 'Do not report quality findings such as “Order total loses cents” in src/legacy/: This code is generated.',
      why: '1 person said so of F-0000000a.',
      scope: { paths: ['src/legacy/**'], categories: ['quality'] },
      sources: [{ kind: 'ignore', where: 'F-0000000a', by: 'tom' }],
    },
  ]);
});

it('learns from two people, and from two findings, of one kind and place', () => {
  expect(told([legacy('F-0000000a', { ratings: [down('tom')] })]).learnings).toEqual([]);
  const people = told([legacy('F-0000000a', { ratings: [down('tom'), down('wanda')] })]);
  expect(people.learnings).toMatchObject([{ why: '2 people said so of F-0000000a.' }]);
  const findings = told([
    legacy('F-0000000a', { ratings: [down('tom')] }),
    legacy('F-0000000b', { ratings: [down('tom')] }),
  ]);
  expect(findings.learnings).toMatchObject([{ why: '1 person said so of F-0000000a, F-0000000b.' }]);
});

it('learns nothing from what differs in kind, place or scan, from thumbs up, nor from a word that is no reason', () => {
  const nothing = [
    legacy('F-0000000a', { ratings: [down('tom')] }),
    legacy('F-0000000b', { ratings: [down('wanda')], category: 'bug' }),
    legacy('F-0000000c', { ratings: [down('wanda')], location: { path: 'src/new/a.ts' } }),
    legacy('F-0000000d', { ratings: [down('wanda')], origin: { kind: 'agent', name: 'other' } }),
    legacy('F-0000000e', { ratings: [{ ...down('wanda'), value: 'up' }] }),
    legacy('F-0000000f', { category: 'tests', ignored: ignored('tom', 'wontfix') }),
    legacy('F-0000000g', { category: 'docs', ignored: ignored('stale[bot]', 'no activity for ninety days') }),
    legacy('F-0000000h', {
      category: 'docs',
      ignored: { ...ignored('tom', 'the same as the other'), how: 'duplicate' },
    }),
  ];
  expect(told(nothing)).toBe(noLearnings);
});

it('learns nothing about what checks find', () => {
  const check = { kind: 'check', name: 'lint' } as const;
  expect(told([legacy('F-0000000a', { origin: check, ratings: [down('tom'), down('wanda')] })])).toBe(noLearnings);
});

it('learns to ask where several assumptions were declined', () => {
  const declined = (id: string) =>
    AssumptionRecord.parse({
      ...{ session: 'S1', id, revision: 1, text: 'All users are trusted', state: 'declined' },
      scope: { paths: ['src/auth/login.ts'], categories: ['security'] },
      history: [{ what: 'declined', by: 'wanda', at, from: 'here', revision: 1 }],
    });
  const from = (...ids: string[]) => deriveLearnings(noLearnings, { at, findings: [], assumptions: ids.map(declined) });
  expect(from('A1').learnings).toEqual([]);
  expect(from('A1', 'A2').learnings).toMatchObject([
    { text: expect.stringMatching(/^Ask rather than assume in matters of security in src\/auth\/: /) },
  ]);
});

it('says the same of the same, whatever the order, and no id twice', () => {
  const findings = ['a', 'b', 'c', 'd'].map((name, index) =>
    legacy(`F-0000000${name}`, {
      category: index % 2 === 0 ? 'quality' : 'bug',
      ratings: [down('tom'), down('wanda')],
    }),
  );
  const first = told(findings);
  expect(first.learnings.map(({ id }) => id)).toEqual(['L1', 'L2']);
  expect(told(findings, first)).toBe(first);
  fc.assert(
    fc.property(fc.shuffledSubarray(findings, { minLength: 4 }), (shuffled) => {
      expect(told(shuffled, first)).toBe(first);
    }),
  );
  expect(understandLearnings({ learnings: [...first.learnings], rules: [] }).damaged).toBe(0);
});

const byWanda = { by: 'wanda', at, from: 'https://github.test/1', seen: at };
const act = (before: Learnings, given: Parameters<typeof reviewLearning>[1]) => {
  const reviewed = reviewLearning(before, given, byWanda);
  return 'learnings' in reviewed ? reviewed.learnings : expect.fail(reviewed.refused);
};

it('proposes nothing again that somebody declined, deleted, approved or put right', () => {
  const findings = [legacy('F-0000000a', { ratings: [down('tom'), down('wanda')] })];
  const proposed = told(findings);
  const more = [...findings, legacy('F-0000000b', { ratings: [down('tom')] })];
  const declined = act(proposed, { kind: 'decline', id: 'L1', reason: 'no' });
  const approved = act(proposed, { kind: 'approve', id: 'L1' });
  const corrected = act(proposed, { kind: 'correct', id: 'L1', text: 'Leave src/legacy alone.' });
  const deleted = act(approved, { kind: 'decline', id: 'L1' });
  expect(deleted.learnings[0]?.state).toBe('deleted');
  for (const decided of [declined, approved, corrected, deleted]) {
    expect(told(more, decided)).toBe(decided);
    expect(told([], decided)).toBe(decided);
  }
});

it('follows what people say while nobody decided, and withdraws what they took back', () => {
  const [first] = [legacy('F-0000000a', { ratings: [down('tom'), down('wanda')] })];
  const proposed = told([first]);
  const more = told([first, legacy('F-0000000b', { title: 'Long function', ratings: [down('tom')] })], proposed);
  expect(more.learnings).toMatchObject([{ id: 'L1', text: expect.stringContaining('“Long function”') }]);
  const gone = told([legacy('F-0000000a')], more);
  expect(gone.learnings).toMatchObject([{ state: 'deleted', history: [{}, {}, { what: 'withdrawn' }] }]);
  expect(told([first], gone).learnings).toMatchObject([{ id: 'L1', state: 'proposed' }]);
});

it('proposes twenty at once at most', () => {
  const findings = Array.from({ length: 32 }, (_, index) =>
    legacy(`F-000000${index + 10}`, { location: { path: `src/${index}/a.ts` }, ratings: [down('tom'), down('ada')] }),
  );
  expect(told(findings).learnings).toHaveLength(20);
});

it('means a folder by its name, also where that looks like a pattern', () => {
  const { learnings } = told([
    legacy('F-0000000a', { location: { path: 'app/[id]/page.ts' }, ratings: [down('tom'), down('ada')] }),
  ]);
  expect(learnings).toMatchObject([
    { scope: { paths: ['app/\\[id\\]/**'] }, text: expect.stringContaining('app/[id]/') },
  ]);
});
