import { ExternalError } from '../../lib/errors.ts';
import type { SandboxFile } from '../../sandboxes/sandbox.ts';
import type { Git } from './git.ts';
import { isOurs } from './repository-files.ts';
import type { StreamLimits } from './repository-stream.ts';

type Entry = { path: string; mode: SandboxFile['mode']; oid: string; size: number };

/** Bytes of the files that are in memory at a time. */
const batchBytes = 32 << 20;
const modes: Readonly<Record<string, SandboxFile['mode']>> = {
  '100644': 'file',
  '100755': 'executable',
  '120000': 'link',
};

/**
 * The files and links of a commit below the root, for a sandbox, as git stores them; what is too large is left out, as from the working tree.
 *
 * @returns `undefined` where the clone does not hold the commit (a shallow one, or somebody else's).
 * @throws ExternalError, also while reading, where the clone lacks some of its files.
 */
export async function readCommitFiles(
  git: Git,
  commit: string,
  limits: StreamLimits,
): Promise<(() => AsyncIterable<SandboxFile>) | undefined> {
  if (!/^[0-9a-f]{40,64}$/.test(commit)) return undefined;
  const found = await git(['cat-file', '-e', `${commit}^{commit}`]);
  if (found.exitCode !== 0) return undefined;
  const tree = await git(['ls-tree', '-r', '-z', '-l', commit]);
  if (tree.exitCode !== 0) throw new ExternalError(`git ls-tree failed: ${tree.stderr.trim()}`);
  const entries = withinLimits(tree.stdout.toString('utf8').split('\0').flatMap(toEntry), limits);
  return () => streamEntries(git, entries);
}

/** `100644 blob 3b18e51… 12\tpath`; submodules have no files here. */
function toEntry(line: string): Entry[] {
  const parts = /^(\d{6}) blob ([0-9a-f]{40,64}) +(\d+|BAD)\t(.+)$/s.exec(line);
  const [, bits = '', oid = '', size = '', path = ''] = parts ?? [];
  const mode = modes[bits];
  if (size === 'BAD') throw new ExternalError(`This clone does not hold ${path} of that commit.`);
  return mode !== undefined && isOurs(path) ? [{ path, mode, oid, size: Number(size) }] : [];
}

function withinLimits(entries: readonly Entry[], limits: StreamLimits): Entry[] {
  let total = 0;
  return entries.filter(({ size }) => {
    if (size > limits.file || total + size > limits.total) return false;
    total += size;
    return true;
  });
}

async function* streamEntries(git: Git, entries: readonly Entry[]): AsyncGenerator<SandboxFile> {
  for (const batch of inBatches(entries)) {
    const room = batch.reduce((sum, { size }) => sum + size + 200, 1000);
    const input = batch.map(({ oid }) => `${oid}\n`).join('');
    const { exitCode, stdout, stderr } = await git(['cat-file', '--batch'], { input, maxBytes: room });
    if (exitCode !== 0) throw new ExternalError(`git cat-file failed: ${stderr.trim()}`);
    let at = 0;
    for (const { path, mode, oid, size } of batch) {
      const head = `${oid} blob ${size}\n`;
      if (stdout.toString('latin1', at, at + head.length) !== head)
        throw new ExternalError(`This clone does not hold ${path} of that commit.`);
      const data = stdout.subarray(at + head.length, at + head.length + size);
      at += head.length + size + 1;
      yield mode === 'link' ? { path, mode, target: data.toString('utf8') } : { path, mode, data };
    }
  }
}

function* inBatches(entries: readonly Entry[]): Generator<readonly Entry[]> {
  let batch: Entry[] = [];
  let bytes = 0;
  for (const entry of entries) {
    if (batch.length > 0 && bytes + entry.size > batchBytes) {
      yield batch;
      batch = [];
      bytes = 0;
    }
    batch.push(entry);
    bytes += entry.size;
  }
  if (batch.length > 0) yield batch;
}
