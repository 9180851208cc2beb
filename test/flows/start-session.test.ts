import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Agent } from '../../src/agents/agent.ts';
import { noUsage } from '../../src/agents/usage.ts';
import { Session } from '../../src/sessions/session.ts';
import { type ScriptedScans, startScans } from './scripted-scans.ts';

const report = {
  title: 'A is constant',
  description: 'It never changes.',
  evidence: [{ path: 'src/a.js', quote: 'export const a = 1;' }],
};
const files = {
  'src/a.js': 'export const a = 1;\n',
  '.github/courier.yml': [
    'presets: none',
    'budget: { perDayUsd: 8 }',
    'scans: { flaws: { prompt: Find flaws. }, lies: { prompt: Find lies. } }',
    '',
  ].join('\n'),
};

let bed: ScriptedScans | undefined;
afterEach(async () => bed?.close());

async function aBed(): Promise<ScriptedScans> {
  bed = await startScans({ ...files }, []);
  return bed;
}

/** One that does nothing and is done when it is let go; what it costs is told. */
function anAgent(usd: number | 'unknown' = 0) {
  const { promise: released, resolve: release } = Promise.withResolvers<void>();
  const agent: Agent = {
    tool: 'anthropic',
    async run(task, { sandbox }) {
      await released;
      await sandbox.writeFile(`${sandbox.out}/issues.json`, '[]');
      const spent = {
        iterations: 1,
        usage: noUsage,
        costUsd: usd === 'unknown' ? undefined : usd,
        model: task.model,
        finalText: '',
      };
      return { ending: 'finished', ...spent };
    },
  };
  return { agent, release };
}
/** Of a session that goes on in the background. */
function start(scans: ScriptedScans, agent: Agent, scan: string) {
  const { promise, resolve } = Promise.withResolvers<string>();
  const outcome = scans.run({ agent, began: resolve }, { hours: 0, overrides: { scan: [scan] } });
  // Told before it is on record.
  const began = promise.then(async (id) => {
    await vi.waitFor(() => expect(Object.keys(scans.ledger())).toContain(`sessions/2026-11/${id}.json`), {
      timeout: 280_000,
    });
    return id;
  });
  return { began, outcome };
}

const spendOf = (scans: ScriptedScans): unknown => JSON.parse(scans.ledger()['spend/2026-11.json'] ?? '{}');
const recordOf = (scans: ScriptedScans, id: string) =>
  Session.parse(JSON.parse(scans.ledger()[`sessions/2026-11/${id}.json`] ?? ''));

describe('a session with an agent', () => {
  it('is on record with its reservation while it works, and settles what it cost at its end', async () => {
    const scans = await aBed();
    const { agent, release } = anAgent(0.75);
    const { began, outcome } = start(scans, agent, 'flaws');
    const id = await began;
    expect(recordOf(scans, id)).toMatchObject({
      phase: 'creating',
      reservedUsd: 5,
      runner: { kind: 'process', pid: 1 },
      configuration: { scans: [{ name: 'flaws' }] },
    });
    expect(spendOf(scans)).toEqual({ [id]: { at: recordOf(scans, id).startedAt, usd: 5, settled: false } });
    release();
    expect((await outcome).session).toMatchObject({ id, phase: 'completed', costUsd: 0.75 });
    expect(recordOf(scans, id).phase).toBe('completed');
    expect(spendOf(scans)).toMatchObject({ [id]: { usd: 0.75, settled: true } });
  });

  it('counts its whole reservation where nobody knows what it cost', async () => {
    const scans = await aBed();
    const { agent, release } = anAgent('unknown');
    release();
    const { session } = await start(scans, agent, 'flaws').outcome;
    expect(spendOf(scans)).toMatchObject({ [session.id]: { usd: 5, settled: true } });
  });

  it('is skipped while another is at its scan, and not while that one is at another', async () => {
    const scans = await aBed();
    const first = anAgent();
    const { began, outcome } = start(scans, first.agent, 'flaws');
    const id = await began;
    const second = await start(scans, first.agent, 'flaws').outcome;
    expect(second).toMatchObject({ result: 'skipped', session: { phase: 'cancelled' } });
    expect(second.reasons.join(' ')).toContain(`Scan flaws is under way in session ${id}`);
    expect(recordOf(scans, second.session.id)).toMatchObject({ phase: 'cancelled', result: 'skipped' });
    first.release();
    await outcome;
    expect((await start(scans, first.agent, 'flaws').outcome).result).toBe('complete');
  });

  it('cannot take the last dollar that another takes at the same time', async () => {
    const scans = await aBed();
    const { agent, release } = anAgent(5);
    release();
    const both = await Promise.all([start(scans, agent, 'flaws').outcome, start(scans, agent, 'lies').outcome]);
    const budgets = both.map(({ session }) => session.configuration?.budgetUsd).sort();
    expect(budgets).toEqual([3, 5]);
    expect(both.flatMap(({ session }) => session.notes).join(' ')).toContain('may cost $3.00 instead of $5.00');
    const third = await start(scans, agent, 'flaws').outcome;
    expect(third).toMatchObject({ result: 'skipped', session: { stopReason: 'budget' } });
    expect(third.reasons.join(' ')).toContain('budget.perDayUsd');
  });

  it('begins again with the next day', async () => {
    const scans = await aBed();
    const { agent, release } = anAgent(8);
    release();
    await start(scans, agent, 'flaws').outcome;
    expect((await start(scans, agent, 'flaws').outcome).result).toBe('skipped');
    expect((await scans.run({ agent }, { overrides: { scan: ['flaws'] } })).result).toBe('complete');
  });
});

describe('a session whose process died', () => {
  const isGone = { own: { host: 'here', pid: 2 }, isAlive: () => false };
  const issues = new TextEncoder().encode(
    JSON.stringify([report, { ...report, title: 'B', evidence: [{ path: 'src/a.js', quote: 'no such code' }] }]),
  );

  it('is closed by the next one, with what its agent had reported, and holds nobody up', async () => {
    const scans = await aBed();
    const dead = await start(scans, anAgent().agent, 'flaws').began;
    const { agent, release } = anAgent(1);
    release();
    const next = await scans.run(
      { agent, processes: isGone, salvage: async (id) => (id === dead ? [{ 'issues.json': issues }] : []) },
      { hours: 1, overrides: { scan: ['flaws'] } },
    );
    expect(next.result).toBe('complete');
    expect(recordOf(scans, dead)).toMatchObject({
      phase: 'failed',
      result: 'failed',
      stopReason: 'error',
      raised: [expect.any(String)],
      rejected: [{ title: 'B' }],
    });
    expect(recordOf(scans, dead).reasons.join(' ')).toContain('ended without a word');
    expect(next.findings.map(({ title }) => title)).toEqual(['A is constant']);
    expect(spendOf(scans)).toMatchObject({
      [dead]: { usd: 5, settled: true },
      [next.session.id]: { usd: 1, settled: true },
    });
  });

  it('is taken for dead at its deadline where nobody can tell, and not before', async () => {
    const scans = await aBed();
    const dead = await start(scans, anAgent().agent, 'flaws').began;
    const { agent, release } = anAgent();
    release();
    const elsewhere = { own: { host: 'there', pid: 2 }, isAlive: () => undefined };
    const run = (hours: number) =>
      scans.run({ agent, processes: elsewhere }, { hours, overrides: { scan: ['flaws'] } });
    expect((await run(1)).result).toBe('skipped');
    expect((await run(0.6)).result).toBe('complete');
    expect(recordOf(scans, dead)).toMatchObject({ phase: 'failed', stopReason: 'error' });
  });

  it('loses nothing where it was alive after all: its record stays closed, its findings count', async () => {
    const scans = await aBed();
    const slow = anAgent();
    const agent: Agent = {
      ...slow.agent,
      run: async (task, context) => {
        const result = await slow.agent.run(task, context);
        await context.sandbox.writeFile(`${context.sandbox.out}/issues.json`, JSON.stringify([report]));
        return result;
      },
    };
    const { began, outcome } = start(scans, agent, 'flaws');
    const id = await began;
    const { agent: quick, release } = anAgent();
    release();
    await scans.run({ agent: quick, processes: isGone }, { hours: 1, overrides: { scan: ['flaws'] } });
    slow.release();
    expect((await outcome).findings.map(({ title }) => title)).toEqual(['A is constant']);
    expect(recordOf(scans, id)).toMatchObject({ phase: 'failed', stopReason: 'error' });
    expect(Object.keys(scans.ledger()).filter((path) => path.startsWith('findings/'))).toHaveLength(1);
  });
});
