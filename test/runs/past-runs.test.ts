import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PastRun } from '../../src/ledger/runs-record.ts';
import { createGate } from '../../src/publishing/gate.ts';
import { renderPast, withPast } from '../../src/runs/past-runs.ts';

const gate = createGate({ secrets: ['hunter2-hunter2'] });
const sessionOf = (index: number) => `S20261121-1000${String(index).padStart(2, '0')}-aaaa`;
const aRun = (index: number, over: Partial<PastRun> = {}): PastRun => ({
  ...{ session: sessionOf(index), by: 'wanda', summary: `Done ${index}.` },
  ...over,
});
const nothing = { past: [], attempts: [], asked: undefined };

describe('what earlier runs said', () => {
  it('is nothing where there are none', () => {
    expect(renderPast([], gate)).toBeUndefined();
  });

  it.each([
    [{}, 'asked for by wanda\n'],
    [{ wish: 'fix the naming' }, 'asked for by wanda: fix the naming\n'],
    [{ cause: 'review' }, 'as wanda asked for changes\n'],
    [{ cause: 'checks' }, 'as checks failed\n'],
    [{ cause: 'chain' }, 'in a chain that wanda asked for\n'],
  ] as const)('names what asked for each: %j', (over, text) => {
    expect(renderPast([aRun(1, over)], gate)).toContain(`\`${sessionOf(1)}\`, ${text}`);
  });

  it('leaves the oldest out, and says how many, where all together would be too long', () => {
    const past = Array.from({ length: 20 }, (_, index) => aRun(index, { summary: `${index} ${'word '.repeat(290)}` }));
    const text = renderPast(past, gate) ?? '';
    expect(text.length).toBeLessThanOrEqual(10_000);
    const shown = past.filter(({ session }) => text.includes(session));
    expect(shown).toEqual(past.slice(-shown.length));
    expect(shown.length).toBeGreaterThan(3);
    expect(text).toContain(`The oldest are left out: ${20 - shown.length}.`);
  });

  it('ends by itself, and holds no marker, however hostile its texts are', () => {
    const hostile = fc.string({
      unit: fc.constantFrom('<details>', '</details>', '```', '\n', '@ada', '#3', '<!-- courier:end -->', 'x ', '> '),
      maxLength: 300,
    });
    fc.assert(
      fc.property(fc.array(fc.tuple(hostile, hostile), { minLength: 1, maxLength: 20 }), (texts) => {
        const past = texts.map(([summary, wish], index) => aRun(index, { summary, wish: wish.slice(0, 400) }));
        const text = renderPast(past, gate) ?? expect.fail('nothing is shown');
        expect(text.length).toBeLessThanOrEqual(10_000);
        expect(text).not.toContain('<!-- courier');
        expect(text.endsWith('\n\n</details>')).toBe(true);
        expect(gate.body(text)).toBe(text);
      }),
    );
  });

  it('is kept once for each session, cut and without secrets, the last twenty', () => {
    const long = { ...aRun(1), wish: ` a\nb ${'x'.repeat(400)}`, summary: `hunter2-hunter2 ${'y'.repeat(5000)}` };
    const [kept] = withPast(nothing, long, gate.plain);
    expect(kept?.summary).toMatch(/^\*\*\* y+…$/);
    expect([kept?.summary.length, kept?.wish?.length, kept?.wish?.slice(0, 4)]).toEqual([1500, 300, 'a b ']);
    const once = withPast({ ...nothing, past: [aRun(1)] }, { ...long, summary: 'Another.' }, gate.plain);
    expect(once).toEqual([aRun(1)]);
    const past = Array.from({ length: 20 }, (_, index) => aRun(index));
    const next = withPast({ ...nothing, past }, { ...aRun(20), wish: undefined }, gate.plain);
    expect(next).toEqual([...past.slice(1), aRun(20)]);
  });

  it('knows what Courier began it for', () => {
    const order = { id: 'O-aaaaaaaa', cause: { kind: 'review' as const, reviews: [1] }, at: '2026-11-21T10:00:00Z' };
    const asked = { issue: 3, index: 0, at: order.at, by: 'wanda', opens: 'app' as const, order };
    const attempts = [
      { session: sessionOf(1), at: order.at, by: 'wanda', own: true, blueprint: 'fix', order: order.id },
    ];
    const told = { ...aRun(1), wish: undefined };
    expect(withPast({ past: [], attempts, asked }, told, gate.plain)).toEqual([aRun(1, { cause: 'review' })]);
  });
});
