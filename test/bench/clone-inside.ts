import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Sandbox, SandboxFile, SandboxProvider } from '../../src/sandboxes/sandbox.ts';

/** The other way to bring a repository: a sandbox that has a bare one at hand and clones it inside. Nothing is made before the first clone. */
export function createCloner(provider: SandboxProvider, tree: { names: readonly string[]; bytes: number }) {
  let made: Promise<Sandbox> | undefined;
  return {
    /** By git's protocol, as from a server; its working tree is looked at and removed. */
    async clone(): Promise<void> {
      made ??= withBareRepository(provider, tree);
      const sandbox = await made;
      const script =
        'git clone -q "file://$PWD/origin.git" /tmp/clone && find /tmp/clone -name .git -prune -o -type f -print | wc -l; rm -rf /tmp/clone';
      const { stdout, stderr } = await sandbox.exec(['bash', '-c', script], { timeoutMs: 120_000 });
      if (Number(stdout) !== tree.names.length) throw new Error(`${stdout} files were cloned: ${stderr}`);
    },
    async end(): Promise<void> {
      await (await made)?.kill();
    },
  };
}

async function withBareRepository(provider: SandboxProvider, tree: Parameters<typeof createCloner>[1]) {
  const folder = mkdtempSync(path.join(tmpdir(), 'courier-bench-'));
  try {
    await makeBareRepository(path.join(folder, 'origin.git'), tree);
    return await provider.create({ session: 'S-bench', lifetimeMs: 600_000, files: () => filesBelow(folder) });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** One commit of these files, each with contents of its own. */
async function makeBareRepository(place: string, tree: Parameters<typeof createCloner>[1]): Promise<void> {
  spawnSync('git', ['init', '-q', '--bare', '-b', 'main', place]);
  const child = spawn('git', ['-C', place, 'fast-import', '--quiet'], { stdio: ['pipe', 'ignore', 'inherit'] });
  const exit = once(child, 'exit');
  await pipeline(Readable.from(oneCommit(tree)), child.stdin);
  const [code] = await exit;
  if (code !== 0) throw new Error(`git fast-import ended with ${code}`);
}

function* oneCommit({ names, bytes }: Parameters<typeof createCloner>[1]): Generator<Buffer> {
  yield Buffer.from('commit refs/heads/main\ncommitter Bench <bench@example.com> 0 +0000\ndata 0\n\n');
  for (const name of names) {
    yield Buffer.from(`M 100644 inline ${name}\ndata ${bytes}\n`);
    yield randomBytes(bytes);
    yield Buffer.from('\n');
  }
}

async function* filesBelow(folder: string): AsyncGenerator<SandboxFile> {
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const place = path.join(entry.parentPath, entry.name);
    if (entry.isFile()) yield { path: path.relative(folder, place), mode: 'file', data: await readFile(place) };
  }
}
