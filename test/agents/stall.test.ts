import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { AgentEvent } from '../../src/agents/agent.ts';
import { watchForStall } from '../../src/agents/watch-stall.ts';
import { type AnthropicDouble, startAnthropic } from '../fakes/anthropic/start-anthropic.ts';
import { createFakeSandbox } from '../fakes/sandbox.ts';
import { bash, finish, report, runScripted, type ScriptedSession } from './scripted-session.ts';

/** So many requests have come. */
async function asked(api: AnthropicDouble, requests: number): Promise<void> {
  while (api.requests.length < requests) await sleep(10);
}

/**
 * A session of which the first answers fall silent, so many of them: the time in which nothing comes passes only where one of these is under way,
 * so that no other one is taken for silent.
 */
async function runInSilence(api: AnthropicDouble, silent: number): Promise<ScriptedSession> {
  let [given, over] = [0, false];
  const hear = ({ type }: AgentEvent) => {
    if (type === 'retry') given += 1;
  };
  const running = runScripted([], { api, onEvent: hear, task: { timeoutMs: 86_400_000 } }).finally(() => {
    over = true;
  });
  while (!over && given < silent) {
    if (api.requests.length > given && api.open() > 0) await vi.advanceTimersByTimeAsync(90_000);
    await sleep(10);
  }
  return running;
}

describe('a session in which nothing happens any more', () => {
  // Time goes on by itself, and the test moves it ahead: however slow the machine is, nothing but that reaches a limit of minutes.
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'], shouldAdvanceTime: true });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('is stopped, though the service says that it is alive, and keeps what was reported', async () => {
    const api = await startAnthropic({ script: [report(), { text: 'Hm', stallAfterEvents: 2, pingEveryMs: 20 }] });
    onTestFinished(() => api.close());
    const running = runScripted([], { api, task: { stallMs: 80_000 } });
    await asked(api, 2);
    await vi.advanceTimersByTimeAsync(50_000);
    // What the service says in this time winds nothing.
    await sleep(300);
    await vi.advanceTimersByTimeAsync(50_000);
    const { result, issues, events } = await running;
    expect(result).toMatchObject({ ending: 'stopped', stopReason: 'stall' });
    expect(events).toContainEqual({ type: 'notice', text: expect.stringContaining('Nothing happened for') });
    expect(issues).toHaveLength(1);
    await expect.poll(() => api.open()).toBe(0);
  });

  it('is stopped where the service falls silent in each of its tries', async () => {
    const api = await startAnthropic({ script: () => ({ text: 'Hm', stallAfterEvents: 2 }) });
    onTestFinished(() => api.close());
    const { result } = await runInSilence(api, 5);
    expect(result).toMatchObject({ ending: 'stopped', stopReason: 'stall' });
    expect(api.requests).toHaveLength(5);
  });

  it('goes on where one answer fell silent and the next one does not', async () => {
    const api = await startAnthropic({ script: [{ text: 'Hm', stallAfterEvents: 4 }, finish()] });
    onTestFinished(() => api.close());
    const { result, events } = await runInSilence(api, 1);
    expect(result.ending).toBe('finished');
    expect(events.filter(({ type }) => type === 'retry')).toEqual([
      expect.objectContaining({ reason: expect.stringContaining('fell silent for') }),
    ]);
  });

  it('is told from one in which a command takes its time', async () => {
    const sandbox = createFakeSandbox({ commands: { slow: { takesMs: 100_000 } } });
    const running = runScripted([bash('slow'), finish()], { sandbox, task: { stallMs: 80_000 } });
    while (sandbox.running() === 0) await sleep(10);
    await vi.advanceTimersByTimeAsync(100_000);
    expect((await running).result.ending).toBe('finished');
  });
});

describe('the watch', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });
  const use = (id: string) => ({ type: 'tool-use', tool: 'bash', input: {}, id }) as const;
  const result = (id: string) => ({ type: 'tool-result', id, ok: true, output: '', durationMs: 1 }) as const;

  it('is wound by each event and each sign of progress', () => {
    const watch = watchForStall(200);
    for (let step = 0; step < 4; step++) {
      vi.advanceTimersByTime(199);
      if (step % 2 === 0) watch.wind();
      else watch.hear({ type: 'notice', text: 'x' });
    }
    vi.advanceTimersByTime(199);
    expect(watch.signal.aborted).toBe(false);
    vi.advanceTimersByTime(1);
    expect(watch.signal.aborted).toBe(true);
  });

  it('stands still until the last of the tools is done', () => {
    const watch = watchForStall(50);
    watch.hear(use('a'));
    watch.hear(use('b'));
    watch.hear(result('a'));
    vi.advanceTimersByTime(3_600_000);
    expect(watch.signal.aborted).toBe(false);
    watch.hear(result('b'));
    vi.advanceTimersByTime(50);
    expect(watch.signal.aborted).toBe(true);
  });

  it('barks no more once it was stopped, nor where there is no such limit', () => {
    const [stopped, without] = [watchForStall(50), watchForStall(undefined)];
    stopped.stop();
    without.wind();
    vi.advanceTimersByTime(3_600_000);
    expect([stopped.signal.aborted, without.signal.aborted]).toEqual([false, false]);
  });
});
