import { ExternalError } from '../../lib/errors.ts';
import type { Git } from './git.ts';

/** By path, the first and last line (from 1, both included) of each changed place. A file that only lost lines has none. */
export type ChangedLines = ReadonlyMap<string, readonly (readonly [number, number])[]>;

/**
 * What the head changed since it left `base` (a commit or a branch), of the files below the root.
 * `undefined` where the checkout does not reach back to there, as a shallow one does not.
 */
export async function readChangedLines(git: Git, base: string): Promise<ChangedLines | undefined> {
  if (!/^\w[\w./-]*$/.test(base)) return undefined;
  const fork = await git(['merge-base', `${base}^{commit}`, 'HEAD']);
  if (fork.exitCode !== 0) return undefined;
  const diff = await git([
    'diff',
    '--unified=0',
    '--no-color',
    '--no-ext-diff',
    '--no-textconv',
    '--find-renames',
    '--ignore-submodules=all',
    '--inter-hunk-context=0',
    '--src-prefix=a/',
    '--dst-prefix=b/',
    '--relative',
    fork.stdout.toString().trim(),
    'HEAD',
  ]);
  if (diff.exitCode !== 0) throw new ExternalError(`git diff failed: ${diff.stderr.trim()}`);
  return parseChangedLines(diff.stdout.toString('utf8'));
}

/** Reads a diff without context lines. Hunks are counted through, so that no line of a file is taken for a header. */
export function parseChangedLines(diff: string): ChangedLines {
  const changed = new Map<string, (readonly [number, number])[]>();
  let places: (readonly [number, number])[] | undefined;
  let inHunk = 0;
  for (const line of diff.split('\n')) {
    if (inHunk > 0 && /^[-+]/.test(line)) {
      inHunk -= 1;
      continue;
    }
    const path = pathOf(line);
    if (path !== undefined) {
      places = [];
      changed.set(path, places);
      continue;
    }
    const hunk = /^@@ -\d+(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/.exec(line);
    if (!hunk) continue;
    const [gone, start, come] = [Number(hunk[1] ?? 1), Number(hunk[2]), Number(hunk[3] ?? 1)];
    inHunk = gone + come;
    if (come > 0) places?.push([start, start + come - 1]);
  }
  return changed;
}

function pathOf(line: string): string | undefined {
  // Git ends a name that holds a space with a tab.
  const plain = /^\+\+\+ b\/(.*?)\t?$/.exec(line);
  if (plain) return plain[1];
  const quoted = /^\+\+\+ "b\/(.*)"\t?$/.exec(line);
  return quoted?.[1] === undefined ? undefined : unquote(quoted[1]);
}

const escapes: Readonly<Record<string, string>> = { a: '\x07', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' };

/** Undoes git's quoting of a name (quote.c): C escapes, and bytes in octal. */
function unquote(text: string): string {
  return text.replace(/(?:\\[0-7]{3})+|\\(.)/g, (whole: string, single: string | undefined) => {
    if (single !== undefined) return escapes[single] ?? single;
    return Buffer.from(
      whole
        .split('\\')
        .slice(1)
        .map((octal) => Number.parseInt(octal, 8)),
    ).toString('utf8');
  });
}
