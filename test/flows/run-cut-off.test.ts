import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../src/config/parse-config.ts';
import { createExecutors } from '../../src/flows/command-executors.ts';
import { followRun } from '../../src/flows/follow-run.ts';
import type { GitHub } from '../../src/flows/github-ports.ts';
import { openOfferedRuns } from '../../src/flows/open-offered-runs.ts';
import { orderRun } from '../../src/flows/order-run.ts';
import { createPushRun } from '../../src/flows/push-run.ts';
import { tendRuns } from '../../src/flows/tend-runs.ts';
import type { Store } from '../../src/ledger/store.ts';
import { safe } from '../../src/publishing/safe-text.ts';
import type { RunWork } from '../../src/runs/run-work.ts';
import { aTendedBed, branch, idOf } from './tended-bed.ts';

const config = parseConfig('', 'courier.yml');
const session = idOf('a');
const killed = () => Promise.reject(new TypeError('killed'));

async function aBed() {
  const bed = await aTendedBed();
  bed.clock.ahead = Date.parse('2026-11-21T09:55:00Z') - Date.now();
  const desk = { ...bed.place, config, executors: {}, workflow: 'courier.yml' };
  return {
    ...bed,
    desk,
    /** What the app does when GitHub tells it that a workflow's run has ended. */
    async over(run: (typeof bed.repository.runs)[number], conclusion: string, opens: 'app' | 'job' = 'app') {
      bed.act.moveRun(run, { conclusion });
      await followRun(run.id, desk);
      if (opens === 'app') await openOfferedRuns(desk);
      await tendRuns(desk);
    },
    pulls: () => bed.repository.issues.filter(({ pullRequest, number }) => pullRequest && number !== 4),
    headOf: () => bed.repository.refs.get(`refs/heads/${branch}`),
  };
}

/** A run of issue 3 that somebody asked for, about to push what it made. */
async function aRun(opens: 'app' | 'job') {
  const bed = await aBed();
  const say = async (body: string) => {
    const { id } = bed.act.comment('wanda', body, { issue: 3, at: '2026-11-21T09:54:00Z' });
    await bed.handle(3, { executors: createExecutors({ github: bed.connect(), workflow: 'courier.yml', opens }) });
    return id;
  };
  const comment = await say('/courier run');
  const [run = expect.fail('nothing was started')] = bed.repository.runs;
  bed.act.moveRun(run, 'in_progress');
  await bed.begin('a', { run });
  const head = bed.headOf() ?? '';
  const data = new TextEncoder().encode('a\n');
  const work: RunWork = {
    issue: { number: 3, title: 'Somebody wrote this' },
    ...{ session, by: 'wanda', branch, base: 'main', head, kind: 'fix' },
    changes: [{ path: 'src/a.txt', change: 'added', mode: 'file', data }],
    report: {
      ...{ issue: 3, session, summary: 'It is done.', leftOut: [], blueprint: 'fix', model: 'm' },
      ...{ verified: [], assumptions: [], costUsd: 0.5 },
    },
  };
  /** `over`: how GitHub or the ledger fails it. */
  async function push(more: Partial<RunWork> = {}, over: { github?: GitHub; store?: Store } = {}) {
    const place = { github: over.github ?? bed.github, store: over.store ?? bed.store, remote: bed.remote };
    return createPushRun({ ...place, gate: bed.desk.gate, clock: bed.clock, config })({ ...work, ...more });
  }
  return { ...bed, say, comment, run, push, head, status: () => bed.replies(3)[0] ?? '' };
}

describe('a run whose job is cancelled while it pushes', () => {
  it.each(['app', 'job'] as const)(
    'was stopped where its commit was not on record yet, which the next one offers (opened by the %s)',
    async (opens) => {
      const bed = await aRun(opens);
      const { commit } = bed.store;
      const dying: Store = {
        ...bed.store,
        commit: (base, changes, message) => (message.includes('pushed') ? killed() : commit(base, changes, message)),
      };
      await expect(bed.push({}, { store: dying })).rejects.toThrow('killed');
      expect(bed.headOf()).not.toBe(bed.head);
      await bed.over(bed.run, 'cancelled', opens);
      expect(await bed.runsOf()).toMatchObject({ attempts: [{ session, outcome: 'stopped' }] });
      expect((await bed.runsOf())?.claim).toBeUndefined();
      expect([bed.labels(), bed.pulls()]).toEqual([[], []]);
      expect(bed.status()).toContain('The run was cancelled before it was done');
      expect(bed.reactions(bed.comment)).toContain('confused');

      await bed.say('/courier retry');
      const [, again = expect.fail('nothing was started')] = bed.repository.runs;
      await bed.begin('b', { run: again });
      const head = bed.headOf() ?? '';
      const pushed = await bed.push({ session: idOf('b'), head, changes: [] });
      expect(pushed).toMatchObject({
        notes: [expect.stringContaining(`session ${session} had pushed`), expect.anything()],
      });
      await bed.over(again, 'success', opens);
      expect(bed.pulls()).toMatchObject([{ state: 'open', pull: { branch, draft: true } }]);
      expect(bed.double.commits('acme/shop', branch)).toHaveLength(2);
    },
  );

  it('has pushed where that was on record: the app opens the pull request, and the comment says so', async () => {
    const bed = await aRun('app');
    await bed.push();
    await bed.over(bed.run, 'cancelled');
    expect(await bed.runsOf()).toMatchObject({ attempts: [{ outcome: 'pushed', commit: bed.headOf() }] });
    expect((await bed.runsOf())?.claim).toBeUndefined();
    expect(bed.labels()).toEqual([]);
    expect(bed.pulls()).toMatchObject([{ pull: { branch, draft: true } }]);
    expect(bed.status()).toContain(`the change is on its branch \`${branch}\` at ${bed.headOf()?.slice(0, 7)}`);
    expect(bed.status()).toContain('The run ended before it could say more');
    expect(bed.reactions(bed.comment)).toContain('rocket');
  });

  it('has pushed where it was about to open the pull request itself, which the next run does', async () => {
    const bed = await aRun('job');
    const dying = { ...bed.github, pullRequests: { ...bed.github.pullRequests, create: killed } };
    await expect(bed.push({}, { github: dying })).rejects.toThrow('killed');
    await bed.over(bed.run, 'cancelled', 'job');
    expect(await bed.runsOf()).toMatchObject({ attempts: [{ outcome: 'pushed' }], offer: { session } });
    expect((await bed.runsOf())?.claim).toBeUndefined();
    expect([bed.labels(), bed.pulls()]).toEqual([[], []]);
    expect(bed.status()).toContain('the change is on its branch');
    await bed.say('/courier retry');
    const [, again = expect.fail('nothing was started')] = bed.repository.runs;
    await bed.begin('b', { run: again });
    await bed.push({ session: idOf('b'), head: bed.headOf() ?? '', changes: [] });
    expect(bed.pulls()).toMatchObject([{ body: expect.stringContaining('It is done.') }]);
  });

  it('has its pull request where that was made and not yet on record, and no second one', async () => {
    const bed = await aRun('app');
    await bed.push();
    const { commit } = bed.store;
    const dying: Store = {
      ...bed.store,
      commit: (base, changes, message) =>
        message.includes('pull request') ? killed() : commit(base, changes, message),
    };
    bed.act.moveRun(bed.run, { conclusion: 'cancelled' });
    await expect(openOfferedRuns({ ...bed.desk, store: dying })).rejects.toThrow('killed');
    expect(bed.pulls()).toHaveLength(1);
    await bed.over(bed.run, 'cancelled');
    expect(bed.pulls()).toHaveLength(1);
    expect(await bed.runsOf()).toMatchObject({ pullRequest: { number: bed.pulls()[0]?.number, state: 'open' } });
    expect(await bed.runsOf()).not.toHaveProperty('offer');
  });

  it('says that its commit comes to the branch of an open pull request, before the app has moved that', async () => {
    const bed = await aRun('app');
    await bed.push();
    await bed.over(bed.run, 'success');
    const before = bed.headOf();
    await bed.say('/courier run again');
    const [, again = expect.fail('nothing was started')] = bed.repository.runs;
    await bed.begin('b', { run: again });
    const data = new TextEncoder().encode('b\n');
    const changes = [{ path: 'src/b.txt', change: 'added', mode: 'file', data }] as const;
    const pushed = await bed.push({ session: idOf('b'), head: before ?? '', changes });
    expect(pushed).toMatchObject({ pushed: { held: true } });
    expect(bed.headOf()).toBe(before);
    bed.act.moveRun(again, { conclusion: 'cancelled' });
    await followRun(again.id, bed.desk);
    expect(bed.replies(3)[1]).toContain(`and comes to \`${branch}\` next`);
    await openOfferedRuns(bed.desk);
    expect(bed.headOf()).not.toBe(before);
  });
});

describe('a run whose job GitHub ended as it took too long', () => {
  const why = 'The run took longer than its workflow allows and was ended.';

  it('has failed: its issue is free and says so, and the comment does with a link', async () => {
    const bed = await aRun('app');
    await bed.over(bed.run, 'timed_out');
    const runs = await bed.runsOf();
    expect(runs?.attempts).toMatchObject([{ session, outcome: 'failed', why }]);
    expect([runs?.claim, bed.labels(), bed.pulls()]).toEqual([undefined, ['courier: failed'], []]);
    expect(bed.headOf()).toBe(bed.head);
    expect(bed.status()).toContain(`**Failed.** ${why} [What it left](`);
    expect(bed.status()).toContain(`/actions/runs/${bed.run.id}`);
    expect(bed.reactions(bed.comment)).toContain('confused');

    await bed.say('/courier retry');
    const [, again = expect.fail('nothing was started')] = bed.repository.runs;
    await bed.begin('b', { run: again });
    await bed.push({ session: idOf('b') });
    await bed.over(again, 'success');
    expect([bed.labels(), bed.pulls().length]).toEqual([[], 1]);
  });

  it('has pushed where that was on record before', async () => {
    const bed = await aRun('app');
    await bed.push();
    await bed.over(bed.run, 'timed_out');
    expect(await bed.runsOf()).toMatchObject({ attempts: [{ outcome: 'pushed', commit: bed.headOf() }] });
    expect([(await bed.runsOf())?.claim, bed.labels(), bed.pulls().length]).toEqual([undefined, [], 1]);
    expect(bed.status()).toContain('the change is on its branch');
  });
});

describe('the pull request that the app opens', () => {
  it('is an ordinary one, marked in the title, where there are no drafts, and the issue says so', async () => {
    const bed = await aRun('app');
    bed.repository.pulls = 'no-drafts';
    await bed.push();
    await bed.over(bed.run, 'success');
    expect(bed.pulls()).toMatchObject([{ title: '[draft] Somebody wrote this', pull: { branch, draft: false } }]);
    expect(bed.replies(3).join()).toContain('takes no drafts');
    expect(await bed.runsOf()).toMatchObject({ pullRequest: { number: bed.pulls()[0]?.number, state: 'open' } });
  });

  it('is a link where there can be none, which the issue says once', async () => {
    const bed = await aRun('app');
    bed.repository.pulls = 'none';
    await bed.push();
    await bed.over(bed.run, 'success');
    await openOfferedRuns(bed.desk);
    expect(bed.pulls()).toEqual([]);
    const told = bed.replies(3).filter((body) => body.includes('there is no pull request'));
    expect(told).toEqual([expect.stringMatching(/takes no pull requests.*\/compare\/main\.\.\.courier\/issue-3/s)]);
    const runs = await bed.runsOf();
    expect([runs?.offer, runs?.pullRequest, runs?.claim]).toEqual([undefined, undefined, undefined]);
    expect(runs?.attempts).toMatchObject([{ outcome: 'pushed', commit: bed.headOf() }]);
    expect(bed.labels()).toEqual([]);
  });
});

describe('a hostile title', () => {
  it.each([
    'Slow\r\n\r\nFixes #99\n\nCo-authored-by: x <x@y.z>',
    'Fixes #99, closes acme/other#3 and GH-98',
    '\u202egnp.exe \u2066x\u2069 \u200b@everybody @acme/admins',
    '<!-- courier:end --><!-- courier:begin --> <!-- courier:finding F-00000001 -->',
    '../../.git/config `id` $(id) --upload-pack=x',
    'x'.repeat(256),
    '\ud83d\ude00'.repeat(128),
  ])('makes one line of a commit and of a pull request that mention and close nothing: %j', async (title) => {
    const bed = await aRun('job');
    bed.issue(3).title = title;
    await bed.push({ issue: { number: 3, title } });
    const [pull = expect.fail('no pull request')] = bed.pulls();
    const [message = ''] = bed.double.commits('acme/shop', branch);
    const subject = message.split('\n')[0] ?? '';
    for (const line of [pull.title, subject]) {
      expect(line).not.toMatch(/[\r\n\u200b\u202e\u2066\u2069]|<!--/);
      expect(line.replace(/`[^`]*`/g, '')).not.toMatch(/(?<!\w)@\w|(?:#|GH-)\d/);
      expect(line.isWellFormed()).toBe(true);
      expect(line.length).toBeLessThanOrEqual(100);
    }
    expect(message).not.toMatch(/^Co-authored-by/im);
    expect(pull.body.match(/<!-- courier:(?:begin|end) -->/g)).toHaveLength(2);
    expect(pull.body).toMatch(/^Fixes #3\n/);
  });
});

describe('a run without a command of its own whose job ends without a word', () => {
  const ordered = async () => {
    const bed = await aBed();
    const order = { id: 'O-aaaaaaaa', issue: 3, cause: { kind: 'chain', issue: 3 }, on: 3, by: 'wanda' } as const;
    const place = { ...bed.desk, github: bed.github, opens: 'app' } as const;
    await orderRun({ ...order, at: '2026-11-21T09:55:00Z', say: safe`A run of the chain.` }, place);
    const [run = expect.fail('nothing was started')] = bed.repository.runs;
    return { ...bed, run, order: order.id, told: () => bed.replies(3) };
  };

  it.each([
    ['cancelled', 'Stopped. The run was cancelled before it was done.'],
    ['failure', '**Failed.** The job or process that worked on it ended without a word.'],
    ['timed_out', '**Failed.** The run took longer than its workflow allows and was ended.'],
  ])('is told of in its comment, once: %s', async (conclusion, text) => {
    const bed = await ordered();
    await bed.begin('a', { run: bed.run, order: bed.order });
    await tendRuns(bed.desk);
    expect(bed.told()).toEqual([expect.stringContaining('A run of the chain.')]);
    await bed.over(bed.run, conclusion);
    expect(bed.told()).toEqual([expect.stringContaining(text)]);
    const writes = bed.writes();
    await tendRuns(bed.desk);
    expect(bed.writes()).toBe(writes);
  });

  it('is told of also where it never began', async () => {
    const bed = await ordered();
    await bed.over(bed.run, 'startup_failure');
    expect(bed.told()).toEqual([expect.stringContaining('The run could not be started')]);
  });

  it('is told of with what it had pushed', async () => {
    const bed = await ordered();
    await bed.begin('a', { run: bed.run, order: bed.order });
    await bed.end('a', 'pushed');
    await bed.over(bed.run, 'cancelled');
    expect(bed.told()).toEqual([expect.stringContaining(`the change is on its branch \`${branch}\``)]);
  });
});
