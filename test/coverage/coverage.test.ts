import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allBlocks, linesIn, mergeRanges, missingRanges, type Range, toBlocks } from '../../src/coverage/blocks.ts';
import { chooseNext } from '../../src/coverage/choose-next.ts';
import { type ScanCoverage, updateCoverage } from '../../src/coverage/coverage.ts';
import {
  parseAttention,
  parseFacts,
  parseLook,
  renderAttention,
  renderFacts,
} from '../../src/coverage/coverage-text.ts';
import { type FileFacts, fileKinds, toFileFacts } from '../../src/coverage/file-facts.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const aFile = (path: string, over: Partial<FileFacts> = {}): FileFacts => ({
  path,
  blob: 'a'.repeat(12),
  lines: 100,
  kind: 'code',
  ...over,
});
const byPath = (files: readonly FileFacts[]) => new Map(files.map((file) => [file.path, file]));
const day = '2026-11-21';

describe('the blocks of a file', () => {
  const aRange = (lines: number) =>
    fc
      .tuple(fc.integer({ min: 1, max: lines }), fc.integer({ min: 1, max: lines }))
      .map(([a, b]): Range => [Math.min(a, b), Math.max(a, b)]);
  const aSight = fc
    .integer({ min: 1, max: 2000 })
    .chain((lines) => fc.record({ lines: fc.constant(lines), ranges: fc.array(aRange(lines), { maxLength: 8 }) }));

  it('are all seen where every line was, and what is missing is what is not seen', () => {
    fc.assert(
      fc.property(aSight, ({ lines, ranges }) => {
        expect(toBlocks([[1, lines]], lines)).toBe(allBlocks(lines));
        const merged = mergeRanges(ranges);
        const seen = toBlocks(merged, lines);
        const missing = missingRanges(seen, lines);
        const missed = missing.reduce((sum, [from, to]) => sum + to - from + 1, 0);
        expect(linesIn(seen, lines) + missed).toBe(lines);
        // Whoever then reads what is told to be missing has seen all.
        expect(seen | toBlocks(missing, lines)).toBe(allBlocks(lines));
        const shown = merged.reduce((sum, [from, to]) => sum + to - from + 1, 0);
        expect(linesIn(seen, lines)).toBeLessThanOrEqual(shown / 0.8 + 1e-9);
      }),
    );
  });
});

describe('a coverage', () => {
  const files = [aFile('a.ts'), aFile('b.ts')];

  it('adds up while the content stays, and begins anew with another one', () => {
    const one = updateCoverage(new Map(), { files: byPath(files), looks: [{ path: 'a.ts', seen: 0x00ff }], day });
    const two = updateCoverage(one, { files: byPath(files), looks: [{ path: 'a.ts', seen: 0xff00 }], day });
    expect(two.get('a.ts')).toMatchObject({ seen: 0xffff, day, offers: 0 });
    const changed = [aFile('a.ts', { blob: 'b'.repeat(12) })];
    const three = updateCoverage(two, { files: byPath(changed), looks: [{ path: 'a.ts', seen: 1 }], day });
    expect(three.get('a.ts')).toMatchObject({ seen: 1, blob: 'b'.repeat(12) });
    expect([...three.keys()]).toEqual(['a.ts']);
  });

  it('keeps a changed file changed until somebody looks at it', () => {
    const seen = updateCoverage(new Map(), { files: byPath(files), looks: [{ path: 'a.ts', seen: 0xffff }], day });
    const changed = [aFile('a.ts', { blob: 'b'.repeat(12) }), aFile('b.ts')];
    const passed = updateCoverage(seen, { files: byPath(changed), looks: [{ path: 'a.ts', seen: 0 }], day });
    expect(chooseNext(changed, passed).changed.map(({ path }) => path)).toEqual(['a.ts']);
  });

  it('survives its text, and takes no other text for one', () => {
    const text = fc.record({
      blob: fc.stringMatching(/^[0-9a-f]{12}$/),
      lines: fc.integer({ min: 1, max: 1e6 }),
      seen: fc.integer({ min: 0, max: 0xffff }),
      day: fc.constantFrom('2026-11-21', undefined),
      offers: fc.integer({ min: 0, max: 99 }),
    });
    fc.assert(
      fc.property(text, (given) => {
        const one = { ...given, seen: given.seen & allBlocks(given.lines) };
        expect(parseAttention(renderAttention(one))).toEqual(one.day === undefined ? { ...one, day: undefined } : one);
      }),
    );
    for (const kind of fileKinds)
      expect(parseFacts('x', renderFacts(aFile('x', { kind })))).toEqual(aFile('x', { kind }));
    fc.assert(
      fc.property(fc.string(), (noise) => {
        for (const parse of [parseAttention, parseLook, (text: string) => parseFacts('x', text)])
          expect(() => parse(noise)).not.toThrow();
      }),
    );
    expect([parseAttention('a b c'), parseFacts('x', '{}'), parseLook('zz')]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
});

describe('what is looked at next', () => {
  const kinds = fc.constantFrom(...fileKinds);
  const someFiles = fc
    .uniqueArray(fc.tuple(fc.stringMatching(/^[a-c]\/[a-z]{1,6}$/), kinds), {
      selector: ([path]) => path,
      maxLength: 60,
    })
    .map((list) => list.map(([path, kind]) => aFile(path, { kind })));

  it('is, night after night, everything once, whatever the room and however little an agent reads', () => {
    fc.assert(
      fc.property(someFiles, fc.integer({ min: 40, max: 400 }), fc.nat({ max: 3 }), (files, characters, skips) => {
        let coverage: ScanCoverage = new Map();
        const open = new Set(files.filter(({ kind }) => kind !== 'unread').map(({ path }) => path));
        for (let night = 0; night < 5 * files.length + 5 && open.size > 0; night++) {
          const { changed, unseen } = chooseNext(files, coverage, { characters });
          const listed = [...changed, ...unseen].map(({ path }) => path);
          expect(listed.length).toBeGreaterThan(0);
          // An agent that passes over some of the first ones in its first nights.
          const passed = night < skips ? listed.slice(0, -1) : [];
          const looks = listed.map((path) => ({ path, seen: passed.includes(path) ? 0 : 0xffff }));
          for (const { path, seen } of looks) if (seen > 0) open.delete(path);
          coverage = updateCoverage(coverage, { files: byPath(files), looks, day });
        }
        expect([...open]).toEqual([]);
        expect(chooseNext(files, coverage).open.size).toBe(0);
      }),
      { numRuns: 50 },
    );
  });

  it('names what is relevant first: code, then settings, tests, texts, data; among them those with findings', () => {
    const files = ['docs/a.md', 'src/z.ts', 'src/a.ts', 'src/a.test.ts', 'ci.yml', 'rows.csv', 'yarn.lock'].map(
      (path) => toFileFacts(path, bytes('some words here\n')),
    );
    const { unseen } = chooseNext(files, new Map(), { marked: new Set(['src/z.ts']) });
    expect(unseen.map(({ path }) => path)).toEqual([
      'src/z.ts',
      'src/a.ts',
      'ci.yml',
      'src/a.test.ts',
      'docs/a.md',
      'rows.csv',
    ]);
  });

  it('asks nobody to read what cannot be read line by line', () => {
    const facts = [
      toFileFacts('logo.png', new Uint8Array([137, 80, 0, 1])),
      toFileFacts('app.min.js', bytes('var a=1\n')),
      toFileFacts('packed.js', bytes(`var a=${'1+'.repeat(5000)}1\n`)),
      toFileFacts('empty', bytes('')),
      toFileFacts('empty.json', bytes('{\n}\n')),
      toFileFacts('huge.sql', undefined),
    ];
    expect(facts.filter(({ kind }) => kind !== 'unread')).toEqual([]);
  });

  it('gives a file the name that git gives its content', () => {
    expect(toFileFacts('a', bytes('hello world\n')).blob).toBe('3b18e512dba7');
  });
});
