import { expect, it } from 'vitest';
import type { Finding } from '../../src/findings/finding.ts';
import { type PlanRequest, planIssueChanges } from '../../src/findings/plan-issue-changes.ts';
import { aFinding, aRequest, published } from './issue-builders.ts';

const other = published({ id: 'F-0000000b' });

/** The text of the new issue of one that may be the other. */
function bodyOf(over: Partial<PlanRequest> = {}, sameAs: Finding = other.finding): string {
  const finding = aFinding({ id: 'F-0000000c', possiblySame: ['F-0000000z', sameAs.id] });
  const issues = new Map([[other.issue.number, other.issue]]);
  const { changes } = planIssueChanges(aRequest({ findings: [finding, sameAs], issues, ...over }));
  const change = changes.find((one) => one.finding === finding.id);
  return change?.kind === 'create' ? change.issue.body : '';
}

it('names the issue that a new one may be the same as', () => {
  expect(bodyOf()).toContain(`Possibly the same as #${other.issue.number}: place and words alone could not tell.`);
});

it('names none that has no issue, or that may not be told', () => {
  const { issue: _, ...unfiled } = other.finding;
  expect(bodyOf({}, unfiled)).not.toContain('Possibly');
  expect(bodyOf({ audience: 'public' })).toContain('Possibly');
  expect(bodyOf({ audience: 'public' }, { ...other.finding, category: 'security' })).not.toContain('Possibly');
});
