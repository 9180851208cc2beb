import { describe, expect, it } from 'vitest';
import { cliffOf, promptTokensOf } from '../../src/agents/prices.ts';
import { blocksOf } from '../fakes/anthropic/check-request.ts';
import { expectSurvived, isSummaryAsked, large, reader, sandbox, small } from './compacted.ts';
import { bash, finish, report, runScripted } from './scripted-session.ts';

const notices = (events: readonly { type: string; text?: string }[]) =>
  events.flatMap(({ type, text }) => (type === 'notice' && text ? [text] : []));

describe('a session of very many turns', () => {
  it.each([
    ['by the service', 'claude-opus-5-5', 150_000, 200],
    ['by the service, below the size above which the model costs five times as much', 'claude-haiku-5-5', 85_000, 80],
    ['by ourselves, where the model has no compaction', 'claude-haiku-4-5', 140_000, 100],
  ])(
    'is kept small %s',
    async (_how, model, most, turns) => {
      const { result, api, issues } = await runScripted(reader(turns, small), {
        sandbox: sandbox(),
        task: { model, maxIterations: turns, budgetUsd: 50 },
        windowTokens: 200_000,
      });
      expect(api.refused).toEqual([]);
      expect(result).toMatchObject({ ending: 'finished', iterations: turns });
      expect(issues).toHaveLength(turns / 10);
      const { usage, costUsd = Number.NaN } = result;
      // More went in than one window holds, and all but a little of it came from the cache.
      expect(promptTokensOf(usage)).toBeGreaterThan(5 * most);
      expect(usage.cacheReadTokens / promptTokensOf(usage)).toBeGreaterThan(0.9);
      expect(costUsd).toBeLessThan(50);
      const largest = Math.max(...api.prompts);
      // One turn's results may lie beyond the threshold.
      expect(largest).toBeLessThan(most + 12_000);
      expect(largest).toBeGreaterThan(most / 2);
      expect(largest).toBeLessThan(cliffOf(model) ?? 200_000);
    },
    400_000,
  );

  it('stays within its budget, which ends it with a turn to wrap up', async () => {
    const { result, api } = await runScripted(reader(200, small), {
      sandbox: sandbox(),
      task: { maxIterations: 200, budgetUsd: 3 },
    });
    expect(api.refused).toEqual([]);
    expect(result).toMatchObject({ ending: 'limited', stopReason: 'budget' });
    expect(result.costUsd).toBeLessThanOrEqual(3);
    expect(result.costUsd).toBeGreaterThan(1);
  });
});

describe('the summary of the service', () => {
  it('is paid for, told, and goes back as it came', async () => {
    const { result, api, events } = await runScripted(reader(10, large), {
      sandbox: sandbox(),
      task: { budgetUsd: 50 },
    });
    expect(result.ending).toBe('finished');
    expect(notices(events)).toContain('The transcript became too long; the service replaced it by a summary of it.');
    const sent = JSON.stringify(api.requests.at(-1)?.body.messages);
    expect(
      sent.split('{"type":"compaction","content":"A summary of what came before.","encrypted_content":null}'),
    ).toHaveLength(2);
    // Nothing that lies before it is sent any more, and all that comes after it is.
    const [first] = api.requests.at(-1)?.body.messages ?? [];
    expect(first && blocksOf(first).map(({ type }) => type)).toEqual([
      'compaction',
      'thinking',
      ...Array(4).fill('tool_use'),
    ]);
    expect(promptTokensOf(result.usage)).toBe(api.counted());
  });

  it('is done here from then on, where the service could not', async () => {
    const script = reader(14, large);
    const { result, api, events } = await runScripted((request) => ({ ...script(request), compaction: null }), {
      sandbox: sandbox(),
      task: { budgetUsd: 50 },
    });
    expect(api.refused).toEqual([]);
    expect(result.ending).toBe('finished');
    expect(notices(events)).toEqual([
      'The service could not summarise the transcript.',
      expect.stringMatching(/^The transcript \(about \d+ tokens\) was replaced by a summary of it\.$/),
      expect.stringMatching(/^The transcript \(about \d+ tokens\) was replaced by a summary of it\.$/),
    ]);
  });

  it('is done here where a gateway does not know it', async () => {
    const script = reader(14, large);
    const { result, api } = await runScripted(
      (request) => {
        if (request.context_management) {
          const message = 'context_management: Extra inputs are not permitted';
          return { error: { status: 400, type: 'invalid_request_error', message } };
        }
        return script(request);
      },
      { sandbox: sandbox(), task: { budgetUsd: 50 } },
    );
    expect(result).toMatchObject({ ending: 'finished', iterations: 14 });
    expect(api.requests.filter(({ body }) => body.context_management)).toHaveLength(1);
    expect(api.requests.at(-1)?.headers['anthropic-beta']).toBeUndefined();
  });

  // Of each kind of event one; all of them in the campaign (test/soak/compaction.soak.ts).
  it('is survived at each kind of event at which the stream breaks, and nothing happens twice', async () => {
    for (const breakAfterEvents of [0, 3, 5, 7, 9, 12, 17]) await expectSurvived(breakAfterEvents);
  });
});

describe('our own summary', () => {
  const own = { model: 'claude-haiku-4-5', budgetUsd: 50 };

  it('begins a fresh transcript with the task, the summary and what was reported', async () => {
    const { result, api, issues } = await runScripted(reader(14, large), { sandbox: sandbox(), task: own });
    expect(result).toMatchObject({ ending: 'finished', iterations: 14 });
    expect(issues).toHaveLength(2);
    const index = api.requests.findIndex(({ body }, at) => at > 0 && body.messages.length === 1);
    const [opening] = api.requests[index]?.body.messages ?? [];
    const text = JSON.stringify(opening);
    expect(text).toContain('Find injection flaws.');
    expect(text).toMatch(/your summary\\nLooked at \d+ files\./);
    expect(text).toMatch(/handed over\\nr1: Problem 2 \(src\/app\.ts\)/);
    // It was asked for at the end of the same transcript, so that it was read from the cache.
    const asked = api.requests[index - 1];
    expect(asked?.body.messages.length).toBeGreaterThan(5);
    expect(asked?.body.tools).toEqual(api.requests[0]?.body.tools);
  });

  it('is asked for once more in words where the model takes no more of the transcript', async () => {
    // Some gateways offer less than the model's own window.
    const { result, api, events } = await runScripted(reader(14, large), {
      sandbox: sandbox(),
      task: { budgetUsd: 50 },
      windowTokens: 60_000,
    });
    expect(result).toMatchObject({ ending: 'finished' });
    expect(api.refused.map(({ message }) => message.slice(0, 18))).toContain('prompt is too long');
    expect(notices(events)[0]).toMatch(/was replaced by a summary of it/);
    const inWords = api.requests.find(({ body }) => JSON.stringify(body.messages[0]).includes('user: The task'));
    expect(inWords?.body.messages).toHaveLength(1);
    expect(JSON.stringify(inWords?.body.messages)).toContain('calls bash');
  });

  it('follows a reply that filled the window', async () => {
    const { result, api } = await runScripted(
      [
        small,
        { text: 'Too much', stopReason: 'model_context_window_exceeded' },
        { text: 'Seen src/app.ts.' },
        report(),
        finish(),
      ],
      { sandbox: sandbox() },
    );
    expect(result.ending).toBe('finished');
    expect(JSON.stringify(api.requests[3]?.body.messages)).toContain('Seen src/app.ts.');
    expect(api.requests[3]?.body.messages).toHaveLength(1);
  });

  it('that does not come ends the session as unfinished once nothing else helps, and what was reported is kept', async () => {
    const { result, issues } = await runScripted(
      [report(), { text: 'Too much', stopReason: 'model_context_window_exceeded' }, bash('ls')],
      { sandbox: sandbox() },
    );
    expect(result).toMatchObject({ ending: 'unfinished', reason: expect.stringContaining('context window') });
    expect(issues).toHaveLength(1);
  });

  it('that the model refuses leaves the transcript as it is', async () => {
    const script = reader(14, large);
    const { result, api } = await runScripted(
      (request) => {
        if (isSummaryAsked(request.messages)) return { stopReason: 'refusal' };
        return script(request);
      },
      { sandbox: sandbox(), task: own, windowTokens: 1_000_000 },
    );
    expect(result).toMatchObject({ ending: 'finished', iterations: 14 });
    expect(api.requests).toHaveLength(15);
  });

  it('keeps what was said beside the last results', async () => {
    const { result, api } = await runScripted(
      [{ text: 'Done?', stopReason: 'model_context_window_exceeded' }, { text: 'S' }, { text: 'Done.' }, finish()],
      {},
    );
    expect(result.ending).toBe('finished');
    expect(JSON.stringify(api.requests[3]?.body.messages.at(-1))).toContain('without calling finish');
  });

  it('is not asked for beyond the budget', async () => {
    const { result } = await runScripted(reader(100, large), {
      sandbox: sandbox(),
      task: { model: 'claude-haiku-4-5', maxIterations: 100, budgetUsd: 0.5 },
    });
    expect(result).toMatchObject({ ending: 'limited', stopReason: 'budget' });
    expect(result.costUsd).toBeLessThanOrEqual(0.5);
  });
});
