import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createGate } from '../../src/publishing/gate.ts';
import { createEventLog, longestLine, longestText } from '../../src/sessions/event-log.ts';
import { type EventBody, understandEvent } from '../../src/sessions/session-event.ts';
import { nothingYet, toEventBody } from '../../src/sessions/to-event-body.ts';

const canary = 'hunter2-canary-of-the-vault';
const { plain } = createGate({ secrets: [canary] });
const aLog = (options: { withheld?: boolean } = {}) =>
  createEventLog({ session: 'S20261121-101500-ab3d', clean: plain, withheld: false, ...options });
const at = Date.parse('2026-11-21T10:15:00.250Z');
const use = (input: unknown): EventBody => ({ type: 'tool-use', tool: 'bash', id: 't1', input });

describe('an event', () => {
  it('says when, in which session and scan, and as how manieth', () => {
    const log = aLog();
    expect(log.next({ type: 'message', text: 'Looking.' }, { at, scan: 'security' })).toEqual({
      version: 1,
      seq: 0,
      at: '2026-11-21T10:15:00.250Z',
      session: 'S20261121-101500-ab3d',
      scan: 'security',
      type: 'message',
      text: 'Looking.',
    });
    expect(log.next({ type: 'message', text: '' }, { at }).seq).toBe(1);
  });

  it('holds no secret, wherever it stood', () => {
    const event = aLog().next(use({ command: `echo ${canary}`, [canary]: [{ deep: canary }] }), { at });
    expect(JSON.stringify(event)).not.toContain(canary);
  });

  it.each([
    ['a long text', { type: 'message', text: 'x'.repeat(longestText * 3) }],
    [
      'many long texts',
      use(Object.fromEntries(Array.from({ length: 100 }, (_, i) => [`k${i}`, 'ä'.repeat(longestText)]))),
    ],
    [
      'a large answer',
      { type: 'recorded', what: 'check', about: 'x'.repeat(longestLine), answer: 'y'.repeat(longestLine) },
    ],
  ] as const)('is bounded: %s', (_what, body) => {
    const line = JSON.stringify(aLog().next(body, { at }));
    expect(Buffer.byteLength(line)).toBeLessThanOrEqual(longestLine);
    expect(understandEvent(JSON.parse(line))).toBeDefined();
  });

  it('keeps an answer whole or not at all', () => {
    const answer = { quote: 'q'.repeat(longestText * 2) };
    expect(aLog().next({ type: 'recorded', what: 'check', about: 'a', answer }, { at })).toMatchObject({ answer });
    const large = aLog().next({ type: 'recorded', what: 'check', about: 'a', answer: 'y'.repeat(longestLine) }, { at });
    expect(large).toMatchObject({ omittedBytes: expect.any(Number) });
    expect(large).not.toHaveProperty('answer');
  });

  it('is bounded and readable, whatever an agent says', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.jsonValue(), (text, input) => {
        for (const body of [{ type: 'thinking', text } as const, use(input)]) {
          const event = aLog().next(body, { at });
          expect(understandEvent(JSON.parse(JSON.stringify(event)))).toBeDefined();
        }
      }),
    );
  });
});

describe('an event on a public repository', () => {
  const told: EventBody[] = [
    { type: 'message', text: canary },
    { type: 'thinking', text: canary },
    { type: 'notice', text: canary },
    use({ command: canary }),
    { type: 'tool-result', id: 't1', ok: true, durationMs: 3, output: canary },
    { type: 'handed-over', file: 'issues.json', line: { title: canary } },
    { type: 'heard', id: '1', from: 'ada', text: canary },
    { type: 'retry', attempt: 1, waitMs: 5, reason: canary },
    { type: 'recorded', what: 'command', about: canary, answer: [canary] },
    { type: 'check', check: 'types', state: 'undetermined', reason: canary, durationMs: 5 },
  ];

  it.each(told)('does not tell what was read or found: $type', (body) => {
    const log = createEventLog({ session: 'S', clean: (text) => text, withheld: true });
    const event = log.next(body, { at });
    expect(JSON.stringify(event)).not.toContain(canary);
    expect(event.type).toBe(body.type);
  });

  it('names tools, tokens and cost', () => {
    const log = aLog({ withheld: true });
    expect(log.next(use({ command: 'ls' }), { at })).toMatchObject({ tool: 'bash' });
    const usage = { inputTokens: 10, outputTokens: 5, cacheReadTokens: 90, cacheWriteTokens: 0 };
    expect(log.next(toEventBody({ type: 'usage', usage, costUsd: 0.5 }, nothingYet), { at })).toMatchObject({
      type: 'model-call',
      usage,
      cacheShare: 0.9,
      costUsd: 0.5,
    });
  });
});

it('tells of a model call what it added to the sums', () => {
  const before = {
    usage: { inputTokens: 10, outputTokens: 5, cacheReadTokens: 0, cacheWriteTokens: 100 },
    costUsd: 0.25,
  };
  const usage = { inputTokens: 20, outputTokens: 9, cacheReadTokens: 90, cacheWriteTokens: 100 };
  expect(toEventBody({ type: 'usage', usage, costUsd: 1 }, before)).toEqual({
    type: 'model-call',
    usage: { inputTokens: 10, outputTokens: 4, cacheReadTokens: 90, cacheWriteTokens: 0 },
    cacheShare: 0.9,
    costUsd: 0.75,
    totalUsd: 1,
  });
});
