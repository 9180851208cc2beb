import { expect, it } from 'vitest';
import { deriveLearnings } from '../../src/memory/derive-learnings.ts';
import { noLearnings } from '../../src/memory/learning.ts';
import { aFinding } from '../findings/issue-builders.ts';

const at = '2026-11-22T10:00:00Z';
const turnedDown = [{ pullRequest: 9, title: 'The total is wrong', at }];
const reproaches = [{ pullRequest: 9, by: 'max', at, text: 'No new dependency for one line.' }];
const learned = (
  runs: NonNullable<Parameters<typeof deriveLearnings>[1]['runs']>,
  before = noLearnings,
  findings = [aFinding()],
) => deriveLearnings(before, { findings, assumptions: [], runs, at });

it('a run that was turned down with a reason is proposed as a learning, in the words of who said it', () => {
  const { learnings } = learned([{ issue: 7, turnedDown, reproaches }]);
  expect(learnings).toMatchObject([
    {
      state: 'proposed',
      text: 'A change for “The total is wrong” was turned down (#9): No new dependency for one line.',
      scope: { paths: [], categories: [] },
      sources: [{ kind: 'run', where: '#9', by: 'max' }],
    },
  ]);
});

it('is about where its finding is', () => {
  const finding = aFinding({
    category: 'bug',
    location: { path: 'src/shop/total.ts' },
    issue: { number: 7, labels: [] },
  });
  const { learnings } = learned([{ issue: 7, turnedDown, reproaches }], noLearnings, [finding]);
  expect(learnings[0]?.scope).toEqual({ paths: ['src/shop/**'], categories: ['bug'] });
});

it.each([
  ['was closed without a word', [{ issue: 7, turnedDown }]],
  ['is blamed and still open', [{ issue: 7, reproaches }]],
  [
    'was closed with what is no reason',
    [{ issue: 7, turnedDown, reproaches: [{ ...reproaches[0], pullRequest: 9, by: 'max', at, text: 'no' }] }],
  ],
])('nothing is learned of a pull request that %s', (_, runs) => {
  expect(learned(runs)).toBe(noLearnings);
});

it('what was learned is withdrawn where the pull request is opened again, and stays where somebody approved it', () => {
  const before = learned([{ issue: 7, turnedDown, reproaches }]);
  expect(learned([{ issue: 7, reproaches }], before).learnings).toMatchObject([{ state: 'deleted' }]);
  const approved = { ...before, learnings: before.learnings.map((one) => ({ ...one, state: 'approved' as const })) };
  expect(learned([{ issue: 7, reproaches }], approved)).toBe(approved);
});
