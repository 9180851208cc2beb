import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toRepositoryPath } from '../../src/lib/safe-path.ts';

test.each([
  ['src/a.ts', 'src/a.ts'],
  ['./src/a.ts', 'src/a.ts'],
  ['src/./lib//a.ts', 'src/lib/a.ts'],
  ['src/lib/../a.ts', 'src/a.ts'],
  ['src\\lib\\a.ts', 'src/lib/a.ts'],
  [' `src/a.ts` ', 'src/a.ts'],
  ['src/', 'src'],
  ['.github/workflows/ci.yml', '.github/workflows/ci.yml'],
  ['a..b/c', 'a..b/c'],
])('reads %j as %j', (text, path) => {
  expect(toRepositoryPath(text)).toBe(path);
});

test.each([
  '',
  '.',
  '/etc/passwd',
  '\\\\host\\share',
  '../secrets',
  'src/../../secrets',
  'a/..',
  '~/.ssh/id_rsa',
  'C:\\Windows\\system.ini',
  'a/../C:/x',
  'https://example.com/a.ts',
  'file:///etc/passwd',
  'src/a.ts\u0000.png',
  'src/a\nb.ts',
  '.git/config',
  './.GIT/config',
  `${'a/'.repeat(600)}b`,
])('refuses %j', (text) => {
  expect(toRepositoryPath(text)).toBeUndefined();
});

test('takes the workspace off, and only where it is whole', () => {
  const workspace = '/home/user/repo';
  expect(toRepositoryPath('/home/user/repo/src/x.ts', { workspace })).toBe('src/x.ts');
  expect(toRepositoryPath('/home/user/repo//src/x.ts', { workspace: `${workspace}/` })).toBe('src/x.ts');
  expect(toRepositoryPath('/home/user/repository/x.ts', { workspace })).toBeUndefined();
  expect(toRepositoryPath('/home/user/repo/../x.ts', { workspace })).toBeUndefined();
  expect(toRepositoryPath('/etc/passwd', { workspace: '/' })).toBeUndefined();
});

test('never answers with a path that leads out', () => {
  const segment = fc.constantFrom('..', '.', '', '/', '\\', 'a', '.git', 'C:', '~', 'b.ts', '/home/user/repo');
  fc.assert(
    fc.property(fc.array(segment), fc.constantFrom('/', '\\', ''), (segments, joint) => {
      const path = toRepositoryPath(segments.join(joint), { workspace: '/home/user/repo' });
      if (path === undefined) return;
      expect(path).not.toMatch(/^\/|\\|^[a-zA-Z]:|(^|\/)\.\.?(\/|$)|\/\/|^\.git(\/|$)/);
    }),
  );
});
