import { afterEach, describe, expect, it } from 'vitest';
import type { FileChanges, SpecialFile } from '../../src/flows/pull-request-ports.ts';
import { safe } from '../../src/publishing/safe-text.ts';
import type { GitHubDouble, GitHubSeed } from '../fakes/github/github.ts';
import { addIssue } from '../fakes/github/state.ts';
import { cleaned, connect } from './github-bed.ts';

const doubles: GitHubDouble[] = [];
afterEach(async () => {
  for (const double of doubles.splice(0)) {
    expect(double.violations).toEqual([]);
    await double.close();
  }
});

const branch = 'courier/issue-1-slow-start';

async function start(seed: GitHubSeed = {}) {
  const { github, double, again } = await connect(seed);
  doubles.push(double);
  const issue = addIssue(double.repository(), { title: 'Slow start' });
  const commit = (await github.branches.head('main')) ?? '';
  return { double, issue, commit, again, branches: github.branches };
}

describe('the files of a commit', () => {
  const files = { 'a.txt': '1', 'b/c.txt': '2', 'b/d/e.txt': '3', 'b/d/f.txt': '4', 'g/h.txt': '5' };
  it('are all there, also where GitHub does not list them in one answer', async () => {
    const { branches, double } = await start({ repositories: [{ name: 'acme/shop', files }] });
    const commit = (await branches.head('main')) ?? '';
    const whole = await branches.tree(commit);
    expect([...whole.keys()].toSorted()).toEqual(Object.keys(files));
    double.repository().longestTree = 3;
    expect(new Map([...(await branches.tree(commit))].toSorted())).toEqual(new Map([...whole].toSorted()));
    const many = Object.fromEntries(Array.from({ length: 401 }, (_, at) => [`many/${at}/a.txt`, `${at}`]));
    double.act.push('ada', { branch: 'many', files: many });
    double.repository().longestTree = 401;
    await expect(branches.tree((await branches.head('many')) ?? '')).rejects.toThrow('more files than can be listed');
    double.repository().longestTree = 2;
    await expect(branches.tree(commit)).rejects.toThrow('more files than can be listed');
  });

  it('are taken away, also where GitHub does not list them in one answer', async () => {
    const { branches, double } = await start({ repositories: [{ name: 'acme/shop', files }] });
    const commit = (await branches.head('main')) ?? '';
    double.repository().longestTree = 3;
    const change = { base: commit, files: new Map([['g/h.txt', null]]), message: safe`x` };
    const made = await branches.commit('main', change);
    if (!('commit' in made)) return expect.fail(made.why);
    expect([...(await branches.tree(made.commit)).keys()].toSorted()).toEqual(Object.keys(files).slice(0, -1));
  });
});

describe('a branch of an issue', () => {
  it('is made linked to it at the commit, and is linked however often that is asked for', async () => {
    const { branches, commit, issue, again } = await start();
    expect(await branches.createLinked(branch, { issue: 1, commit })).toEqual({ made: 'linked' });
    expect(await again().branches.createLinked(branch, { issue: 1, commit })).toEqual({ made: 'linked' });
    expect(await branches.head(branch)).toBe(commit);
    expect(issue.linkedBranches).toEqual([branch]);
  });

  it('is a plain one, with the reason, where the token may not link', async () => {
    const { branches, commit } = await start({ repositories: [{ name: 'acme/shop', linksBranches: false }] });
    const made = await branches.createLinked(branch, { issue: 1, commit });
    expect(made).toEqual({ made: 'plain', why: 'This token may not link branches to issues.' });
    expect(await branches.head(branch)).toBe(commit);
  });

  it('is a plain one where GitHub has no GraphQL', async () => {
    const { branches, commit } = await start({ graphql: false });
    expect(await branches.createLinked(branch, { issue: 1, commit })).toMatchObject({ made: 'plain' });
    expect(await branches.head(branch)).toBe(commit);
  });

  it('is not made where one of the name stands elsewhere: GitHub answers that with nothing', async () => {
    const { branches, commit, double, issue } = await start();
    await branches.create(branch, commit);
    const elsewhere = double.act.push('ada', { branch, files: { 'b.txt': 'b\n' } });
    expect(await branches.createLinked(branch, { issue: 1, commit })).toMatchObject({ obstacle: 'exists' });
    expect(await branches.head(branch)).toBe(elsewhere);
    expect(issue.linkedBranches).toBeUndefined();
  });

  it('is refused by the rules of the repository, whichever way', async () => {
    const rules = { [branch]: 'Nobody makes this.' };
    const { branches, commit } = await start({ repositories: [{ name: 'acme/shop', rules }] });
    expect(await branches.createLinked(branch, { issue: 1, commit })).toMatchObject({ obstacle: 'protected' });
    expect(await branches.head(branch)).toBeUndefined();
  });

  it('is protected where a rule keeps people from pushing, and not where there is none of the name', async () => {
    const rules = { main: 'Changes must be made through a pull request.' };
    const { branches } = await start({ repositories: [{ name: 'acme/shop', rules }] });
    expect(await branches.isProtected('main')).toBe(true);
    expect(await branches.isProtected('nowhere')).toBe(false);
  });
});

describe('commits of a run', () => {
  it('keep executable files and links as such, and are read back as they were written', async () => {
    const { branches, commit, double } = await start();
    await branches.create(branch, commit);
    const files: FileChanges = new Map<string, string | SpecialFile>([
      ['run.sh', { mode: 'executable', text: '#!/bin/sh\n' }],
      ['latest', { mode: 'link', text: 'README.md' }],
      ['a.txt', 'a\n'],
    ]);
    const made = await branches.commit(branch, { base: commit, files, message: cleaned('fix: it\n\nThe body.') });
    const head = 'commit' in made ? made.commit : '';
    const tree = await branches.tree(head);
    expect([...tree].map(([path, { mode }]) => [path, mode])).toEqual([
      ['README.md', '100644'],
      ['a.txt', '100644'],
      ['latest', '120000'],
      ['run.sh', '100755'],
    ]);
    const link = await branches.content(tree.get('latest')?.id ?? '');
    expect(Buffer.from(link).toString()).toBe('README.md');
    expect(await branches.parent(head)).toBe(commit);
    expect(await branches.parent('f'.repeat(40))).toBeUndefined();
    expect(await branches.fork('main', head)).toBe(commit);
    expect(await branches.fork('main', 'f'.repeat(40))).toBeUndefined();
    expect(await branches.subjects(head)).toEqual(['fix: it', 'initial commit']);
    expect(double.files('acme/shop', 'main')).toEqual({ 'README.md': '# shop\n' });
  });
});

describe('what is new in the base', () => {
  const diverged = async () => {
    const bed = await start();
    await bed.branches.create(branch, bed.commit);
    return {
      ...bed,
      push: (on: string, files: Record<string, string>) => bed.double.act.push('ada', { branch: on, files }),
    };
  };

  it('comes to a branch that holds nothing of its own without a merge, and again with nothing', async () => {
    const { branches, push, again } = await diverged();
    const head = push('main', { 'b.txt': 'b\n' });
    expect(await branches.bringIn(branch, 'main')).toEqual({ head });
    expect(await again().branches.bringIn(branch, 'main')).toEqual({ head });
    expect(await branches.head(branch)).toBe(head);
  });

  it('comes by one merge where both went on', async () => {
    const { branches, push, double } = await diverged();
    const own = push(branch, { 'a.txt': 'a\n' });
    push('main', { 'b.txt': 'b\n' });
    const brought = await branches.bringIn(branch, 'main');
    const head = await branches.head(branch);
    expect(brought).toEqual({ head });
    expect(await branches.parent(head ?? '')).toBe(own);
    expect(double.files('acme/shop', branch)).toMatchObject({ 'a.txt': 'a\n', 'b.txt': 'b\n' });
    expect(await branches.bringIn(branch, 'main')).toEqual({ head });
  });

  it('is a conflict where both changed the same file, and the branch stays where it is', async () => {
    const { branches, push } = await diverged();
    const own = push(branch, { 'README.md': 'ours\n' });
    push('main', { 'README.md': 'theirs\n' });
    expect(await branches.bringIn(branch, 'main')).toMatchObject({ obstacle: 'conflict', why: expect.any(String) });
    expect(await branches.head(branch)).toBe(own);
  });

  it('is no matter of a token that may not, which is told with its reason', async () => {
    const { branches, push, double } = await diverged();
    push(branch, { 'a.txt': 'a\n' });
    push('main', { 'b.txt': 'b\n' });
    double.fail({ operation: 'repos/merge', status: 403 });
    expect(await branches.bringIn(branch, 'main')).toMatchObject({ obstacle: 'permission' });
  });

  it('is asked for again where the answer was lost, and is there once', async () => {
    const { branches, push, double } = await diverged();
    push(branch, { 'a.txt': 'a\n' });
    push('main', { 'b.txt': 'b\n' });
    double.fail({ operation: 'repos/merge', status: 502, applied: true });
    const brought = await branches.bringIn(branch, 'main').catch(() => branches.bringIn(branch, 'main'));
    expect(brought).toEqual({ head: await branches.head(branch) });
    expect(double.commits('acme/shop', branch).filter((text) => text.startsWith('Merge'))).toHaveLength(1);
  });
});

describe('who brought a branch to a commit', () => {
  it('is told of people and of apps, and not of a commit that came otherwise', async () => {
    const { branches, commit, double } = await start();
    await branches.create(branch, commit);
    const theirs = double.act.push('ada', { branch, files: { 'a.txt': 'a\n' } });
    const made = await branches.commit(branch, {
      base: theirs,
      files: new Map([['b.txt', 'b\n']]),
      message: cleaned('x'),
    });
    expect(await branches.pusher(branch, theirs)).toEqual({ login: 'ada', by: 'person' });
    expect(await branches.pusher(branch, 'commit' in made ? made.commit : '')).toMatchObject({ by: 'app' });
    expect(await branches.pusher(branch, 'f'.repeat(40))).toBeUndefined();
  });

  it('is not told by a GitHub that keeps no such list, and that is no failure', async () => {
    const { branches, commit, double } = await start();
    await branches.create(branch, commit);
    double.fail({ operation: 'repos/list-activities', status: 404 });
    expect(await branches.pusher(branch, commit)).toBeUndefined();
  });
});
