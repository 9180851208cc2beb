import { afterEach, describe, expect, it } from 'vitest';
import type { GitHubOptions } from '../../src/adapters/github/client.ts';
import { addedLines } from '../../src/adapters/github/contents.ts';
import type { NewIssue } from '../../src/findings/issue.ts';
import { ExternalError, UserError } from '../../src/lib/errors.ts';
import { secondaryLimit } from '../fakes/github/faults.ts';
import { commitFiles } from '../fakes/github/git-objects.ts';
import type { GitHubDouble, GitHubSeed } from '../fakes/github/github.ts';
import { workflowToken } from '../fakes/github/github.ts';
import { addIssue, type Level } from '../fakes/github/state.ts';
import { freePort } from '../free-port.ts';
import { cleaned, connect } from './github-bed.ts';

const doubles: GitHubDouble[] = [];
afterEach(async () => {
  for (const double of doubles.splice(0)) {
    await double.close();
    expect(double.violations).toEqual([]);
  }
});

async function connected(seed?: GitHubSeed, options?: Partial<GitHubOptions>) {
  const bed = await connect(seed, options);
  doubles.push(bed.double);
  return bed;
}

const bot = { login: 'github-actions[bot]', type: 'Bot' } as const;
const may = (permissions: Record<string, Level>): GitHubSeed => ({
  tokens: { [workflowToken]: { ...bot, permissions } },
});
const anIssue = (over: Partial<NewIssue> = {}): NewIssue => ({
  title: cleaned('Secret in the source'),
  body: cleaned('body'),
  labels: [cleaned('courier')],
  assignees: [],
  ...over,
});

describe('the repository', () => {
  it('is told with its id, default head and visibility', async () => {
    const { github, double } = await connected({ repositories: [{ name: 'acme/shop', visibility: 'public' }] });
    const { id, refs } = double.repository();
    expect(await github.repository()).toEqual({
      name: 'acme/shop',
      id: String(id),
      defaultBranch: 'main',
      defaultHead: refs.get('refs/heads/main'),
      visibility: 'public',
      url: 'https://github.test/acme/shop',
    });
  });

  it('has no head before its first commit', async () => {
    const { github } = await connected({ repositories: [{ name: 'acme/shop', files: {} }] });
    expect((await github.repository()).defaultHead).toBeUndefined();
  });

  it("is reached below the prefixes of GitHub Enterprise, and by names in another's case", async () => {
    const { double } = await connected();
    const enterprise = { apiUrl: `${double.url}/api/v3/`, graphqlUrl: `${double.url}/api/graphql`, repo: 'SHOP' };
    const { github } = await connected({}, enterprise);
    expect((await github.repository()).name).toBe('acme/shop');
    addIssue(double.repository(), { title: 'One' });
    expect((await github.issues.read([1])).get(1)?.title).toBe('One');
  });

  it('gives the text of a file at a branch or commit, and nothing for what is no file there', async () => {
    const files = { '.github/courier.yml': 'dashboard: false\n', 'größe.txt': 'ü' };
    const { github, double } = await connected({ repositories: [{ name: 'acme/shop', files }] });
    const head = double.repository().refs.get('refs/heads/main') ?? '';
    expect(await github.readFile('.github/courier.yml', 'main')).toBe('dashboard: false\n');
    expect(await github.readFile('größe.txt', head)).toBe('ü');
    expect(await github.readFile('.github', 'main')).toBeUndefined();
    expect(await github.readFile('missing.yml', 'main')).toBeUndefined();
    expect(await github.readFile('.github/courier.yml', 'no-such-branch')).toBeUndefined();
  });

  it('tells the lines that a pull request adds; all of a file whose patch is too large to show', async () => {
    const { github, double } = await connected();
    const patch =
      '@@ -1,3 +1,4 @@ head\n a\n+b\n+c\n-old\n d\n@@ -20,2 +21,3 @@\n x\n+y\n z\n\\ No newline at end of file';
    addIssue(double.repository(), {
      pullRequest: true,
      files: [
        { filename: 'a.ts', status: 'modified', additions: 3, patch },
        { filename: 'large.ts', status: 'modified', additions: 9 },
        { filename: 'gone.ts', status: 'removed', additions: 0, patch: '@@ -1 +0,0 @@\n-a' },
      ],
    });
    expect(Object.fromEntries(await github.changedLines(1))).toEqual({
      'a.ts': [
        [2, 3],
        [22, 22],
      ],
      'large.ts': [[1, Number.MAX_SAFE_INTEGER]],
    });
  });

  it('reads a diff whose lines look like headers', () => {
    expect(addedLines('@@ -0,0 +1,2 @@\n+@@ -1 +900 @@\n+++ b/other')).toEqual([[1, 2]]);
  });
});

describe('checkPermissions', () => {
  it('passes where both are given, and leaves nothing that people see', async () => {
    const { github, double } = await connected();
    await github.checkPermissions(['contents: write', 'issues: write']);
    expect(double.writes()).toEqual({ 'git/create-blob': 1 });
  });

  it('names the missing permission in one sentence', async () => {
    const { github } = await connected(may({ contents: 'read', issues: 'write' }));
    const refused = github.checkPermissions(['contents: write', 'issues: write']);
    await expect(refused).rejects.toThrow(UserError);
    await expect(refused).rejects.toThrow(
      "This token lacks a permission in acme/shop: add `contents: write` under `permissions:` of the workflow's job.",
    );
    const { github: other } = await connected(may({ contents: 'write' }));
    await expect(other.checkPermissions(['issues: write'])).rejects.toThrow('add `issues: write`');
  });

  it('says when issues are switched off', async () => {
    const { github } = await connected({ repositories: [{ name: 'acme/shop', hasIssues: false }] });
    const refused = github.checkPermissions(['issues: write']);
    await expect(refused).rejects.toThrow(UserError);
    await expect(refused).rejects.toThrow('Issues are disabled in acme/shop');
  });
});

for (const graphql of [true, false]) {
  describe(`issues by number, ${graphql ? 'with' : 'without'} GraphQL`, () => {
    it('are read as they are now', async () => {
      const { github, double } = await connected({ graphql });
      addIssue(double.repository(), {
        ...{
          title: 'Fixed',
          body: 'text',
          labels: ['courier', 'bug'],
          assignees: ['max'],
          state: 'closed',
          stateReason: 'not_planned',
        },
        ...{ locked: true, author: bot, closedBy: { login: 'stale[bot]', type: 'Bot' } },
        closedAt: '2026-11-20T10:00:00Z',
      });
      addIssue(double.repository(), { title: 'Open', author: { login: 'alice', type: 'User' } });
      const found = await github.issues.read([1, 2]);
      expect(found.get(1)).toEqual({
        ...{ number: 1, url: 'https://github.test/acme/shop/issues/1', title: 'Fixed', body: 'text' },
        ...{
          state: 'closed',
          stateReason: 'not_planned',
          labels: ['courier', 'bug'],
          locked: true,
          assignees: ['max'],
        },
        ...{ author: 'github-actions[bot]', closedBy: 'stale[bot]', closedAt: '2026-11-20T10:00:00Z' },
        ...(graphql ? { labelled: [], thumbs: [] } : {}),
      });
      expect(found.get(2)).toMatchObject({ state: 'open', author: 'alice', closedBy: undefined, labels: [] });
    });

    it('are absent when deleted, transferred, unknown or no issues at all', async () => {
      const { github, double } = await connected({
        graphql,
        repositories: [{ name: 'acme/shop' }, { name: 'acme/other' }],
      });
      for (const number of [1, 2, 3, 4]) addIssue(double.repository('acme/other'), { number });
      addIssue(double.repository(), { title: 'stays' });
      addIssue(double.repository(), { deleted: true });
      addIssue(double.repository(), { transferredTo: 'acme/other' });
      addIssue(double.repository(), { pullRequest: true });
      const found = await github.issues.read([1, 2, 3, 4, 77, 2 ** 40, 0, -1]);
      expect([...found.keys()]).toEqual([1]);
    });
  });
}

describe('reading known issues', () => {
  it('takes one request for a hundred and fifty', async () => {
    const { github, double } = await connected();
    for (let number = 1; number <= 300; number++) addIssue(double.repository(), {});
    const numbers = Array.from({ length: 300 }, (_, index) => index + 1);
    expect((await github.issues.read([...numbers, 1, 2])).size).toBe(300);
    expect(double.requests.map(({ operation }) => operation)).toEqual(['graphql', 'graphql']);
    expect(await github.issues.read([])).toEqual(new Map());
    expect(double.requests).toHaveLength(2);
  });

  it('says that the repository is not there', async () => {
    const { github } = await connected({ repositories: [] });
    await expect(github.issues.read([1])).rejects.toThrow('no repository acme/shop');
    await expect(github.repository()).rejects.toThrow('no repository acme/shop');
  });
});

describe('own issues by label', () => {
  it("are all pages of them, open and closed, without pull requests and other people's", async () => {
    const { github, double } = await connected();
    const repository = double.repository();
    for (let index = 0; index < 130; index++) addIssue(repository, { author: bot, labels: ['Courier'] });
    addIssue(repository, { author: bot, labels: ['courier'], state: 'closed', stateReason: 'completed' });
    addIssue(repository, { author: bot, labels: ['courier'], pullRequest: true });
    addIssue(repository, { author: { login: 'mallory', type: 'User' }, labels: ['courier'] });
    addIssue(repository, { author: bot, labels: ['other'] });
    const own = await github.issues.listOwn('courier');
    expect(own).toHaveLength(131);
    expect(own.filter(({ state }) => state === 'closed')).toHaveLength(1);
  });

  it("are those of the token's own identity: an app, a person, a workflow", async () => {
    const tokens = {
      ghs_app: { login: 'courier[bot]', type: 'Bot', permissions: { issues: 'write' } },
      ghp_person: { login: 'Alice', type: 'User', role: 'write' },
      [workflowToken]: { ...bot, permissions: { issues: 'write' } },
    } as const;
    for (const graphql of [true, false]) {
      for (const [token, author] of Object.entries(tokens)) {
        // Without GraphQL an app cannot ask for its own name.
        if (token === 'ghs_app' && !graphql) continue;
        const { github, double } = await connected({ tokens, graphql }, { token });
        for (const { login, type } of Object.values(tokens))
          addIssue(double.repository(), { author: { login, type }, labels: ['courier'] });
        expect((await github.issues.listOwn('courier')).map((issue) => issue.author)).toEqual([author.login]);
      }
    }
  });
});

describe('writing issues', () => {
  it('creates, comments, closes with a reason and reopens', async () => {
    const { github, double } = await connected();
    const created = await github.issues.create(anIssue({ assignees: ['alice'] }));
    expect(created).toEqual({ number: 1, url: 'https://github.test/acme/shop/issues/1', labels: ['courier'] });
    await github.issues.comment(1, cleaned('Gone at 1234567.'));
    await github.issues.update(1, { state: { to: 'closed', reason: 'completed' } });
    const issue = double.repository().issues[0];
    expect(issue).toMatchObject({ state: 'closed', stateReason: 'completed', assignees: ['alice'] });
    expect(issue?.comments.map(({ body }) => body)).toEqual(['Gone at 1234567.']);
    await github.issues.update(1, { state: { to: 'open' }, title: cleaned('new title'), body: cleaned('new body') });
    expect(issue).toMatchObject({ state: 'open', stateReason: 'reopened', title: 'new title', body: 'new body' });
  });

  it("adds and removes labels one by one, so that people's own stay", async () => {
    const { github, double } = await connected();
    addIssue(double.repository(), { labels: ['customer', 'Priority: High', 'courier'] });
    const change = {
      addLabels: [cleaned('priority: low')],
      removeLabels: [cleaned('priority: high'), cleaned('gone')],
    };
    await github.issues.update(1, change);
    expect(double.repository().issues[0]?.labels).toEqual(['customer', 'courier', 'priority: low']);
    expect(double.writes()).toEqual({ 'issues/add-labels': 1, 'issues/remove-label': 1 });
  });

  it('sends nothing for a change that changes nothing', async () => {
    const { github, double } = await connected();
    await github.issues.update(1, {});
    expect(double.requests).toEqual([]);
  });

  it('creates only missing labels, whatever their case, and lists them once', async () => {
    const labels = ['Courier', ...Array.from({ length: 110 }, (_, index) => `label ${index}`), 'security'];
    const { github, double } = await connected({ repositories: [{ name: 'acme/shop', labels }] });
    const wanted = [
      { name: 'courier', color: '1f6feb', description: 'Filed by Courier' },
      { name: 'Security', color: 'b60205', description: '' },
      { name: 'priority: high', color: 'd93f0b', description: 'Second of four' },
    ];
    await github.issues.ensureLabels(wanted);
    await github.issues.ensureLabels(wanted);
    expect(double.writes()).toEqual({ 'issues/create-label': 1 });
    expect(double.requests.filter(({ method }) => method === 'GET')).toHaveLength(2);
    const made = double.repository().labels.at(-1);
    expect(made).toMatchObject({ name: 'priority: high', color: 'd93f0b', description: 'Second of four' });
  });

  it('does not mind a label that somebody else made meanwhile', async () => {
    const { github, double } = await connected();
    double.fail({ operation: 'issues/create-label', applied: true, status: 502 });
    await github.issues.ensureLabels([{ name: 'courier', color: '1f6feb', description: '' }]);
    expect(double.repository().labels).toHaveLength(1);
  });

  it('says that an issue is gone', async () => {
    const { github, double } = await connected();
    addIssue(double.repository(), { deleted: true });
    const late = github.issues.update(1, { state: { to: 'open' } });
    await expect(late).rejects.toThrow('acme/shop#1 is not there any more (410)');
  });

  it("passes GitHub's own words on where it rejects a text", async () => {
    const { github } = await connected();
    const refused = github.issues.create(anIssue({ body: cleaned('x'.repeat(65_537)) }));
    await expect(refused).rejects.toThrow('body is too long (maximum is 65536 characters)');
  });
});

describe('faults', () => {
  const reading = { number: 1, title: 'One' };

  it.each([
    { fault: { status: 500 }, name: 'a server error' },
    { fault: { status: 502 }, name: 'a bad gateway' },
    { fault: {}, name: 'a dropped connection' },
  ])('reads again after $name, up to three times', async ({ fault }) => {
    const { github, double, waits } = await connected();
    addIssue(double.repository(), reading);
    double.fail({ ...fault, operation: 'graphql', times: 2 });
    expect((await github.issues.read([1])).size).toBe(1);
    expect(waits).toHaveLength(2);
    double.fail({ ...fault, operation: 'graphql', times: 3 });
    await expect(github.issues.read([1])).rejects.toThrow(ExternalError);
  });

  it.each([{ status: 500 }, { status: 502 }, {}])('never sends a create twice after %o', async (fault) => {
    for (const applied of [true, false]) {
      const { github, double } = await connected();
      double.fail({ ...fault, operation: 'issues/create', applied });
      await expect(github.issues.create(anIssue())).rejects.toThrow(ExternalError);
      expect(double.repository().issues).toHaveLength(applied ? 1 : 0);
      const comments = { ...fault, operation: 'issues/create-comment', applied };
      const { number } = addIssue(double.repository(), {});
      double.fail(comments);
      await expect(github.issues.comment(number, cleaned('once'))).rejects.toThrow(ExternalError);
      expect(double.repository().issues.at(-1)?.comments).toHaveLength(applied ? 1 : 0);
    }
  });

  it('waits as long as GitHub asks, and then creates once', async () => {
    const { github, double, waits } = await connected();
    double.fail({ ...secondaryLimit(7), operation: 'issues/create' });
    double.fail({ ...secondaryLimit(3, 429), operation: 'issues/create' });
    await github.issues.create(anIssue());
    expect(waits).toEqual([7000, 3000]);
    expect(double.repository().issues).toHaveLength(1);
  });

  it('waits a minute where GitHub names no time', async () => {
    const { github, double, waits } = await connected();
    double.fail({ ...secondaryLimit(), operation: 'issues/create' });
    await github.issues.create(anIssue());
    expect(waits).toEqual([60_000]);
  });

  it('waits for the reset of an exhausted limit when it is near, and says when it comes when it is far', async () => {
    const clock = { now: () => Date.parse('2026-11-20T10:00:00Z') };
    const { github, double, waits } = await connected({}, { clock });
    const exhausted = (seconds: number) => ({
      ...{ operation: 'issues/create', status: 403, message: 'API rate limit exceeded for installation.' },
      headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(clock.now() / 1000 + seconds) },
    });
    double.fail(exhausted(30));
    await github.issues.create(anIssue());
    expect(waits).toEqual([30_000]);
    double.fail(exhausted(1800));
    await expect(github.issues.create(anIssue())).rejects.toMatchObject({
      message: "GitHub's rate limit stopped the attempt to create an issue (403).",
      hint: 'Run it again after 2026-11-20T10:30:00Z.',
    });
    expect(double.repository().issues).toHaveLength(1);
  });

  it('says that GitHub refused the token', async () => {
    const { github } = await connected({}, { token: 'ghs_expired' });
    await expect(github.repository()).rejects.toThrow(UserError);
    await expect(github.repository()).rejects.toThrow('GitHub refused the token (401)');
  });

  it('names the permission that a write lacks', async () => {
    const { github } = await connected(may({ issues: 'read' }));
    await expect(github.issues.create(anIssue())).rejects.toMatchObject({
      name: 'ExternalError',
      hint: expect.stringContaining('Add `issues: write` under `permissions:`'),
    });
  });

  it('says that GitHub cannot be reached', async () => {
    const apiUrl = `http://127.0.0.1:${await freePort()}`;
    const { github } = await connected({}, { apiUrl, graphqlUrl: `${apiUrl}/graphql` });
    await expect(github.repository()).rejects.toMatchObject({
      name: 'ExternalError',
      message: expect.stringContaining(`GitHub at ${apiUrl} could not be reached to read the repository`),
    });
  });

  it('keeps the token out of every error', async () => {
    const token = `ghs_${'x'.repeat(40)}`;
    const { github } = await connected({}, { token });
    const error = await github.repository().catch((thrown: unknown) => thrown);
    const { inspect } = await import('node:util');
    expect(inspect(error, { depth: 9 })).not.toContain(token);
  });

  it('reads the answer of no page as no answer of GitHub', async () => {
    const { github, double } = await connected({ graphql: false });
    double.fail({ operation: 'repos/get', status: 200 });
    await expect(github.repository()).rejects.toThrow('could not be read');
  });
});

describe('the commits between two', () => {
  /** A history on the double: each entry a commit of these files, with its message. */
  async function history(commits: readonly (readonly [string, Record<string, string>])[]) {
    const bed = await connected();
    const { objects, refs } = bed.double.repository();
    const shas: string[] = [];
    for (const [message, files] of commits)
      shas.push(commitFiles(objects, { files, message, parents: shas.slice(-1), author: 'ada' }));
    refs.set('refs/heads/main', shas.at(-1) ?? '');
    return { ...bed, shas };
  }

  it('come with those first that touched the file, newest first, by their first lines and authors', async () => {
    const { github, double, shas } = await history([
      ['start', { 'a.js': '1', 'b.js': '1' }],
      ['fix a\n\nat length', { 'a.js': '2', 'b.js': '1' }],
      ['change b', { 'a.js': '2', 'b.js': '2' }],
      ['fix a again', { 'a.js': '3', 'b.js': '2' }],
    ]);
    const [base = '', , , head = ''] = shas;
    expect(await github.commitsBetween(base, head, 'a.js')).toEqual({
      ...{ base, head, total: 3 },
      commits: [
        { sha: shas[3], title: 'fix a again', author: 'ada', touches: true },
        { sha: shas[1], title: 'fix a', author: 'ada', touches: true },
        { sha: shas[2], title: 'change b', author: 'ada', touches: false },
      ],
    });
    expect(double.requests).toHaveLength(2);
  });

  it('cost one request where the file is not among those that changed', async () => {
    const { github, double, shas } = await history([
      ['start', { 'a.js': '1' }],
      ['other', { 'a.js': '1', 'b.js': '2' }],
    ]);
    const range = await github.commitsBetween(shas[0] ?? '', shas[1] ?? '', 'a.js');
    expect(range?.commits.map(({ touches }) => touches)).toEqual([false]);
    expect(double.requests).toHaveLength(1);
  });

  it('are ten at most, and counted all', async () => {
    const { github, shas } = await history(
      Array.from({ length: 24 }, (_, index) => [`change ${index}`, { 'a.js': String(index) }] as const),
    );
    const range = await github.commitsBetween(shas[0] ?? '', shas[23] ?? '', 'a.js');
    expect(range?.total).toBe(23);
    expect(range?.commits.map(({ title }) => title)).toEqual(
      Array.from({ length: 10 }, (_, index) => `change ${23 - index}`),
    );
  });

  it('are not told where one end is gone from the history', async () => {
    const { github, shas } = await history([['start', { 'a.js': '1' }]]);
    expect(await github.commitsBetween('f'.repeat(40), shas[0] ?? '', 'a.js')).toBeUndefined();
  });
});
