import nock from 'nock';
import { afterEach, describe, expect, it } from 'vitest';
import { createGitHub } from '../../src/adapters/github/github.ts';
import { silentLog } from '../../src/lib/log.ts';
import { commitFiles } from '../fakes/github/git-objects.ts';
import { type GitHubDouble, type GitHubSeed, workflowToken } from '../fakes/github/github.ts';
import { closeIssue, labelIssue, reopenIssue } from '../fakes/github/people.ts';
import { addIssue, type Closer, type Person } from '../fakes/github/state.ts';
import { connect } from './github-bed.ts';

const doubles: GitHubDouble[] = [];
afterEach(async () => {
  nock.cleanAll();
  nock.enableNetConnect();
  for (const double of doubles.splice(0)) {
    expect(double.violations).toEqual([]);
    await double.close();
  }
});

async function connected(seed?: GitHubSeed) {
  const bed = await connect(seed);
  doubles.push(bed.double);
  return bed;
}

const ada: Person = { login: 'ada', type: 'User' };
const triage: Person = { login: 'triage[bot]', type: 'Bot' };
const at = '2026-11-20T10:00:00Z';
const later = '2026-11-21T10:00:00Z';

describe('what people did to an issue', () => {
  it('is told with who, when and how', async () => {
    const { github, double } = await connected();
    const [one, two] = [addIssue(double.repository(), {}), addIssue(double.repository(), {})];
    labelIssue(one, 'priority: high', triage, at);
    closeIssue(one, triage, { reason: 'not_planned', at });
    reopenIssue(one, ada, later);
    closeIssue(two, ada, { reason: 'duplicate', canonical: one.number, at });
    const found = await github.issues.read([1, 2]);
    expect(found.get(1)).toMatchObject({
      state: 'open',
      reopened: { at: later, by: 'ada' },
      labelled: [{ at, by: 'triage[bot]', label: 'priority: high' }],
    });
    expect(found.get(2)).toMatchObject({ stateReason: 'duplicate', closedBy: 'ada', closedAt: at, duplicateOf: 1 });
  });

  it.each<[string, Closer, object]>([
    [
      'a merged pull request',
      { type: 'PullRequest', number: 9, merged: true, commit: 'a'.repeat(40) },
      { closedWith: { pullRequest: 9, commit: 'a'.repeat(40) } },
    ],
    ['a commit', { type: 'Commit', commit: 'b'.repeat(40) }, { closedWith: { commit: 'b'.repeat(40) } }],
    [
      "another repository's pull request",
      { type: 'PullRequest', number: 9, merged: true, commit: 'c'.repeat(40), repository: 'a/b' },
      { closedWith: {} },
    ],
    ['a project board', { type: 'ProjectV2' }, { closedOnBoard: true }],
  ])('tells that it was closed by %s', async (_what, closer, expected) => {
    const { github, double } = await connected();
    closeIssue(addIssue(double.repository(), {}), ada, { at, closer });
    const issue = (await github.issues.read([1])).get(1);
    const { closedWith, closedOnBoard } = issue ?? {};
    expect({ ...(closedWith && { closedWith }), ...(closedOnBoard && { closedOnBoard }) }).toEqual(expected);
  });

  it('is read without a permission for pull requests, too: who closed it is told, with what is not', async () => {
    const { github, double } = await connected({
      tokens: { [workflowToken]: { login: 'github-actions[bot]', type: 'Bot', permissions: { issues: 'write' } } },
    });
    const closer = { type: 'PullRequest', number: 9, merged: true, commit: 'a'.repeat(40) } as const;
    closeIssue(addIssue(double.repository(), {}), ada, { at, closer });
    const issue = (await github.issues.read([1])).get(1);
    expect(issue).toMatchObject({ state: 'closed', closedBy: 'ada', closedAt: at });
    expect(issue).not.toHaveProperty('closedWith');
  });

  it('takes the last closing, and no duplicate of an issue elsewhere or of a closing that is over', async () => {
    const { github, double } = await connected();
    const [one, two] = [addIssue(double.repository(), {}), addIssue(double.repository(), { transferredTo: 'acme/b' })];
    closeIssue(one, ada, { reason: 'duplicate', canonical: two.number, at });
    expect((await github.issues.read([1])).get(1)).not.toHaveProperty('duplicateOf');
    reopenIssue(one, ada, later);
    closeIssue(one, triage, { at: '2026-11-22T10:00:00Z' });
    expect((await github.issues.read([1])).get(1)).toMatchObject({
      stateReason: 'completed',
      closedBy: 'triage[bot]',
      closedAt: '2026-11-22T10:00:00Z',
    });
  });

  it('is asked again in older words where GitHub does not know the new ones', async () => {
    nock.disableNetConnect();
    const message = "Field 'stateReason' doesn't accept argument 'enableDuplicate'";
    const queries: string[] = [];
    const repository = {
      nameWithOwner: 'acme/shop',
      i1: {
        ...{ number: 1, url: 'u', title: 't', body: 'b', state: 'OPEN', locked: false, author: null },
        repository: { nameWithOwner: 'acme/shop' },
      },
    };
    nock('https://github.example')
      .post('/api/graphql', ({ query }) => queries.push(query) > 0)
      .reply(200, { errors: [{ message }] })
      .post('/api/graphql', ({ query }) => queries.push(query) > 0)
      .reply(200, { data: { repository } });
    const address = { apiUrl: 'https://github.example/api/v3', graphqlUrl: 'https://github.example/api/graphql' };
    const who = {
      token: 'ghs_x',
      owner: 'acme',
      repo: 'shop',
      userAgent: 'courier',
      serverUrl: 'https://github.example',
    };
    const github = createGitHub({ ...address, ...who, log: silentLog, sleep: async () => {} });
    expect((await github.issues.read([1])).get(1)).toMatchObject({ title: 't', state: 'open' });
    expect(queries.map((query) => query.includes('enableDuplicate'))).toEqual([true, false]);
  });
});

describe('the history of a branch', () => {
  async function withHistory() {
    const bed = await connected({ repositories: [{ name: 'acme/shop', files: {} }] });
    const { objects, refs } = bed.double.repository();
    const commits: string[] = [];
    for (const date of ['2026-11-01T00:00:00Z', '2026-11-02T00:00:00Z', '2026-11-03T00:00:00Z']) {
      const parents = commits.slice(-1);
      commits.push(commitFiles(objects, { files: { a: date }, message: date, parents, author: 'ada', date }));
    }
    const [first = '', second = '', third = ''] = commits;
    refs.set('refs/heads/main', third);
    const side = { files: { a: 'side' }, message: 'side', parents: [first], author: 'ada' };
    return { ...bed, first, second, third, side: commitFiles(objects, side) };
  }

  it('tells the head at a time', async () => {
    const { github, first, second, third } = await withHistory();
    expect(await github.headAt('main', '2026-10-31T00:00:00Z')).toBeUndefined();
    expect(await github.headAt('main', '2026-11-01T12:00:00Z')).toBe(first);
    expect(await github.headAt('main', '2026-11-02T00:00:00Z')).toBe(second);
    expect(await github.headAt('main', '2026-12-01T00:00:00Z')).toBe(third);
    expect(await github.headAt('gone', '2026-12-01T00:00:00Z')).toBeUndefined();
  });

  it('tells the newest commit as often as it is asked, and costs nothing while that has not changed', async () => {
    const { github, double, second, third } = await withHistory();
    const statuses = () => double.requests.map(({ status }) => status);
    expect(await github.headOf('gone')).toBeUndefined();
    expect([await github.headOf('main'), await github.headOf('main')]).toEqual([third, third]);
    double.repository().refs.set('refs/heads/main', second);
    expect([await github.headOf('main'), await github.headOf('main')]).toEqual([second, second]);
    expect(statuses()).toEqual([404, 200, 304, 200, 304]);
    expect(double.violations).toEqual([]);
  });

  it('tells whether a commit comes after another', async () => {
    const { github, first, second, third, side } = await withHistory();
    expect(await github.isAhead(first, third)).toBe(true);
    expect(await github.isAhead(second, second)).toBe(false);
    expect(await github.isAhead(third, first)).toBe(false);
    expect(await github.isAhead(side, third)).toBe(false);
    expect(await github.isAhead('f'.repeat(40), third)).toBe(false);
  });
});

it('knows the name that it writes under, and asks for it once', async () => {
  const { github, double } = await connected();
  expect(await github.self()).toBe('github-actions[bot]');
  await github.self();
  expect(double.requests).toHaveLength(1);
});
