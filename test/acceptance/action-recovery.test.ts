import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Fault, secondaryLimit } from '../fakes/github/faults.ts';
import { aBed, agentStep, leftOut, sandboxed } from './bed.ts';
import { checked, expectSettled } from './complaints.ts';
import { aLongTime, expectNothingLeft, killWhen } from './killed-step.ts';
import type { Step } from './run-step.ts';

// A sample: each write and each trouble is tried in test/flows/publish-faults.test.ts, and in any mixture, with the bundle, by `npm run soak`.
describe('GitHub that fails in the middle', () => {
  it.each<[string, Fault]>([
    ['502 after it was made', { operation: 'issues/create', status: 502, after: 1, applied: true }],
    ['the answer lost each time', { operation: 'issues/create', applied: true, times: 2 }],
    ['a secondary limit', { operation: 'issues/create', ...secondaryLimit(1), after: 2 }],
    ['a limit beyond the time of the job', { operation: 'issues/create', ...secondaryLimit(3600, 429), after: 2 }],
    [
      '403 in the middle',
      { operation: 'issues/create', status: 403, message: 'Resource not accessible by integration' },
    ],
    ['a label that cannot be made', { operation: 'issues/create-label', status: 500, times: 9 }],
    ['the ledger moved, its answer lost', { operation: 'git/update-ref', applied: true }],
    ['the first ledger written, its answer lost', { operation: 'git/create-ref', applied: true }],
    ['the list of issues unreadable', { operation: 'issues/list-for-repo', status: 503, times: 9, after: 1 }],
  ])('ends with one issue for each finding when the step is run again: %s', async (_what, fault) => {
    const bed = await aBed(checked);
    bed.github.fail(fault);
    const first = await bed.run();
    if (first.code !== 0) expect(first.log).toMatch(/^::error::/m);
    expect(first.log).not.toMatch(/unexpectedly/);
    // Some troubles last for more than one run.
    let again = await bed.run();
    for (let runs = 2; again.code !== 0 && runs < 5; runs++) again = await bed.run();
    expect(again.outputs.result).toBe('complete');
    await expectSettled(bed);
  });
});

const call = (name: string, input: object) => ({ toolUses: [{ name, input }] });
const report = call('report_finding', {
  title: 'Alpha is constant',
  description: 'It never changes.',
  evidence: [{ path: 'src/a.js', quote: 'export const alpha = 1;' }],
});

describe.skipIf(!sandboxed)(`a step that is killed${leftOut}`, () => {
  const files = { ...checked, '.github/courier.yml': 'presets: none\n' };
  const daemons = (mark: string) =>
    call('bash', {
      command: `(setsid nohup sleep ${mark} >/dev/null 2>&1 &); (trap '' TERM INT HUP; sleep ${mark} & disown); echo started`,
    });

  it.each(['SIGINT', 'SIGTERM'] as const)(
    'keeps what was reported on %s, and ends what the agent started',
    async (signal) => {
      const bed = await aBed(files);
      const mark = aLongTime();
      const model = await bed.model([
        report,
        daemons(mark),
        call('bash', { command: `trap '' TERM INT; sleep ${mark}` }),
      ]);
      const step = { ...agentStep(model), onSpawn: killWhen(model, 3, signal) };
      const { code, outputs, runnerTemp } = await bed.run(step);
      expect(code).toBe(0);
      expect(outputs).toMatchObject({ result: 'partial', phase: 'killed', findings: '1' });
      expect(readFileSync(path.join(outputs['session-path'] ?? '', 'session.json'), 'utf8')).toContain(
        'Alpha is constant',
      );
      await expectNothingLeft(mark, runnerTemp);
    },
  );

  it('leaves no process and no sandbox on SIGKILL once the post step ran, which keeps what was reported', async () => {
    const bed = await aBed(files);
    const mark = aLongTime();
    const model = await bed.model([
      report,
      daemons(mark),
      call('bash', { command: `trap '' TERM INT; sleep ${mark}` }),
    ]);
    const { code, runnerTemp } = await bed.run({ ...agentStep(model), onSpawn: killWhen(model, 3, 'SIGKILL') });
    expect(code).toBeNull();
    const post = await bed.run({ runnerTemp, post: true });
    expect(post.code).toBe(0);
    expect(post.log).toMatch(/::warning::.*1 sandbox removed/);
    const kept = /kept, unread: (.*issues\.json)/.exec(post.log)?.[1];
    expect(readFileSync(kept ?? '', 'utf8')).toContain('Alpha is constant');
    await expectNothingLeft(mark, runnerTemp);
  });

  it('ends what the agent left running when it finished', async () => {
    const bed = await aBed(files);
    const mark = aLongTime();
    const model = await bed.model([report, daemons(mark), call('finish', { summary: 'done' })]);
    const { outputs, runnerTemp } = await bed.run(agentStep(model));
    expect(outputs).toMatchObject({ result: 'complete', created: '1' });
    await expectNothingLeft(mark, runnerTemp);
  });

  it('files after a kill between two issues what is missing, and nothing twice', async () => {
    const bed = await aBed(checked);
    let child: Parameters<NonNullable<Step['onSpawn']>>[0] | undefined;
    bed.github.fail({
      operation: 'issues/create',
      after: 1,
      applied: true,
      meanwhile: () => void child?.kill('SIGKILL'),
    });
    const { code } = await bed.run({
      onSpawn: (started) => {
        child = started;
      },
    });
    expect(code).toBeNull();
    expect(bed.github.repository().issues).toHaveLength(2);
    expect((await bed.run()).outputs).toMatchObject({ result: 'complete' });
    await expectSettled(bed);
  });
});
