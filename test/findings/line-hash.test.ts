import fc from 'fast-check';
import { expect, test } from 'vitest';
import { primaryLocationLineHashes } from '../../src/findings/line-hash.ts';

/** The definition, written down once more and slowly: each line's own 100 characters, hashed from scratch. */
function byDefinition(text: string): string[] {
  const unified = text.replace(/\r\n?/g, '\n');
  const units = [...Array(unified.length).keys()]
    .map((index) => unified.charCodeAt(index))
    .filter((unit) => unit !== 32 && unit !== 9);
  units.push(65_535);
  const starts = units.flatMap((_, index) => (index === 0 || units[index - 1] === 10 ? [index] : []));
  const seen = new Map<string, number>();
  return starts.map((start) => {
    let hash = 0n;
    for (let i = 0; i < 100; i++) hash = BigInt.asUintN(64, hash * 37n + BigInt(units[start + i] ?? 0));
    const hex = hash.toString(16);
    seen.set(hex, (seen.get(hex) ?? 0) + 1);
    return `${hex}:${seen.get(hex)}`;
  });
}

// Values that github/codeql-action's own tests expect.
const greetings = [
  'e9496ae3ebfced30:1',
  'fb7c023a8b9ccb3f:1',
  'ce8ba1a563dcdaca:1',
  'e20e36e16fcb0cc8:1',
  'b3edc88f2938467e:1',
  'c8e28b0b4002a3a0:1',
  'c129715d7a2bc9a3:1',
];
const known: [string, string[]][] = [
  ['', ['c129715d7a2bc9a3:1']],
  [' a\nb\n  \t\tc\n d', ['271789c17abda88f:1', '54703d4cd895b18:1', '180aee12dab6264:1', 'a23a3dc5e078b07b:1']],
  [' hello; \t\nworld!!!\n\n\n  \t\tGreetings\n End\n', greetings],
  [' hello; \t\nworld!!!\r\r\r  \t\tGreetings\r End\r', greetings],
  [' hello; \t\r\nworld!!!\r\n\r\n\r\n  \t\tGreetings\r\n End\r\n', greetings],
  [' hello; \t\nworld!!!\r\n\n\r  \t\tGreetings\r End\r\n', greetings],
  [
    'Lorem ipsum dolor sit amet.\n'.repeat(10),
    [
      ...[1, 2, 3, 4, 5, 6].map((n) => `a7f2ff13bc495cf2:${n}`),
      ...['a7f2ff1481e87703:1', 'a9cf91f7bbf1862b:1', '55ec222b86bcae53:1', 'cc97dc7b1d7d8f7b:1', 'c129715d7a2bc9a3:1'],
    ],
  ],
];

test.each(known)('hashes %j as GitHub does', (text, hashes) => {
  expect(primaryLocationLineHashes(text)).toEqual(hashes);
});

test('agrees with the definition on any text', () => {
  const pieces = fc.constantFrom(
    'a',
    'const x = 1;',
    ' ',
    '\t',
    '\n',
    '\r',
    '\r\n',
    '\u{1F600}',
    '\uffff',
    'x'.repeat(150),
  );
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(pieces, { maxLength: 60 }).map((parts) => parts.join('')),
  );
  fc.assert(
    fc.property(text, (sample) => {
      expect(primaryLocationLineHashes(sample)).toEqual(byDefinition(sample));
    }),
  );
});

test('gives one hash per line', () => {
  expect(primaryLocationLineHashes('a\nb\nc')).toHaveLength(3);
  expect(primaryLocationLineHashes('a\nb\nc\n')).toHaveLength(4);
});
