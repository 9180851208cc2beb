import { afterEach, describe, expect, it } from 'vitest';
import type { FileChanges, SpecialFile } from '../../src/flows/pull-request-ports.ts';
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
