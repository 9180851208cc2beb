import { afterEach, describe, expect, it } from 'vitest';
import type { GitHubDouble } from '../fakes/github/github.ts';
import { connect } from './github-bed.ts';

const doubles: GitHubDouble[] = [];
afterEach(async () => {
  for (const double of doubles.splice(0)) {
    expect(double.violations).toEqual([]);
    await double.close();
  }
});

async function start() {
  const { github, double } = await connect();
  doubles.push(double);
  const commit = (await github.branches.head('main')) ?? '';
  return { checks: github.checks, commit, act: double.act };
}

describe('the checks of others on a commit', () => {
  it('have not ended where there are none, or one of them works', async () => {
    const { checks, commit, act } = await start();
    expect(await checks.ofOthers(commit, 'courier.yml')).toEqual({ settled: false, failed: [] });
    act.check({ name: 'unit', commit, suite: 1 });
    act.check({ name: 'slow', commit, suite: 2, conclusion: null });
    expect(await checks.ofOthers(commit, 'courier.yml')).toEqual({ settled: false, failed: [] });
  });

  it('have ended once all have, and what failed or took too long is told, not what was cancelled', async () => {
    const { checks, commit, act } = await start();
    for (const [name, conclusion] of [
      ['unit', 'failure'],
      ['slow', 'timed_out'],
      ['fine', 'success'],
      ['gone', 'cancelled'],
    ] as const)
      act.check({ name, commit, suite: 1, conclusion });
    const { settled, failed } = await checks.ofOthers(commit, 'courier.yml');
    expect(settled).toBe(true);
    expect(failed.map(({ name, how }) => [name, how]).toSorted()).toEqual([
      ['slow', 'timed-out'],
      ['unit', 'failed'],
    ]);
  });

  it('are not those of the workflow that asks', async () => {
    const { checks, commit, act } = await start();
    const run = act.startRun({ workflow: 'courier.yml', event: 'workflow_dispatch', login: 'wanda' });
    Object.assign(run, { commit, suite: 9 });
    act.check({ name: 'scan', commit, suite: 9 });
    act.check({ name: 'unit', commit, suite: 1 });
    const { failed } = await checks.ofOthers(commit, 'courier.yml');
    expect(failed.map(({ name }) => name)).toEqual(['unit']);
  });

  it('have remarks, fifty at most', async () => {
    const { checks, commit, act } = await start();
    const { id } = act.check({ name: 'unit', commit, suite: 1 });
    const found = doubles[0]?.repository().checkRuns.find((one) => one.id === id);
    const note = { path: 'src/a.ts', start_line: 3, end_line: 3, annotation_level: 'failure', message: 'Wrong.' };
    Object.assign(found ?? {}, { annotations: Array.from({ length: 60 }, () => note) });
    const notes = await checks.notes(id);
    expect([notes.length, notes[0]]).toEqual([50, { path: 'src/a.ts', line: 3, text: 'Wrong.' }]);
  });
});
