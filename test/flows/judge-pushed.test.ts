import { expect, it } from 'vitest';
import { judgePushed } from '../../src/flows/judge-pushed.ts';
import type { TreeEntry } from '../../src/flows/pull-request-ports.ts';
import { createGate } from '../../src/publishing/gate.ts';
import { createProtection } from '../../src/runs/protected-paths.ts';

const entry = (mode: string, text: string): TreeEntry => ({ mode, id: text, bytes: text.length });
const file = (text: string) => entry('100644', text);
const submodule = entry('160000', 'c'.repeat(40));

/** By what stands at a path before and after; a file's name in git is its text here. */
function judge(
  before: Record<string, TreeEntry>,
  after: Record<string, TreeEntry>,
  isProtected: (path: string) => boolean = () => false,
) {
  const trees = { before: new Map(Object.entries(before)), after: new Map(Object.entries(after)) };
  const branches = {
    tree: async (commit: string) => (commit === 'from' ? trees.before : trees.after),
    content: async (id: string) => new TextEncoder().encode(id),
  };
  return judgePushed({ from: 'from', commit: 'to' }, { branches, gate: createGate({ secrets: [] }), isProtected });
}

it('has nothing against a change of text, beside submodules and strange files that stay', async () => {
  const stays = { lib: submodule, odd: entry('100664', 'odd') };
  expect(await judge({ ...stays, 'a.js': file('1') }, { ...stays, 'a.js': file('2'), 'b.js': file('3') })).toEqual([]);
});

it.each([
  ['comes', {}, { lib: submodule }, 'lib'],
  ['goes', { lib: submodule }, {}, 'lib'],
  ['leads elsewhere', { lib: submodule }, { lib: entry('160000', 'd'.repeat(40)) }, 'lib'],
  ['became a folder', { lib: submodule }, { 'lib/index.js': file('1') }, 'lib'],
])('holds a submodule against it that %s', async (_, before, after, path) => {
  expect(await judge(before, after)).toMatchObject([{ kind: 'submodule', path }]);
});

it('has something against what the repository protects', async () => {
  const protectedPaths = createProtection(['infra/**', '!infra/README.md']);
  const after = { 'infra/main.tf': file('2'), 'infra/README.md': file('2') };
  expect(await judge({}, after, protectedPaths)).toMatchObject([{ kind: 'protected', path: 'infra/main.tf' }]);
});
