import { describe, expect, it } from 'vitest';
import type { AgentTask, RunContext } from '../../src/agents/agent.ts';
import type { HandedOver } from '../../src/agents/journal.ts';
import { noUsage } from '../../src/agents/usage.ts';
import { parseConfig } from '../../src/config/parse-config.ts';
import { runAgentScans } from '../../src/flows/run-agent-scans.ts';
import { noDesk } from '../../src/flows/session-desk.ts';
import type { Sandbox, SandboxSetup, SandboxSpec } from '../../src/sandboxes/sandbox.ts';
import { resolveSettings } from '../../src/sessions/settings.ts';
import { createFakeProvider } from '../fakes/sandbox.ts';
import { somePorts } from './ports.ts';

const yaml = 'timeoutMs: 600000, setup: npm ci, network: { allow: [registry.test] }';
const trigger = { name: 'schedule', actor: undefined, ref: undefined, pullRequest: undefined };

/** Runs one scan whose agent does nothing; setting it up takes `takesMs` by the clock. */
async function scanOnce(
  exitCode: number,
  {
    takesMs = 0,
    pullRequest = false,
    keepSetup = true,
    handOver = async () => [],
    said = [],
  }: {
    takesMs?: number;
    pullRequest?: boolean;
    keepSetup?: boolean;
    said?: string[];
    handOver?: (sandbox: Sandbox) => Promise<HandedOver[]>;
  } = {},
) {
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
    run: async (task: AgentTask, { sandbox }: RunContext) => {
      tasks.push(task);
      const handedOver = await handOver(sandbox);
      const spent = { iterations: 1, usage: noUsage, costUsd: 0, model: 'm', finalText: '' };
      return { ending: 'finished', ...spent, handedOver, notes: said } as const;
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
      desk: noDesk,
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

describe('what an agent handed over', () => {
  const told: HandedOver[] = ['One', 'Two'].map((title, index) => ({
    file: 'issues.json',
    line: { id: `r${index + 1}`, title, description: `${title} is wrong.` },
  }));
  const titlesAfter = async (handOver: (sandbox: Sandbox) => Promise<HandedOver[]>) => {
    const { results } = await scanOnce(0, { handOver });
    return results[0]?.claims.map(({ candidate }) => candidate.title);
  };

  it('is not lost with its sandbox', async () => {
    const titles = await titlesAfter(async (sandbox) => {
      await sandbox.kill();
      return told;
    });
    expect(titles).toEqual(['One', 'Two']);
  });

  it('is not lost to a command that changes the file', async () => {
    const titles = await titlesAfter(async (sandbox) => {
      await sandbox.writeFile(`${sandbox.out}/issues.json`, '{"id":"r1","title":"On');
      return told;
    });
    expect(titles).toEqual(['One', 'Two']);
  });

  it('is read from the sandbox where only that has it', async () => {
    const titles = await titlesAfter(async (sandbox) => {
      await sandbox.writeFile(`${sandbox.out}/issues.json`, JSON.stringify(told.map(({ line }) => line)));
      return [];
    });
    expect(titles).toEqual(['One', 'Two']);
  });
});

it('an agent gets the limits of the configuration', async () => {
  const [task] = (await scanOnce(0)).tasks;
  expect(task).toMatchObject({ stallMs: 600_000, inactivityMs: 86_400_000 });
});

it('what an agent says about its session goes on record, with the model that answered', async () => {
  const said = ['claude-opus-5-5 refused to go on. claude-opus-4-8 went on in its place.'];
  const { results } = await scanOnce(0, { said });
  expect(results[0]?.notes).toEqual([`Scan prompt: ${said[0]}`]);
  expect(results[0]?.record.model).toBe('m');
});
