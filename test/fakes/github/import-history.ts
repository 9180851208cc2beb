import type { GitRepository } from '../git-repository.ts';
import type { RepositoryState } from './state.ts';

/** The commits of a real repository, so that GitHub knows its history; their files stay where they are. */
export function importHistory({ git }: Pick<GitRepository, 'git'>, { objects }: RepositoryState): void {
  const lines = git('log', '--format=%H %T %cI %aI %P%x00%s').split('\n');
  for (const line of lines) {
    const [facts = '', message = ''] = line.split('\0');
    const [sha = '', tree = '', committed = '', authored = '', ...parents] = facts.trim().split(' ');
    const person = { name: 'Ada', email: 'ada@example.com' };
    objects.set(sha, {
      type: 'commit',
      tree,
      parents,
      message,
      author: { ...person, date: authored },
      committer: { ...person, date: committed },
    });
  }
}
