import { expect, it } from 'vitest';
import { mayReconcile } from '../../src/sessions/may-reconcile.ts';

const head = 'a'.repeat(40);
const remote = { defaultBranch: 'main', defaultHead: head };
const trigger = { name: 'schedule', actor: undefined, ref: 'refs/heads/main', pullRequest: undefined };

it('lets a scan of the default branch head change issues', () => {
  expect(mayReconcile(trigger, head, remote)).toEqual({ may: true });
});

it.each([
  ['another branch', { ...trigger, ref: 'refs/heads/feature' }, head, /refs\/heads\/feature is not the default branch/],
  ['a tag', { ...trigger, ref: 'refs/tags/main' }, head, /not the default branch/],
  ['an older commit', trigger, 'b'.repeat(40), /bbbbbbb is not the head of main/],
  ['files that are no commit', trigger, undefined, /not a commit/],
  [
    'a pull request',
    { ...trigger, pullRequest: { number: 1, baseRef: 'main', baseCommit: head, fork: false } },
    head,
    /pull request/,
  ],
])('reports %s without changing issues, and says why', (_what, from, commit, why) => {
  const answer = mayReconcile(from, commit, remote);
  expect(answer.may).toBe(false);
  expect(!answer.may && answer.why).toMatch(why);
});
