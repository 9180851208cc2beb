import type { Finding } from '../findings/finding.ts';
import { isOpen } from '../findings/judge-verdicts.ts';
import { count } from '../lib/text.ts';
import type { Repository } from './ports.ts';
import type { Moved } from './witness.ts';

// Each is one comparison of two trees; findings that were last seen at older commits yet are told by their code alone.
const mostCommits = 10;

type Files = ReadonlySet<string>;

/**
 * Where the files of known findings went that are not there any more, old path to new, as git tells from the commit at which each finding
 * was last seen. `notes` says for people where the checkout does not reach back that far.
 */
export async function findRenames(
  known: readonly Finding[],
  files: Files,
  { commit, renames }: Pick<Repository, 'commit' | 'renames'>,
): Promise<Moved> {
  const found = new Map<string, string>();
  const untold: Finding[] = [];
  const gone = commit === undefined ? [] : known.filter((finding) => goneFrom(finding, files).length > 0);
  for (const [since, findings] of byCommit(gone)) {
    const moved = since === commit ? noRenames : await renames(since);
    if (!moved) untold.push(...findings);
    for (const [path, now] of followed(findings, files, moved ?? noRenames)) found.set(path, found.get(path) ?? now);
  }
  const left = untold.filter((finding) => isOpen(finding) && goneFrom(finding, files).some((path) => !found.has(path)));
  return { renames: [...found], notes: left.length > 0 ? [tooShallow(left.length)] : [] };
}

const noRenames: ReadonlyMap<string, string> = new Map();

function followed(findings: readonly Finding[], files: Files, moved: ReadonlyMap<string, string>): [string, string][] {
  return findings.flatMap((finding) =>
    goneFrom(finding, files).flatMap((path): [string, string][] => {
      const now = moved.get(path);
      return now !== undefined && files.has(now) ? [[path, now]] : [];
    }),
  );
}

/** The newest first. */
function byCommit(findings: readonly Finding[]): [string, Finding[]][] {
  const commits = new Map<string, Finding[]>();
  for (const finding of findings.toSorted((a, b) => (a.lastSeen.at < b.lastSeen.at ? 1 : -1))) {
    const { commit } = finding.lastSeen;
    if (commit !== undefined) commits.set(commit, [...(commits.get(commit) ?? []), finding]);
  }
  return [...commits].slice(0, mostCommits);
}

function goneFrom({ location, evidence }: Finding, files: Files): string[] {
  const paths = new Set([...(location ? [location.path] : []), ...evidence.map(({ path }) => path)]);
  return [...paths].filter((path) => !files.has(path));
}

function tooShallow(findings: number): string {
  return `Files of ${count(findings, 'known finding')} are gone, and the checkout does not reach back to where they were last seen: git could not tell whether they were renamed, only their code can. Set fetch-depth: 0 in the checkout step.`;
}
