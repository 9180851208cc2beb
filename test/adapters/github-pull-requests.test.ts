import { afterEach, describe, expect, it } from 'vitest';
import type { GitHubDouble, GitHubSeed } from '../fakes/github/github.ts';
import { cleaned, connect } from './github-bed.ts';

const doubles: GitHubDouble[] = [];
afterEach(async () => {
  for (const double of doubles.splice(0)) {
    expect(double.violations).toEqual([]);
    await double.close();
  }
});

const branch = 'courier/change';
const message = cleaned('a change');
const words = { title: cleaned('A change'), body: cleaned('What it does.') };

async function start(seed: GitHubSeed = {}) {
  const { github, double, again } = await connect(seed);
  doubles.push(double);
  const base = (await github.branches.head('main')) ?? '';
  /** A branch with one commit more than the default branch. */
  async function withChange() {
    await github.branches.create(branch, base);
    const made = await github.branches.commit(branch, { base, files: new Map([['a.txt', 'a\n']]), message });
    return 'commit' in made ? made.commit : '';
  }
  return { double, base, again, withChange, branches: github.branches, pulls: github.pullRequests };
}

const permissions = { contents: 'write', metadata: 'read' } as const;

describe('branches on GitHub', () => {
  it('are made at a commit, once, and read as they are now', async () => {
    const { branches, base, double } = await start();
    expect(await branches.head(branch)).toBeUndefined();
    expect(await branches.create(branch, base)).toBe('created');
    expect(await branches.create(branch, base)).toBe('created');
    const elsewhere = double.act.push('ada', { branch, files: { 'b.txt': 'b\n' } });
    expect(await branches.head(branch)).toBe(elsewhere);
    expect(await branches.create(branch, base)).toMatchObject({ obstacle: 'exists' });
    expect(await branches.head(branch)).toBe(elsewhere);
  });

  it('get commits of files, which leave all other files as they are', async () => {
    const { branches, base, double } = await start();
    await branches.create(branch, base);
    const files = new Map([
      ['.courier/a.yml', 'a: 1\n'],
      ['b\u00e4.txt', 'nul \0\n'],
    ]);
    const made = await branches.commit(branch, { base, files, message });
    expect(made).toEqual({ commit: await branches.head(branch) });
    expect(double.files('acme/shop', branch)).toEqual({ 'README.md': '# shop\n', ...Object.fromEntries(files) });
    const head = (await branches.head(branch)) ?? '';
    const gone = new Map([
      ['b\u00e4.txt', null],
      ['never.txt', null],
    ]);
    await branches.commit(branch, { base: head, files: gone, message });
    expect(Object.keys(double.files('acme/shop', branch))).toEqual(['.courier/a.yml', 'README.md']);
    expect(double.files('acme/shop', 'main')).toEqual({ 'README.md': '# shop\n' });
  });

  it('get no commit where the files are so already', async () => {
    const { branches, base, withChange, double } = await start();
    const head = await withChange();
    double.forget();
    const same = new Map([
      ['a.txt', 'a\n'],
      ['never.txt', null],
    ] as const);
    expect(await branches.commit(branch, { base: head, files: same, message })).toEqual({ commit: head });
    expect(double.writes()).not.toHaveProperty('git/create-commit');
    expect(base).not.toBe(head);
  });

  it('are not written where somebody else was faster, before it or in between', async () => {
    const { branches, base, double } = await start();
    await branches.create(branch, base);
    const files = new Map([['a.txt', 'a\n']]);
    const theirs = double.act.push('ada', { branch, files: { 'b.txt': 'b\n' } });
    expect(await branches.commit(branch, { base, files, message })).toMatchObject({ obstacle: 'moved' });
    let latest = '';
    double.fail({
      operation: 'git/create-commit',
      status: 502,
      meanwhile: () => {
        latest = double.act.push('ada', { branch, files: { 'c.txt': 'c\n' } });
      },
    });
    expect(await branches.commit(branch, { base: theirs, files, message })).toMatchObject({ obstacle: 'moved' });
    expect(await branches.head(branch)).toBe(latest);
  });

  it('hold a commit once, whose answer was lost', async () => {
    const { branches, base, double } = await start();
    await branches.create(branch, base);
    double.fail({ operation: 'git/update-ref', applied: true });
    const made = await branches.commit(branch, { base, files: new Map([['a.txt', 'a\n']]), message });
    expect(made).toEqual({ commit: await branches.head(branch) });
    expect(double.commits('acme/shop', branch)).toEqual(['a change', 'initial commit']);
  });

  it('say why they cannot be written: rules of the repository, a missing permission', async () => {
    const rules = { [branch]: 'Changes must be made through a pull request.' };
    const ruled = await start({ repositories: [{ name: 'acme/shop', rules }] });
    const refused = await ruled.branches.create(branch, ruled.base);
    expect(refused).toMatchObject({ obstacle: 'protected', why: expect.stringContaining('The rules of acme/shop') });
    const few = { contents: 'read', metadata: 'read' } as const;
    const tokens = { ghs_workflow: { login: 'github-actions[bot]', type: 'Bot', permissions: few } } as const;
    const poor = await start({ tokens });
    expect(await poor.branches.create(branch, poor.base)).toMatchObject({
      obstacle: 'permission',
      why: expect.stringContaining('`contents: write`'),
    });
  });

  it('are removed only where they are as they were seen', async () => {
    const { branches, base, withChange, double } = await start();
    const head = await withChange();
    expect(await branches.remove(branch, base)).toMatchObject({ obstacle: 'moved' });
    double.fail({ operation: 'git/delete-ref', applied: true });
    expect(await branches.remove(branch, head)).toBe('removed');
    expect(await branches.head(branch)).toBeUndefined();
    expect(await branches.remove(branch, head)).toBe('removed');
  });
});

describe('pull requests on GitHub', () => {
  it('are made from a branch, found by it, read and changed', async () => {
    const { pulls, withChange, double } = await start();
    const commit = await withChange();
    const made = await pulls.create({ head: branch, base: 'main', ...words, draft: true });
    expect(made).toMatchObject({ number: 1, url: 'https://github.test/acme/shop/pull/1' });
    expect(await pulls.update(1, { body: cleaned('Better words.') })).toBe('updated');
    const known = {
      ...{ number: 1, title: 'A change', body: 'Better words.', isOpen: true, isDraft: true, base: 'main' },
      ...{ author: 'github-actions[bot]', head: { branch, commit, own: true } },
    };
    expect(await pulls.read(1)).toMatchObject({ ...known, merged: undefined });
    expect(await pulls.listFrom(branch)).toMatchObject([known]);
    expect(await pulls.listFrom('courier')).toEqual([]);
    expect(await pulls.read(7)).toBeUndefined();
    const merged = double.act.merge('ada', { issue: 1 });
    expect(await pulls.read(1)).toMatchObject({ isOpen: false, merged: { commit: merged, by: 'ada', byPerson: true } });
  });

  it('of a fork are not those of the branch, though its owner and branch are called the same', async () => {
    const { pulls, withChange, double } = await start();
    await withChange();
    await pulls.create({ head: branch, base: 'main', ...words, draft: false });
    const [stored] = double.repository().issues;
    if (stored?.pull) stored.pull.fork = 'acme/copy';
    expect(await pulls.listFrom(branch)).toEqual([]);
    expect(await pulls.read(1)).toMatchObject({ head: { own: false } });
  });

  it('are not made twice, and the reason is told', async () => {
    const { pulls, withChange, branches, base } = await start();
    await branches.create(branch, base);
    const pull = { head: branch, base: 'main', ...words, draft: false };
    expect(await pulls.create(pull)).toMatchObject({ obstacle: 'no-changes' });
    await withChange();
    expect(await pulls.create(pull)).toMatchObject({ number: 1 });
    expect(await pulls.create(pull)).toMatchObject({ obstacle: 'exists' });
    expect(await pulls.listFrom(branch)).toHaveLength(1);
  });

  it.each([
    ['are switched off', { pulls: 'none' }, 'switched-off', 'acme/shop takes no pull requests'],
    ['may be no drafts', { pulls: 'no-drafts' }, 'no-drafts', 'no drafts'],
    ['are not for workflows', { actionsMayOpenPulls: false }, 'permission', 'Allow GitHub Actions to create'],
  ] as const)('that %s are a reason, not a failure', async (_, more, obstacle, why) => {
    const { pulls, withChange } = await start({ repositories: [{ name: 'acme/shop', ...more }] });
    await withChange();
    const made = await pulls.create({ head: branch, base: 'main', ...words, draft: true });
    expect(made).toMatchObject({ obstacle, why: expect.stringContaining(why) });
  });

  it('need a permission, which is named', async () => {
    const tokens = { ghs_workflow: { login: 'courier[bot]', type: 'Bot', permissions } } as const;
    const { pulls, withChange } = await start({ tokens });
    await withChange();
    const made = await pulls.create({ head: branch, base: 'main', ...words, draft: false });
    expect(made).toMatchObject({ obstacle: 'permission', why: expect.stringContaining('`pull-requests: write`') });
  });

  it('fail as GitHub fails, which is no reason', async () => {
    const { pulls, withChange, double } = await start();
    await withChange();
    double.fail({ operation: 'pulls/create', status: 502, times: 5 });
    await expect(pulls.create({ head: branch, base: 'main', ...words, draft: false })).rejects.toThrow(/answered 502/);
    expect(double.requests.filter(({ operation }) => operation === 'pulls/create')).toHaveLength(1);
  });

  it('tell their reviews: by whom, of which commit, and what became of them', async () => {
    const { pulls, withChange, double } = await start();
    const commit = await withChange();
    await pulls.create({ head: branch, base: 'main', ...words, draft: false });
    const first = double.act.review('ada', 'APPROVED', { issue: 1, body: 'fine' });
    const later = double.act.push('ada', { branch, files: { 'a.txt': 'b\n' } });
    double.act.review('helper[bot]', 'APPROVED', { issue: 1 });
    double.act.review('bob', 'PENDING', { issue: 1 });
    double.act.dismissReview('eve', { issue: 1, review: first });
    expect(await pulls.reviews(1)).toMatchObject([
      { author: 'ada', by: 'person', state: 'dismissed', commit, body: 'fine' },
      { author: 'helper[bot]', by: 'app', state: 'approved', commit: later },
    ]);
  });
});
