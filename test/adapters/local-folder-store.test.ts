import { execFileSync, spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { createFolderStore } from '../../src/adapters/local/folder-store.ts';
import { ExternalError, UserError } from '../../src/lib/errors.ts';
import { describeStore } from '../contracts/store-contract.ts';

const made: string[] = [];
function freshFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'courier-test-'));
  made.push(folder);
  return folder;
}
afterEach(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
});

describeStore('a folder', async () => {
  const folder = path.join(freshFolder(), '.courier', 'ledger');
  return { open: () => createFolderStore(folder) };
});

const write = async (folder: string, files: Record<string, string | null>) => {
  const store = createFolderStore(folder);
  return store.commit(await store.read(), new Map(Object.entries(files)), 'test: write');
};
const read = async (folder: string, file: string) => (await createFolderStore(folder).read()).read(file);

/** Above the largest number that Linux gives a process: nobody has it, nor comes to have it. */
const nobody = 4_194_305;

describe('the ledger in a folder', () => {
  it('is a plain tree that git does not see, while blueprints beside it stay visible', async () => {
    const root = freshFolder();
    execFileSync('git', ['init', '-q', root]);
    await write(path.join(root, '.courier', 'ledger'), { 'findings/a.json': '[]' });
    mkdirSync(path.join(root, '.courier', 'blueprints'));
    writeFileSync(path.join(root, '.courier', 'blueprints', 'fix.yml'), 'steps: []');
    expect(readFileSync(path.join(root, '.courier', 'ledger', 'findings', 'a.json'), 'utf8')).toBe('[]');
    const status = execFileSync('git', ['-C', root, 'status', '--porcelain', '-uall'], { encoding: 'utf8' });
    expect(status).toBe('?? .courier/blueprints/fix.yml\n');
  });

  it('leaves no temporary file, lock or journal behind', async () => {
    const folder = freshFolder();
    await write(folder, { 'a.json': '1', 'b/c.json': '2' });
    await write(folder, { 'b/c.json': null });
    expect(readdirSync(folder).sort()).toEqual(['.revision', 'a.json']);
  });

  it('makes nothing when it is only read', async () => {
    const folder = path.join(freshFolder(), '.courier', 'ledger');
    expect((await createFolderStore(folder).read()).revision).toBeUndefined();
    expect(existsSync(path.dirname(folder))).toBe(false);
  });

  it('carries out a commit that a crash interrupted after it was decided', async () => {
    const folder = freshFolder();
    await write(folder, { 'a.json': 'old', 'gone.json': 'old' });
    const changes = [
      ['a.json', 'new'],
      ['gone.json', null],
      ['deep/b.json', 'new'],
    ];
    writeFileSync(path.join(folder, '.journal'), JSON.stringify({ revision: '2-crashed', changes }));
    writeFileSync(path.join(folder, 'a.json'), 'new');
    const snapshot = await createFolderStore(folder).read();
    expect(snapshot.revision).toBe('2-crashed');
    expect(snapshot.list('')).toEqual(['a.json', 'deep/b.json']);
    expect(await snapshot.read('a.json')).toBe('new');
    expect(existsSync(path.join(folder, '.journal'))).toBe(false);
  });

  it('forgets a commit that a crash interrupted before it was decided', async () => {
    const folder = freshFolder();
    await write(folder, { 'a.json': 'old' });
    writeFileSync(path.join(folder, '.0123456789ab.tmp'), '{"revision":"2-never","cha');
    expect(await read(folder, 'a.json')).toBe('old');
  });

  it('says which file to remove when the journal is damaged, and touches nothing', async () => {
    const folder = freshFolder();
    await write(folder, { 'a.json': 'old' });
    const hostile = { revision: '9', changes: [['../outside.json', 'x']] };
    for (const text of ['{', '[]', JSON.stringify(hostile)]) {
      writeFileSync(path.join(folder, '.journal'), text);
      await expect(createFolderStore(folder).read()).rejects.toThrow(ExternalError);
      await expect(createFolderStore(folder).read()).rejects.toThrow(/\.journal cannot be read/);
    }
    expect(existsSync(path.join(folder, '..', 'outside.json'))).toBe(false);
  });

  it('takes over the lock of a process that died, once, however many wait for it', async () => {
    const folder = freshFolder();
    await write(folder, { 'a.json': '0' });
    const holder = JSON.stringify({ pid: nobody, host: hostname(), ticket: '.lock-0badcafe' });
    writeFileSync(path.join(folder, '.lock'), holder);
    writeFileSync(path.join(folder, '.lock-0badcafe'), holder);
    const base = await createFolderStore(folder).read();
    const attempts = ['1', '2', '3', '4'].map((text) =>
      createFolderStore(folder).commit(base, new Map([['a.json', text]]), 'test: race'),
    );
    const results = await Promise.allSettled(attempts);
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
    expect(readdirSync(folder).sort()).toEqual(['.revision', 'a.json']);
  });

  // Not even root makes a folder in /sys; elsewhere root may write everywhere.
  it.skipIf(process.platform !== 'linux')('says what to do where nobody may write (needs Linux)', async () => {
    await expect(write('/sys/courier-ledger', { 'a.json': 'x' })).rejects.toThrow(UserError);
  });

  it('refuses a folder that the repository replaced by a link', async () => {
    const root = freshFolder();
    const outside = freshFolder();
    symlinkSync(outside, path.join(root, '.courier'));
    await expect(write(path.join(root, '.courier', 'ledger'), { 'a.json': 'x' })).rejects.toThrow(UserError);
    const folder = path.join(root, 'ledger');
    await write(folder, { 'a.json': 'x' });
    symlinkSync(outside, path.join(folder, 'findings'));
    await expect(write(folder, { 'findings/b.json': 'x' })).rejects.toThrow(/symbolic link/);
    expect(readdirSync(outside)).toEqual([]);
  });

  it('neither reads nor writes through a linked file', async () => {
    const folder = freshFolder();
    const outside = path.join(freshFolder(), 'secret.txt');
    writeFileSync(outside, 'secret');
    symlinkSync(outside, path.join(folder, 'a.json'));
    expect(await read(folder, 'a.json')).toBeUndefined();
    await write(folder, { 'a.json': 'mine' });
    expect(readFileSync(outside, 'utf8')).toBe('secret');
    expect(await read(folder, 'a.json')).toBe('mine');
  });

  it('refuses a path that would be a file and a folder at once', async () => {
    const folder = freshFolder();
    await write(folder, { 'a/b.json': 'x' });
    await expect(write(folder, { a: 'x' })).rejects.toThrow('both a and a/b.json');
    expect(await read(folder, 'a/b.json')).toBe('x');
  });

  it('loses nothing when several processes write at once', async () => {
    const folder = freshFolder();
    const script = path.join(import.meta.dirname, '..', 'fixtures', 'adapters', 'count-in-store.ts');
    const runs = [1, 2, 3].map(
      () =>
        new Promise<number | null>((resolve) => {
          spawn(process.execPath, [script, folder, '5'], { stdio: 'inherit' }).on('close', resolve);
        }),
    );
    expect(await Promise.all(runs)).toEqual([0, 0, 0]);
    expect(await read(folder, 'count.json')).toBe('15');
  });
});
