import { describe, expect, it } from 'vitest';
import type { Finding } from '../../src/findings/finding.ts';
import { observeIssue } from '../../src/flows/observe-issue.ts';
import { tendCommented, tendPullOf, tendPulls } from '../../src/flows/tend-runs.ts';
import type { Store } from '../../src/ledger/store.ts';
import { addIssue } from '../fakes/github/state.ts';
import { aTendedBed, branch, idOf } from './tended-bed.ts';

/** A run of an issue has pushed its work, and its pull request is open. */
async function aBed({ issue = 3, base = 'main', finding = {} as Partial<Finding> } = {}) {
  const bed = await aTendedBed();
  await bed.seed({
    findings: [{ ...bed.finding, reproduce: { command: 'test -f bug' }, ...finding }],
  });
  await bed.begin('a', { issue });
  await bed.end('a', 'pushed', issue);
  bed.act.push('wanda', { branch, files: { 'a.txt': 'a\n' } });
  if (base !== 'main') bed.act.push('wanda', { branch: base, files: { 'b.txt': 'b\n' } });
  const pull = addIssue(bed.repository, {
    title: 'It',
    body: `Fixes #${issue}`,
    pullRequest: true,
    pull: { branch, base },
  });
  const runs = await bed.runsOf(issue);
  if (!runs) throw new Error('no runs');
  const url = `https://github.test/acme/shop/pull/${pull.number}`;
  await bed.seed({ runs: { ...runs, pullRequest: { number: pull.number, url, state: 'open' } } });
  const place = { ...bed.place, workflow: 'courier.yml' };
  return {
    ...bed,
    ...{ pull, place },
    tend: () => tendPullOf(pull.number, place),
    told: () => bed.replies(issue).map((text) => text.split('\n')[0]),
    state: async () => (await bed.runsOf(issue))?.pullRequest?.state,
    repair: async () => (await bed.ledger()).findings[0]?.repair,
    verifications: () => bed.repository.runs.filter(({ inputs }) => inputs.request?.includes('"verify"')),
  };
}

describe('a pull request of a run that was merged', () => {
  it('is on record, and whether its finding is gone is looked at, once, however often and by whoever it is told', async () => {
    const bed = await aBed({ issue: 1 });
    const commit = bed.act.merge('max', { issue: bed.pull.number });
    await Promise.all([bed.tend(), bed.tend(), tendPulls(bed.place)]);
    await bed.tend();
    expect(await bed.state()).toBe('merged');
    expect(await bed.repair()).toMatchObject({ pullRequest: bed.pull.number, commit });
    expect(bed.verifications().map(({ inputs }) => JSON.parse(inputs.request ?? ''))).toEqual([
      { version: 1, kind: 'verify', issue: 1 },
    ]);
    expect(bed.told()).toHaveLength(1);
    expect(bed.told()[0]).toMatch(
      /^Pull request #\d+ was merged \(.*\)\. Whether F-\w+ is gone is \[looked at now\]\(.*\/actions\/runs\/\d+\)\.$/,
    );
  });

  it('says so in whatever order GitHub tells of the issue that it closes', async () => {
    for (const first of ['issue', 'pull'] as const) {
      const bed = await aBed({ issue: 1 });
      const commit = bed.act.merge('max', { issue: bed.pull.number });
      const issue = bed.issue(1);
      Object.assign(issue, { state: 'closed', stateReason: 'completed', closedAt: new Date().toISOString() });
      issue.events.push({
        kind: 'closed',
        at: new Date().toISOString(),
        actor: { login: 'max', type: 'User' },
        closer: { type: 'PullRequest', number: bed.pull.number, commit, merged: true },
      });
      const look = () => observeIssue(1, { github: bed.github, clock: bed.clock, ledgerBranch: 'courier-ledger' });
      for (const step of first === 'issue' ? [look, bed.tend] : [bed.tend, look]) await step();
      const [finding] = (await bed.ledger()).findings;
      expect(finding).toMatchObject({
        state: 'resolved',
        resolution: { proof: `Closed by pull request #${bed.pull.number}.` },
      });
      expect(finding?.repair).toMatchObject({ commit });
      expect(finding?.repair?.verdict).toBeUndefined();
    }
  });

  it('leaves it to the next scan where nothing but an agent can tell, and where no workflow can be started', async () => {
    const bed = await aBed({ issue: 1, finding: { reproduce: undefined } });
    bed.act.merge('max', { issue: bed.pull.number });
    await bed.tend();
    expect([bed.verifications(), bed.told()[0]]).toEqual([[], expect.stringContaining('The next scan looks whether')]);
    const other = await aBed({ issue: 1 });
    other.repository.refs.delete('refs/heads/gone');
    other.act.merge('max', { issue: other.pull.number });
    await tendPullOf(other.pull.number, { ...other.place, workflow: 'missing.yml' });
    expect(other.told()[0]).toContain('The next scan looks whether');
    await other.tend();
    expect(other.told()).toEqual([expect.stringContaining('looked at now')]);
  });

  it('says that the issue stays open where it went into another branch, and looks at nothing', async () => {
    const bed = await aBed({ issue: 1, base: 'develop' });
    bed.act.merge('max', { issue: bed.pull.number });
    await bed.tend();
    expect([await bed.repair(), bed.verifications()]).toEqual([undefined, []]);
    expect(bed.told()[0]).toContain('was merged into `develop`');
  });

  it('is told by GitHub alone on an issue that a person wrote', async () => {
    const bed = await aBed();
    bed.act.merge('max', { issue: bed.pull.number });
    await bed.tend();
    expect([await bed.state(), bed.told()]).toEqual(['merged', []]);
  });
});

describe('a pull request of a run that was closed', () => {
  it('is open on record where it was opened again and looked at while this was being written', async () => {
    const bed = await aBed();
    bed.act.closePull('max', { issue: bed.pull.number });
    const meanwhile = [
      async () => {
        bed.act.reopenPull('max', { issue: bed.pull.number });
        await bed.tend();
      },
    ];
    const commit: Store['commit'] = async (...given) => {
      await meanwhile.pop()?.();
      return bed.place.store.commit(...given);
    };
    await tendPullOf(bed.pull.number, { ...bed.place, store: { ...bed.place.store, commit } });
    expect(await bed.state()).toBe('open');
  });

  it('is asked about on its issue, once, with the command that says why', async () => {
    const bed = await aBed();
    bed.act.closePull('max', { issue: bed.pull.number });
    await Promise.all([bed.tend(), bed.tend()]);
    await bed.tend();
    expect(bed.told()).toEqual([expect.stringContaining(`\`/courier rate ${idOf('a')} down REASON\` says it`)]);
    expect(await bed.runsOf()).toMatchObject({
      pullRequest: { state: 'closed' },
      turnedDown: [{ pullRequest: bed.pull.number, title: 'Somebody wrote this' }],
    });
  });

  it('is told that somebody said why, who may triage, and the reason is kept with the runs in their words', async () => {
    const bed = await aBed();
    bed.act.closePull('max', { issue: bed.pull.number });
    await bed.tend();
    const say = async (by: string, text: string) => {
      bed.act.comment(by, text, { issue: 3 });
      await bed.handle(3);
      await tendCommented({ issue: 3, pullRequest: false }, { ...bed.place, told: 'by GitHub' });
    };
    await say('rita', `/courier rate ${idOf('a')} down I would not do that`);
    expect((await bed.runsOf())?.reproaches).toBeUndefined();
    await say('tom', `/courier rate ${idOf('a')} down No new dependency for one line`);
    await say('max', '/courier rate down It is too large for a fix');
    expect((await bed.runsOf())?.reproaches).toMatchObject([
      { pullRequest: bed.pull.number, by: 'tom', text: 'No new dependency for one line' },
      { by: 'max', text: 'It is too large for a fix' },
    ]);
    expect(bed.told()[0]).toMatch(/was closed without being merged\. tom, max said why:/);
    await say('max', '/courier rate up');
    expect((await bed.runsOf())?.reproaches).toMatchObject([{ by: 'tom' }]);
  });

  it('is open again where it was opened again, and merged where it was merged after all', async () => {
    const bed = await aBed();
    bed.act.closePull('max', { issue: bed.pull.number });
    await bed.tend();
    bed.act.reopenPull('max', { issue: bed.pull.number });
    await tendPulls(bed.place);
    expect(bed.told()).toEqual([expect.stringMatching(/^Pull request .* is open again\.$/)]);
    const runs = await bed.runsOf();
    expect([runs?.pullRequest?.state, runs?.turnedDown]).toEqual(['open', undefined]);
    bed.act.merge('max', { issue: bed.pull.number });
    await bed.tend();
    expect(await bed.state()).toBe('merged');
  });

  it('is not asked about again where somebody deleted the question', async () => {
    const bed = await aBed();
    bed.act.closePull('max', { issue: bed.pull.number });
    await bed.tend();
    bed.issue(3).comments.length = 0;
    bed.act.reopenPull('max', { issue: bed.pull.number });
    await bed.tend();
    bed.act.closePull('max', { issue: bed.pull.number });
    await bed.tend();
    expect(bed.told()).toEqual([]);
  });

  it('is on record where its issue is gone or locked, and nothing is said', async () => {
    for (const change of ['gone', 'locked'] as const) {
      const bed = await aBed();
      if (change === 'gone') bed.repository.issues.splice(2, 1);
      else bed.issue(3).locked = true;
      bed.act.closePull('max', { issue: bed.pull.number });
      await bed.tend();
      expect(await bed.state()).toBe('closed');
      if (change === 'locked') expect(bed.told()).toEqual([]);
    }
  });

  it('is none of ours where no run made it', async () => {
    const bed = await aBed();
    bed.act.closePull('max', { issue: bed.pull.number });
    const before = bed.messages.length;
    await tendPullOf(4, bed.place);
    expect(bed.messages.length).toBe(before);
  });
});
