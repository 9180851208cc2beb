import { execFileSync } from 'node:child_process';

/** A file that differs between two commits, and where its old lines went (from 1); absent: git says that they were removed or rewritten. */
export type ChangedFile = { before: string; now: string; lineNow: (line: number) => number | undefined };

// What nobody wrote by hand tells nothing about how code is edited.
const pathspec = ['*.ts', '*.mjs', '*.js', ':!action/dist', ':!test/fixtures', ':!src/adapters/syntax/grammars'];

function git(root: string, ...args: string[]): string {
  return execFileSync('git', ['-C', root, ...args], { encoding: 'utf8', maxBuffer: 1 << 28 });
}

/** Commits of the first line of descent, oldest first. */
export function listCommits(root: string): string[] {
  return git(root, 'rev-list', '--first-parent', '--reverse', 'HEAD').trim().split('\n').filter(Boolean);
}

export type Source = { path: string; blob: string };

export function listSources(root: string, commit: string): Source[] {
  const entries = git(root, 'ls-tree', '-r', '-z', '--format=%(objectname) %(path)', commit).split('\0');
  return entries.flatMap((entry) => {
    const [blob = '', path = ''] = [entry.slice(0, entry.indexOf(' ')), entry.slice(entry.indexOf(' ') + 1)];
    const isOurs =
      /\.(?:ts|mjs|js)$/.test(path) && !/^(?:action\/dist|test\/fixtures|src\/adapters\/syntax\/grammars)\//.test(path);
    return isOurs ? [{ path, blob }] : [];
  });
}

/** Texts by blob, in one go. */
export function readBlobs(root: string, blobs: readonly string[]): Map<string, string> {
  const output = execFileSync('git', ['-C', root, 'cat-file', '--batch'], {
    input: blobs.join('\n'),
    maxBuffer: 1 << 28,
  });
  const texts = new Map<string, string>();
  for (let at = 0; at < output.length; ) {
    const end = output.indexOf(10, at);
    const [blob = '', , size = '0'] = output.toString('utf8', at, end).split(' ');
    texts.set(blob, output.toString('utf8', end + 1, end + 1 + Number(size)));
    at = end + Number(size) + 2;
  }
  return texts;
}

/** Files that changed and are still there, by git's own comparison with renames. */
export function listChanged(root: string, [before, now]: readonly [string, string]): ChangedFile[] {
  const options = [
    '--find-renames',
    '--unified=0',
    '--no-color',
    '--diff-filter=MR',
    '--src-prefix=a/',
    '--dst-prefix=b/',
  ];
  const diff = git(root, 'diff', ...options, before, now, '--', ...pathspec);
  return diff
    .split(/^diff --git /m)
    .slice(1)
    .flatMap((part) => {
      const old = /^(?:rename from |--- a\/)(.+)$/m.exec(part)?.[1];
      const present = /^(?:rename to |\+\+\+ b\/)(.+)$/m.exec(part)?.[1];
      return old && present ? [{ before: old, now: present, lineNow: followLines(part) }] : [];
    });
}

function followLines(diff: string): ChangedFile['lineNow'] {
  const hunks = [...diff.matchAll(/^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/gm)].map(
    ([, start, removed = '1', , added = '1']) => ({
      start: Number(start),
      removed: Number(removed),
      added: Number(added),
    }),
  );
  return (line) => {
    let shift = 0;
    for (const { start, removed, added } of hunks) {
      // A hunk that removes nothing stands after the line that it names.
      const first = removed === 0 ? start + 1 : start;
      if (line < first) break;
      if (line < first + removed) return undefined;
      shift += added - removed;
    }
    return line + shift;
  };
}
