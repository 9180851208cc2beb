import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { blocksIn, read, root } from './markdown.ts';

const page = 'docs/architecture.md';
const layout = blocksIn(page).find(({ text }) => text.includes('src/\n'))?.text ?? '';

/** The paths that the layout names: its indentation tells in which folder each stands. */
function pathsIn(text: string): string[] {
  const folders: string[] = [];
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => {
      const [, indent = '', name = ''] = /^( *)(\S+)/.exec(line) ?? [];
      folders.splice(indent.length / 2, folders.length, name);
      return folders.join('');
    });
}

const foldersOf = (folder: string) =>
  readdirSync(path.join(root, folder), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => `${folder}/${name}/`);

it('names no place that is not there', () => {
  const named = pathsIn(layout);
  expect(named).toContain('src/adapters/local/');
  expect(named.filter((name) => !existsSync(path.join(root, name)))).toEqual([]);
  const files = [...read(page).matchAll(/`((?:src|test|action|schema|docs)\/[\w./-]+)`/g)].map(([, name = '']) => name);
  expect(files.length).toBeGreaterThan(5);
  expect(files.filter((name) => !existsSync(path.join(root, name)))).toEqual([]);
});

it('names every room and every adapter', () => {
  const named = pathsIn(layout);
  const there = [...foldersOf('src'), ...foldersOf('src/adapters')];
  expect(there.length).toBeGreaterThan(10);
  expect(there.filter((folder) => !named.includes(folder))).toEqual([]);
});

it('names the files of the faces and flows that it speaks of as they are', () => {
  const files = (line: string) => [...line.matchAll(/\b[\w-]+\.(?:ts|mjs)\b/g)].map(([name]) => name);
  const lines = layout.split('\n');
  const face = files(lines.find((line) => line.startsWith('action/ ')) ?? '').map((name) => `action/${name}`);
  const flows = files(lines.find((line) => line.includes('flows/ ')) ?? '').map((name) => `src/flows/${name}`);
  expect(face.length).toBeGreaterThan(3);
  expect(flows.length).toBeGreaterThan(3);
  expect([...face, ...flows].filter((name) => !existsSync(path.join(root, name)))).toEqual([]);
});
