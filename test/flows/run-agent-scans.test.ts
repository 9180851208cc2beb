import { describe, expect, it } from 'vitest';
import type { AgentTask } from '../../src/agents/agent.ts';
import { noUsage } from '../../src/agents/usage.ts';
import { parseConfig } from '../../src/config/parse-config.ts';
import { runAgentScans } from '../../src/flows/run-agent-scans.ts';
import type { SandboxSetup, SandboxSpec } from '../../src/sandboxes/sandbox.ts';
import { resolveSettings } from '../../src/sessions/settings.ts';
import { createFakeProvider } from '../fakes/sandbox.ts';
import { somePorts } from './ports.ts';

const yaml = 'timeoutMs: 600000, setup: npm ci, network: { allow: [registry.test] }';
const trigger = { name: 'schedule', actor: undefined, ref: undefined, pullRequest: undefined };

/** Runs one scan whose agent does nothing; setting it up takes `takesMs` by the clock. */
async function scanOnce(exitCode: number, { takesMs = 0, pullRequest = false, keepSetup = true } = {}) {
  const tasks: AgentTask[] = [];
  const setups: (SandboxSetup | undefined)[] = [];
  let now = 0;
  const provider = createFakeProvider(() => ({ 'npm ci': { exitCode, stderr: 'no such lock' } }));
  const sandboxes = {
    ...provider,
    create: async (spec: SandboxSpec) => {
      setups.push(spec.setup);
      now += takesMs;
      return provider.create(spec);
    },
  };
  const agent = {
    tool: 'anthropic',
    run: async (task: AgentTask) => {
      tasks.push(task);
      const spent = { iterations: 1, usage: noUsage, costUsd: 0, model: 'm', finalText: '' };
      return { ending: 'finished', ...spent } as const;
    },
  };
  const settings = resolveSettings(
    parseConfig(`sandbox: { ${yaml}, keepSetup: ${keepSetup} }`, '.github/courier.yml'),
    { prompt: 'x' },
    { hasModelKey: true, strict: true },
  );
  const results = await runAgentScans(
    {
      session: 'S-test',
      settings,
      known: [],
      scanned: { files: new Set(), readText: async () => undefined, renames: [] },
      trigger: pullRequest
        ? { ...trigger, pullRequest: { number: 1, baseRef: 'main', baseCommit: 'a', fork: false } }
        : trigger,
      signal: new AbortController().signal,
      onEvent: () => {},
    },
    { ...somePorts({ sandboxes, clock: { now: () => now } }), agent },
  );
  return { results, tasks, setups };
}

describe('the setup of an agent’s sandbox', () => {
  it('tells the agent and the session that it failed, and goes on', async () => {
    const { results, tasks } = await scanOnce(3);
    expect(tasks[0]?.setupProblem).toContain('ended with 3: no such lock.');
    expect(results[0]?.notes.join()).toContain('ended with 3: no such lock.');
    expect(results[0]?.record.ending).toBe('finished');
  });

  it('says nothing where it went well', async () => {
    const { results, tasks } = await scanOnce(0);
    expect([tasks[0]?.setupProblem, results[0]?.notes]).toEqual([undefined, []]);
  });

  it('takes its time from the session', async () => {
    expect((await scanOnce(0, { takesMs: 200_000 })).tasks[0]?.timeoutMs).toBe(400_000);
  });

  it('keeps what it makes, but nothing of a pull request', async () => {
    expect((await scanOnce(0)).setups).toMatchObject([{ hosts: ['registry.test'], timeoutMs: 600_000, keep: true }]);
    expect((await scanOnce(0, { pullRequest: true })).setups).toMatchObject([{ keep: false }]);
    expect((await scanOnce(0, { keepSetup: false })).setups).toMatchObject([{ keep: false, fresh: true }]);
  });
});
