import { chmodSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { openRepository } from '../../src/adapters/local/repository.ts';
import { createGitRepository, type GitRepository } from '../fakes/git-repository.ts';

const open: { remove: () => void }[] = [];
afterEach(() => {
  for (const repository of open.splice(0)) repository.remove();
});
function make(files: Readonly<Record<string, string>>): GitRepository {
  const repository = createGitRepository(files);
  open.push(repository);
  return repository;
}

async function filesAt(root: string, commit: string): Promise<Record<string, string> | undefined> {
  const stream = await (await openRepository(root)).filesAt(commit);
  if (!stream) return undefined;
  const found: Record<string, string> = {};
  for await (const file of stream())
    found[file.path] = `${file.mode} ${file.mode === 'link' ? file.target : Buffer.from(file.data).toString()}`;
  return found;
}

it('gives the files of an earlier commit as they were, whatever happened since', async () => {
  const repository = make({ 'src/a.js': 'one\n', 'größe "q".txt': 'é', 'run.sh': 'true\n', '.courier/x': 'own' });
  chmodSync(path.join(repository.root, 'run.sh'), 0o755);
  symlinkSync('../outside', path.join(repository.root, 'link'));
  const before = repository.commit();
  rmSync(path.join(repository.root, 'link'));
  repository.commit({ 'src/a.js': 'two\n', 'new.js': 'new' });
  writeFileSync(path.join(repository.root, 'src/a.js'), 'three\n');
  expect(await filesAt(repository.root, before)).toEqual({
    'src/a.js': 'file one\n',
    'größe "q".txt': 'file é',
    'run.sh': 'executable true\n',
    link: 'link ../outside',
  });
});

it('sees a folder of a checkout as its own root', async () => {
  const repository = make({ 'packages/a/x.js': 'x', 'packages/b/y.js': 'y' });
  expect(await filesAt(path.join(repository.root, 'packages/a'), repository.head())).toEqual({ 'x.js': 'file x' });
});

it('gives more files than it holds in memory at once, in one stream', async () => {
  const big = 'x'.repeat(12 << 20);
  const repository = make({ 'a.txt': `a${big}`, 'b.txt': `b${big}`, 'c.txt': `c${big}`, 'd.txt': '' });
  const found = await filesAt(repository.root, repository.head());
  expect(Object.values(found ?? {}).map((text) => [text.slice(0, 6), text.length])).toEqual([
    ['file a', big.length + 6],
    ['file b', big.length + 6],
    ['file c', big.length + 6],
    ['file ', 5],
  ]);
});

it('knows no commit that is not in the clone, and takes nothing else for one', async () => {
  const repository = make({ 'a.js': 'a' });
  for (const commit of ['f'.repeat(40), 'HEAD', '--help', `${repository.head()}^{tree}`, ''])
    expect(await filesAt(repository.root, commit)).toBeUndefined();
});

it('says so where the clone lacks a file of the commit', async () => {
  const repository = make({ 'a.js': 'a' });
  const oid = repository.git('rev-parse', 'HEAD:a.js');
  rmSync(path.join(repository.root, '.git/objects', oid.slice(0, 2), oid.slice(2)));
  await expect(filesAt(repository.root, repository.head())).rejects.toThrow(/a\.js of that commit|ls-tree/);
});
