import { describe, expect, it } from 'vitest';
import { watchForStall } from '../../src/agents/watch-stall.ts';
import { createFakeSandbox } from '../fakes/sandbox.ts';
import { bash, finish, report, runScripted } from './scripted-session.ts';

describe('a session in which nothing happens any more', () => {
  it('is stopped, though the service says that it is alive, and keeps what was reported', async () => {
    const { result, issues, api, events } = await runScripted(
      [report(), { text: 'Hm', stallAfterEvents: 2, pingEveryMs: 20 }],
      { task: { stallMs: 1500 } },
    );
    expect(result).toMatchObject({ ending: 'stopped', stopReason: 'stall' });
    expect(events).toContainEqual({ type: 'notice', text: expect.stringContaining('Nothing happened for') });
    expect(issues).toHaveLength(1);
    await expect.poll(() => api.open()).toBe(0);
  });

  it('is stopped where the service falls silent in each of its tries', async () => {
    const { result, api } = await runScripted(() => ({ text: 'Hm', stallAfterEvents: 2 }), { idleMs: 50 });
    expect(result).toMatchObject({ ending: 'stopped', stopReason: 'stall' });
    expect(api.requests).toHaveLength(5);
  });

  it('is told from one in which a command takes its time', async () => {
    const sandbox = createFakeSandbox({ commands: { slow: { takesMs: 2000 } } });
    const { result } = await runScripted([bash('slow'), finish()], { sandbox, task: { stallMs: 1500 } });
    expect(result.ending).toBe('finished');
  });
});

describe('the watch', () => {
  const later = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

  it('is wound by each event and each sign of progress', async () => {
    const watch = watchForStall(200);
    for (let step = 0; step < 4; step++) {
      await later(80);
      if (step % 2 === 0) watch.wind();
      else watch.hear({ type: 'notice', text: 'x' });
    }
    expect(watch.signal.aborted).toBe(false);
    await expect.poll(() => watch.signal.aborted).toBe(true);
  });

  it('stands still until the last of the tools is done', async () => {
    const watch = watchForStall(50);
    watch.hear({ type: 'tool-use', tool: 'bash', input: {}, id: 'a' });
    watch.hear({ type: 'tool-use', tool: 'bash', input: {}, id: 'b' });
    watch.hear({ type: 'tool-result', id: 'a', ok: true, output: '', durationMs: 1 });
    await later(150);
    expect(watch.signal.aborted).toBe(false);
    watch.hear({ type: 'tool-result', id: 'b', ok: true, output: '', durationMs: 1 });
    await expect.poll(() => watch.signal.aborted).toBe(true);
  });

  it('never barks where there is no such limit', async () => {
    const watch = watchForStall(undefined);
    watch.wind();
    await later(20);
    expect(watch.signal.aborted).toBe(false);
  });
});
