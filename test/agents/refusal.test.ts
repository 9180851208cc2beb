import { describe, expect, it } from 'vitest';
import { models, ratesOf } from '../../src/agents/prices.ts';
import type { ScriptedReply } from '../fakes/anthropic/script.ts';
import { createFakeSandbox } from '../fakes/sandbox.ts';
import { bash, finish, report, runScripted } from './scripted-session.ts';

const refusal: ScriptedReply = {
  stopReason: 'refusal',
  stopDetails: { category: 'cyber', explanation: 'Could enable harm.' },
};
const sandbox = () => createFakeSandbox({ commands: { ls: { stdout: 'src\n' } } });
const said = 'claude-opus-5-5 refused to go on (category cyber): Could enable harm.';

describe('a model that refuses', () => {
  it('is replaced once, and the other one goes on with the same transcript', async () => {
    const { result, api, issues, events } = await runScripted(
      [
        { thinking: 'Look.', ...bash('ls') },
        refusal,
        { thinking: 'Go on.', ...report() },
        { thinking: 'Done.', ...finish() },
      ],
      { sandbox: sandbox() },
    );
    expect(api.refused).toEqual([]);
    expect(api.requests.map(({ body }) => body.model)).toEqual([
      'claude-opus-5-5',
      'claude-opus-5-5',
      'claude-opus-4-8',
      'claude-opus-4-8',
    ]);
    expect(api.requests[2]?.body.messages).toEqual(api.requests[1]?.body.messages);
    expect(issues).toHaveLength(1);
    expect(result).toMatchObject({
      ending: 'finished',
      model: 'claude-opus-4-8',
      notes: [`${said} claude-opus-4-8 went on in its place.`],
    });
    expect(events).toContainEqual({ type: 'notice', text: `${said} claude-opus-4-8 is asked in its place.` });
  });

  it('ends the session as refused where the other one refuses too, and what was reported is kept', async () => {
    const { result, issues, api } = await runScripted([report(), refusal, refusal, finish()]);
    expect(result).toMatchObject({
      ending: 'refused',
      reason: `${said} claude-opus-4-8 refused to go on (category cyber): Could enable harm.`,
    });
    expect(api.requests).toHaveLength(3);
    expect(issues).toHaveLength(1);
  });

  it('is replaced once in a session, not once in a turn', async () => {
    const { result } = await runScripted([refusal, bash('ls'), refusal, finish()], { sandbox: sandbox() });
    expect(result.ending).toBe('refused');
  });

  it('ends the session at once where there is no other', async () => {
    const { result, api } = await runScripted([refusal, finish()], { task: { model: 'claude-haiku-4-5' } });
    expect(result).toMatchObject({ ending: 'refused', reason: said.replace('opus-5-5', 'haiku-4-5') });
    expect(api.requests).toHaveLength(1);
  });

  it('ends the session as refused where this key may not use the other', async () => {
    const { result } = await runScripted([refusal, { error: { status: 403, type: 'permission_error' } }]);
    expect(result).toMatchObject({
      ending: 'refused',
      reason: `${said} The Anthropic API does not allow this key to use claude-opus-4-8 (403): scripted`,
    });
  });

  it.each(models.filter((model) => !/-4-5|sonnet-4-6/.test(model)))(
    '%s has another one beside it, of the generation before, with a price',
    async (model) => {
      const { api } = await runScripted([refusal, finish()], { task: { model } });
      const [, other = ''] = api.requests.map(({ body }) => body.model);
      expect(other).not.toBe(model);
      expect(other).toMatch(/-4-[68]$/);
      expect(ratesOf(other, 0)).toBeDefined();
    },
  );

  it('without a reason is quoted without one', async () => {
    const bare = { stopReason: 'refusal' };
    const { result } = await runScripted([bare, bare]);
    expect(result).toMatchObject({
      reason: 'claude-opus-5-5 refused to go on. claude-opus-4-8 refused to go on.',
    });
  });

  it('costs nothing where it refused before it said anything, and what it said does not stay', async () => {
    const free = await runScripted([refusal, refusal]);
    expect(free.result.costUsd).toBe(0);
    const { result, api } = await runScripted([{ ...refusal, text: 'Well' }, finish()]);
    expect(result.costUsd).toBeGreaterThan(0);
    expect(api.requests[1]?.body.messages).toHaveLength(1);
  });

  it('is paid for at its own price, and the other one at its', async () => {
    const alone = await runScripted([finish()], { task: { model: 'claude-opus-4-8' } });
    const second = await runScripted([refusal, finish()]);
    expect(second.result.costUsd).toBeCloseTo(alone.result.costUsd ?? Number.NaN, 6);
  });
});
