import { afterEach, describe, expect, it } from 'vitest';
import { createPushRun } from '../../src/flows/push-run.ts';
import { IssueRuns } from '../../src/ledger/runs-record.ts';
import type { PatchChange } from '../../src/runs/patch.ts';
import type { RunWork } from '../../src/runs/run-work.ts';
import { flatten, treeOf } from '../fakes/github/git-objects.ts';
import { aCommentsBed, type CommentsBed, gate } from './comments-bed.ts';

const beds: CommentsBed[] = [];
afterEach(async () => {
  for (const { double } of beds.splice(0)) {
    expect(double.violations).toEqual([]);
    await double.close();
  }
});

const branch = 'courier/issue-3-somebody-wrote-this';
const session = 'S20261121-181500-ab3d';
const bytes = (text: string) => new TextEncoder().encode(text);
const added = (path: string, text: string, mode: 'file' | 'executable' | 'link' = 'file'): PatchChange => ({
  ...{ path, change: 'added', mode, data: bytes(text) },
});

type Seed = { opens?: 'app' | 'job'; template?: string; pulls?: 'all' | 'no-drafts' | 'none' };

/** The branch of issue 3 is made, and a session works on it. */
async function aRun({ opens = 'job', template, pulls = 'all' }: Seed = {}) {
  const bed = await aCommentsBed();
  beds.push(bed);
  const { repository, double } = bed;
  repository.pulls = pulls;
  if (template !== undefined)
    double.act.push('ada', { branch: 'main', files: { '.github/pull_request_template.md': template } });
  const head = repository.refs.get('refs/heads/main') ?? '';
  repository.refs.set(`refs/heads/${branch}`, head);
  const asked = { issue: 3, comment: 77, index: 0, at: '2026-11-21T18:14:00Z', by: 'wanda', opens };
  const attempts = [{ session, at: '2026-11-21T18:15:00Z', by: 'wanda', blueprint: 'fix' }];
  const claim = { session, run: '1', until: '2099-01-01T00:00:00Z' };
  const runs = { version: 1, issue: 3, branch, base: 'main', made: true, head, asked, attempts, claim };
  await bed.seed({ runs: IssueRuns.parse(runs) });
  const work: RunWork = {
    issue: { number: 3, title: 'Somebody wrote this' },
    ...{ session, by: 'wanda', branch, base: 'main', head, kind: 'fix' },
    changes: [added('src/a.txt', 'a\n')],
    report: {
      ...{ issue: 3, session, summary: 'The cause was @ada.', leftOut: ['the docs'], blueprint: 'fix', model: 'm' },
      verified: [{ name: 'npm test', ok: true, before: '1 failed', after: '1 passed' }],
      assumptions: [{ id: 'A1', text: 'Nobody uses it.' }],
      costUsd: 0.5,
    },
  };
  async function push(over: Partial<RunWork> = {}) {
    const github = bed.connect();
    const remote = await github.repository();
    return createPushRun({
      github,
      store: bed.store,
      remote,
      gate,
      clock: bed.clock,
      config: { runs: { protectedPaths: [] } },
    })({ ...work, ...over });
  }
  const headNow = () => repository.refs.get(`refs/heads/${branch}`);
  const runsNow = async () => (await bed.ledger()).readRuns(3);
  const pullsNow = () => repository.issues.filter(({ pullRequest, number }) => pullRequest && number !== 4);
  return { ...bed, work, push, headNow, runsNow, pullsNow, head };
}

describe('the work of a run', () => {
  it('is one commit on its branch, and a draft pull request that says what and why', async () => {
    const { push, headNow, runsNow, pullsNow, double } = await aRun();
    const pushed = await push();
    expect(pushed).toMatchObject({ pushed: { commit: headNow(), pullRequest: { number: 5 } } });
    expect(pushed).toMatchObject({ notes: [expect.stringContaining('do not start by themselves')] });
    expect(double.files('acme/shop', branch)).toMatchObject({ 'src/a.txt': 'a\n' });
    expect(double.commits('acme/shop', branch)).toHaveLength(2);
    expect(double.commits('acme/shop', branch)[0]).toMatch(/^Somebody wrote this\n\nFor issue #3, asked for by wanda/);
    const [pull] = pullsNow();
    expect(pull).toMatchObject({ title: 'Somebody wrote this', pull: { branch, base: 'main', draft: true } });
    expect(pull?.body).toMatch(/^Fixes #3\n\nThe cause was `@ada`\./);
    for (const part of ['npm test', '1 failed', '1 passed', 'A1: Nobody uses it.', 'the docs', session, '$0.50'])
      expect(pull?.body).toContain(part);
    expect(await runsNow()).toMatchObject({
      head: headNow(),
      attempts: [{ session, outcome: 'pushed', commit: headNow() }],
      pullRequest: { number: 5, state: 'open' },
    });
    expect(await runsNow()).not.toHaveProperty('claim');
    expect(await runsNow()).not.toHaveProperty('offer');
  });

  it('keeps executable files and links, and takes files away', async () => {
    const { push, headNow, repository } = await aRun();
    const gone: PatchChange = { path: 'README.md', change: 'deleted', before: { mode: 'file' } };
    await push({ changes: [added('run.sh', '#!/bin/sh\n', 'executable'), added('latest', 'run.sh', 'link'), gone] });
    const { objects } = repository;
    const tree = flatten(objects, treeOf(objects, headNow() ?? '') ?? '');
    expect(tree.get('run.sh')?.mode).toBe('100755');
    expect(tree.get('latest')?.mode).toBe('120000');
    expect(tree.has('README.md')).toBe(false);
  });

  it('is never anything but text', async () => {
    const { push, headNow, head } = await aRun();
    const binary = { ...added('x.bin', ''), data: new Uint8Array([0, 1, 255]) };
    expect(await push({ changes: [binary] })).toEqual({ refused: expect.stringContaining('x.bin is not text') });
    expect(headNow()).toBe(head);
  });

  it('goes on top of what others pushed meanwhile, where they touched other files', async () => {
    const { push, double, runsNow } = await aRun();
    const theirs = double.act.push('ada', { branch, files: { 'b.txt': 'b\n' } });
    expect(await push()).toHaveProperty('pushed');
    expect(double.files('acme/shop', branch)).toMatchObject({ 'b.txt': 'b\n', 'src/a.txt': 'a\n' });
    expect(double.commits('acme/shop', branch)).toHaveLength(3);
    expect(theirs).not.toBe((await runsNow())?.head);
  });

  it.each([
    ['the same file', { 'src/a.txt': 'theirs\n' }],
    ['a file where it has a folder', { src: 'a file\n' }],
  ] as const)('is not pushed over what others pushed: %s', async (_, files) => {
    const { push, double, headNow, pullsNow } = await aRun();
    const theirs = double.act.push('ada', { branch, files });
    expect(await push()).toEqual({
      refused: expect.stringMatching(/has moved on from .* src\/a\.txt as well: nothing/),
    });
    expect(headNow()).toBe(theirs);
    expect(pullsNow()).toEqual([]);
  });

  it('is there once, however often that is asked for and wherever it broke off', async () => {
    const { push, double, pullsNow } = await aRun();
    double.fail({ operation: 'pulls/create', status: 503, applied: true });
    await push().catch(() => undefined);
    await push();
    await push();
    expect(double.commits('acme/shop', branch)).toHaveLength(2);
    expect(pullsNow()).toHaveLength(1);
  });

  it('is recognised on the branch where only the record of it is missing', async () => {
    const { push, seed, runsNow, double } = await aRun();
    const before = await runsNow();
    await push();
    if (before) await seed({ runs: before });
    expect(await push()).toHaveProperty('pushed');
    expect(double.commits('acme/shop', branch)).toHaveLength(2);
  });

  const later = 'S20261121-191500-ef5h';
  const laterReport = { issue: 3, session: later, summary: 'It is there.', leftOut: [], verified: [], assumptions: [] };
  const nothingNew = {
    session: later,
    changes: [],
    report: { ...laterReport, blueprint: 'fix', model: 'm', costUsd: 1 },
  };

  it('is offered by a later run that finds nothing to change, where the first broke off before it was on record', async () => {
    const { push, seed, runsNow, headNow, pullsNow, double } = await aRun();
    const before = await runsNow();
    double.fail({ operation: 'pulls/create', status: 503, times: 9 });
    await push().catch(() => undefined);
    double.heal();
    if (before) await seed({ runs: before });
    const head = headNow() ?? '';
    expect(await push({ ...nothingNew, head })).toMatchObject({
      pushed: { commit: head, pullRequest: { number: 5 } },
      notes: [
        `Nothing was left to change: what session ${session} had pushed before it broke off is offered now.`,
        expect.anything(),
      ],
    });
    expect(pullsNow()).toMatchObject([{ body: expect.stringContaining('It is there.') }]);
    expect(double.commits('acme/shop', branch)).toHaveLength(2);
    expect(await push({ ...nothingNew, head })).toEqual({ nothing: true });
  });

  it('is found below what was brought in from the base since', async () => {
    const { push, seed, runsNow, headNow, pullsNow, double, connect } = await aRun();
    const before = await runsNow();
    double.fail({ operation: 'pulls/create', status: 503, times: 9 });
    await push().catch(() => undefined);
    double.heal();
    if (before) await seed({ runs: before });
    const commit = headNow();
    double.act.push('ada', { branch: 'main', files: { 'b.txt': 'b\n' } });
    await connect().branches.bringIn(branch, 'main');
    expect(headNow()).not.toBe(commit);
    expect(await push({ ...nothingNew, head: headNow() ?? '' })).toMatchObject({ pushed: { commit } });
    expect(pullsNow()).toHaveLength(1);
  });

  it('is offered in its own words where it was on record, and no pull request yet', async () => {
    const { push, headNow, pullsNow, double } = await aRun();
    double.fail({ operation: 'pulls/create', status: 503, times: 9 });
    await push().catch(() => undefined);
    double.heal();
    expect(await push({ ...nothingNew, head: headNow() ?? '' })).toHaveProperty('pushed');
    expect(pullsNow()).toMatchObject([{ body: expect.stringContaining('The cause was `@ada`.') }]);
  });

  it('is not taken for what somebody else pushed, nor offered where policy is against it', async () => {
    const { push, head, double } = await aRun();
    expect(await push({ ...nothingNew, head })).toEqual({ nothing: true });
    const theirs = double.act.push('ada', { branch, files: { 'b.txt': 'b\n' } });
    expect(await push({ ...nothingNew, head: theirs })).toEqual({ nothing: true });
    const message = `x\n\nFor issue #3, asked for by wanda; Courier, session ${session}.`;
    const evil = double.act.push('ada', { branch, message, files: { '.github/workflows/x.yml': 'on: push\n' } });
    expect(await push({ ...nothingNew, head: evil })).toEqual({
      refused: expect.stringMatching(/may not leave a sandbox: \.github\/workflows\/x\.yml: it says what runs/),
    });
  });

  it('is refused where the branch may not be written', async () => {
    const { push, repository, pullsNow } = await aRun();
    repository.rules = { [branch]: 'Changes must be made through a pull request.' };
    expect(await push()).toEqual({ refused: expect.stringContaining('The rules of acme/shop') });
    expect(pullsNow()).toEqual([]);
  });
});

describe('the pull request of a run', () => {
  it("keeps to the repository's template, and to how its commits are named", async () => {
    const template = '## What\n\n<!-- Say what. -->\n\n## Checklist\n\n- [ ] I read the rules\n';
    const { push, double, pullsNow } = await aRun({ template });
    for (const [at, message] of ['feat: one', 'fix(x): two', 'docs: three', 'test: four'].entries())
      double.act.push('ada', { branch, files: { [`f${at}`]: '' }, message });
    const head = double.repository().refs.get(`refs/heads/${branch}`) ?? '';
    await push({ head });
    const [pull] = pullsNow();
    expect(pull?.title).toBe('fix: somebody wrote this');
    expect(pull?.body).toMatch(/^## What\n\nFixes #3\n\nThe cause.*## Checklist\n\n- \[ \] I read the rules/s);
  });

  it('is an ordinary one, marked in the title, where there are no drafts', async () => {
    const { push, pullsNow } = await aRun({ pulls: 'no-drafts' });
    expect(await push()).toMatchObject({ notes: [expect.stringContaining('takes no drafts'), expect.anything()] });
    expect(pullsNow()[0]).toMatchObject({ title: '[draft] Somebody wrote this', pull: { draft: false } });
  });

  it('is a link where there can be none, said plainly', async () => {
    const { push, headNow, head, runsNow } = await aRun({ pulls: 'none' });
    const pushed = await push();
    expect(pushed).toMatchObject({ pushed: { commit: headNow() } });
    expect(headNow()).not.toBe(head);
    const [note] = 'notes' in pushed ? pushed.notes : [];
    expect(note).toMatch(/there is no pull request\. .*takes no pull requests.*\/compare\/main\.\.\.courier\/issue-3/);
    expect((await runsNow())?.pullRequest).toBeUndefined();
  });

  it('is a link where the workflow may not make one', async () => {
    const { push, repository } = await aRun();
    repository.actionsMayOpenPulls = false;
    const pushed = await push();
    expect(pushed).toMatchObject({ notes: [expect.stringContaining('Allow GitHub Actions to create')] });
  });

  it('is the one that is open, and nothing of what people wrote in it is lost', async () => {
    const { push, pullsNow, work, headNow } = await aRun();
    await push();
    const [pull] = pullsNow();
    if (!pull) throw new Error('there is no pull request');
    pull.title = 'A title of a person';
    pull.body = `Before.\n\n${pull.body}\n\nAfter.`;
    const report = { ...work.report, summary: 'The naming is better now.', session: 'S20261121-191500-cd5f' };
    const head = headNow() ?? '';
    await push({ session: 'S20261121-191500-cd5f', head, report, changes: [added('src/c.txt', 'c\n')] });
    expect(pullsNow()).toHaveLength(1);
    expect(pull.title).toBe('A title of a person');
    expect(pull.body).toMatch(/^Before\.\n\nFixes #3\n\nThe cause.*The naming is better now\..*\n\nAfter\.$/s);
  });

  it('is left to the app where the app started the run', async () => {
    const { push, pullsNow, runsNow, headNow, head } = await aRun({ opens: 'app' });
    expect(await push()).toEqual({ pushed: { commit: headNow() }, notes: [expect.stringContaining('The app opens')] });
    expect(pullsNow()).toEqual([]);
    expect((await runsNow())?.offer).toMatchObject({ from: head, commit: headNow(), report: { costUsd: 0.5 } });
  });
});
