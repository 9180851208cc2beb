import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { layOut, mapRatio, toTree } from '../../src/reports/treemap.ts';

const someFiles = fc.uniqueArray(
  fc.record({
    path: fc.stringMatching(/^(?:[a-c]\/){0,4}[a-z]{1,5}\.js$/),
    lines: fc.integer({ min: 1, max: 3000 }),
    seen: fc.constant(0),
    changed: fc.constant(false),
  }),
  { selector: ({ path }) => path, minLength: 1, maxLength: 200 },
);

describe('the map of the files', () => {
  it('gives each line of code the same room, fills the whole and lets no tile lie on another', () => {
    fc.assert(
      fc.property(someFiles, (files) => {
        const tiles = layOut(toTree(files, []));
        const total = files.reduce((sum, { lines }) => sum + lines, 0);
        for (const { node, x, y, width, height } of tiles) {
          expect((width * height) / 10_000).toBeCloseTo(node.lines / total, 6);
          expect([x, y].every((start) => start > -1e-6)).toBe(true);
          expect(Math.max(x + width, y + height)).toBeLessThan(100 + 1e-6);
        }
        expect(tiles.reduce((sum, { node }) => sum + node.files, 0)).toBe(files.length);
        const overlapping = tiles.some((a, index) =>
          tiles
            .slice(index + 1)
            .some(
              (b) =>
                Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x) > 1e-6 &&
                Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y) > 1e-6,
            ),
        );
        expect(overlapping).toBe(false);
      }),
      { numRuns: 40 },
    );
  });

  it('is one picture of a bounded number of tiles, about as wide as high, also of 20,000 files', () => {
    const files = Array.from({ length: 20_000 }, (_, index) => ({
      path: `packages/p${index % 40}/src/d${index % 7}/file-${index}.ts`,
      lines: 10 + ((index * 37) % 400),
      seen: 0,
      changed: false,
    }));
    const tiles = layOut(toTree(files, []));
    expect(tiles.length).toBeLessThanOrEqual(320);
    expect(tiles.length).toBeGreaterThan(100);
    const ratios = tiles
      .map(({ width, height }) => (width * mapRatio) / height)
      .map((ratio) => Math.max(ratio, 1 / ratio));
    expect(ratios.toSorted((a, b) => a - b)[Math.floor(ratios.length / 2)]).toBeLessThan(2);
  });

  it('sums up a folder: its lines, its last look, its worst finding', () => {
    const files = [
      { path: 'a/b/one.js', lines: 10, seen: 10, day: '2026-11-01', changed: false },
      { path: 'a/b/two.js', lines: 30, seen: 0, day: '2026-11-02', changed: true },
      { path: 'c.js', lines: 5, seen: 0, changed: false },
    ];
    const root = toTree(files, [
      { location: { path: 'a/b/two.js' }, severity: 3 },
      { location: { path: 'a/b/two.js' }, severity: 1 },
    ]);
    expect(root).toMatchObject({ files: 3, lines: 45, seen: 10, changed: 1, findings: [1, 3] });
    expect(root.children[0]).toMatchObject({ path: 'a/b', files: 2, day: '2026-11-02' });
  });
});
