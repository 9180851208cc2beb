import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FileFacts } from '../../src/coverage/file-facts.ts';
import { planParts } from '../../src/coverage/plan-parts.ts';
import { createMatcher } from '../../src/lib/glob.ts';

const aFile = (path: string, lines: number): FileFacts => ({ path, blob: 'a'.repeat(12), lines, kind: 'code' });
const folder = fc.constantFrom(
  'a',
  'b',
  'src',
  '[id]',
  '(group)',
  'x{1}',
  '!not',
  'with space',
  '*',
  '@scope',
  '+page',
);
const someFiles = fc
  .uniqueArray(
    fc.tuple(
      fc.array(folder, { maxLength: 4 }),
      fc.stringMatching(/^[a-z]{1,4}\.ts$/),
      fc.integer({ min: 1, max: 900 }),
    ),
    { selector: ([folders, name]) => [...folders, name].join('/'), minLength: 1, maxLength: 150 },
  )
  .map((all) => all.map(([folders, name, lines]) => aFile([...folders, name].join('/'), lines)));
const limits = fc.record({ most: fc.integer({ min: 1, max: 6 }), linesEach: fc.integer({ min: 100, max: 20_000 }) });

describe('the parts of a repository', () => {
  it('hold every file once, are found by their globs alone, are few, and no more than are needed', () => {
    fc.assert(
      fc.property(someFiles, limits, (files, given) => {
        const parts = planParts(files, given);
        const total = files.reduce((sum, { lines }) => sum + lines, 0);
        expect(parts.flatMap((part) => [...part.files]).sort()).toEqual(files.map(({ path }) => path).sort());
        expect(parts.length).toBeLessThanOrEqual(Math.max(1, Math.min(given.most, Math.ceil(total / given.linesEach))));
        for (const part of parts) {
          const matches = createMatcher(part.paths);
          expect(
            files
              .filter(({ path }) => matches(path))
              .map(({ path }) => path)
              .sort(),
          ).toEqual([...part.files].sort());
        }
      }),
      { numRuns: 200 },
    );
  });

  it('are the same whatever the order of the files, and leave the files of one folder together', () => {
    fc.assert(
      fc.property(someFiles, limits, fc.infiniteStream(fc.nat()), (files, given, numbers) => {
        const key = new Map(files.map(({ path }) => [path, numbers.next().value]));
        const shuffled = files.toSorted((a, b) => (key.get(a.path) ?? 0) - (key.get(b.path) ?? 0));
        const parts = planParts(files, given);
        expect(planParts(shuffled, given).map(({ paths }) => paths)).toEqual(parts.map(({ paths }) => paths));
        const partOf = (path: string) => parts.findIndex((part) => part.files.has(path));
        const byFolder = Map.groupBy(files, ({ path }) => path.slice(0, path.lastIndexOf('/') + 1));
        for (const group of byFolder.values()) expect(new Set(group.map(({ path }) => partOf(path))).size).toBe(1);
      }),
    );
  });

  const aTree = Array.from({ length: 2000 }, (_, index) =>
    aFile(`packages/p${index % 60}/src/d${index % 9}/f${index}.ts`, 40 + ((index * 53) % 300)),
  );
  const four = { most: 4, linesEach: 60_000 };

  it('are about equal where the folders allow it', () => {
    const sizes = planParts(aTree, four).map(({ lines }) => lines);
    expect(sizes).toHaveLength(4);
    expect(Math.max(...sizes) / Math.min(...sizes)).toBeLessThan(1.25);
  });

  it('stay nearly the same when a few files come, go or grow', () => {
    const before = planParts(aTree, four);
    const changed = [
      ...aTree.slice(5).map((file, index) => (index % 400 === 0 ? { ...file, lines: file.lines + 60 } : file)),
      aFile('packages/p7/src/d1/new.ts', 120),
      aFile('tools/build.ts', 80),
    ];
    const after = planParts(changed, four);
    const partOf = (parts: typeof before, path: string) => parts.findIndex(({ files }) => files.has(path));
    const moved = changed.filter(
      ({ path }) => partOf(before, path) !== partOf(after, path) && partOf(before, path) >= 0,
    );
    expect(moved.length / changed.length).toBeLessThan(0.06);
  });

  it('are one for a repository that one agent can look at, and count nothing that nobody reads', () => {
    const huge = { ...aFile('data.min.js', 1_000_000), kind: 'unread' as const };
    expect(planParts([aFile('a.ts', 59_000), huge], four)).toMatchObject([{ paths: ['**'], lines: 59_000 }]);
    expect(planParts([], four)).toHaveLength(1);
  });
});
