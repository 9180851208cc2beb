import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createFileLayer } from '../../src/adapters/local/lay-files.ts';
import type { SandboxFile } from '../../src/sandboxes/sandbox.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'courier-laid-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function* filesOf(paths: readonly string[]): AsyncIterable<SandboxFile> {
  for (const name of paths) yield { path: name, mode: 'file', data: new TextEncoder().encode(`of ${name}`) };
}

it('lays files into a folder of their own, and takes all of it away', async () => {
  const { root, remove } = await createFileLayer(folder)(filesOf(['src/a.js', 'b.js']));
  expect(readFileSync(path.join(root, 'src/a.js'), 'utf8')).toBe('of src/a.js');
  expect(root.startsWith(folder)).toBe(true);
  await remove();
  expect(readdirSync(folder)).toEqual([]);
});

it('refuses a path that leads out, and leaves nothing', async () => {
  await expect(createFileLayer(folder)(filesOf(['a.js', '../b.js']))).rejects.toThrow('has no place for the path');
  expect(readdirSync(folder)).toEqual([]);
});
