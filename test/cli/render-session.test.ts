import { expect, it } from 'vitest';
import { renderSession } from '../../src/cli/render-session.ts';
import { IssueRun } from '../../src/sessions/issue-run.ts';
import { aSession } from '../reports/builders.ts';

it('shows what a run worked on, how its steps went and what its evaluator gave', () => {
  const issueRun = IssueRun.parse({
    ...{ issue: 7, title: 'x', blueprint: 'fix', branch: 'courier/issue-7-x', base: 'main', head: 'a'.repeat(40) },
    ...{ outcome: 'pushed', commit: 'b'.repeat(40), pullRequest: { number: 9, url: 'https://github.test/9' } },
    steps: [{ name: 'npm test', round: 2, end: 'failed', why: 'red' }],
    ...{ scores: { correctness: 5, fit: 4 }, remarks: 'It\u001b[31m works.' },
  });
  const text = renderSession(aSession({ kind: 'run', issueRun }));
  for (const part of [
    '#7: pushed',
    'branch courier/issue-7-x at bbbbbbb',
    'pull request #9',
    'npm test, round 2: failed (red)',
    'correctness 5, fit 4 (of 5)',
    'works.',
  ])
    expect(text).toContain(part);
  expect(text).not.toContain('\u001b');
  expect(renderSession(aSession({}))).not.toContain('Evaluated');
});
