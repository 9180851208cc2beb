import { expect, it } from 'vitest';
import { issueDigest } from '../../src/findings/issue-digest.ts';
import { planIssueChanges } from '../../src/findings/plan-issue-changes.ts';
import { renderSettledPoints, type SettledPoint } from '../../src/findings/settled-points.ts';
import { emptyMemory, withAnswers, withAssumptions } from '../../src/memory/memory.ts';
import { settledPoints } from '../../src/memory/settled-points.ts';
import { anAnswer, anAssumption } from '../memory/builders.ts';
import { aFinding, aRequest, context, gate, published } from './issue-builders.ts';

const point: SettledPoint = {
  ...{ id: 'A1', session: 'S20261121-181500-ab3d', issue: 12, state: 'declined', by: 'ada' },
  ...{ text: 'Prices are in cents.', words: 'since the move to Pay\n<!-- courier:end -->' },
};
const settledOf = (id: string) => (id === 'F-0000000a' ? [point] : []);
const plan = (over: Parameters<typeof aRequest>[0]) => planIssueChanges(aRequest(over)).changes;

it('are a material change of the issue of a finding that hangs on them, once', () => {
  const { finding, issue } = published();
  const known = { findings: [finding], issues: new Map([[7, issue]]) };
  expect(plan(known)).toMatchObject([{ kind: 'none', reason: 'unchanged' }]);
  const [change] = plan({ ...known, context: { ...context, settledOf } });
  expect(change).toMatchObject({ kind: 'update', number: 7 });
  if (change?.kind !== 'update' || !finding.issue || !change.update.body) throw new Error('no update');
  expect(change.update.body).toContain('### What it hangs on\n\n- **A1** (#12), declined by ada: Prices are in cents.');
  const written = { ...finding, issue: { ...finding.issue, ...change.written, labels: [...change.written.labels] } };
  const after = new Map([[7, { ...issue, body: change.update.body }]]);
  expect(plan({ findings: [written], issues: after, context: { ...context, settledOf } })).toMatchObject([
    { kind: 'none', reason: 'unchanged' },
  ]);
  expect(issueDigest(finding, [])).toBe(issueDigest(finding));
  expect(issueDigest(finding, [{ ...point, by: 'max' }])).toBe(issueDigest(finding, [point]));
});

it('are named without a mark or a mention of whoever worded them', () => {
  const text = renderSettledPoints([{ ...point, text: '@ada #3 <!-- courier:begin -->' }], gate) ?? '';
  expect(text).not.toMatch(/<!-- courier|(?<!`)@ada|(?<!`)#3/);
  expect(renderSettledPoints([], gate)).toBeUndefined();
});

it('come from what people decided and answered, and not from what is open, replaced or about something hidden', () => {
  const about = (id: string, over: Parameters<typeof anAssumption>[0] = {}) =>
    anAssumption({ id, findings: [aFinding().id], ...over });
  const history = [{ what: 'declined' as const, by: 'max', at: '2026-11-22T10:00:00Z', from: 'cli', revision: 1 }];
  const memory = withAnswers(
    withAssumptions(emptyMemory, [
      about('A1'),
      about('A2', { state: 'declined', reason: 'no', history }),
      about('A3', { state: 'superseded' }),
      about('A4', { state: 'corrected', correctedText: 'Net.', findings: [aFinding().id, 'F-0000000b'] }),
      about('A5', { state: 'corrected', correctedText: 'In euros.' }),
    ]),
    [anAnswer({ findings: [aFinding().id] })],
  );
  const of = settledPoints(memory, { issueOf: () => 12, isHidden: (id) => id === 'F-0000000b' });
  expect(of(aFinding().id).map(({ id, state, words, by }) => [id, state, words, by])).toEqual([
    ['Q1', 'answered', 'cents', 'ada'],
    ['A2', 'declined', 'no', 'max'],
    ['A5', 'corrected', 'In euros.', 'somebody'],
  ]);
  expect(of('F-0000000b')).toEqual([]);
});
