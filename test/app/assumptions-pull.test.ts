import { describe, expect, it } from 'vitest';
import { addIssue } from '../fakes/github/state.ts';
import { patience } from './app-bed.ts';
import {
  branch,
  edit,
  file,
  fileOf,
  opened,
  pullOf,
  recordsOf,
  saidOn,
  states,
  texts,
  world,
} from './assumptions-bed.ts';

describe('the pull request of assumptions', () => {
  it('is opened on the word of who may approve, with the file and what to do about it', async () => {
    const github = await opened();
    const pull = pullOf(github);
    expect(pull).toMatchObject({ title: 'Assumptions to review', author: { login: 'courier[bot]' }, state: 'open' });
    expect(pull?.body).toContain('**Merging approves** what stands in the file then');
    for (const text of texts) {
      expect(fileOf(github)).toContain(`text: ${text}`);
      expect(pull?.body).toContain(text);
    }
    await expect.poll(() => saidOn(github, 1).join(), patience).toContain('3 assumptions can be reviewed in #2');
    await github.idle();
    expect(fileOf(github, 'main')).toBe('');
    expect(states(github)).toEqual(['A1 proposed', 'A2 proposed', 'A3 proposed']);
    expect(github.violations).toEqual([]);
  });

  it('is one, however often it is asked for', async () => {
    const github = await opened();
    const head = github.commits('acme/shop', branch);
    github.act.comment('ada', '/courier export assumptions');
    await expect.poll(() => saidOn(github, 1).join(), patience).toContain('is up to date: 3 assumptions');
    await github.idle();
    expect(github.commits('acme/shop', branch)).toEqual(head);
    expect(github.repository().issues.filter(({ pullRequest }) => pullRequest)).toHaveLength(1);
  });

  it.each([
    ['who may not approve', 'tom', {}, 'Refused'],
    ['rules that forbid the branch', 'wanda', { rules: { [branch]: 'No.' } }, 'The rules of acme/shop'],
    ['pull requests that are switched off', 'wanda', { pulls: 'none' }, 'takes no pull requests'],
  ] as const)('is not opened for %s, and the reason is told', async (_, login, over, said) => {
    const github = await world(over);
    github.act.comment(login, '/courier export assumptions');
    await expect.poll(() => saidOn(github, 1).join(), patience).toContain(said);
    await github.idle();
    expect(github.repository().issues.some(({ pullRequest }) => pullRequest)).toBe(false);
    expect(recordsOf(github).some(({ pullRequest }) => pullRequest)).toBe(false);
  });

  it('approves by a review of somebody with write the texts of its commit, and by no other review', async () => {
    const github = await opened();
    github.act.review('rita', 'APPROVED', { issue: 2 });
    github.act.review('tom', 'APPROVED', { issue: 2 });
    github.act.review('helper[bot]', 'APPROVED', { issue: 2 });
    github.act.review('courier[bot]', 'APPROVED', { issue: 2 });
    github.act.review('max', 'CHANGES_REQUESTED', { issue: 2 });
    github.act.dismissReview('ada', {
      issue: 2,
      review: github.act.review('ada', 'APPROVED', { issue: 2, commit: 'a'.repeat(40) }),
    });
    await github.idle();
    expect(states(github)).toEqual(['A1 proposed', 'A2 proposed', 'A3 proposed']);
    edit(github, 'one warehouse', 'no warehouse');
    github.act.review('wanda', 'APPROVED', { issue: 2 });
    await expect.poll(() => states(github), patience).toEqual(['A1 approved', 'A2 approved', 'A3 proposed']);
    await github.idle();
    const [first] = recordsOf(github);
    expect(first?.history.at(-1)).toMatchObject({
      what: 'approved',
      by: 'wanda',
      from: expect.stringContaining('/pull/2#'),
    });
    expect(first?.history.filter(({ what }) => what === 'approved')).toHaveLength(1);
    expect(pullOf(github)?.body).toContain('proposed, edited here');
    // What somebody wrote on the branch is still there.
    expect(fileOf(github)).toContain('no warehouse');
  });

  it('says what holds once it is merged: approved, put right, declined, taken out', async () => {
    const github = await opened();
    edit(github, 'Prices are in cents.', 'Prices are in euros.');
    edit(github, /\n {2}- id: A2[\s\S]*?(?=\n {2}- id: A3)/, '');
    const commit = github.act.merge('wanda', { issue: 2, method: 'squash' });
    await expect.poll(() => states(github), patience).toEqual(['A1 corrected', 'A2 declined', 'A3 approved']);
    const records = recordsOf(github);
    expect(records[0]).toMatchObject({ correctedText: 'Prices are in euros.', revision: 2 });
    expect(records[0]?.history.at(-1)).toMatchObject({
      by: 'wanda',
      from: `https://github.test/acme/shop/commit/${commit}`,
    });
    await expect.poll(() => saidOn(github, 2).join(), patience).toContain('Merged by wanda');
    await expect.poll(() => recordsOf(github).some(({ pullRequest }) => pullRequest), patience).toBe(false);
    await github.idle();
    expect(saidOn(github, 2)).toHaveLength(1);
    // The next one begins at the default branch.
    github.act.comment('wanda', '/courier export assumptions');
    await expect.poll(() => pullOf(github, 3)?.pullRequest, patience).toBe(true);
    await expect.poll(() => fileOf(github), patience).toContain('state: declined');
    await github.idle();
    expect(github.violations).toEqual([]);
  });

  it.each([
    ['by an app', 'queue[bot]', 'main', 'merged by an app'],
    ['by somebody without the role', 'tom', 'main', 'lacks the role'],
    ['into another branch', 'wanda', 'next', 'not the default branch'],
  ])('approves nothing where it was merged %s, and says so', async (_, login, base, said) => {
    const github = await opened();
    const pull = pullOf(github);
    if (base !== 'main') github.act.push('wanda', { branch: base, files: { 'x.txt': 'x' } });
    if (pull?.pull) pull.pull.base = base;
    github.act.merge(login, { issue: 2 });
    await expect.poll(() => saidOn(github, 2).join(), patience).toContain(said);
    await github.idle();
    expect(states(github)).toEqual(['A1 proposed', 'A2 proposed', 'A3 proposed']);
  });

  it('approves nothing where the file cannot be read at the merge', async () => {
    const github = await opened();
    edit(github, 'version: 1', 'version: [');
    github.act.merge('wanda', { issue: 2 });
    await expect.poll(() => saidOn(github, 2).join(), patience).toMatch(/cannot be read[\s\S]*assumptions\.yml:\d+:/);
    await github.idle();
    expect(states(github)).toEqual(['A1 proposed', 'A2 proposed', 'A3 proposed']);
  });

  it('approves nothing when it is closed, and goes on when it is opened again', async () => {
    const github = await opened();
    edit(github, 'Prices are in cents.', 'Prices are in euros.');
    github.act.closePull('wanda', { issue: 2 });
    await expect.poll(() => recordsOf(github).some(({ pullRequest }) => pullRequest), patience).toBe(false);
    await github.idle();
    expect(saidOn(github, 2).join()).toContain('nothing was approved by it');
    expect(states(github)).toEqual(['A1 proposed', 'A2 proposed', 'A3 proposed']);
    github.act.reopenPull('wanda', { issue: 2 });
    await expect.poll(() => recordsOf(github).every(({ pullRequest }) => pullRequest === 2), patience).toBe(true);
    github.act.merge('wanda', { issue: 2 });
    await expect.poll(() => states(github), patience).toEqual(['A1 corrected', 'A2 approved', 'A3 approved']);
  });

  it('takes commands in its comments and reviews, and the file follows', async () => {
    const github = await opened();
    github.act.comment('wanda', '/courier decline A2 They are.', { issue: 2 });
    await expect.poll(() => fileOf(github), patience).toContain('reason: They are.');
    github.act.comment('tom', '/courier approve all', { issue: 2 });
    const line =
      1 +
      fileOf(github)
        .split('\n')
        .findIndex((text) => text.includes(texts[0] ?? ''));
    const comments = [{ path: file, line, body: '/courier correct A1: Prices are in pounds.' }];
    github.act.review('wanda', 'COMMENTED', { issue: 2, comments });
    await expect.poll(() => fileOf(github), patience).toContain('text: Prices are in pounds.');
    await github.idle();
    expect(states(github)).toEqual(['A1 corrected', 'A2 declined', 'A3 proposed']);
    expect(github.violations).toEqual([]);
  });

  it('is not misled by somebody else’s, nor by one of a fork', async () => {
    const github = await world();
    const commit = github.act.push('tom', { branch, files: { [file]: 'version: 1\nassumptions: []\n' } });
    const author = { login: 'tom', type: 'User' } as const;
    addIssue(github.repository(), { title: 'Mine', pullRequest: true, author, head: commit, pull: { branch } });
    github.act.comment('wanda', '/courier export assumptions');
    await expect.poll(() => saidOn(github, 1).join(), patience).toContain('is somebody else');
    github.act.merge('wanda', { issue: 2 });
    await github.idle();
    expect(states(github)).toEqual(['A1 proposed', 'A2 proposed', 'A3 proposed']);
  });
});
