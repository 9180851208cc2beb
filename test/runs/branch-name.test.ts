import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nameBranch, refuseBranch } from '../../src/runs/branch-name.ts';

describe('the branch of an issue', () => {
  it.each([
    ['Slow start', 'courier/issue-7-slow-start'],
    ['  Café: crème brûlée!  ', 'courier/issue-7-cafe-creme-brulee'],
    ['$(touch pwned) `id` ; rm -rf / $IFS', 'courier/issue-7-touch-pwned-id-rm-rf-ifs'],
    ['../../.git/HEAD.lock', 'courier/issue-7-git-head-lock'],
    ['--upload-pack=evil', 'courier/issue-7-upload-pack-evil'],
    ['refs/heads/main@{1}', 'courier/issue-7-refs-heads-main-1'],
    ['问题', 'courier/issue-7'],
    ['', 'courier/issue-7'],
    [
      'The cache forgets entries of a session that somebody else renews',
      'courier/issue-7-the-cache-forgets-entries-of-a-session-that',
    ],
  ])('is made of the words of %j', (title, name) => {
    expect(nameBranch({ number: 7, title })).toBe(name);
  });

  it('is a name that git and a shell take as it is, whatever the title holds', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), fc.integer({ min: 1, max: 1e9 }), (title, number) => {
        const name = nameBranch({ number, title });
        expect(name).toMatch(/^courier\/issue-[1-9]\d*(?:-[a-z0-9]+)*$/);
        expect(name.length).toBeLessThanOrEqual(80);
        expect(name.startsWith(`courier/issue-${number}`)).toBe(true);
      }),
    );
  });
});

describe('a branch that a person named', () => {
  const taken = { defaultBranch: 'main', ledger: 'courier-ledger', isProtected: false };

  it.each([
    ['main', 'default branch'],
    ['Main', 'default branch'],
    ['courier-ledger', "Courier's ledger"],
    ['courier', 'beside the branches'],
  ])('is refused where it is %s', (name, why) => {
    expect(refuseBranch(name, taken)).toContain(why);
  });

  it('is refused where GitHub protects it', () => {
    expect(refuseBranch('release', { ...taken, isProtected: true })).toContain('protected');
  });

  it('may be any other', () => {
    expect(refuseBranch('fix/slow-start', taken)).toBeUndefined();
  });
});
