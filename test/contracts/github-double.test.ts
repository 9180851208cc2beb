import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { Octokit } from '@octokit/rest';
import { afterEach, describe, expect, it } from 'vitest';
import { secondaryLimit } from '../fakes/github/faults.ts';
import { commitFiles } from '../fakes/github/git-objects.ts';
import { type GitHubDouble, type GitHubSeed, startGitHub, workflowToken } from '../fakes/github/github.ts';
import { addIssue } from '../fakes/github/state.ts';

const doubles: GitHubDouble[] = [];
afterEach(async () => {
  for (const double of doubles.splice(0)) await double.close();
});

async function start(seed?: GitHubSeed) {
  const github = await startGitHub(seed);
  doubles.push(github);
  const octokit = (auth = workflowToken, baseUrl = github.url) =>
    new Octokit({ auth, baseUrl, log: { debug() {}, info() {}, warn() {}, error() {} } });
  return { github, octokit };
}

const shop = { owner: 'acme', repo: 'shop' };

describe('the GitHub double', () => {
  it('keeps issues, comments and labels as GitHub does', async () => {
    const { github, octokit } = await start();
    const { rest } = octokit();
    await rest.issues.createLabel({ ...shop, name: 'Courier', color: '0e8a16' });
    await expect(rest.issues.createLabel({ ...shop, name: 'courier', color: '0e8a16' })).rejects.toMatchObject({
      status: 422,
      response: { data: { errors: [{ resource: 'Label', code: 'already_exists', field: 'name' }] } },
    });
    const { data: issue } = await rest.issues.create({ ...shop, title: 'Leak', body: 'b', labels: ['courier', 'bug'] });
    await rest.issues.createComment({ ...shop, issue_number: issue.number, body: 'seen' });
    await rest.issues.update({ ...shop, issue_number: issue.number, state: 'closed', state_reason: 'not_planned' });
    addIssue(github.repository(), { title: 'A pull request', pullRequest: true });
    const { data: closed } = await rest.issues.get({ ...shop, issue_number: issue.number });
    expect(closed).toMatchObject({ state: 'closed', state_reason: 'not_planned', comments: 1 });
    expect(closed.user?.login).toBe('github-actions[bot]');
    expect(closed.labels).toMatchObject([{ name: 'Courier' }, { name: 'bug' }]);
    const { data: listed } = await rest.issues.listForRepo({ ...shop, state: 'all' });
    expect(listed.map(({ number, pull_request }) => [number, pull_request !== undefined])).toEqual([
      [2, true],
      [1, false],
    ]);
    expect(github.writes()).toMatchObject({ 'issues/create': 1, 'issues/create-comment': 1, 'issues/update': 1 });
    expect(github.violations).toEqual([]);
  });

  it('refuses what GitHub refuses: long texts, an unknown token, a missing permission', async () => {
    const permissions = { contents: 'read', issues: 'read' } as const;
    const { github, octokit } = await start({
      tokens: {
        all: { login: 'admin', type: 'User', role: 'admin' },
        few: { login: 'a[bot]', type: 'Bot', permissions },
      },
    });
    const long = octokit('all').rest.issues.create({ ...shop, title: 't', body: 'x'.repeat(65_537) });
    await expect(long).rejects.toThrow('body is too long (maximum is 65536 characters)');
    await expect(octokit('wrong').rest.repos.get(shop)).rejects.toMatchObject({ status: 401 });
    await expect(octokit('few').rest.issues.create({ ...shop, title: 't' })).rejects.toMatchObject({
      status: 403,
      response: { headers: { 'x-accepted-github-permissions': 'issues=write' } },
    });
    expect(github.writes()).toEqual({});
    expect(github.violations).toEqual([]);
  });

  it('names git objects as git does', async () => {
    const { octokit } = await start({
      repositories: [{ name: 'acme/shop', files: { 'b/c.txt': 'c\n', 'a.txt': 'a\n' } }],
    });
    const { data: ref } = await octokit().rest.git.getRef({ ...shop, ref: 'heads/main' });
    const { data: commit } = await octokit().rest.git.getCommit({ ...shop, commit_sha: ref.object.sha });
    const folder = mkdtempSync(join(tmpdir(), 'double-'));
    const git = (...args: string[]) => execFileSync('git', args, { cwd: folder, encoding: 'utf8' }).trim();
    try {
      git('init', '-q');
      for (const [name, text] of Object.entries({ a: 'a\n', c: 'c\n' }))
        writeFileSync(join(folder, `${name}.txt`), text);
      git('update-index', '--add', 'a.txt');
      git('update-index', '--add', '--cacheinfo', `100644,${git('hash-object', '-w', 'c.txt')},b/c.txt`);
      expect(commit.tree.sha).toBe(git('write-tree'));
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('lets a branch move forward only', async () => {
    const { octokit, github } = await start();
    const { git } = octokit().rest;
    const { data: tree } = await git.createTree({
      ...shop,
      tree: [{ path: 'a', mode: '100644', type: 'blob', content: '1' }],
    });
    const commit = async (message: string, parents: string[]) =>
      (await git.createCommit({ ...shop, message, tree: tree.sha, parents })).data.sha;
    const first = await commit('first', []);
    await git.createRef({ ...shop, ref: 'refs/heads/ledger', sha: first });
    const left = await commit('left', [first]);
    const right = await commit('right', [first]);
    await git.updateRef({ ...shop, ref: 'heads/ledger', sha: left });
    await expect(git.updateRef({ ...shop, ref: 'heads/ledger', sha: right })).rejects.toMatchObject({ status: 422 });
    expect(github.commits('acme/shop', 'ledger')).toEqual(['left', 'first']);
    expect(github.files('acme/shop', 'ledger')).toEqual({ a: '1' });
  });

  it("answers GraphQL by GitHub's schema, also below the Enterprise prefixes", async () => {
    const { github, octokit } = await start();
    addIssue(github.repository(), { title: 'One', labels: ['bug'] });
    const query = `query ($owner: String!, $name: String!) { viewer { login } repository(owner: $owner, name: $name) {
      i1: issue(number: 1) { title state labels(first: 5) { nodes { name } } author { __typename login } }
      i9: issue(number: 9) { title } } }`;
    const answer = await fetch(`${github.url}/api/graphql`, {
      method: 'POST',
      headers: { authorization: `bearer ${workflowToken}` },
      body: JSON.stringify({ query, variables: { owner: 'acme', name: 'shop' } }),
    }).then((response) => response.json());
    expect(answer).toMatchObject({
      errors: [{ type: 'NOT_FOUND', path: ['repository', 'i9'] }],
      data: {
        viewer: { login: 'github-actions[bot]' },
        repository: { i1: { title: 'One', state: 'OPEN', author: { __typename: 'User' } } },
      },
    });
    const enterprise = octokit(workflowToken, `${github.url}/api/v3`);
    expect((await enterprise.rest.repos.get(shop)).data.full_name).toBe('acme/shop');
    expect(github.violations).toEqual([]);
  });

  it('notices requests that GitHub does not describe', async () => {
    const { github, octokit } = await start();
    await expect(octokit().request('GET /repos/acme/shop/unheard-of')).rejects.toMatchObject({ status: 501 });
    await octokit()
      .request('POST /repos/acme/shop/issues', { title: 't', colour: 'red' })
      .catch(() => undefined);
    await octokit().request('GET /repos/acme/shop/issues?state=all&stat=open');
    await octokit().request(`POST ${github.graphqlUrl}`, { query: '{ viewer { nonsense } }' });
    expect(github.violations).toEqual([
      'unknown operation GET /repos/acme/shop/unheard-of',
      'issues/create: unknown property colour',
      'issues/list-for-repo: unknown query parameter stat',
      'graphql: Cannot query field "nonsense" on type "User".',
    ]);
  });

  it('drops labels and assignees in silence where the author may not push', async () => {
    const { github, octokit } = await start({ tokens: { reader: { login: 'bob', type: 'User', role: 'read' } } });
    const issue = { ...shop, title: 't', labels: ['courier'], assignees: ['bob'] };
    const { data } = await octokit('reader').rest.issues.create(issue);
    expect([data.labels, data.assignees]).toEqual([[], []]);
    await expect(
      octokit('reader').rest.git.createBlob({ ...shop, content: 'x', encoding: 'utf-8' }),
    ).rejects.toMatchObject({ status: 403 });
    expect(github.repository().labels).toEqual([]);
  });

  it('compares commits: what the head has more, in the order of time, and the files that differ', async () => {
    const { github, octokit } = await start();
    const { objects, refs } = github.repository();
    const make = (message: string, files: Record<string, string>, parents: string[]) =>
      commitFiles(objects, { files, message, parents, author: 'ada' });
    const first = make('first', { a: '1', b: '1' }, []);
    const base = make('base', { a: '1', b: '2' }, [first]);
    const second = make('second', { a: '2', b: '1' }, [first]);
    const head = make('head', { c: '2', b: '1' }, [second]);
    refs.set('refs/heads/main', head);
    const { data } = await octokit().rest.repos.compareCommitsWithBasehead({ ...shop, basehead: `${base}...main` });
    expect(data).toMatchObject({ status: 'diverged', ahead_by: 2, behind_by: 1, total_commits: 2 });
    expect(data.commits.map(({ commit, author }) => [commit.message, author?.login])).toEqual([
      ['second', 'ada'],
      ['head', 'ada'],
    ]);
    expect(data.merge_base_commit.sha).toBe(first);
    expect(data.files?.map(({ filename, status }) => [filename, status])).toEqual([
      ['c', 'added'],
      ['a', 'removed'],
    ]);
    const { data: touching } = await octokit().rest.repos.listCommits({ ...shop, sha: head, path: 'a' });
    expect(touching.map(({ commit }) => commit.message)).toEqual(['head', 'second', 'first']);
    const missing = { ...shop, basehead: `${'f'.repeat(40)}...main` };
    await expect(octokit().rest.repos.compareCommitsWithBasehead(missing)).rejects.toMatchObject({ status: 404 });
    expect(github.violations).toEqual([]);
  });

  it('takes SARIF that is packed as GitHub wants it', async () => {
    const { github, octokit } = await start();
    const head = github.repository().refs.get('refs/heads/main') ?? '';
    const upload = (sarif: string) =>
      octokit().rest.codeScanning.uploadSarif({ ...shop, commit_sha: head, ref: 'refs/heads/main', sarif });
    await upload(gzipSync('{"version":"2.1.0"}').toString('base64'));
    await expect(upload('plain')).rejects.toMatchObject({ status: 422 });
    const uploaded = { commit: head, ref: 'refs/heads/main', sarif: { version: '2.1.0' } };
    expect(github.repository().sarifs).toEqual([uploaded]);
    expect(github.violations).toEqual([]);
  });

  it('runs as a process of its own', async () => {
    const program = fileURLToPath(new URL('../fakes/github/serve.ts', import.meta.url));
    const child = spawn(process.execPath, [program], { stdio: ['ignore', 'pipe', 'inherit'] });
    try {
      const [line] = await once(child.stdout, 'data');
      const { url, token } = JSON.parse(String(line));
      const { status } = await fetch(`${url}/repos/acme/shop`, { headers: { authorization: `token ${token}` } });
      expect(status).toBe(200);
    } finally {
      child.kill('SIGTERM');
    }
    const [code] = await once(child, 'exit');
    expect(code).toBe(0);
  });

  it('fails as told: before or after the write, with a status or without an answer', async () => {
    const { github, octokit } = await start();
    const create = (title: string) => octokit().rest.issues.create({ ...shop, title });
    github.fail({ operation: 'issues/create', status: 502 });
    await expect(create('refused')).rejects.toMatchObject({ status: 502 });
    github.fail({ operation: 'issues/create', applied: true });
    await expect(create('answer lost')).rejects.toThrow();
    github.fail({ ...secondaryLimit(7), operation: 'issues/create' });
    await expect(create('limited')).rejects.toMatchObject({
      status: 403,
      response: { headers: { 'retry-after': '7' } },
    });
    expect(github.repository().issues.map(({ title }) => title)).toEqual(['answer lost']);
  });
});
