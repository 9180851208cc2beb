import { afterEach, describe, expect, it } from 'vitest';
import { claimRun } from '../../src/flows/claim-run.ts';
import { createExecutors } from '../../src/flows/command-executors.ts';
import { Session } from '../../src/sessions/session.ts';
import { addIssue, type StoredComment } from '../fakes/github/state.ts';
import { aSession } from '../reports/builders.ts';
import { aCommentsBed, type CommentsBed } from './comments-bed.ts';

const beds: CommentsBed[] = [];
afterEach(async () => {
  for (const { double } of beds.splice(0)) {
    expect(double.violations).toEqual([]);
    await double.close();
  }
});

async function aBed() {
  const bed = await aCommentsBed();
  beds.push(bed);
  return bed;
}

const branch = 'courier/issue-3-somebody-wrote-this';
type Bed = Awaited<ReturnType<typeof aBed>>;

const headOf = ({ repository }: Bed, name: string) => repository.refs.get(`refs/heads/${name}`);
const runsOf = async (bed: Bed) => (await bed.ledger()).readRuns(3);
const requestsOf = ({ repository }: Bed) => repository.runs.map(({ inputs }) => JSON.parse(inputs.request ?? '{}'));

async function say(bed: Bed, text: string, issue = 3): Promise<StoredComment> {
  const comment = bed.double.act.comment('wanda', text, { issue });
  await bed.handle(issue);
  return comment;
}

/** The session of a run began and ended, as its job writes it. */
async function endedRun(bed: Bed, more: object = {}) {
  const runs = await runsOf(bed);
  if (!runs) throw new Error('there is no run');
  const session = 'S20261121-181500-ab3d';
  const attempt = { session, at: '2026-11-21T18:15:00Z', by: 'wanda', own: false, blueprint: 'fix' };
  await bed.seed({ runs: { ...runs, attempts: [{ ...attempt, outcome: 'failed' }], ...more } });
}

/** What the workflow was started for is over. */
async function ended(bed: Bed, comment: StoredComment, issue = 3) {
  const inbox = await (await bed.ledger()).readInbox(issue);
  const end = { rank: 9, outcome: 'done', say: '' } as const;
  await bed.seed({ inbox: { ...inbox, taken: [{ comment: comment.id, index: 0, run: 1, end }] } });
}

const past = [{ session: 'S20261121-181500-ab3d', by: 'wanda', summary: 'It was slow.' }];

describe('a run that is asked for', () => {
  it('gets a branch linked to its issue, is on record, and starts the workflow at that commit', async () => {
    const bed = await aBed();
    const comment = await say(bed, '/courier run test-first branch stays as it is');
    const head = headOf(bed, 'main');
    expect(headOf(bed, branch)).toBe(head);
    expect(bed.issue(3).linkedBranches).toEqual([branch]);
    expect(requestsOf(bed)).toMatchObject([{ kind: 'command', issue: 3, comment: comment.id, index: 0, head }]);
    expect(await runsOf(bed)).toMatchObject({
      ...{ branch, base: 'main', made: true, linked: true, head, attempts: [] },
      asked: { issue: 3, comment: comment.id, index: 0, by: 'wanda', text: 'test-first branch stays as it is' },
    });
    const [reply] = bed.replies(3);
    expect(reply).toContain(`[\`${branch}\`](https://github.test/acme/shop/tree/${branch})`);
    expect(reply).not.toContain('not linked');
  });

  it('says so where GitHub does not link the branch', async () => {
    const bed = await aBed();
    bed.repository.linksBranches = false;
    await say(bed, '/courier run');
    expect(headOf(bed, branch)).toBeDefined();
    expect(bed.replies(3)[0]).toContain('It is not linked to the issue: This token may not link branches to issues.');
    expect(await runsOf(bed)).toMatchObject({ made: true, linked: false });
  });

  it('is one at a time: the second of two comments is told, and starts nothing', async () => {
    const bed = await aBed();
    bed.double.act.comment('wanda', '/courier run', { issue: 3 });
    bed.double.act.comment('max', '/courier run with other words', { issue: 3 });
    await Promise.all([bed.handle(3), bed.handle(3), bed.handle(3)]);
    await bed.handle(3);
    expect(bed.repository.runs).toHaveLength(1);
    expect([...bed.repository.refs.keys()].filter((ref) => ref.includes('courier/issue'))).toHaveLength(1);
    expect(bed.replies(3).at(-1)).toContain('A run of `#3` was asked for already, by wanda, and has not ended');
    expect((await runsOf(bed))?.asked).toMatchObject({ by: 'wanda' });
  });

  it('continues on the same branch from its newest commit, whatever the title is by then', async () => {
    const bed = await aBed();
    await ended(bed, await say(bed, '/courier run'));
    await endedRun(bed);
    bed.issue(3).title = 'Another title';
    const pushed = bed.double.act.push('ada', { branch, files: { 'a.txt': 'a\n' } });
    const again = await say(bed, '/courier run once more');
    expect(requestsOf(bed).at(-1)).toMatchObject({ comment: again.id, head: pushed });
    expect(await runsOf(bed)).toMatchObject({ branch, head: pushed, attempts: [{ outcome: 'failed' }] });
    expect([...bed.repository.refs.keys()].filter((ref) => ref.includes('courier/issue'))).toHaveLength(1);
  });

  it('is repeated by retry, with the same words and model', async () => {
    const bed = await aBed();
    await say(bed, '/courier retry');
    expect(bed.replies(3)[0]).toContain('There was no run yet');
    await ended(bed, await say(bed, '/courier run test-first model=claude-x do it well'));
    await endedRun(bed);
    const retry = await say(bed, '/courier retry');
    expect(requestsOf(bed).at(-1)).toMatchObject({ comment: retry.id });
    expect((await runsOf(bed))?.asked).toMatchObject({
      ...{ comment: retry.id, model: 'claude-x', text: 'test-first do it well' },
    });
  });

  it('is refused while a session works on the issue', async () => {
    const bed = await aBed();
    await ended(bed, await say(bed, '/courier run'));
    const until = new Date(Date.now() + 3_600_000).toISOString();
    await endedRun(bed, { claim: { session: 'S20261121-181500-ab3d', run: '1', until } });
    await say(bed, '/courier run');
    expect(bed.replies(3).at(-1)).toContain('Session S20261121-181500-ab3d is at work on this issue');
    expect(bed.repository.runs).toHaveLength(1);
  });

  it('is refused on a closed issue, from a base that is not there, and on branches that are not its own', async () => {
    const bed = await aBed();
    bed.repository.refs.set('refs/heads/theirs', headOf(bed, 'main') ?? '');
    const refusals = [
      ['/courier run base=nowhere', 'There is no branch nowhere to begin from'],
      ['/courier run branch=main base=theirs', 'The branch main is the default branch'],
      ['/courier run branch=courier-ledger', "holds Courier's ledger"],
      ['/courier run branch=theirs', 'There is a branch theirs already'],
      ['/courier run branch=main', 'A run cannot work on main'],
    ] as const;
    for (const [text, why] of refusals) {
      await say(bed, text);
      expect(bed.replies(3).at(-1)).toContain(why);
    }
    bed.issue(3).state = 'closed';
    await say(bed, '/courier run');
    expect(bed.replies(3).at(-1)).toContain('Issue `#3` is closed');
    expect(bed.repository.runs).toEqual([]);
    expect(await runsOf(bed)).toBeUndefined();
    expect([...bed.repository.refs.keys()].filter((ref) => ref.includes('courier/issue'))).toEqual([]);
  });

  it('is not taken to a branch that is protected', async () => {
    const bed = await aBed();
    bed.repository.rules = { release: 'Changes must be made through a pull request.' };
    bed.repository.refs.set('refs/heads/release', headOf(bed, 'main') ?? '');
    await say(bed, '/courier run branch=release');
    expect(bed.replies(3)[0]).toContain('The branch release is protected');
  });

  it('keeps to the branch and base of its issue', async () => {
    const bed = await aBed();
    await ended(bed, await say(bed, '/courier run'));
    await endedRun(bed);
    await say(bed, '/courier run branch=courier/other');
    expect(bed.replies(3).at(-1)).toContain('leave out `branch=`');
    expect(headOf(bed, 'courier/other')).toBeUndefined();
  });

  it('is refused on a pull request of people, and continues that of its own', async () => {
    const bed = await aBed();
    await say(bed, '/courier run fix it', 4);
    expect(bed.replies(4)[0]).toContain("Pull request `#4` is not one of Courier's runs");
    await ended(bed, await say(bed, '/courier run'));
    const url = 'https://github.test/acme/shop/pull/4';
    await endedRun(bed, { pullRequest: { number: 4, url, state: 'open' } });
    bed.issue(4).pull = { branch, base: 'main' };
    const comment = await say(bed, '/courier run fix the naming', 4);
    expect(requestsOf(bed).at(-1)).toMatchObject({ issue: 4, comment: comment.id, head: headOf(bed, branch) });
    expect((await runsOf(bed))?.asked).toMatchObject({ issue: 4, text: 'fix the naming' });
  });

  it('begins anew on a fresh branch once its pull request is merged', async () => {
    const bed = await aBed();
    await ended(bed, await say(bed, '/courier run'));
    const pushed = bed.double.act.push('ada', { branch, files: { 'a.txt': 'a\n' } });
    bed.issue(4).pull = { branch, base: 'main' };
    const pullRequest = { number: 4, url: 'https://github.test/acme/shop/pull/4', state: 'open' } as const;
    await endedRun(bed, { pullRequest, past });
    const merged = bed.double.act.merge('ada', { issue: 4 });
    await say(bed, '/courier run again');
    expect(headOf(bed, branch)).toBe(merged);
    expect(pushed).not.toBe(merged);
    expect(await runsOf(bed)).toMatchObject({ branch, head: merged });
    expect((await runsOf(bed))?.pullRequest).toBeUndefined();
    expect(await runsOf(bed)).not.toHaveProperty('past');
  });

  it('goes on from the branch of a pull request that people closed, and begins anew where they deleted that', async () => {
    for (const isDeleted of [false, true]) {
      const bed = await aBed();
      await ended(bed, await say(bed, '/courier run'));
      const own = bed.double.act.push('wanda', { branch, files: { 'a.txt': 'a\n' } });
      const { number } = addIssue(bed.repository, {
        ...{ title: 'It', pullRequest: true, pull: { branch, base: 'main' } },
      });
      const url = `https://github.test/acme/shop/pull/${number}`;
      const changed = { commit: own, paths: ['a.txt'], more: 0 };
      await endedRun(bed, { pullRequest: { number, url, state: 'open' }, changed, past });
      bed.double.act.closePull('max', { issue: number });
      if (isDeleted) bed.repository.refs.delete(`refs/heads/${branch}`);
      await say(bed, '/courier run');
      expect(headOf(bed, branch)).toBe(isDeleted ? headOf(bed, 'main') : own);
      expect((await runsOf(bed))?.pullRequest).toBeUndefined();
      expect((await runsOf(bed))?.past).toEqual(isDeleted ? undefined : past);
    }
  });

  it('is the same run where a worker died right after it had made the branch', async () => {
    const bed = await aBed();
    bed.double.act.comment('wanda', '/courier run', { issue: 3 });
    bed.double.fail({ operation: 'actions/create-workflow-dispatch', status: 500 });
    bed.double.act.push('ada', { branch: 'main', files: { 'later.txt': 'x\n' } });
    await bed.handle(3);
    const before = headOf(bed, branch);
    await say(bed, '/courier run');
    expect(headOf(bed, branch)).toBe(before);
    expect(requestsOf(bed).at(-1)).toMatchObject({ head: before });
  });

  it('says in the record that the app opens its pull request where the app was asked', async () => {
    const bed = await aBed();
    bed.double.act.comment('wanda', '/courier run', { issue: 3 });
    const github = bed.connect();
    await bed.handle(3, { github, executors: createExecutors({ github, workflow: 'courier.yml', opens: 'app' }) });
    expect((await runsOf(bed))?.asked?.opens).toBe('app');
  });

  it.each(['$(touch pwned)', '`id`; rm -rf /', '../../etc/passwd', '--upload-pack=x', 'refs/heads/main', '\u202emain'])(
    'names a plain branch, whatever the title holds: %j',
    async (title) => {
      const bed = await aBed();
      bed.issue(3).title = title;
      await say(bed, '/courier run');
      const made = [...bed.repository.refs.keys()].filter((ref) => ref.startsWith('refs/heads/courier/'));
      expect(made).toEqual([expect.stringMatching(/^refs\/heads\/courier\/issue-3(-[a-z0-9-]+)?$/)]);
    },
  );
});

describe('a run that has not begun', () => {
  it('is stopped where it was asked for: its workflow is cancelled, it does not begin, and another may be asked for', async () => {
    const bed = await aBed();
    const comment = await say(bed, '/courier run');
    const [run] = bed.repository.runs;
    await say(bed, '/courier stop');
    expect(bed.replies(3).at(-1)).toContain('has not begun, and does not');
    expect(run?.conclusion).toBe('cancelled');
    expect(await runsOf(bed)).toMatchObject({ asked: { comment: comment.id, stopped: { by: 'wanda' } } });
    const asked = { comment: comment.id, index: 0 };
    const session = { id: 'S-x', startedAt: new Date().toISOString() };
    const begin = async () =>
      claimRun(3, { by: 'wanda', blueprint: 'fix', asked })(
        await bed.ledger(),
        Session.parse({ ...aSession(), ...session }),
      );
    expect(await begin()).toEqual({ refused: 'It was stopped by wanda before it began.' });
    await say(bed, '/courier retry');
    expect((await runsOf(bed))?.asked?.stopped).toBeUndefined();
    expect(requestsOf(bed)).toHaveLength(2);
    // The one that was cancelled may have begun all the same.
    expect(await begin()).toEqual({ refused: 'Another run of #3 was asked for meanwhile.' });
  });

  it('does not keep another from being asked for where its workflow ended without a word, and nobody was told', async () => {
    const bed = await aBed();
    await say(bed, '/courier run');
    const [run] = bed.repository.runs;
    if (!run) throw new Error('nothing was started');
    await say(bed, '/courier run again');
    expect(requestsOf(bed)).toHaveLength(1);
    bed.double.act.moveRun(run, { conclusion: 'failure' });
    await say(bed, '/courier run again');
    expect(requestsOf(bed)).toHaveLength(2);
  });
});
