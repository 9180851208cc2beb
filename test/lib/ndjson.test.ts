import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseLines } from '../../src/lib/ndjson.ts';

const understand = (value: unknown) => (typeof value === 'object' && value !== null ? value : undefined);

describe('lines of JSON', () => {
  it('are read in their order', () => {
    expect(parseLines('{"a":1}\n\n{"a":2}\n', understand)).toEqual({
      values: [{ a: 1 }, { a: 2 }],
      damaged: 0,
      torn: false,
    });
  });

  it('tolerate a torn last line and count every other one that is none', () => {
    expect(parseLines('{"a":1}\n{"a"\n7\n{"b":', understand)).toEqual({ values: [{ a: 1 }], damaged: 2, torn: true });
  });

  it('lose at most the last line, wherever the file was cut off', () => {
    const values = fc.array(fc.record({ text: fc.string({ unit: 'grapheme' }), n: fc.integer() }), { minLength: 1 });
    fc.assert(
      fc.property(values, fc.nat(), (written, at) => {
        const whole = written.map((value) => `${JSON.stringify(value)}\n`).join('');
        const text = whole.slice(0, at % (whole.length + 1));
        const complete = text.split('\n').length - 1;
        const read = parseLines(text, understand);
        expect(read.damaged).toBe(0);
        expect(read.values.slice(0, complete)).toEqual(written.slice(0, complete));
        expect(read.values.length).toBeLessThanOrEqual(complete + 1);
      }),
    );
  });
});
