import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { Session } from '../../src/sessions/session.ts';
import type { StoredRun } from '../fakes/github/state.ts';
import { aBed, agentStep, type Bed, leftOut, sandboxed } from './bed.ts';
import { killWhen } from './killed-step.ts';
import type { Step } from './run-step.ts';
import { temporaryFolder } from './temporary-folder.ts';

const call = (name: string, input: object) => ({ toolUses: [{ name, input }] });
const report = call('report_finding', {
  title: 'Alpha is constant',
  description: 'It never changes.',
  evidence: [{ path: 'src/a.js', quote: 'export const alpha = 1;' }],
});
const finish = call('finish', { summary: 'done' });
const dawdle = call('bash', { command: 'sleep 600', timeoutSeconds: 600 });
const aRepository = (...configuration: string[]) => ({
  'src/a.js': 'export const alpha = 1;\n',
  '.github/courier.yml': ['presets: none', ...configuration, ''].join('\n'),
});

const Spends = z.record(z.string(), z.object({ usd: z.number(), settled: z.boolean() }));
const ledgerOf = ({ github }: Bed) => github.files('acme/shop', 'courier-ledger');
/** All records, oldest first; those of the same second in any order. */
const recordsOf = (bed: Bed): Session[] =>
  Object.entries(ledgerOf(bed)).flatMap(([path, text]) =>
    path.startsWith('sessions/') ? [Session.parse(JSON.parse(text))] : [],
  );
const spendOf = (bed: Bed) =>
  Object.entries(ledgerOf(bed)).flatMap(([path, text]) =>
    path.startsWith('spend/') ? Object.values(Spends.parse(JSON.parse(text))) : [],
  );
const findingsOf = (bed: Bed) =>
  JSON.stringify(Object.entries(ledgerOf(bed)).filter(([path]) => path.startsWith('findings/')));

describe.skipIf(!sandboxed)(`the record of a session in the ledger${leftOut}`, () => {
  it('says completed and complete after an agent that finished', async () => {
    const bed = await aBed(aRepository());
    await bed.run(agentStep(await bed.model([report, finish])));
    const [record] = recordsOf(bed);
    expect(record).toMatchObject({
      phase: 'completed',
      result: 'complete',
      currentIteration: 2,
      maxIterations: 40,
      reservedUsd: 5,
    });
    expect(record).not.toHaveProperty('stopReason');
    expect(spendOf(bed)).toEqual([{ usd: record?.costUsd, settled: true }]);
    expect(bed.github.violations).toEqual([]);
  });

  it('says completed, partial and iterations at the limit of turns', async () => {
    const bed = await aBed(aRepository('issueAgent: { maxIterations: 1 }'));
    await bed.run(agentStep(await bed.model([report, call('bash', { command: 'true' })])));
    expect(recordsOf(bed)).toMatchObject([{ phase: 'completed', result: 'partial', stopReason: 'iterations' }]);
  });

  it('says failed and error where the model takes no call', async () => {
    const bed = await aBed(aRepository());
    const model = await bed.model([finish], 'another-key');
    await bed.run(agentStep({ url: model.url, key: 'wrong-key' }));
    expect(recordsOf(bed)).toMatchObject([{ phase: 'failed', result: 'failed', stopReason: 'error' }]);
    expect(spendOf(bed)).toEqual([{ usd: 0, settled: true }]);
  });

  it('says killed and user after a cancelled job, with what was reported', async () => {
    const bed = await aBed(aRepository());
    const model = await bed.model([report, dawdle]);
    await bed.run({ ...agentStep(model), onSpawn: killWhen(model, 2, 'SIGINT') });
    expect(recordsOf(bed)).toMatchObject([{ phase: 'killed', result: 'partial', stopReason: 'user' }]);
    expect(findingsOf(bed)).toContain('Alpha is constant');
  });

  it('says cancelled and user where the job was cancelled before there was a sandbox', async () => {
    const bed = await aBed(aRepository());
    let child: Parameters<NonNullable<Step['onSpawn']>>[0] | undefined;
    // The commit that puts the session on record is the first of the ledger.
    bed.github.fail({ operation: 'git/create-ref', applied: true, meanwhile: () => void child?.kill('SIGINT') });
    const { outputs } = await bed.run({
      ...agentStep(await bed.model([report, finish])),
      onSpawn: (started) => {
        child = started;
      },
    });
    expect(outputs).toMatchObject({ phase: 'cancelled', result: 'failed' });
    expect(recordsOf(bed)).toMatchObject([{ phase: 'cancelled', stopReason: 'user' }]);
    expect(spendOf(bed)).toEqual([{ usd: 0, settled: true }]);
  });

  it('is closed as killed by the post step of a step that was killed, with what was reported', async () => {
    const bed = await aBed(aRepository());
    const model = await bed.model([report, dawdle]);
    const { runnerTemp } = await bed.run({ ...agentStep(model), onSpawn: killWhen(model, 2, 'SIGKILL') });
    expect(recordsOf(bed)).toMatchObject([{ phase: 'creating' }]);
    const { log } = await bed.run({ ...agentStep(model), runnerTemp, post: true });
    expect(log).toMatch(/Session S\S+ is closed as killed\..*One finding .* salvaged/);
    expect(recordsOf(bed)).toMatchObject([{ phase: 'killed', result: 'partial', stopReason: 'error' }]);
    expect(findingsOf(bed)).toContain('Alpha is constant');
    expect(spendOf(bed)).toMatchObject([{ settled: true }]);
    // The next session files it, and closes nothing that is closed.
    const next = await bed.run(agentStep(await bed.model([report, finish])));
    expect(next.outputs).toMatchObject({ result: 'complete', created: '1' });
    expect(
      recordsOf(bed)
        .map(({ phase }) => phase)
        .sort(),
    ).toEqual(['completed', 'killed']);
  });
});

it.skipIf(!sandboxed)(
  `a step that publishes nothing and is killed has named its session and the folder with its files${leftOut}`,
  async () => {
    const bed = await aBed(aRepository());
    const model = await bed.model([report, dawdle]);
    const step = { ...agentStep(model, { publish: 'none' }), runnerTemp: temporaryFolder('runner') };
    const folder = path.join(step.runnerTemp, 'courier/session');
    const kept = ['checkpoint.json', 'events.ndjson', 'transcript.ndjson'];
    const and = () => kept.every((name) => existsSync(path.join(folder, name)));
    const killed = await bed.run({ ...step, onSpawn: killWhen(model, 2, 'SIGKILL', { and }) });
    expect(killed.outputs).toEqual({ 'session-id': expect.stringMatching(/^S\d{8}-/), 'session-path': folder });
    expect(readdirSync(folder)).toEqual(expect.arrayContaining(kept));
    // It has no record that could be closed.
    const { code, log } = await bed.run({ ...step, post: true });
    expect([code, log]).toEqual([0, expect.not.stringContaining('is closed as')]);
    expect(ledgerOf(bed)).toEqual({});
  },
);

describe.skipIf(!sandboxed)(`a session that may not begin${leftOut}`, () => {
  it('is skipped with the reason while another is at the same scan', async () => {
    const bed = await aBed(aRepository());
    const busy = await bed.model([report, dawdle]);
    const { promise: working, resolve } = Promise.withResolvers<void>();
    const first = bed.run({
      ...agentStep(busy),
      onSpawn: (child) => {
        void working.then(() => child.kill('SIGINT'));
      },
    });
    await expect.poll(() => busy.requests.length).toBe(2);
    const model = await bed.model([report, finish]);
    const second = await bed.run(agentStep(model));
    resolve();
    await first;
    expect(second.outputs).toMatchObject({ result: 'skipped', phase: 'cancelled', findings: '0' });
    expect(second.code).toBe(0);
    expect(second.log).toMatch(/::notice::Skipped\. Scan prompt is under way in session S/);
    expect(second.summary).toContain('nothing was examined');
    expect(model.requests).toEqual([]);
    expect(recordsOf(bed).find(({ id }) => id === second.outputs['session-id'])).toMatchObject({
      phase: 'cancelled',
      result: 'skipped',
      reasons: [expect.stringContaining('one session per scan at a time')],
    });
  });

  it('is skipped with the reason where the budget of the day is used up', async () => {
    const bed = await aBed(aRepository('budget: { perDayUsd: 0.3 }'));
    const model = await bed.model([report, finish]);
    const { outputs, log } = await bed.run({ ...agentStep(model), event: { name: 'workflow_dispatch' } });
    expect(outputs).toMatchObject({ result: 'skipped', phase: 'cancelled' });
    expect(log).toMatch(/::warning::Skipped\. Of the \$0\.30 that budget\.perDayUsd allows/);
    expect(model.requests).toEqual([]);
    expect(recordsOf(bed)).toMatchObject([{ result: 'skipped', stopReason: 'budget' }]);
    expect(spendOf(bed)).toEqual([]);
  });
});

describe.skipIf(!sandboxed)(`a session whose runner died${leftOut}`, () => {
  it('is found by the next one on the same machine, which files what its agent had reported', async () => {
    const bed = await aBed(aRepository());
    const lost = await bed.model([report, dawdle]);
    const { runnerTemp } = await bed.run({ ...agentStep(lost), onSpawn: killWhen(lost, 2, 'SIGKILL') });
    const next = await bed.run({ ...agentStep(await bed.model([finish])), runnerTemp });
    expect(next.log).toMatch(/::warning::Session S\S+ did not end by itself/);
    expect(next.outputs).toMatchObject({ result: 'complete', created: '1' });
    const records = recordsOf(bed);
    expect(records.find(({ id }) => id !== next.outputs['session-id'])).toMatchObject({
      phase: 'failed',
      result: 'failed',
      stopReason: 'error',
      raised: [expect.stringMatching(/^F-/)],
    });
    expect(spendOf(bed).every(({ settled }) => settled)).toBe(true);
  });

  it("is found by the next one when its workflow run is over, and is in nobody's way", async () => {
    const bed = await aBed(aRepository());
    const lost = await bed.model([report, dawdle]);
    const inRun = (id: number) => ({ GITHUB_RUN_ID: String(id), GITHUB_RUN_ATTEMPT: '1' });
    const first = agentStep(lost);
    await bed.run({ ...first, env: { ...first.env, ...inRun(77) }, onSpawn: killWhen(lost, 2, 'SIGKILL') });
    const run = aRun(77);
    bed.github.repository().runs.push(run);
    const again = async (id: number) => {
      const step = agentStep(await bed.model([report, finish]));
      return bed.run({ ...step, env: { ...step.env, ...inRun(id) } });
    };
    expect((await again(78)).outputs).toMatchObject({ result: 'skipped' });
    run.status = 'completed';
    expect((await again(79)).outputs).toMatchObject({ result: 'complete', created: '1' });
    expect(
      recordsOf(bed)
        .map(({ phase }) => phase)
        .sort(),
    ).toEqual(['cancelled', 'completed', 'failed']);
    expect(bed.github.violations).toEqual([]);
  });
});

function aRun(id: number): StoredRun {
  const actor = { login: 'octocat', type: 'User' } as const;
  const at = new Date().toISOString();
  return {
    ...{ id, workflow: 'courier.yml', event: 'schedule', branch: 'main', commit: 'a'.repeat(40), inputs: {} },
    ...{ status: 'in_progress', conclusion: null, attempt: 1, actor, attemptBy: actor, createdAt: at, updatedAt: at },
  };
}
