import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createBoundedOutput } from '../../src/adapters/local/bounded-output.ts';

function collect(chunks: readonly string[], limit: number) {
  const output = createBoundedOutput(limit);
  for (const chunk of chunks) output.add(Buffer.from(chunk));
  return { text: output.bytes().toString('utf8'), truncated: output.truncated };
}
const mark = /\n\[… (\d+) bytes left out …\]\n/;

describe('a bounded output', () => {
  it('is what came in, as long as it fits', () => {
    expect(collect(['ab', '', 'cd'], 4)).toEqual({ text: 'abcd', truncated: false });
    expect(collect([], 4)).toEqual({ text: '', truncated: false });
  });

  it('keeps the beginning and the end, and says how much is missing', () => {
    const { text, truncated } = collect(['0123456789'.repeat(100)], 20);
    expect(truncated).toBe(true);
    expect(text).toBe('0123456789\n[… 980 bytes left out …]\n0123456789');
  });

  it('splits no character', () => {
    for (let limit = 4; limit < 40; limit++) {
      expect(collect(['ä漢👩x'.repeat(50)], limit).text).not.toContain('\ufffd');
    }
  });

  it('never keeps more than the limit, nor loses count, whatever the chunks', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: 'grapheme', maxLength: 50 })),
        fc.integer({ min: 0, max: 200 }),
        (chunks, limit) => {
          const whole = chunks.join('');
          const { text, truncated } = collect(chunks, limit);
          const size = Buffer.byteLength(whole);
          expect(truncated).toBe(size > limit);
          if (!truncated) {
            expect(text).toBe(whole);
            return;
          }
          const cut = Number(mark.exec(text)?.[1]);
          const kept = text.replace(mark, '');
          expect(Buffer.byteLength(kept)).toBeLessThanOrEqual(limit);
          expect(Buffer.byteLength(kept) + cut).toBe(size);
        },
      ),
    );
  });

  it('stays small in memory however much comes', () => {
    const output = createBoundedOutput(1000);
    const chunk = Buffer.alloc(65_536, 'x');
    for (let index = 0; index < 2000; index++) output.add(chunk);
    expect(output.bytes().length).toBeLessThan(1100);
  });
});
