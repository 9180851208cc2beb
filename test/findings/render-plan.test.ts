import { expect, it } from 'vitest';
import { planIssueChanges } from '../../src/findings/plan-issue-changes.ts';
import { renderPlan, toPlanJson } from '../../src/findings/render-plan.ts';
import { aFinding, aRequest, gate, published } from './issue-builders.ts';

const known = published();
const gone = published({ id: 'F-0000000d' }, { number: 8 });
const resolution = { at: '2026-11-22T10:00:00Z', proof: 'the check is clean' };
const findings = [
  aFinding({ id: 'F-0000000b', severity: 1, title: 'Crash on @ada' }),
  aFinding({ id: 'F-0000000c', severity: 2, category: 'security', title: 'SQL injection' }),
  known.finding,
  { ...gone.finding, state: 'resolved' as const, resolution },
  aFinding({ id: 'F-0000000e', severity: 4 }),
];
const issues = new Map([
  [7, known.issue],
  [8, gone.issue],
]);
const settings = { ...aRequest().settings, maxNew: 1 };
const plan = planIssueChanges(aRequest({ findings, issues, settings, audience: 'public' }));

it('lists the operations, what is held back and why, and how much stays as it is', () => {
  expect(renderPlan(plan, gate)).toBe(
    [
      '**Plan:** 2 operations',
      '',
      '- Create an issue: Crash on `@ada` (`F-0000000b`)',
      '- Close issue 8: Order total loses cents (`F-0000000d`)',
      '- Hold back 1 finding: security findings are not told on a public repository',
      '- Hold back 1 finding: more new findings than one session may file',
      '- Leave alone 1 finding',
    ].join('\n'),
  );
});

it('says when there is nothing to do', () => {
  expect(renderPlan({ changes: [] }, gate)).toBe('**Plan:** 0 operations');
});

it('gives machines all that would be written, and nothing that is withheld', () => {
  const json = JSON.parse(toPlanJson(plan));
  expect(json).toEqual({ version: 1, changes: JSON.parse(JSON.stringify(plan.changes)) });
  expect(json.changes[0].issue.body).toContain('<!-- courier:begin -->');
  expect(toPlanJson(plan)).not.toContain('SQL');
});
