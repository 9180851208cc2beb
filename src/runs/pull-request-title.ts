import { oneLine, truncate } from '../lib/text.ts';

const conventional = /^(?:build|chore|ci|docs|feat|fix|perf|refactor|revert|style|test)(?:\([^()]{1,60}\))?!?: \S/;
/** GitHub shows so many before it cuts a commit's subject. */
const longest = 72;

/** Whether most of the latest commits name their kind, as https://www.conventionalcommits.org has it. */
export function isConventional(subjects: readonly string[]): boolean {
  const own = subjects.filter((subject) => !/^(?:Merge|Revert) /.test(subject));
  return own.length >= 3 && own.filter((subject) => conventional.test(subject)).length * 2 > own.length;
}

/**
 * The title of a run's pull request, in the repository's convention: `fix: the cache forgets entries`, or the title as it is.
 *
 * @param subjects of the latest commits of the base.
 */
export function titlePullRequest(
  title: string,
  { subjects, kind }: { subjects: readonly string[]; kind: 'fix' | 'docs' | 'feat' },
): string {
  const plain = oneLine(title).replace(/[.!\s]+$/, '');
  if (!isConventional(subjects) || conventional.test(plain)) return truncate(plain, longest);
  const text = /^[A-Z][a-z]/.test(plain) ? plain.charAt(0).toLowerCase() + plain.slice(1) : plain;
  return truncate(`${kind}: ${text}`, longest);
}
