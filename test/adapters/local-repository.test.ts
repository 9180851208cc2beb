import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openRepository } from '../../src/adapters/local/repository.ts';
import { UserError } from '../../src/lib/errors.ts';
import type { Log } from '../../src/lib/log.ts';
import type { SandboxFile } from '../../src/sandboxes/sandbox.ts';

let root: string;
let outside: string;
beforeEach(() => {
  root = realpathSync(mkdtempSync(path.join(tmpdir(), 'courier-test-')));
  outside = realpathSync(mkdtempSync(path.join(tmpdir(), 'courier-test-')));
});
afterEach(() => {
  for (const folder of [root, outside]) rmSync(folder, { recursive: true, force: true });
});

const identity = ['-c', 'user.name=Test', '-c', 'user.email=test@example.org'];
const git = (...args: string[]) => execFileSync('git', [...identity, '-C', root, ...args], { encoding: 'utf8' }).trim();
function put(name: string, text = `${name}\n`): void {
  mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
  writeFileSync(path.join(root, name), text);
}
function commitAll(): string {
  git('add', '-A');
  git('commit', '-q', '-m', 'test');
  return git('rev-parse', 'HEAD');
}
async function collect(stream: AsyncIterable<SandboxFile>): Promise<SandboxFile[]> {
  const all: SandboxFile[] = [];
  for await (const file of stream) all.push(file);
  return all;
}
const text = (bytes: Uint8Array | undefined) => (bytes ? Buffer.from(bytes).toString('utf8') : undefined);
function collectingLog(): Log & { warnings: string[] } {
  const warnings: string[] = [];
  return { warnings, debug() {}, info() {}, warn: (message) => warnings.push(message), error() {} };
}

describe('a checkout', () => {
  beforeEach(() => {
    git('init', '-q', '-b', 'main');
  });

  it('tells commit, branch and whether the working tree differs', async () => {
    put('a.ts');
    const commit = commitAll();
    expect(await openRepository(root)).toMatchObject({ root, commit, branch: 'main', dirty: false });
    put('new.ts');
    expect((await openRepository(root)).dirty).toBe(true);
    git('checkout', '-q', '--detach');
    expect((await openRepository(root)).branch).toBeUndefined();
  });

  it('does not call a tree dirty for what Courier itself keeps there', async () => {
    put('a.ts');
    commitAll();
    put('.courier/reports/report.md');
    expect((await openRepository(root)).dirty).toBe(false);
  });

  it('has a branch but no commit before the first one', async () => {
    const repository = await openRepository(root);
    expect([repository.branch, repository.commit]).toEqual(['main', undefined]);
    expect(await repository.changedLines('main')).toBeUndefined();
  });

  it('lists what is tracked or new, and neither ignored, deleted, nested nor its own', async () => {
    put('b.ts');
    put('deleted.ts');
    put('sub/größe 漢字.ts');
    put('.gitignore', 'built/\n');
    put('.github/ci.yml');
    commitAll();
    rmSync(path.join(root, 'deleted.ts'));
    put('built/out.js');
    put('new.ts');
    put('.courier/ledger/ledger.json');
    execFileSync('git', ['init', '-q', path.join(root, 'nested')]);
    put('nested/inner.ts');
    const names = await (await openRepository(root)).files();
    expect(names).toEqual(['.github/ci.yml', '.gitignore', 'b.ts', 'new.ts', 'sub/größe 漢字.ts']);
  });

  it('leaves submodules out', async () => {
    put('a.ts');
    const commit = commitAll();
    git('update-index', '--add', '--cacheinfo', `160000,${commit},library`);
    mkdirSync(path.join(root, 'library'));
    expect(await (await openRepository(root)).files()).toEqual(['a.ts']);
  });

  it('bundles all commits up to the head, and neither remotes nor credentials', async () => {
    put('a.ts');
    commitAll();
    put('a.ts', 'second');
    const head = commitAll();
    git('remote', 'add', 'origin', 'https://x-access-token:secret@github.example.org/acme/shop.git');
    git('tag', 'v1');
    const history = await (await openRepository(root)).history();
    const bundle = 'bundle' in history ? Buffer.from(history.bundle) : Buffer.alloc(0);
    // What follows is packed: any three bytes may be in it.
    const header = bundle.subarray(0, bundle.indexOf('\n\n')).toString('latin1');
    expect(header).toMatch(/ HEAD$/);
    expect(header).not.toContain('v1');
    expect(bundle.toString('latin1')).not.toMatch(/secret|github\.example/);
    const place = mkdtempSync(path.join(tmpdir(), 'courier-test-'));
    writeFileSync(path.join(place, 'all.bundle'), bundle);
    execFileSync('git', ['clone', '-q', path.join(place, 'all.bundle'), path.join(place, 'clone')], { stdio: 'pipe' });
    const log = execFileSync('git', ['-C', path.join(place, 'clone'), 'log', '--format=%H'], { encoding: 'utf8' });
    expect(log.split('\n')[0]).toBe(head);
    expect(log.trim().split('\n')).toHaveLength(2);

    execFileSync('git', ['clone', '-q', '--depth', '1', `file://${root}`, path.join(place, 'shallow')], {
      stdio: 'pipe',
    });
    expect(await (await openRepository(path.join(place, 'shallow'))).history()).toEqual({
      none: expect.stringContaining('fetch-depth'),
    });
    rmSync(place, { recursive: true, force: true });
  });

  it('tells the submodules and the files of Git LFS that were not fetched', async () => {
    const pointer = 'version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n';
    put('.gitattributes', '*.bin filter=lfs diff=lfs -text\n');
    put('a.bin', pointer);
    put('fetched.bin', 'x'.repeat(3000));
    put('note.txt', pointer);
    git('-c', 'filter.lfs.clean=cat', 'add', '.');
    git('update-index', '--add', '--cacheinfo', `160000,${'1'.repeat(40)},library`);
    const repository = await openRepository(root);
    expect(await repository.gaps()).toEqual({ submodules: ['library'], pointers: ['a.bin'] });
  });

  it('is limited to a folder inside of it when that is named', async () => {
    put('packages/app/src/a.ts');
    put('packages/other/b.ts');
    const commit = commitAll();
    put('packages/other/new.ts');
    const repository = await openRepository(path.join(root, 'packages', 'app'));
    expect(repository).toMatchObject({ commit, dirty: false });
    expect(await repository.files()).toEqual(['src/a.ts']);
    expect(await repository.read('../other/b.ts')).toBeUndefined();
  });

  it('looks at a folder that the checkout ignores as at one without git', async () => {
    put('.gitignore', 'examples/\n');
    put('examples/app/a.ts');
    commitAll();
    const repository = await openRepository(path.join(root, 'examples', 'app'));
    expect(repository.commit).toBeUndefined();
    expect(await repository.files()).toEqual(['a.ts']);
  });

  it('is named after its origin, else after its folder', async () => {
    expect((await openRepository(root)).name).toBe(path.basename(root));
    git('remote', 'add', 'origin', 'https://x-access-token:secret@github.example.org/acme/shop.git');
    expect((await openRepository(root)).name).toBe('acme/shop');
  });

  it('starts no program that the configuration of the checkout names', async () => {
    put('a.ts');
    const base = commitAll();
    put('.gitattributes', '*.ts diff=evil\n');
    put('a.ts', 'changed\n');
    commitAll();
    const evil = path.join(outside, 'evil.sh');
    writeFileSync(evil, `#!/bin/sh\ntouch ${outside}/owned\n`);
    chmodSync(evil, 0o755);
    for (const key of ['core.fsmonitor', 'diff.external', 'diff.evil.command', 'diff.evil.textconv', 'core.pager']) {
      git('config', key, evil);
    }
    mkdirSync(path.join(root, '.git', 'hooks'), { recursive: true });
    writeFileSync(path.join(root, '.git', 'hooks', 'post-index-change'), `#!/bin/sh\ntouch ${outside}/owned\n`, {
      mode: 0o755,
    });
    const repository = await openRepository(root);
    await repository.files();
    expect((await repository.changedLines(base))?.get('a.ts')).toEqual([[1, 1]]);
    expect(await (await openRepository(outside)).files()).toEqual(['evil.sh']);
  });

  it('is not led elsewhere by git variables of the environment', async () => {
    put('a.ts');
    const commit = commitAll();
    const env = { ...process.env, GIT_DIR: outside, GIT_WORK_TREE: outside, GIT_INDEX_FILE: '/dev/null' };
    const repository = await openRepository(root, { env });
    expect(repository.commit).toBe(commit);
    expect(await repository.files()).toEqual(['a.ts']);
  });

  it('tells the lines that the head changed since it left the base', async () => {
    put('a.ts', '1\n2\n3\n4\n5\n');
    put('only-removed.ts', '1\n2\n3\n');
    put('moved.ts', 'one\ntwo\nthree\nfour\nfive\nsix\n');
    commitAll();
    git('checkout', '-q', '-b', 'feature');
    put('a.ts', 'one\n2\n3\n4\nfour and a half\n5\nsix\n');
    put('only-removed.ts', '1\n3\n');
    git('mv', 'moved.ts', 'new place.ts');
    put('new place.ts', 'one\ntwo\nthree!\nfour\nfive\nsix\n');
    put('dir/größe "q".ts', '++ b/not-a-file.ts\nno newline at the end');
    commitAll();
    git('checkout', '-q', 'main');
    put('a.ts', '1\n2\n3\n4\n5\nthe base moved on\n');
    commitAll();
    git('checkout', '-q', 'feature');
    const changed = await (await openRepository(root)).changedLines('main');
    expect(Object.fromEntries(changed ?? [])).toEqual({
      'a.ts': [
        [1, 1],
        [5, 5],
        [7, 7],
      ],
      'dir/größe "q".ts': [[1, 2]],
      'new place.ts': [[3, 3]],
      'only-removed.ts': [],
    });
    expect([...((await (await openRepository(path.join(root, 'dir'))).changedLines('main')) ?? [])].length).toBe(1);
  });

  it.each(['0123456789012345678901234567890123456789', 'no-such-branch', '--output=/tmp/x', '$(touch x)', ''])(
    'knows no changed lines where the base %j is not there',
    async (base) => {
      put('a.ts');
      commitAll();
      expect(await (await openRepository(root)).changedLines(base)).toBeUndefined();
    },
  );

  it('knows no changed lines in a shallow checkout that ends before the base', async () => {
    put('a.ts');
    const base = commitAll();
    put('a.ts', 'new\n');
    commitAll();
    const shallow = path.join(outside, 'shallow');
    execFileSync('git', ['clone', '-q', '--depth', '1', `file://${root}`, shallow]);
    expect(await (await openRepository(shallow)).changedLines(base)).toBeUndefined();
  });
});

describe('reading a file of the repository', () => {
  beforeEach(() => {
    put('src/a.ts', 'hello\n');
    writeFileSync(path.join(outside, 'secret.txt'), 'secret');
  });

  it('gives its bytes, or nothing above the size limit', async () => {
    const repository = await openRepository(root);
    expect(text(await repository.read('src/a.ts'))).toBe('hello\n');
    expect(await repository.read('src/a.ts', { maxBytes: 5 })).toBeUndefined();
    put('large.bin', '');
    truncateSync(path.join(root, 'large.bin'), 3 << 20);
    expect(await repository.read('large.bin')).toBeUndefined();
    expect((await repository.read('large.bin', { maxBytes: 4 << 20 }))?.length).toBe(3 << 20);
  });

  it('follows a link that stays inside, and none that leads out or into .git', async () => {
    git('init', '-q');
    symlinkSync('src/a.ts', path.join(root, 'inside.ts'));
    symlinkSync(path.join(outside, 'secret.txt'), path.join(root, 'out.txt'));
    symlinkSync(outside, path.join(root, 'folder'));
    symlinkSync('.git/config', path.join(root, 'config.txt'));
    symlinkSync('loop', path.join(root, 'loop'));
    symlinkSync('/proc/self/environ', path.join(root, 'environ'));
    const repository = await openRepository(root);
    expect(text(await repository.read('inside.ts'))).toBe('hello\n');
    for (const name of ['out.txt', 'folder/secret.txt', 'config.txt', 'loop', 'environ']) {
      expect([name, await repository.read(name)]).toEqual([name, undefined]);
    }
  });

  it('answers nothing for what is no regular file inside', async () => {
    git('init', '-q');
    execFileSync('/usr/bin/mkfifo', [path.join(root, 'pipe')]);
    const repository = await openRepository(root);
    const absolute = path.join(root, 'src/a.ts');
    const hostile = [
      '',
      '.',
      '..',
      'src',
      'src/',
      'pipe',
      '/etc/passwd',
      absolute,
      '../a',
      'src/../src/a.ts',
      'missing.ts',
    ];
    const ofGit = [
      '.git/config',
      '.GIT/config',
      'src/../.git/config',
      'a\0b',
      '/dev/zero',
      'src/a.ts/deeper',
      'x'.repeat(5000),
    ];
    for (const name of [...hostile, ...ofGit]) expect([name, await repository.read(name)]).toEqual([name, undefined]);
  });
});

it('lists no link: what it leads to has a name of its own, or lies outside', async () => {
  git('init', '-q');
  put('a.ts');
  for (const [name, target] of Object.entries({
    'out.ts': '/etc/passwd',
    folder: '.',
    loop: 'loop',
    'in.ts': 'a.ts',
  })) {
    symlinkSync(target, path.join(root, name));
  }
  expect(await (await openRepository(root)).files()).toEqual(['a.ts']);
  rmSync(path.join(root, '.git'), { recursive: true });
  expect(await (await openRepository(root)).files()).toEqual(['a.ts']);
});

it('refuses a folder that holds nothing but the data of git', async () => {
  git('init', '-q', '--bare');
  await expect(openRepository(root)).rejects.toThrow(/holds git's own data and no checked-out files/);
});

describe('streaming the repository into a sandbox', () => {
  it('keeps contents, the executable bit and links as text', async () => {
    put('a.ts', 'a');
    put('run.sh', '#!/bin/sh\n');
    chmodSync(path.join(root, 'run.sh'), 0o755);
    symlinkSync('/etc/passwd', path.join(root, 'link'));
    expect(await collect((await openRepository(root)).stream())).toEqual([
      { path: 'a.ts', mode: 'file', data: Buffer.from('a') },
      { path: 'link', mode: 'link', target: '/etc/passwd' },
      { path: 'run.sh', mode: 'executable', data: Buffer.from('#!/bin/sh\n') },
    ]);
  });

  it('never hands over .git', async () => {
    git('init', '-q');
    put('a.ts');
    expect((await collect((await openRepository(root)).stream())).map((file) => file.path)).toEqual(['a.ts']);
  });

  it('leaves out what is too large, alone or in all, and says so once', async () => {
    for (const name of ['a', 'b', 'c']) put(name, '1234');
    put('large', '123456789');
    const log = collectingLog();
    const repository = await openRepository(root, { log, limits: { file: 8, total: 9 } });
    expect((await collect(repository.stream())).map((file) => file.path)).toEqual(['a', 'b']);
    expect(log.warnings).toEqual([expect.stringMatching(/^2 files did not fit into the sandbox .*: c, large$/)]);
  });
});

describe('a folder without git', () => {
  it('lists its files but not dependencies and build output', async () => {
    for (const name of [
      'src/a.py',
      '.env.example',
      'node_modules/x/index.js',
      'dist/a.js',
      '.venv/b.py',
      'src/dist.ts',
    ])
      put(name);
    const repository = await openRepository(root);
    expect(repository).toMatchObject({ commit: undefined, branch: undefined, dirty: false, name: path.basename(root) });
    expect(await repository.files()).toEqual(['.env.example', 'src/a.py', 'src/dist.ts']);
  });
});

describe('opening what is no folder', () => {
  it('says that the path does not exist or is a file', async () => {
    put('a.ts');
    await expect(openRepository(path.join(root, 'nowhere'))).rejects.toThrow(UserError);
    await expect(openRepository(path.join(root, 'nowhere'))).rejects.toThrow('does not exist');
    await expect(openRepository(path.join(root, 'a.ts'))).rejects.toThrow('is a file');
  });
});

describe('renamed files', () => {
  const code = Array.from({ length: 20 }, (_, at) => `export const line${at} = ${at};\n`).join('');
  beforeEach(() => git('init', '-q', '-b', 'main'));
  function moveEverything(): string {
    put('src/größe a.ts', code);
    put('src/same.ts', code.replaceAll('line', 'same'));
    put('src/rewritten.ts', code.replaceAll('line', 'word'));
    put('docs/page.md');
    const before = commitAll();
    mkdirSync(path.join(root, 'lib/deep'), { recursive: true });
    git('mv', 'src/größe a.ts', 'lib/deep/größe b.ts');
    put('lib/deep/größe b.ts', code.replace('line3', 'third'));
    git('rm', '-q', 'src/rewritten.ts');
    put('lib/rewritten.ts', 'nothing\nof\nit\n');
    put('src/copy.ts', code.replaceAll('line', 'same'));
    commitAll();
    return before;
  }

  it('are told by their old path, also when they were edited; copies and rewritten files are none', async () => {
    const before = moveEverything();
    const renames = await (await openRepository(root)).renames(before);
    expect([...(renames ?? [])]).toEqual([['src/größe a.ts', 'lib/deep/größe b.ts']]);
  });

  it('are told over several commits at once', async () => {
    put('a.ts', code);
    const before = commitAll();
    for (const [from, to] of [
      ['a.ts', 'b.ts'],
      ['b.ts', 'c.ts'],
    ] as const) {
      git('mv', from, to);
      commitAll();
    }
    expect([...((await (await openRepository(root)).renames(before)) ?? [])]).toEqual([['a.ts', 'c.ts']]);
  });

  it('are told below the opened folder only, by paths in it', async () => {
    put('packages/app/a.ts', code);
    put('other.ts', code.replaceAll('line', 'word'));
    const before = commitAll();
    git('mv', 'packages/app/a.ts', 'packages/app/b.ts');
    git('mv', 'other.ts', 'moved.ts');
    commitAll();
    const repository = await openRepository(path.join(root, 'packages/app'));
    expect([...((await repository.renames(before)) ?? [])]).toEqual([['a.ts', 'b.ts']]);
  });

  it('cannot be told from a commit that the checkout does not hold, nor without git', async () => {
    const before = moveEverything();
    const shallow = path.join(outside, 'shallow');
    execFileSync('git', ['clone', '-q', '--depth', '1', `file://${root}`, shallow]);
    expect(await (await openRepository(shallow)).renames(before)).toBeUndefined();
    expect(await (await openRepository(root)).renames('f'.repeat(40))).toBeUndefined();
    const plain = path.join(outside, 'plain');
    mkdirSync(plain);
    expect(await (await openRepository(plain)).renames(before)).toBeUndefined();
  });

  it.each(['', 'main', '--output=pwned', 'HEAD; touch pwned', `${'a'.repeat(39)}G`])(
    'are not looked for from what is no commit: %s',
    async (since) => {
      moveEverything();
      const repository = await openRepository(root);
      expect(await repository.renames(since)).toBeUndefined();
      expect(await repository.files()).not.toContain('pwned');
    },
  );
});
