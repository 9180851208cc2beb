import { execFileSync } from 'node:child_process';
import type { GitObject, GitObjects, Signature, TreeEntry } from './git-objects.ts';

/** Copies a repository's commits, with all that belongs to them, into the double: from then on GitHub knows its history. */
export function importGit(objects: GitObjects, root: string): void {
  const git = (args: string[], input?: string) =>
    execFileSync('git', args, { cwd: root, maxBuffer: 2 ** 26, ...(input === undefined ? {} : { input }) });
  const names = git(['rev-list', '--all', '--objects', '--no-object-names']).toString('utf8');
  const batch = git(['cat-file', '--batch'], names);
  for (let at = 0; at < batch.length; ) {
    const end = batch.indexOf(10, at);
    const [sha = '', type = '', size = '0'] = batch.subarray(at, end).toString('utf8').split(' ');
    const content = batch.subarray(end + 1, end + 1 + Number(size));
    const object = parseObject(type, content);
    if (object) objects.set(sha, object);
    at = end + 2 + Number(size);
  }
}

function parseObject(type: string, content: Buffer): GitObject | undefined {
  if (type === 'blob') return { type, content: Buffer.from(content) };
  if (type === 'tree') return { type, entries: parseTree(content) };
  return type === 'commit' ? parseCommit(content.toString('utf8')) : undefined;
}

function parseTree(content: Buffer): TreeEntry[] {
  const entries: TreeEntry[] = [];
  for (let at = 0; at < content.length; ) {
    const end = content.indexOf(0, at);
    const [mode = '', ...name] = content.subarray(at, end).toString('utf8').split(' ');
    entries.push({ mode, name: name.join(' '), sha: content.subarray(end + 1, end + 21).toString('hex') });
    at = end + 21;
  }
  return entries;
}

function parseCommit(text: string): GitObject {
  const [head = '', ...message] = text.split('\n\n');
  const lines = head.split('\n').map((line) => [line.slice(0, line.indexOf(' ')), line.slice(line.indexOf(' ') + 1)]);
  const valuesOf = (name: string) => lines.flatMap(([key, value = '']) => (key === name ? [value] : []));
  return {
    type: 'commit',
    tree: valuesOf('tree')[0] ?? '',
    parents: valuesOf('parent'),
    message: message.join('\n\n').trimEnd(),
    author: parseSignature(valuesOf('author')[0]),
    committer: parseSignature(valuesOf('committer')[0]),
  };
}

function parseSignature(text = ''): Signature {
  const [, name = '', email = '', seconds = '0'] = /^(.*) <(.*)> (\d+)/.exec(text) ?? [];
  return { name, email, date: new Date(Number(seconds) * 1000).toISOString() };
}
