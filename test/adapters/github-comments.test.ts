import { afterEach, describe, expect, it } from 'vitest';
import { createGitHub } from '../../src/adapters/github/github.ts';
import { compareKeys } from '../../src/events/comment-key.ts';
import { silentLog } from '../../src/lib/log.ts';
import { createGate } from '../../src/publishing/gate.ts';
import { type GitHubDouble, type GitHubSeed, startGitHub, workflowToken } from '../fakes/github/github.ts';
import { addIssue } from '../fakes/github/state.ts';

const doubles: GitHubDouble[] = [];
afterEach(async () => {
  for (const double of doubles.splice(0)) {
    expect(double.violations).toEqual([]);
    await double.close();
  }
});

const workflow = 'on:\n  workflow_dispatch:\n    inputs:\n      request: { type: string }\n';

async function start(seed: GitHubSeed = {}) {
  const files = { '.github/workflows/courier.yml': workflow, '.github/workflows/plain.yml': 'on: push\n' };
  const double = await startGitHub({ repositories: [{ name: 'acme/shop', files }], ...seed });
  doubles.push(double);
  addIssue(double.repository(), {});
  const { comments, workflows } = createGitHub({
    ...{ token: workflowToken, owner: 'acme', repo: 'shop', userAgent: 'courier-test', log: silentLog },
    ...{ apiUrl: double.url, graphqlUrl: double.graphqlUrl, serverUrl: double.serverUrl, sleep: async () => {} },
  });
  return { double, comments, workflows };
}

const gate = createGate({ secrets: [] });

describe('comments on GitHub', () => {
  it('come by id, all pages of them, with who wrote them and whether it was a person', async () => {
    const { double, comments } = await start();
    for (let number = 0; number < 130; number++)
      double.act.comment('ada', `comment ${number}`, { at: '2026-11-21T10:00:00Z' });
    double.act.comment('evil[bot]', 'beep', { at: '2026-11-21T12:00:00Z' });
    double.act.comment('ada', 'by hand', { at: '2026-11-21T12:00:00Z', viaApp: 'helper' });
    const all = await comments.list(1);
    expect(all).toHaveLength(132);
    expect(all.map(({ id }) => id)).toEqual(all.map(({ id }) => id).toSorted(compareKeys));
    expect(all.slice(-3).map(({ author, by, body }) => [author, by, body])).toEqual([
      ['ada', 'person', 'comment 129'],
      ['evil[bot]', 'app', 'beep'],
      ['ada', 'app', 'by hand'],
    ]);
    expect(await comments.list(1, '2026-11-21T11:00:00Z')).toHaveLength(2);
    expect(await comments.list(99)).toEqual([]);
  });

  it('are read one by one, and are undefined once they are gone', async () => {
    const { double, comments } = await start();
    const { id } = double.act.comment('ada', 'hello', { at: '2026-11-21T10:00:00Z' });
    double.act.editComment('eve', { id }, 'bye', { at: '2026-11-21T10:05:00Z' });
    expect(await comments.read(id)).toMatchObject({
      ...{ body: 'bye', author: 'ada', createdAt: '2026-11-21T10:00:00Z', updatedAt: '2026-11-21T10:05:00Z' },
    });
    expect(await comments.read(1)).toBeUndefined();
  });

  it('get one reaction of a kind, however often it is asked for', async () => {
    const { double, comments } = await start();
    const comment = double.act.comment('ada', 'hello');
    for (const reaction of ['eyes', 'eyes', 'rocket'] as const) await comments.react(comment.id, reaction);
    expect(comment.reactions.map(({ content }) => content)).toEqual(['eyes', 'rocket']);
    await comments.react(1, 'eyes');
  });

  it('of our own are written once for a mark, also after a lost answer, and can be edited', async () => {
    const { double, comments } = await start();
    const mark = gate.inline('mark 7');
    double.act.comment('eve', 'mark 7');
    double.fail({ operation: 'issues/create-comment', applied: true });
    await expect(comments.ensure(1, mark, gate.inline('first mark 7'))).rejects.toThrow();
    const { id, written } = await comments.ensure(1, mark, gate.inline('first mark 7'));
    expect(written).toBe(false);
    await comments.edit(id, gate.inline('second'));
    expect(double.repository().issues[0]?.comments.map(({ body }) => body)).toEqual(['mark 7', 'second']);
  });
});

describe('workflows on GitHub', () => {
  it('are started on a branch with a request, and their runs followed', async () => {
    const { double, workflows } = await start();
    const started = await workflows.dispatch('courier.yml', { branch: 'main', request: '{}' });
    const [stored] = double.repository().runs;
    expect([started, stored?.inputs]).toEqual([{ run: stored?.id }, { request: '{}' }]);
    if (!stored) throw new Error('no run');
    expect(await workflows.readRun(stored.id)).toMatchObject({
      ...{ id: stored.id, event: 'workflow_dispatch', branch: 'main', status: 'queued', conclusion: undefined },
      ...{ attempt: 1, actor: 'github-actions[bot]', url: `https://github.test/acme/shop/actions/runs/${stored.id}` },
    });
    double.act.moveRun(stored, { conclusion: 'failure' });
    double.act.startRun({ workflow: 'courier.yml', event: 'schedule', login: 'ada' });
    const listed = await workflows.runs('courier.yml');
    expect(listed.map(({ event, status, conclusion }) => [event, status, conclusion])).toEqual([
      ['schedule', 'queued', undefined],
      ['workflow_dispatch', 'completed', 'failure'],
    ]);
    expect(
      await workflows.runs('courier.yml', { status: 'completed', event: 'workflow_dispatch', branch: 'main' }),
    ).toHaveLength(1);
    expect(await workflows.runs('courier.yml', { since: '2099-01-01T00:00:00Z' })).toEqual([]);
    expect([await workflows.runs('none.yml'), await workflows.readRun(1)]).toEqual([[], undefined]);
  });

  it.each([
    ['is not there', 'none.yml', 'main', /Not Found/],
    ['cannot be dispatched', 'plain.yml', 'main', /workflow_dispatch/],
    ['has no such branch', 'courier.yml', 'other', /No ref found/],
  ])('say so where one %s', async (_, file, branch, why) => {
    const { workflows } = await start();
    expect(await workflows.dispatch(file, { branch, request: '{}' })).toEqual({ missing: expect.stringMatching(why) });
  });

  it('are started at a GitHub that does not tell the run, and never twice', async () => {
    const { double, workflows } = await start();
    const unknown = 'Invalid request. "return_run_details" is not a permitted key.';
    double.fail({ operation: 'actions/create-workflow-dispatch', status: 422, message: unknown });
    expect(await workflows.dispatch('courier.yml', { branch: 'main', request: '{}' })).toEqual({ run: undefined });
    double.fail({ operation: 'actions/create-workflow-dispatch', applied: true });
    await expect(workflows.dispatch('courier.yml', { branch: 'main', request: '{}' })).rejects.toThrow();
    expect(double.repository().runs).toHaveLength(2);
  });
});
