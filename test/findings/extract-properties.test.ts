import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { extractFindings } from '../../src/findings/extract/extract-findings.ts';
import { readBlock } from '../../src/findings/extract/read-block.ts';
import { readValues } from '../../src/findings/extract/read-output.ts';
import { computingMsOf } from '../computing-time.ts';

const json = fc.jsonValue({ depthSize: 'medium', stringUnit: 'binary' });
// JSON.parse of V8 13.6 takes the key "\\"" for a key "\\" that it has met before: no key here has a backslash when written.
const keys = fc.string().filter((key) => !/["\\]|__proto__/.test(key));
const code = fc.constantFrom(
  '`el.innerHTML = "<b>" + name`',
  'line 1\nline 2',
  '{"title": "inner"}',
  '```json\n[]\n```',
  "it's",
  '// not a comment',
  'a, b: c',
  '[]',
  '\\',
  '"',
);
const words = fc.oneof(fc.string(), code);
const issue = fc.record(
  {
    title: words.map((text) => `Bug ${text}`),
    description: words,
    severity: fc.constantFrom('high', 'low', 3),
    location: fc.record({ path: words, startLine: fc.nat() }),
    evidence: fc.array(fc.record({ path: words, quote: words }), { maxLength: 2 }),
  },
  { requiredKeys: ['title', 'description'] },
);
const issues = fc.array(issue, { minLength: 1, maxLength: 4 });
const space = fc.constantFrom(0, 2, '\t');
const hasProto = (text: string) => text.includes('__proto__');

describe('reading', () => {
  test('gives valid JSON back as JSON.parse does, untouched', () => {
    fc.assert(
      fc.property(json, space, (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        fc.pre(/^[{["]/.test(text));
        expect(readValues(text, () => undefined).runs).toEqual([
          { values: [JSON.parse(text)], sound: true, stray: false },
        ]);
      }),
    );
  });

  test('reads a valid block leniently as JSON.parse would, without a doubt', () => {
    const container = fc.oneof(fc.array(json), fc.dictionary(keys, json), issues);
    fc.assert(
      fc.property(container, space, (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        fc.pre(!hasProto(text));
        const block = readBlock(text, 0, { rescans: 0 });
        expect(block).toEqual({
          value: JSON.parse(text),
          end: text.length,
          closed: true,
          doubtful: false,
          elided: false,
        });
      }),
      { numRuns: 500 },
    );
  });

  test('finds every title of a valid list, whatever stands around it', () => {
    fc.assert(
      fc.property(
        issues,
        space,
        fc.constantFrom('', 'Here it is:\n', '```json\n', 'see {config} and [docs]\n'),
        (list, indent, before) => {
          const { outcome, issues: found } = extractFindings(
            `${before}${JSON.stringify({ issues: list }, null, indent)}\n`,
          );
          expect({ outcome, titles: found.map(({ title }) => title) }).toEqual({
            outcome: 'complete',
            titles: list.map(({ title }) => title.trim()),
          });
        },
      ),
    );
  });
});

describe('a cut output', () => {
  const wholes: [string, (list: object[]) => string][] = [
    ['a wrapped list', (list) => JSON.stringify({ issues: list })],
    [
      'an indented list',
      (list) => JSON.stringify({ summary: 'what [1] and {2} say', tags: [], issues: list }, null, 2),
    ],
    ['a bare list', (list) => JSON.stringify(list)],
    ['an envelope', (list) => JSON.stringify({ type: 'result', result: JSON.stringify({ issues: list }) })],
    [
      'a fenced envelope',
      (list) => JSON.stringify({ type: 'result', result: `Done:\n\`\`\`json\n${JSON.stringify(list)}\n\`\`\`` }),
    ],
    ['a string', (list) => JSON.stringify(JSON.stringify({ issues: list }))],
  ];
  test.each(wholes)('of %s never counts as complete, wherever it ends', (_, render) => {
    fc.assert(
      fc.property(issues, fc.double({ min: 0, max: 1, noNaN: true }), (list, where) => {
        const text = render(list);
        const cut = text.slice(0, Math.floor(where * (text.length - 1)));
        expect(extractFindings(cut).outcome).not.toBe('complete');
      }),
      { numRuns: 400 },
    );
  });

  test('of a known list never counts as complete at any of its bytes', () => {
    const list = [
      {
        title: 'A',
        description: 'uses [] and {}',
        tags: [],
        evidence: [{ path: 'a.ts', quote: 'const a = {"title": []};' }],
      },
      { title: 'B', description: 'é "quoted" \\', location: { path: 'b.ts' } },
    ];
    for (const [, render] of wholes) {
      const bytes = Buffer.from(render(list));
      for (let length = 0; length < bytes.length; length++) {
        expect(extractFindings(bytes.subarray(0, length)).outcome, `${bytes.subarray(0, length)}`).not.toBe('complete');
      }
    }
  });
});

describe('a damaged output', () => {
  const damage = fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), remove: fc.nat(20), insert: words });
  test('never throws, and every title it gives is text', () => {
    fc.assert(
      fc.property(issues, fc.array(damage, { minLength: 1, maxLength: 5 }), (list, damages) => {
        let text = JSON.stringify({ issues: list });
        for (const { at, remove, insert } of damages) {
          const start = Math.floor(at * text.length);
          text = text.slice(0, start) + insert + text.slice(start + remove);
        }
        for (const { title } of extractFindings(text).issues) expect(title.trim()).not.toBe('');
      }),
      { numRuns: 500 },
    );
  });

  test('never throws on arbitrary bytes', () => {
    const bracket = fc.constantFrom(
      '{',
      '[',
      '}',
      ']',
      '(',
      '"',
      "'",
      '\\',
      ',',
      ':',
      '\n',
      '//',
      '...',
      'a',
      '1',
      '{"title":',
    );
    const noise = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      fc.array(bracket, { maxLength: 200 }).map((parts) => Buffer.from(parts.join(''))),
    );
    fc.assert(
      fc.property(noise, (bytes) => {
        expect(['complete', 'incomplete', 'no-json']).toContain(extractFindings(bytes).outcome);
      }),
      { numRuns: 1000 },
    );
  });

  test.each([
    ['brackets', '['.repeat(100_000)],
    ['braces', '{"a":'.repeat(50_000)],
    ['quotes', `{"issues":[${'"'.repeat(200_000)}`],
    ['structural keys in open strings', `["a" x ${'"b" x '.repeat(20_000)}${',{"title":"z"}'.repeat(5_000)}`],
    ['comments', '[//'.repeat(100_000)],
    ['empty lists', `[${'[],'.repeat(100_000)}`],
    ['escapes', `[{"title":"A","description":"${'\\n'.repeat(200_000)}"},]`],
    ['parentheses', '({"'.repeat(60_000)],
  ])('made of %s is read in time', (_, text) => {
    expect(computingMsOf(() => void extractFindings(text))).toBeLessThan(30_000);
  });

  test('with a valid list below 100,000 brackets does not overflow', () => {
    const deep = `{"issues":[{"title":"A","description":"x","extra":${'['.repeat(100_000)}${']'.repeat(100_000)}}]}`;
    expect(extractFindings(deep)).toMatchObject({ outcome: 'complete', issues: [{ title: 'A' }] });
  });
});
