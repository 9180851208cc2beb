import { describe, expect, it } from 'vitest';
import { createGate } from '../../src/publishing/gate.ts';
import { safe } from '../../src/publishing/safe-text.ts';
import { IssueRun } from '../../src/sessions/issue-run.ts';
import { renderRun } from '../../src/sessions/render-run.ts';

const gate = createGate({ secrets: ['hunter2hunter2'] });
const run = (over: object = {}) =>
  IssueRun.parse({
    ...{ issue: 7, title: 'x', blueprint: 'fix', branch: 'courier/issue-7-x', base: 'main', head: 'a'.repeat(40) },
    steps: [
      { name: 'implementer', round: 1, end: 'done' },
      { name: 'npm test', round: 1, end: 'failed', why: 'red' },
    ],
    ...over,
  });
const told = (over: object) => renderRun(run(over), safe`Run: #7`, gate);

describe('what is told of a run', () => {
  it('is where its change is, and how its steps went', () => {
    const pullRequest = { number: 9, url: 'https://github.test/9' };
    expect(told({ outcome: 'pushed', commit: 'b'.repeat(40), pullRequest })).toBe(
      'Run: #7: the change is on its branch `courier/issue-7-x` at bbbbbbb, pull request #9.\n\n<sub>Blueprint fix: `implementer` done · `npm test` failed, went back</sub>',
    );
  });

  it('is what its evaluator gave', () => {
    const scores = { correctness: 5, fit: 4 };
    expect(told({ outcome: 'pushed', scores })).toMatch(/\n\n<sub>Evaluated: correctness 5, fit 4 \(of 5\)<\/sub>$/);
    expect(told({ outcome: 'pushed' })).not.toContain('Evaluated');
  });

  it('asks what is to follow where nothing was changed, or the change was refused', () => {
    expect(told({ outcome: 'no-change', why: 'It is right.' })).toContain(
      'It is right.\n\nDoes that settle it? Then close the issue. If not, say what to change: `/courier run`, followed by your words.\n\n<sub>',
    );
    expect(told({ outcome: 'refused', why: 'None of it was pushed, because of:\n- x' })).toMatch(
      /: the change was refused\.\n\nNone of it was pushed, because of:\n- x\n\nSay what to do otherwise: `\/courier run`/,
    );
  });

  it('is why nothing came of it, and no secret, mention or marker', () => {
    const why = 'It needs hunter2hunter2. @octocat decides. <!-- courier:status -->';
    const text = told({ outcome: 'no-change', why, steps: [] });
    expect(text).toMatch(/^Run: #7: nothing was changed\.\n\nIt needs \*\*\*/);
    expect(text).not.toMatch(/(^|\s)@octocat|<!-- courier|hunter2/);
    expect(told({ outcome: 'no-change', why: 'x'.repeat(8000) }).length).toBeLessThan(8000);
  });
});
