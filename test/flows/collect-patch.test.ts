import { spawn } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { createLocalSandboxProvider } from '../../src/adapters/local/local-sandbox.ts';
import { openRepository } from '../../src/adapters/local/repository.ts';
import { collectPatch, readBaseTree } from '../../src/flows/collect-patch.ts';
import { silentLog } from '../../src/lib/log.ts';
import { patchLimits } from '../../src/runs/judge-patch.ts';
import type { Sandbox } from '../../src/sandboxes/sandbox.ts';
import { leftOut, sandboxed } from '../acceptance/bed.ts';
import { createGitRepository } from '../fakes/git-repository.ts';

const ends: (() => void)[] = [];
afterEach(() => {
  for (const end of ends.splice(0)) end();
});

type Place = Pick<Sandbox, 'exec' | 'readFile' | 'workspace'>;

/** A folder in which the real programs run: what of a sandbox is asked for here. `answer` may say something else than they do. */
function aPlace(workspace: string, answer: (program: string, stdout: string) => string = (_, stdout) => stdout): Place {
  return {
    workspace,
    exec: async ([program, ...args], { stdin = '' }) => {
      const child = spawn(program, args, { cwd: workspace });
      const chunks: Buffer[] = [];
      child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
      child.stdin.on('error', () => {});
      child.stdin.end(stdin);
      const exitCode = await new Promise<number>((resolve) => child.on('close', (code) => resolve(code ?? 1)));
      const stdout = answer(program, Buffer.concat(chunks).toString());
      return { exitCode, stdout, stderr: '', timedOut: false, truncated: false, durationMs: 1 };
    },
    readFile: async (file) => (existsSync(file) && lstatSync(file).isFile() ? readFileSync(file) : undefined),
  };
}

/** A repository, and a copy of it that somebody works in. */
async function atWork(files: Readonly<Record<string, string>>) {
  const source = createGitRepository(files);
  const folder = mkdtempSync(path.join(tmpdir(), 'courier-test-'));
  ends.push(source.remove, () => rmSync(folder, { recursive: true, force: true }));
  cpSync(source.root, folder, { recursive: true });
  const repository = await openRepository(source.root);
  const base = await readBaseTree(repository.stream());
  const write = (name: string, text: string | Uint8Array) => {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  };
  const collect = (place: Place = aPlace(folder), withheld: ReadonlySet<string> = new Set()) =>
    collectPatch(place, base, {
      withheld,
      repository,
      signal: new AbortController().signal,
      largestFile: patchLimits.largestFile,
    });
  return { folder, base, repository, write, collect };
}

const files = {
  'src/a.js': 'one\n',
  'src/b.js': 'two\n',
  'run.sh': 'true\n',
  '.gitignore': 'node_modules/\n*.log\n',
  'größe "q".txt': 'é',
};

describe('the patch of a sandbox', () => {
  it('is empty where nothing was done', async () => {
    const { collect } = await atWork(files);
    expect(await collect()).toMatchObject({ changes: [], oversize: [] });
  });

  it('holds what was changed, added and deleted, new modes and links, and nothing that git ignores', async () => {
    const { folder, write, collect } = await atWork(files);
    write('src/a.js', 'uno\n');
    write('src/new dir/c\td.js', 'three\n');
    write('node_modules/x/index.js', 'x');
    write('debug.log', 'x');
    write('.git/hooks/pre-commit', 'evil');
    chmodSync(path.join(folder, 'run.sh'), 0o755);
    unlinkSync(path.join(folder, 'src/b.js'));
    symlinkSync('../outside', path.join(folder, 'link'));
    const { changes, paths } = await collect();
    expect(changes.map(({ path: name, change }) => [name, change])).toEqual([
      ['link', 'added'],
      ['run.sh', 'changed'],
      ['src/a.js', 'changed'],
      ['src/b.js', 'deleted'],
      ['src/new dir/c\td.js', 'added'],
    ]);
    expect(changes[1]).toMatchObject({ mode: 'executable', before: { mode: 'file' } });
    expect(changes[0]).toMatchObject({ mode: 'link', data: new TextEncoder().encode('../outside') });
    expect(paths.sort()).toEqual(['.gitignore', 'größe "q".txt', 'link', 'run.sh', 'src/a.js', 'src/new dir/c\td.js']);
  });

  it('sees a file of the same size, and one in the place of a folder', async () => {
    const { folder, write, collect } = await atWork(files);
    write('src/a.js', 'two\n');
    rmSync(path.join(folder, 'src'), { recursive: true });
    write('src', 'a file now');
    const { changes } = await collect();
    expect(changes.map(({ path: name, change }) => `${change} ${name}`)).toEqual([
      'added src',
      'deleted src/a.js',
      'deleted src/b.js',
    ]);
  });

  it('takes no file for deleted that was never there, and one that was made in its place for what it is', async () => {
    const { folder, write, collect } = await atWork({ ...files, 'CLAUDE.md': 'old\n', '.claude/settings.json': '{}' });
    rmSync(path.join(folder, '.claude'), { recursive: true });
    write('CLAUDE.md', 'new\n');
    const withheld = new Set(['CLAUDE.md', '.claude/settings.json']);
    const { changes, paths, unseen } = await collect(aPlace(folder), withheld);
    expect(changes).toMatchObject([{ path: 'CLAUDE.md', change: 'changed', before: { mode: 'file' } }]);
    expect(paths).toContain('.claude/settings.json');
    expect([...unseen]).toEqual(['.claude/settings.json']);
    const { changes: all } = await collect();
    expect(all.map(({ path: name, change }) => `${change} ${name}`)).toEqual([
      'deleted .claude/settings.json',
      'changed CLAUDE.md',
    ]);
  });

  it('does not read what is too large', async () => {
    const { write, collect } = await atWork(files);
    write('big.txt', 'x'.repeat(patchLimits.largestFile + 1));
    expect(await collect()).toMatchObject({
      changes: [],
      oversize: [{ path: 'big.txt', bytes: patchLimits.largestFile + 1 }],
    });
  });

  it('does not believe a sandbox that hides a file, and leaves it as it was', async () => {
    const { folder, collect } = await atWork(files);
    const hiding = aPlace(folder, (program, stdout) =>
      program === 'find'
        ? (stdout.match(/[^\0]*\0[^\0]*\0/g) ?? []).filter((entry) => !entry.includes('src/b.js')).join('')
        : stdout,
    );
    expect((await collect(hiding)).changes).toEqual([]);
  });

  it('does not believe a hash: what seems to differ is compared on the host', async () => {
    const { folder, collect } = await atWork(files);
    const lying = aPlace(folder, (program, stdout) =>
      program === 'xargs' ? stdout.replaceAll(/[0-9a-f]{64}/g, '0'.repeat(64)) : stdout,
    );
    expect((await collect(lying)).changes).toEqual([]);
  });

  it('names the places of what no repository can hold, and reads nothing of it', async () => {
    const { folder, collect, write } = await atWork(files);
    for (const name of ['lib/.git/config', 'lib/.git/HEAD', 'node_modules/lib/.git/HEAD']) write(name, 'x');
    const odd = aPlace(folder, (program, stdout) =>
      program === 'find' ? `${stdout}f\t644\t3\t./../../etc/passwd\0\0` : stdout,
    );
    expect(await collect(odd)).toMatchObject({ changes: [], odd: ['lib/.git', '..'] });
  });

  it('is not read where there is too much of it, and what was there before does not count', async () => {
    const { folder, base, repository, write } = await atWork(files);
    rmSync(path.join(folder, 'run.sh'));
    for (const name of ['one', 'two', 'made']) write(name, 'x');
    const limits = { repository, signal: new AbortController().signal, largestFile: 1000, besides: new Set(['made']) };
    const unread = { ...aPlace(folder), readFile: () => Promise.reject(new Error('nothing is to be read')) };
    expect(await collectPatch(unread, base, { ...limits, mostFiles: 2 })).toMatchObject({ changes: [], crowd: 3 });
    expect((await collectPatch(aPlace(folder), base, { ...limits, mostFiles: 3 })).changes).toHaveLength(4);
  });

  it.each([
    ['nothing', '', /does not list/],
    ['something else', 'total 4', /does not list/],
    ['a file that is not there', 'f\t644\t3\t./ghost\0\0', /lists ghost and does not hold it/],
  ])('is refused where the sandbox lists %s', async (_, stdout, why) => {
    const { folder, collect } = await atWork(files);
    const odd: Place = {
      ...aPlace(folder),
      exec: async () => ({ exitCode: 1, stdout, stderr: '', timedOut: false, truncated: false, durationMs: 1 }),
    };
    await expect(collect(odd)).rejects.toThrow(why);
  });

  it.runIf(sandboxed)(`is the same from a real sandbox${leftOut}`, async () => {
    const { repository, base } = await atWork(files);
    const provider = createLocalSandboxProvider({ env: process.env, tempDir: tmpdir(), log: silentLog });
    const sandbox = await provider.create({ session: 'S-test', lifetimeMs: 600_000, files: repository.stream });
    try {
      const look = () =>
        collectPatch(sandbox, base, { repository, signal: new AbortController().signal, largestFile: 1000 });
      expect((await look()).changes).toEqual([]);
      const work =
        'echo uno > src/a.js; rm src/b.js; chmod +x run.sh; ln -s src/a.js here; mkdir -p node_modules/x; touch node_modules/x/y';
      await sandbox.exec(['bash', '-c', work], { timeoutMs: 250_000 });
      const changes = (await look()).changes.map(({ path: name, change }) => `${change} ${name}`);
      expect(changes).toEqual(['added here', 'changed run.sh', 'changed src/a.js', 'deleted src/b.js']);
    } finally {
      await sandbox.kill();
    }
  });
});
