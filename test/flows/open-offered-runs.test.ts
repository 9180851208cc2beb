import { afterEach, describe, expect, it } from 'vitest';
import { defaultConfiguration } from '../../src/config/parse-config.ts';
import { openOfferedRuns } from '../../src/flows/open-offered-runs.ts';
import { createPushRun } from '../../src/flows/push-run.ts';
import { IssueRuns } from '../../src/ledger/runs-record.ts';
import { silentLog } from '../../src/lib/log.ts';
import { aCommentsBed, type CommentsBed, gate } from './comments-bed.ts';

const beds: CommentsBed[] = [];
afterEach(async () => {
  for (const { double } of beds.splice(0)) {
    expect(double.violations).toEqual([]);
    await double.close();
  }
});

const session = 'S20261121-181500-ab3d';
const branch = 'courier/issue-3-somebody-wrote-this';

/** A run of issue 3 goes on with its open pull request, has pushed, and waits for the app. */
async function aHeldCommit() {
  const bed = await aCommentsBed();
  beds.push(bed);
  const { repository, double } = bed;
  double.act.push('ada', { branch: 'main', files: { 'src/main.txt': '1\n' } });
  repository.refs.set(`refs/heads/${branch}`, repository.refs.get('refs/heads/main') ?? '');
  double.act.push('ada', { branch, files: { 'src/a.txt': '1\n' } });
  const head = repository.refs.get(`refs/heads/${branch}`) ?? '';
  const github = bed.connect();
  const [remote, text] = [await github.repository(), gate.inline('x')];
  const made = await github.pullRequests.create({ head: branch, base: 'main', title: text, body: text, draft: true });
  if (!('number' in made)) throw new Error(made.why);
  const log: string[] = [];
  const place = {
    ...{ github, store: bed.store, remote, gate, clock: bed.clock, config: defaultConfiguration },
    log: { ...silentLog, warn: (line: string) => void log.push(line) },
  };
  /** The job of a run pushes; `of`: its open pull request, `undefined` where it is its first run. */
  const work = async (issue: number, on: string, of: typeof made | undefined) => {
    const asked = { issue, comment: 77, index: 0, at: '2026-11-21T18:14:00Z', by: 'wanda', opens: 'app' };
    const attempts = [{ session, at: '2026-11-21T18:15:00Z', by: 'wanda', blueprint: 'fix' }];
    const claim = { session, run: '1', until: '2099-01-01T00:00:00Z' };
    const from = repository.refs.get(`refs/heads/${on}`) ?? '';
    const runs = { version: 1, issue, branch: on, base: 'main', made: true, head: from, asked, attempts, claim };
    await bed.seed({ runs: IssueRuns.parse({ ...runs, ...(of && { pullRequest: { ...of, state: 'open' } }) }) });
    const pushed = await createPushRun(place)({
      issue: { number: issue, title: 'Somebody wrote this' },
      ...{ session, by: 'wanda', branch: on, base: 'main', head: from, kind: 'fix' },
      changes: [{ path: 'src/b.txt', change: 'added', mode: 'file', data: new TextEncoder().encode('b\n') }],
      report: {
        ...{ issue, session, summary: 'Done.', leftOut: [], blueprint: 'fix', model: 'm', verified: [] },
        ...{ assumptions: [], costUsd: 0.5 },
      },
    });
    return 'pushed' in pushed ? pushed.pushed.commit : expect.fail('not pushed');
  };
  const hold = (issue: number, on: string) => work(issue, on, made);
  const headOf = (name: string) => repository.refs.get(`refs/heads/${name}`);
  const said = (issue = 3) =>
    (repository.issues.find((one) => one.number === issue)?.comments ?? []).map((one) => one.body);
  const runsNow = async (issue = 3) => (await bed.ledger()).readRuns(issue);
  const pulls = () => repository.issues.filter(({ pullRequest }) => pullRequest);
  return { ...bed, hold, work, headOf, said, runsNow, pulls, made, head, log, open: () => openOfferedRuns(place) };
}

describe('a commit that waits for the app', () => {
  it('comes to the branch of the pull request that is open', async () => {
    const { hold, open, headOf, runsNow, said } = await aHeldCommit();
    const commit = await hold(3, branch);
    await open();
    expect(headOf(branch)).toBe(commit);
    expect((await runsNow())?.offer).toBeUndefined();
    expect(said().join()).not.toContain('was not brought');
  });

  it('comes nowhere once that was closed, and makes no other one', async () => {
    const { hold, open, headOf, runsNow, said, pulls, made, head, double } = await aHeldCommit();
    await hold(3, branch);
    double.act.closePull('ada', { issue: made.number });
    const before = pulls().length;
    await open();
    expect(headOf(branch)).toBe(head);
    expect(pulls()).toHaveLength(before);
    expect(said()).toEqual([expect.stringContaining(`as \`#${made.number}\` is not open any more`)]);
    expect(await runsNow()).toMatchObject({ attempts: [{ outcome: 'refused' }] });
  });

  it.each([
    ['the default branch', 'main', 'which no run works on'],
    ['one that the pull request is not of', 'release', 'is not open any more'],
  ])('never comes to %s, whatever the ledger says', async (_, on, why) => {
    const { hold, open, headOf, said, repository } = await aHeldCommit();
    repository.refs.set('refs/heads/release', headOf('main') ?? '');
    await hold(3, on);
    const before = headOf(on);
    await open();
    expect(headOf(on)).toBe(before);
    expect(said()).toEqual([expect.stringContaining(why)]);
  });

  it('is not kept from its branch by what fails about another', async () => {
    const { hold, open, headOf, double, log, seed, runsNow } = await aHeldCommit();
    const commit = await hold(3, branch);
    const runs = (await runsNow()) ?? expect.fail('no runs');
    await seed({ runs: { ...runs, issue: 1, branch: 'courier/issue-1-a-finding' } });
    double.fail({ path: /issue-1-a-finding/, status: 500, times: 20 });
    await expect(open()).rejects.toThrow();
    expect(headOf(branch)).toBe(commit);
    expect(log.join()).toContain('What the run of #1 pushed was not offered');
  });
});

describe('a branch that has no pull request yet', () => {
  const first = 'courier/issue-1-a-finding';
  const evil = { '.github/workflows/evil.yml': 'on: push\n' };

  it.each([
    ['below', true],
    ['above', false],
  ])('is looked at whole: %s what the run pushed', async (_, isBelow) => {
    const { work, open, headOf, said, pulls, repository, double } = await aHeldCommit();
    repository.refs.set(`refs/heads/${first}`, headOf('main') ?? '');
    if (isBelow) double.act.push('ada', { branch: first, files: evil });
    await work(1, first, undefined);
    if (!isBelow) double.act.push('ada', { branch: first, files: evil });
    const before = pulls().length;
    await open();
    expect(pulls()).toHaveLength(before);
    expect(said(1)).toEqual([expect.stringContaining('evil.yml: it says what runs in continuous integration')]);
  });

  it('gets one where it holds what a run may make, also where people have pushed besides', async () => {
    const { work, open, headOf, said, pulls, repository, double } = await aHeldCommit();
    repository.refs.set(`refs/heads/${first}`, headOf('main') ?? '');
    double.act.push('ada', { branch: first, files: { 'src/c.txt': 'c\n' } });
    await work(1, first, undefined);
    double.act.push('ada', { branch: 'main', files: evil });
    await open();
    expect(pulls().map(({ pull }) => pull?.branch)).toContain(first);
    expect(said(1).join()).not.toContain('No pull request');
  });
});
