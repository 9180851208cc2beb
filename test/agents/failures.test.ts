import { describe, expect, it } from 'vitest';
import type { ScriptedTurn } from '../fakes/anthropic/script.ts';
import { refusingUrl } from '../fakes/model/start-model.ts';
import { finish, report, runScripted } from './scripted-session.ts';

const failing = (status: number, more: object = {}): ScriptedTurn => ({ error: { status, ...more } });

describe('the API', () => {
  it('refusing the key ends the session at once with what to check', async () => {
    const { result, waits } = await runScripted([], { key: 'wrong' });
    expect(result).toMatchObject({
      ending: 'failed',
      reason: 'The Anthropic API refused the key (401): check anthropic-api-key / ANTHROPIC_API_KEY.',
      iterations: 1,
      costUsd: 0,
    });
    expect(waits).toEqual([]);
  });

  it.each([
    [400, 'invalid_request_error', 'did not take the request (400): scripted'],
    [403, 'permission_error', 'does not allow this key to use claude-opus-5-5 (403): scripted'],
    [404, 'not_found_error', 'does not know claude-opus-5-5 (404): scripted'],
    [402, 'billing_error', 'spend limit of the Anthropic account is reached: scripted'],
    [413, 'request_too_large', 'transcript is too long for claude-opus-5-5: scripted'],
  ])('answering %i is not asked again', async (status, type, reason) => {
    const { result, api, waits } = await runScripted([failing(status, { type }), finish()]);
    expect(result).toMatchObject({ ending: 'failed', reason: expect.stringContaining(reason) });
    expect(api.requests).toHaveLength(1);
    expect(waits).toEqual([]);
  });

  it('over its spend limit (429) is not asked again', async () => {
    const details = { error_code: 'enforced_spend_limit_reached' };
    const { result, api } = await runScripted([failing(429, { type: 'rate_limit_error', details }), finish()]);
    expect(result).toMatchObject({ ending: 'failed', reason: expect.stringContaining('spend limit') });
    expect(api.requests).toHaveLength(1);
  });

  it('limiting the rate (429) is asked again after as long as it says, a minute at most', async () => {
    const { result, waits, events } = await runScripted([
      failing(429, { type: 'rate_limit_error', headers: { 'retry-after': '7' } }),
      failing(429, { type: 'rate_limit_error', headers: { 'retry-after': '3600' } }),
      failing(429, { type: 'rate_limit_error', headers: { 'retry-after-ms': '1500' } }),
      finish(),
    ]);
    expect(result.ending).toBe('finished');
    expect(waits).toEqual([7000, 60_000, 1500]);
    expect(events.filter(({ type }) => type === 'retry')).toMatchObject([
      { attempt: 1, waitMs: 7000, reason: expect.stringContaining('429') },
      { attempt: 2 },
      { attempt: 3 },
    ]);
  });

  it('overloaded (529) is asked again after growing waits', async () => {
    const { result, waits } = await runScripted([...Array.from({ length: 4 }, () => failing(529)), finish()]);
    expect(result.ending).toBe('finished');
    for (const [index, wait] of waits.entries()) {
      expect(wait).toBeGreaterThanOrEqual(500 * 2 ** index);
      expect(wait).toBeLessThanOrEqual(1000 * 2 ** index);
    }
  });

  it('failing five times ends the session with what it said', async () => {
    const { result, api } = await runScripted(() => failing(500, { message: 'Internal' }));
    expect(api.requests).toHaveLength(5);
    expect(result).toMatchObject({
      ending: 'failed',
      reason: 'The Anthropic API failed (500): Internal',
      hint: 'Try again later.',
    });
  });

  it('that says itself not to ask again is not asked again', async () => {
    const { api } = await runScripted(() => failing(500, { headers: { 'x-should-retry': 'false' } }));
    expect(api.requests).toHaveLength(1);
  });

  it('out of reach ends the session after five tries with its address', async () => {
    const url = await refusingUrl();
    const { result, waits } = await runScripted([], { url });
    expect(result).toMatchObject({
      ending: 'failed',
      reason: `The Anthropic API at ${url} could not be reached (connect ECONNREFUSED ${new URL(url).host}).`,
      hint: 'Check the network and ANTHROPIC_BASE_URL.',
    });
    expect(waits).toHaveLength(4);
  });
});

describe('a broken stream', () => {
  const reply = { thinking: 'Think.', text: 'Found one.', ...report() };
  // message_start, ping, thinking (start, 3 pieces, signature, stop), text (start, 3, stop), tool (start, 4, stop), delta, stop
  const events = 2 + 6 + 5 + 6 + 2;

  it.each(['reset', 'end', 'error'] as const)(
    '(%s) is survived at every event, and nothing happens twice',
    async (breakBy) => {
      for (let breakAfterEvents = 0; breakAfterEvents < events; breakAfterEvents++) {
        const { result, issues, api } = await runScripted([{ ...reply, breakAfterEvents, breakBy }, reply, finish()]);
        expect(api.refused).toEqual([]);
        expect([breakAfterEvents, result.ending, issues?.length]).toEqual([breakAfterEvents, 'finished', 1]);
      }
    },
  );
});
