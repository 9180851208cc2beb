import { expect, it } from 'vitest';
import { createGitRepository } from '../fakes/git-repository.ts';

const files = {
  'a.js': 'export {};\n',
  'src/b/c.ts': 'é',
  'src.txt': '',
  'src-x/y': '1',
  'größe 漢字/$(id) "q".txt': 'hostile name\n',
  [`d/${'l'.repeat(200)}`]: 'a long name\n',
};

it('a repository whose first commit is made without git is one as git would have made it', () => {
  const repository = createGitRepository(files);
  const { git } = repository;
  try {
    expect(git('fsck', '--strict', '--full')).toBe('');
    expect([git('status', '--porcelain'), git('diff-index', 'HEAD'), git('branch', '--show-current')]).toEqual([
      ...['', '', 'main'],
    ]);
    expect(git('rev-parse', 'HEAD')).toBe(repository.head());
    const own = git('rev-parse', 'HEAD^{tree}');
    git('rm', '-rq', '--cached', '.');
    git('add', '--all');
    expect(git('write-tree')).toBe(own);
    const next = repository.commit({ 'a.js': 'export const a = 1;\n' });
    expect([git('rev-parse', 'HEAD'), git('rev-list', '--count', 'HEAD')]).toEqual([next, '2']);
    git('checkout', '-q', '--detach');
    git('pack-refs', '--all');
    expect(repository.head()).toBe(next);
    git('checkout', '-q', 'main');
    expect(repository.head()).toBe(next);
  } finally {
    repository.remove();
  }
});
