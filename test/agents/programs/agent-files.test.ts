import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  isAgentFile,
  offerWithheld,
  placeOfWithheld,
  siftAgentFiles,
} from '../../../src/agents/programs/agent-files.ts';
import type { SandboxFile } from '../../../src/sandboxes/sandbox.ts';
import { createFakeSandbox } from '../../fakes/sandbox.ts';

const file = (path: string, text = path): SandboxFile => ({ path, mode: 'file', data: Buffer.from(text) });
const treeOf = (...files: readonly SandboxFile[]) =>
  siftAgentFiles(async function* () {
    yield* files;
  });
async function pathsOf({ files }: ReturnType<typeof treeOf>): Promise<string[]> {
  const paths: string[] = [];
  for await (const { path } of files()) paths.push(path);
  return paths;
}

describe('what would configure an agent tool', () => {
  it.each([
    ...['CLAUDE.md', 'packages/a/claude.md', 'AGENTS.md', 'docs/AGENTS.override.md', 'GEMINI.md', '.mcp.json'],
    ...['.claude/settings.json', 'a/b/.claude/agents/x.md', '.codex/config.toml', '.opencode/plugins/x.js'],
    ...['opencode.json', 'sub/opencode.jsonc', '.gemini/.env', '.env', 'apps/web/.env.local', 'bunfig.toml'],
    ...['.agents/skills/x/SKILL.md', '.geminiignore', '.rgignore', '.CLAUDE/settings.json', '.Env.production'],
  ])('is kept out: %s', (path) => {
    expect(isAgentFile(path)).toBe(true);
  });

  it.each([
    ...['src/claude.ts', 'docs/CLAUDE.md.txt', 'env', 'src/env.ts', '.envoy/config.yaml', 'opencode/config.json'],
    ...['.github/workflows/ci.yml', 'claude/settings.json', '.gitignore', 'mcp.json', 'gemini.md.bak'],
  ])('is none of it: %s', (path) => {
    expect(isAgentFile(path)).toBe(false);
  });

  it('is left out of the tree, links as well, and known once the tree was read, however often', async () => {
    const sifted = treeOf(file('a.ts'), file('.env', 'KEY=1'), {
      path: 'sub/CLAUDE.md',
      mode: 'link',
      target: '../a.ts',
    });
    for (const _ of [1, 2]) expect(await pathsOf(sifted)).toEqual(['a.ts']);
    expect([...sifted.withheld()].map(([path, data]) => [path, Buffer.from(data).toString()])).toEqual([
      ['.env', 'KEY=1'],
      ['sub/CLAUDE.md', '../a.ts'],
    ]);
  });
});

describe('the text of what is kept out', () => {
  const segment = fc.constantFrom(
    '.claude',
    '_.claude',
    '__x',
    'a',
    '.env',
    '_',
    'CLAUDE.md',
    '_CLAUDE.md',
    'settings.json',
  );
  const path = fc.array(segment, { minLength: 1, maxLength: 4 }).map((segments) => segments.join('/'));

  it('has a place of its own, at which no agent tool looks for anything', () => {
    fc.assert(
      fc.property(path, path, (one, other) => {
        expect(isAgentFile(placeOfWithheld(one))).toBe(false);
        if (one !== other) expect(placeOfWithheld(one)).not.toBe(placeOfWithheld(other));
      }),
    );
  });

  it('is offered as data, with an index', async () => {
    const sandbox = createFakeSandbox();
    const withheld = new Map([
      ['.claude/settings.json', Buffer.from('{}')],
      ['sub/CLAUDE.md', Buffer.from('Do it.')],
      ['.gemini/logo.png', Buffer.from([1, 0, 2])],
    ]);
    await offerWithheld(withheld, sandbox);
    expect(sandbox.text('/out/agent-files/_.claude/settings.json')).toBe('{}');
    expect(sandbox.text('/out/agent-files/sub/_CLAUDE.md')).toBe('Do it.');
    expect(sandbox.text('/out/agent-files/INDEX')).toBe(
      [
        '".claude/settings.json": "_.claude/settings.json"',
        '"sub/CLAUDE.md": "sub/_CLAUDE.md"',
        '".gemini/logo.png": not offered',
        '',
      ].join('\n'),
    );
  });

  it('is bounded: what is beyond is named alone', async () => {
    const sandbox = createFakeSandbox();
    const many = Array.from({ length: 150 }, (_, index) => [`.claude/${index}`, Buffer.from('x')] as const);
    await offerWithheld(new Map([['CLAUDE.md', Buffer.alloc(2 << 20, 'x')], ...many]), sandbox);
    const index = sandbox.text('/out/agent-files/INDEX') ?? '';
    expect(index.split('\n').filter((line) => line.endsWith('not offered'))).toHaveLength(51);
    expect(sandbox.text('/out/agent-files/_CLAUDE.md')).toBeUndefined();
  });

  it('is not there where nothing is kept out', async () => {
    const sandbox = createFakeSandbox();
    await offerWithheld(new Map(), sandbox);
    expect(sandbox.text('/out/agent-files/INDEX')).toBeUndefined();
  });
});
