import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderRepositoryMap } from '../../src/agents/repository-map.ts';

describe('the map of the repository', () => {
  it('shows a small repository whole, as a tree', () => {
    expect(renderRepositoryMap(['README.md', 'src/a.ts', 'src/lib/b.ts', 'src/lib/c.ts'])).toBe(
      ['4 files in all', 'src/', '  lib/', '    b.ts', '    c.ts', '  a.ts', 'README.md'].join('\n'),
    );
  });

  it('opens the largest folders first and counts what stays closed', () => {
    const files = ['small/a.ts', 'small/b.ts', ...Array.from({ length: 20 }, (_, index) => `big/f${index}.ts`)];
    const map = renderRepositoryMap(files, { maxLines: 23 });
    expect(map).toContain('big/\n  f0.ts');
    expect(map).toContain('small/ (2 files)');
  });

  it('names the first files of a crowded folder and counts the rest', () => {
    const map = renderRepositoryMap(Array.from({ length: 100 }, (_, index) => `f${index}.ts`));
    expect(map.split('\n').at(-1)).toBe('… and 40 more files');
  });

  it('says so when there is nothing', () => {
    expect(renderRepositoryMap([])).toBe('(no files)');
  });

  it('stays within its bounds for any repository, counts every file once, and breaks no line', () => {
    const part = fc.stringMatching(/^[a-z\n\u202e]{1,3}$/);
    const path = fc.array(part, { minLength: 1, maxLength: 5 }).map((parts) => parts.join('/'));
    fc.assert(
      fc.property(fc.uniqueArray(path, { maxLength: 200 }), fc.integer({ min: 10, max: 60 }), (files, maxLines) => {
        const lines = renderRepositoryMap(files, { maxLines }).split('\n');
        const root = 200 + 2; // the root is always opened, within its own bounds
        expect(lines.length).toBeLessThanOrEqual(maxLines + root);
        const counted = lines.slice(1).reduce((sum, line) => sum + countOf(line), 0);
        if (files.length > 0) expect(counted).toBe(files.length);
      }),
    );
  });

  it('takes a repository of 200,000 files', () => {
    const files = Array.from({ length: 200_000 }, (_, file) => `d${file % 977}/e${file % 31}/f${file}.ts`);
    expect(renderRepositoryMap(files).split('\n').length).toBeLessThan(310);
  });
});

function countOf(line: string): number {
  if (line.endsWith('/')) return 0;
  return Number(/\((\d+) files?\)$/.exec(line)?.[1] ?? /(\d+) more files?$/.exec(line)?.[1] ?? 1);
}
