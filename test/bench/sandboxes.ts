import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { E2B } from 'e2b';
import { createE2bSandboxProvider } from '../../src/adapters/e2b/e2b-sandbox.ts';
import { createLocalSandboxProvider } from '../../src/adapters/local/local-sandbox.ts';
import { silentLog } from '../../src/lib/log.ts';
import { mapLimited } from '../../src/lib/tasks.ts';
import type { SandboxFile, SandboxProvider } from '../../src/sandboxes/sandbox.ts';
import { startE2b } from '../fakes/e2b/start-e2b.ts';
import { createCloner } from './clone-inside.ts';
import type { Comparison } from './harness.ts';

const count = 10_000;
const bytes = 10_000;
const data = randomBytes(bytes);
const names = Array.from({ length: count }, (_, index) => `packages/p${index % 100}/src/file-${index}.ts`);

async function* manyFiles(): AsyncGenerator<SandboxFile> {
  for (const name of names) yield { path: name, mode: 'file', data };
}
async function* noFiles(): AsyncGenerator<SandboxFile> {}

async function throughOne(
  provider: SandboxProvider,
  files: () => AsyncIterable<SandboxFile>,
  expected: number,
): Promise<void> {
  const sandbox = await provider.create({ session: 'S-bench', lifetimeMs: 600_000, files });
  try {
    const { stdout } = await sandbox.exec(['bash', '-c', 'find . -type f | wc -l'], { timeoutMs: 60_000 });
    if (Number(stdout) !== expected) throw new Error(`${stdout} files arrived`);
  } finally {
    await sandbox.kill();
  }
}

/** Both kinds of sandboxes: their start, and a repository of 10,000 files and 100 MB on its way into them. E2B is emulated on this machine. */
export async function sandboxes(): Promise<{ comparisons: Comparison[]; end: () => Promise<void> }> {
  const e2b = await startE2b();
  const access = { apiKey: e2b.key, apiUrl: e2b.url, sandboxUrl: e2b.url };
  const { Sandbox } = new E2B({ ...access, debug: false });
  const remote = createE2bSandboxProvider({ access, owner: { repository: 'acme/shop', job: 'bench' }, log: silentLog });
  const local = createLocalSandboxProvider({ env: process.env, log: silentLog });
  const large = createCloner(local, { names, bytes });
  const small = createCloner(local, { names: ['README.md'], bytes });
  const alone = async (work: (sandbox: Awaited<ReturnType<typeof Sandbox.create>>) => Promise<unknown>) => {
    const sandbox = await Sandbox.create();
    await work(sandbox);
    await sandbox.kill();
  };
  const comparisons: Comparison[] = [
    {
      what: 'an empty sandbox at E2B (emulated), one command, its end',
      beside: "the SDK's own",
      repetitions: 7,
      courier: () => throughOne(remote, noFiles, 0),
      other: () => alone((sandbox) => sandbox.commands.run('find . -type f | wc -l')),
    },
    {
      what: '10,000 files, 100 MB, into a sandbox at E2B (emulated)',
      beside: 'each written by the SDK, 16 at a time',
      repetitions: 3,
      courier: () => throughOne(remote, manyFiles, count),
      other: () =>
        alone((sandbox) =>
          mapLimited(names, 16, (name) =>
            sandbox.files.write(`/home/user/repo/${name}`, new Blob([data]), { useOctetStream: true }),
          ),
        ),
    },
    {
      what: '10,000 files, 100 MB, into a local sandbox',
      beside: 'each written to a folder, one after the other',
      repetitions: 3,
      courier: () => throughOne(local, manyFiles, count),
      other: writeEach,
    },
    {
      what: '10,000 files, 100 MB, into a local sandbox, its start and end included',
      beside: '`git clone` of them inside one that runs',
      repetitions: 3,
      courier: () => throughOne(local, manyFiles, count),
      other: large.clone,
    },
    {
      what: 'an empty local sandbox, one command, its end',
      beside: '`git clone` of one file inside one that runs',
      repetitions: 15,
      courier: () => throughOne(local, noFiles, 0),
      other: small.clone,
    },
  ];
  const end = async () => {
    await large.end();
    await small.end();
    await e2b.close();
  };
  return { comparisons, end };
}

async function writeEach(): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'courier-bench-'));
  for (const name of names) {
    await mkdir(path.join(folder, path.dirname(name)), { recursive: true });
    await writeFile(path.join(folder, name), data);
  }
  rmSync(folder, { recursive: true });
}
