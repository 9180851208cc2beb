import { describe, expect, it } from 'vitest';
import { createPurse } from '../../src/agents/purse.ts';
import { toAgentRecord } from '../../src/sessions/agent-part.ts';
import { judgeSession } from '../../src/sessions/judge-session.ts';
import { stopReasons } from '../../src/sessions/phases.ts';
import { startAnthropic } from '../fakes/anthropic/start-anthropic.ts';
import { createFakeSandbox } from '../fakes/sandbox.ts';
import { aJournal, bash, finish, report, runScripted, type ScriptedSession } from './scripted-session.ts';

const sandbox = () =>
  createFakeSandbox({ commands: { ls: { stdout: 'src\n' }, slow: { takesMs: 150, stdout: 'done\n' } } });
const refusal = { stopReason: 'refusal', stopDetails: { category: 'cyber', explanation: 'No.' } } as const;

/** A sandbox in which somebody asks for rest while the command `slow` runs. */
function restingSandbox() {
  const stop = new AbortController();
  const slow = () => {
    stop.abort();
    return { takesMs: 50, stdout: 'done\n' };
  };
  return { stop: stop.signal, sandbox: createFakeSandbox({ commands: { slow } }) };
}

/** What makes each of them happen. */
const causes: Record<(typeof stopReasons)[number], () => Promise<ScriptedSession>> = {
  user: () => runScripted([bash('slow'), finish()], restingSandbox()),
  async inactivity() {
    const journal = aJournal();
    const ask = { toolUses: [{ name: 'ask_question', input: { question: 'Which?', blocking: true } }] };
    const task = { questions: 'block', inactivityMs: 1000 } as const;
    await runScripted([ask], { task, journal, clock: { now: () => 1000 } });
    const resume = { from: 'journal', entries: journal.entries, sandbox: 'fresh' } as const;
    return runScripted([], { task, resume, clock: { now: () => 3000 } });
  },
  stall: () => runScripted([{ text: 'Hm', stallAfterEvents: 2, pingEveryMs: 20 }], { task: { stallMs: 200 } }),
  timeout: () => runScripted(() => bash('slow'), { task: { timeoutMs: 600 }, sandbox: sandbox() }),
  budget: () =>
    runScripted((request) => ({ ...bash('ls'), outputTokens: request.max_tokens }), {
      task: { budgetUsd: 0.5 },
      sandbox: sandbox(),
    }),
  iterations: () => runScripted(() => bash('ls'), { task: { maxIterations: 2 }, sandbox: sandbox() }),
  waiting_input: () =>
    runScripted([{ toolUses: [{ name: 'ask_question', input: { question: 'Which?', blocking: true } }] }], {
      task: { questions: 'block' },
    }),
  refusal: () => runScripted([refusal, refusal]),
  error: () => runScripted([{ error: { status: 401, type: 'authentication_error' } }]),
};

describe('each reason to stop', () => {
  it.each(stopReasons)('has a real cause: %s', async (reason) => {
    const { result } = await causes[reason]();
    const record = toAgentRecord(
      { name: 'security', prompt: 'Look.' },
      { tool: 'anthropic', maxIterations: 40 },
      { result, outcome: 'no-json' },
    );
    const { stopReason, result: judged } = judgeSession([{ ...record, salvaged: 0 }], []);
    expect(stopReason).toBe(reason);
    expect(judged).not.toBe('complete');
  });
});

describe('a request to rest', () => {
  it('lets the commands that run come to their end and keeps what they said', async () => {
    const journal = aJournal();
    const { result, api } = await runScripted([bash('slow'), finish()], { journal, ...restingSandbox() });
    expect(result).toMatchObject({ ending: 'stopped', stopReason: 'user' });
    expect(api.requests).toHaveLength(1);
    const resume = { from: 'journal', entries: [...journal.entries], sandbox: 'kept' } as const;
    const script = [{ toolUses: [{ id: 'toolu_last', name: 'finish', input: {} }] }];
    const later = await runScripted(script, { resume });
    expect(later.result).toMatchObject({ ending: 'finished', iterations: 2 });
    expect(later.api.requests[0]?.body.messages.at(-1)?.content).toMatchObject([{ content: 'exit code 0\ndone\n' }]);
  });

  it('during a reply runs no more commands of it, but takes what it reports', async () => {
    const used = sandbox();
    const stop = new AbortController();
    const { result, issues } = await runScripted(
      [{ text: 'Both.', toolUses: [...(report().toolUses ?? []), ...(bash('ls').toolUses ?? [])] }],
      { sandbox: used, stop: stop.signal, onEvent: ({ type }) => void (type === 'message' && stop.abort()) },
    );
    expect(result).toMatchObject({ ending: 'stopped', stopReason: 'user' });
    expect(issues).toHaveLength(1);
    expect(used.commands).toEqual([]);
  });

  it('before the first turn costs nothing', async () => {
    const { result, api } = await runScripted([finish()], { stop: AbortSignal.abort() });
    expect(result).toMatchObject({ ending: 'stopped', stopReason: 'user', costUsd: 0 });
    expect(api.requests).toEqual([]);
  });
});

describe('agents that share a purse', () => {
  it('never spend more together than there is, however many work side by side', async () => {
    for (const [agents, limitUsd] of [[2, 1] as const, [5, 2] as const, [8, 1.5] as const]) {
      const spend = createPurse(limitUsd);
      const api = await startAnthropic({
        script: (request) => ({ ...bash('ls'), outputTokens: request.max_tokens, delayMs: 5 }),
      });
      const runs = Array.from({ length: agents }, () =>
        runScripted([], { api, spend, sandbox: sandbox(), task: { maxIterations: 1000, budgetUsd: 100 } }),
      );
      const results = (await Promise.all(runs)).map(({ result }) => result);
      await api.close();
      expect(results.every((result) => 'stopReason' in result && result.stopReason === 'budget')).toBe(true);
      const sum = results.reduce((total, { costUsd = 0 }) => total + costUsd, 0);
      expect(sum).toBeCloseTo(spend.spentUsd(), 9);
      expect(sum).toBeLessThanOrEqual(limitUsd);
      expect(sum).toBeGreaterThan(limitUsd * 0.5);
    }
  });

  it('count also what broken replies cost, and try again only with what is left', async () => {
    // It breaks when all but the end was said, and paid for.
    const { result, api } = await runScripted(
      (request, index) => ({
        ...bash('ls'),
        outputTokens: request.max_tokens,
        ...(index % 2 === 0 ? { breakAfterEvents: 9 } : {}),
      }),
      { task: { budgetUsd: 1, maxIterations: 1000 }, sandbox: sandbox() },
    );
    expect(result).toMatchObject({ ending: 'limited', stopReason: 'budget' });
    expect(result.usage.outputTokens).toBeGreaterThan(30_000);
    expect(result.costUsd).toBeLessThanOrEqual(1);
    expect(api.refused).toEqual([]);
  });
});
