import { describe, expect, it } from 'vitest';
import { createMatcher } from '../../src/lib/glob.ts';

describe('createMatcher', () => {
  it.each([
    [[], 'anything/at/all.ts', true],
    [['src/**'], 'src/a/b.ts', true],
    [['src/**'], 'lib/a.ts', false],
    [['src/**/*.ts'], 'src/a.ts', true],
    [['*.ts'], 'src/a.ts', false],
    [['**/*.{ts,tsx}'], 'app/view.tsx', true],
    [['src/'], 'src/deep/a.ts', true],
    [['./src/**'], 'src/a.ts', true],
    [['README.md'], 'README.md', true],
    [['a/*', 'b/*'], 'b/x', true],
  ])('with %j, whether %s matches is %s', (globs, path, expected) => {
    expect(createMatcher(globs)(path)).toBe(expected);
  });

  it('sees dot files and dot folders like any other', () => {
    expect(createMatcher(['**/*.yml'])('.github/workflows/ci.yml')).toBe(true);
    expect(createMatcher(['src/**'])('src/.env')).toBe(true);
  });

  it('takes away what a negated glob names, wherever it stands in the list', () => {
    const first = createMatcher(['!src/generated/**', 'src/**']);
    expect(first('src/a.ts')).toBe(true);
    expect(first('src/generated/a.ts')).toBe(false);
  });

  it('matches everything else where all globs are negated', () => {
    const matches = createMatcher(['!vendor/**']);
    expect(matches('src/a.ts')).toBe(true);
    expect(matches('vendor/a.ts')).toBe(false);
  });

  it('takes brackets, parentheses and spaces in a folder name as people write them', () => {
    expect(createMatcher(['app/(group)/**'])('app/(group)/page.tsx')).toBe(true);
    expect(createMatcher(['my docs/**'])('my docs/a.md')).toBe(true);
  });
});
