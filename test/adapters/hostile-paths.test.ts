import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { tarParts } from '../../src/adapters/e2b/repository-tar.ts';
import { fillWorkspace } from '../../src/adapters/local/sandbox-storage.ts';
import type { SandboxFile } from '../../src/sandboxes/sandbox.ts';

let storage: string;
beforeEach(() => {
  storage = mkdtempSync(path.join(tmpdir(), 'courier-test-'));
  mkdirSync(path.join(storage, 'home/repo'), { recursive: true });
});
afterEach(() => rmSync(storage, { recursive: true, force: true }));

/** How a repository gets into a sandbox of each kind. */
const ways: [kind: string, bring: (files: AsyncIterable<SandboxFile>) => Promise<void>][] = [
  ['local', (files) => fillWorkspace(storage, files)],
  [
    'E2B',
    async (files) => {
      for await (const part of tarParts(files, 1 << 20)) expect(part.length).toBeGreaterThan(0);
    },
  ],
];

describe.each(ways)('a repository on its way into a sandbox (%s)', (_kind, bring) => {
  const file = (name: string): SandboxFile => ({ path: name, mode: 'file', data: Buffer.from('x') });

  it.each(['../out.txt', '/etc/out.txt', 'a/../../out.txt', '.git/config'])('has no file at %s', async (name) => {
    const files = async function* () {
      yield file(name);
    };
    await expect(bring(files())).rejects.toThrow('no place for the path');
    expect(readdirSync(storage, { recursive: true })).toEqual(['home', 'home/repo']);
  });

  it('has no file below a link, whichever comes first', async () => {
    const link: SandboxFile = { path: 'folder', mode: 'link', target: '/tmp' };
    for (const order of [
      [link, file('folder/out.txt')],
      [file('folder/out.txt'), link],
    ]) {
      const files = async function* () {
        yield* order;
      };
      await expect(bring(files())).rejects.toThrow();
      rmSync(path.join(storage, 'home/repo/folder'), { recursive: true, force: true });
    }
  });
});
