import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { startAnthropic } from '../fakes/anthropic/start-anthropic.ts';
import { createFakeSandbox } from '../fakes/sandbox.ts';
import { bash, finish, report, runScripted } from './scripted-session.ts';

const sandbox = () => createFakeSandbox({ commands: { ls: { stdout: 'src\n' } } });
const lastTexts = (content: unknown) =>
  (Array.isArray(content) ? content : []).flatMap((block) => (block.type === 'text' ? [block.text] : []));

describe('the limit of iterations', () => {
  it('gives exactly one turn to wrap up, asked for beside the last tool results', async () => {
    const {
      result,
      api,
      issues,
      sandbox: used,
    } = await runScripted(() => ({ ...report(), text: 'And on.' }), {
      task: { maxIterations: 3 },
      sandbox: sandbox(),
    });
    expect(result).toMatchObject({ ending: 'limited', stopReason: 'iterations', iterations: 3 });
    expect(api.requests).toHaveLength(4);
    expect(api.refused).toEqual([]);
    const last = api.requests[3]?.body.messages.at(-1)?.content;
    expect(last).toMatchObject([{ type: 'tool_result' }, { type: 'text' }]);
    expect(lastTexts(last)[0]).toMatch(/^The number of turns of this session is used up: this is your last turn/);
    expect(issues).toHaveLength(4);
    expect(used.commands).toEqual([]);
  });

  it('does not run commands in that turn, and stays limited though finish is called', async () => {
    const used = sandbox();
    const { result, issues } = await runScripted(
      [bash('ls'), { toolUses: [...(bash('ls').toolUses ?? []), ...(finish().toolUses ?? [])] }],
      { task: { maxIterations: 1 }, sandbox: used },
    );
    expect(used.commands).toEqual(['ls']);
    expect(result).toMatchObject({ ending: 'limited', stopReason: 'iterations', finalText: 'Looked at all of it.' });
    expect(issues).toBeUndefined();
  });

  it('ends limited, with a word about it, when the turn to wrap up fails', async () => {
    const { result, events } = await runScripted([bash('ls'), { error: { status: 400, message: 'no' } }], {
      task: { maxIterations: 1 },
      sandbox: sandbox(),
    });
    expect(result).toMatchObject({ ending: 'limited', stopReason: 'iterations' });
    expect(events).toContainEqual({ type: 'notice', text: expect.stringContaining('wrap up failed') });
  });
});

describe('the budget', () => {
  it('is never exceeded, whatever each turn costs, and leaves a turn to wrap up', async () => {
    for (const budgetUsd of [0.5, 0.75, 1, 2]) {
      // Each turn writes as much as it may.
      const { result, api } = await runScripted((request) => ({ ...bash('ls'), outputTokens: request.max_tokens }), {
        task: { budgetUsd, maxIterations: 1000 },
        sandbox: sandbox(),
      });
      expect(result).toMatchObject({ ending: 'limited', stopReason: 'budget' });
      expect(result.costUsd).toBeLessThanOrEqual(budgetUsd);
      expect(result.costUsd).toBeGreaterThan(budgetUsd * 0.6);
      expect(lastTexts(api.requests.at(-1)?.body.messages.at(-1)?.content)[0]).toContain('budget');
    }
  });

  it('that does not even allow a first turn ends the session before it', async () => {
    const { result, api } = await runScripted([finish()], { task: { budgetUsd: 0.01 } });
    expect(result).toMatchObject({ ending: 'limited', stopReason: 'budget', costUsd: 0 });
    expect(api.requests).toEqual([]);
  });

  it('counts what a broken stream had used', async () => {
    const whole = await runScripted([finish()]);
    const broken = await runScripted([{ ...finish(), breakAfterEvents: 3 }, finish()]);
    expect(broken.result.usage.outputTokens).toBe(whole.result.usage.outputTokens + 1);
    expect(broken.result.costUsd).toBeGreaterThan(whole.result.costUsd ?? 0);
  });

  it('is one in tokens for a model without a price, which is said', async () => {
    const run = (budgetUsd: number) =>
      runScripted([bash('true'), bash('true'), bash('true'), finish()], {
        task: { model: 'claude-mythos-preview', budgetUsd },
      });
    const { result, events } = await run(5);
    expect(result).toMatchObject({ ending: 'finished', costUsd: undefined, iterations: 4 });
    expect(events).toContainEqual({
      type: 'notice',
      text: 'The price of claude-mythos-preview is not known: against the budget a million of its tokens count as $5 read, $0.50 read from the cache and $25 written.',
    });
    const poor = (await run(0.5)).result;
    expect(poor).toMatchObject({ ending: 'limited', stopReason: 'budget', costUsd: undefined });
    expect(poor.iterations).toBeLessThan(4);
  });
});

describe('the time', () => {
  // The test moves the time, and nothing else does: what takes long on a slow machine reaches no limit.
  let passed = 0;
  const clock = { now: () => passed };
  const pass = async (milliseconds: number) => {
    passed += milliseconds;
    await vi.advanceTimersByTimeAsync(milliseconds);
  };
  beforeEach(() => {
    passed = 0;
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('stops a command when the time for work is over, and gives one turn to wrap up', async () => {
    const used = createFakeSandbox({ commands: { forever: { takesMs: 3_600_000 } } });
    const running = runScripted([bash('forever', { timeoutSeconds: 600 }), report(), finish()], {
      task: { timeoutMs: 500_000 },
      sandbox: used,
      clock,
    });
    while (used.running() === 0) await sleep(10);
    await pass(399_999);
    expect(used.running()).toBe(1);
    await pass(1);
    const { result, api, issues } = await running;
    expect(result).toMatchObject({ ending: 'limited', stopReason: 'timeout' });
    expect(api.requests).toHaveLength(2);
    expect(issues).toHaveLength(1);
  });

  it('ends a turn that does not end by itself', async () => {
    const api = await startAnthropic({ script: [{ text: 'Hm', stallAfterEvents: 2 }] });
    onTestFinished(() => api.close());
    const running = runScripted([], { api, clock, task: { timeoutMs: 60_000 } });
    while (api.open() === 0) await sleep(10);
    await pass(60_000);
    const { result } = await running;
    expect(result).toMatchObject({ ending: 'limited', stopReason: 'timeout' });
  });
});

describe('a stop', () => {
  it('ends the session at once, also during a command, which is killed', async () => {
    const used = createFakeSandbox({ commands: { forever: { takesMs: 3_600_000 } } });
    const stop = new AbortController();
    const running = runScripted([report(), bash('forever', { timeoutSeconds: 600 })], {
      sandbox: used,
      signal: stop.signal,
    });
    while (used.running() === 0) await sleep(10);
    stop.abort();
    const { result, issues } = await running;
    expect(result).toMatchObject({ ending: 'aborted', stopReason: 'user' });
    expect(used.running()).toBe(0);
    expect(issues).toHaveLength(1);
  });

  it('ends it also in the middle of a reply, and before the first', async () => {
    const stop = new AbortController();
    const api = await startAnthropic({ script: [{ text: 'Hm', stallAfterEvents: 2 }] });
    onTestFinished(() => api.close());
    const running = runScripted([], { api, signal: stop.signal });
    while (api.open() === 0) await sleep(10);
    stop.abort();
    expect((await running).result).toMatchObject({ ending: 'aborted', stopReason: 'user' });
    const before = await runScripted([finish()], { signal: AbortSignal.abort() });
    expect(before.result).toMatchObject({ ending: 'aborted', stopReason: 'user' });
    expect(before.api.requests).toEqual([]);
  });
});
