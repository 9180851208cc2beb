import { describe, expect, it } from 'vitest';
import type { DashboardContent } from '../../src/dashboard/content.ts';
import { findAdoptable, planDashboard } from '../../src/dashboard/plan-dashboard.ts';
import { renderDashboard } from '../../src/dashboard/render-dashboard.ts';
import { readTicks, type Ticks } from '../../src/events/dashboard-boxes.ts';
import type { IssueSnapshot } from '../../src/findings/issue.ts';
import type { DashboardRecord } from '../../src/ledger/dashboard-record.ts';
import { aFinding } from '../findings/issue-builders.ts';
import { aContent, aLine, contentOf, context } from './builders.ts';

const record: DashboardRecord = {
  version: 1,
  issue: { number: 4, url: 'https://github.com/octo/shop/issues/4' },
  sessions: [],
};
const untouched = { scan: false, verify: false };

function anIssue(content: DashboardContent, over: Partial<IssueSnapshot> = {}, ticked?: Ticks): IssueSnapshot {
  return {
    number: 4,
    url: 'https://github.com/octo/shop/issues/4',
    title: 'Courier dashboard',
    body: renderDashboard(content, ticked ? { ...context, ticked } : context),
    state: 'open',
    stateReason: undefined,
    labels: ['courier'],
    locked: false,
    author: 'github-actions[bot]',
    closedBy: undefined,
    ...over,
  };
}

const filed = aFinding({ issue: { number: 7, labels: [] } });
const waiting = aFinding({ id: 'F-0000000b', title: 'Slow query' });
const before = contentOf([filed, waiting]);
const plan = (content: DashboardContent, issue: IssueSnapshot | undefined, done = untouched) =>
  planDashboard({ record, issue, content, done }, context);

it('makes the issue where there is none', () => {
  const made = planDashboard(
    { record: { version: 1, sessions: [] }, issue: undefined, content: before, done: untouched },
    context,
  );
  expect(made).toMatchObject({ kind: 'create', issue: { title: 'Courier dashboard', labels: ['courier'] } });
});

it('writes nothing for another green session with the same findings, whatever it cost', () => {
  const later = aLine({ id: 'S20261121-100000-bbbb', at: '2026-11-21T10:00:00Z', costUsd: 3, name: 'Other words' });
  const content = {
    ...before,
    sessions: [later, ...before.sessions],
    spend: { month: '2026-11', usd: 9, sessions: 9, unpriced: 0 },
  };
  expect(plan(content, anIssue(before))).toEqual({ kind: 'none' });
});

it.each<[string, Partial<DashboardContent>]>([
  ['the last scan failed', { sessions: [aLine({ result: 'failed', reasons: ['The model refused.'] })] }],
  ['publishing stopped', { failure: 'Publishing stopped after 3 of 9 changes.' }],
  ['a finding got another priority', { open: contentOf([{ ...filed, severity: 1 }]).open }],
  ['a finding is gone', { open: [] }],
  ['another one is held', { held: [...before.held, ...contentOf([aFinding({ id: 'F-0000000c' })]).held] }],
  ['a security finding is withheld', { withheld: 1 }],
  ['a question waits', { asking: [aLine({ asked: 1, questions: [{ id: 'Q1', text: 'Why?', blocking: false }] })] }],
])('writes when %s', (_what, change) => {
  const planned = plan({ ...before, ...change }, anIssue(before));
  expect(planned.kind).toBe('update');
  // And not again.
  const body = 'body' in planned ? planned.body : '';
  expect(plan({ ...before, ...change }, anIssue(before, { body }))).toEqual({ kind: 'none' });
});

it('does not take another number in a reason for a change', () => {
  const failing = (number: number) =>
    aContent({ sessions: [aLine({ result: 'failed', reasons: [`Cut after ${number} s.`] })] });
  expect(plan(failing(8.5), anIssue(failing(7)))).toEqual({ kind: 'none' });
});

it('keeps what people wrote around it, to the character', () => {
  const body = `Our notes\r\n\r\n${renderDashboard(before, context)}\r\n- [x] <!-- courier:scan-now --> mine\r\n`;
  const planned = plan({ ...before, withheld: 1 }, anIssue(before, { body }));
  const text = 'body' in planned ? planned.body : '';
  expect(text.startsWith('Our notes\r\n\r\n<!-- courier:begin -->')).toBe(true);
  expect(text.endsWith('<!-- courier:end -->\r\n- [x] <!-- courier:scan-now --> mine\r\n')).toBe(true);
  expect(readTicks(text).scan).toBe(false);
});

it('writes the managed part again at the end of a text that lost it', () => {
  const planned = plan(before, anIssue(before, { body: 'All gone' }));
  expect('body' in planned && planned.body.startsWith('All gone\n\n<!-- courier:begin -->')).toBe(true);
});

describe('boxes', () => {
  const ticked = { scan: true, verify: false, file: [waiting.id] };

  it('clears the box of what was done and leaves the others ticked', () => {
    const planned = plan(before, anIssue(before, {}, ticked), { ...untouched, scan: true });
    expect('body' in planned && readTicks(planned.body)).toEqual({ ...ticked, scan: false });
  });

  it('leaves a box that nothing was done about alone', () => {
    expect(plan(before, anIssue(before, {}, ticked))).toEqual({ kind: 'none' });
  });

  it('has no box any more for a finding that was filed', () => {
    const content = contentOf([filed, { ...waiting, issue: { number: 8, labels: [] } }]);
    const planned = plan(content, anIssue(before, {}, ticked));
    expect('body' in planned && planned.body).not.toContain(`file ${waiting.id}`);
    expect('body' in planned && readTicks(planned.body)).toEqual({ ...ticked, file: [] });
  });
});

it.each<[string, IssueSnapshot | undefined, RegExp]>([
  [
    'closed',
    anIssue(before, { state: 'closed', closedBy: 'octocat' }),
    /issue 4, is closed and is left alone: reopen it/,
  ],
  ['locked', anIssue(before, { locked: true }), /issue 4, is locked/],
  ['gone', undefined, /issue 4, is gone and is not made again/],
])('respects one that is %s', (_what, issue, why) => {
  const planned = plan({ ...before, withheld: 1 }, issue);
  expect(planned).toMatchObject({ kind: 'respect', why: expect.stringMatching(why) });
});

it('takes the oldest open dashboard for its own, else the oldest, and no other issue', () => {
  const at = (number: number, over: Partial<IssueSnapshot> = {}) => anIssue(before, { number, ...over });
  const closed = at(2, { state: 'closed' });
  expect(findAdoptable([at(9), at(5), closed])?.number).toBe(5);
  expect(findAdoptable([closed])?.number).toBe(2);
  expect(findAdoptable([at(3, { body: 'Courier dashboard' })])).toBeUndefined();
});
