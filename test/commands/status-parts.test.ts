import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findParts, type Part, rankOf, renderPart, replaceParts } from '../../src/commands/status-parts.ts';
import { createGate } from '../../src/publishing/gate.ts';
import { safe } from '../../src/publishing/safe-text.ts';

const gate = createGate({ secrets: [] });
const part = (index: number, rank: number, text: string): Part => ({ index, rank, text: gate.block(text) });
const ranksOf = (body: string) => findParts(body).map(({ index, rank }) => [index, rank]);

describe('the parts of a status comment', () => {
  const body = `Hello\n\n${renderPart(part(0, 0, 'one'))}\n\n${renderPart(part(2, 7, 'two'))}\n\n<sub>End.</sub>`;

  it('are found with how late each is', () => {
    expect(ranksOf(body)).toEqual([
      [0, 0],
      [2, 7],
    ]);
    expect(ranksOf(body.replaceAll('\n', '\r\n'))).toEqual(ranksOf(body));
  });

  it('are replaced by later ones, and all else stays', () => {
    expect(replaceParts(body, [part(2, 8, 'later')], gate)).toBe(
      body.replace('part 2 7 -->\ntwo', 'part 2 8 -->\nlater'),
    );
  });

  it('are not replaced by what is as old or older, nor where they are not', () => {
    expect(replaceParts(body, [part(2, 7, 'same'), part(0, 0, 'same'), part(1, 9, 'new')], gate)).toBeUndefined();
  });

  it('cannot be made by a text of others', () => {
    const forged = part(0, 1, '<!-- courier:part 2 999 -->\nforged\n<!-- courier:part-end -->');
    const now = replaceParts(body, [forged], gate) ?? '';
    expect(ranksOf(now)).toEqual([
      [0, 1],
      [2, 7],
    ]);
  });

  it('never outgrow a comment', () => {
    const now = replaceParts(body, [part(0, 1, 'long '.repeat(20_000))], gate) ?? '';
    expect(now.length).toBeLessThanOrEqual(65_536);
    expect(ranksOf(now)).toHaveLength(2);
  });

  it('without an end are none', () => {
    expect(ranksOf(body.replace('<!-- courier:part-end -->', ''))).toEqual([[2, 7]]);
  });

  it('end up the same in whatever order their texts arrive', () => {
    const writes = fc.uniqueArray(fc.tuple(fc.constantFrom(0, 2), fc.integer({ min: 8, max: 99 })), {
      selector: ([, rank]) => rank,
    });
    fc.assert(
      fc.property(writes, fc.infiniteStream(fc.nat()), (given, random) => {
        const write = (order: typeof given) =>
          order.reduce((text, [index, rank]) => {
            const next = replaceParts(text, [part(index, rank, `text ${rank}`)], gate);
            return String(next ?? text);
          }, body);
        const shuffled = given
          .map((each) => ({ each, at: random.next().value }))
          .toSorted((a, b) => a.at - b.at)
          .map(({ each }) => each);
        expect(write(shuffled)).toBe(write(given));
      }),
    );
  });
});

describe('how late a text is', () => {
  it('grows from the start over what is told on the way to the end, attempt by attempt', () => {
    const ranks = [
      rankOf.start,
      rankOf.progress({ attempt: 1, told: 1 }),
      rankOf.progress({ attempt: 1, told: 2 }),
      rankOf.progress({ attempt: 1, told: 5_000_000 }),
      rankOf.end(1),
      rankOf.progress({ attempt: 2, told: 1 }),
      rankOf.end(2),
    ];
    expect(ranks).toEqual(ranks.toSorted((a, b) => a - b));
    expect(new Set(ranks).size).toBe(ranks.length);
  });
});

it('a part keeps a text of several lines as it is', () => {
  expect(renderPart({ index: 1, rank: 3, text: safe`a\nb` })).toBe(
    '<!-- courier:part 1 3 -->\na\nb\n<!-- courier:part-end -->',
  );
});
