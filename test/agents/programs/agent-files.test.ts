import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  isAgentFile,
  offerWithheld,
  placeOfWithheld,
  siftAgentFiles,
} from '../../../src/agents/programs/agent-files.ts';
import type { SandboxFile } from '../../../src/sandboxes/sandbox.ts';
import { createFakeSandbox } from '../../fakes/sandbox.ts';

/** A folder of this machine in the place of a sandbox's. */
function aPlace() {
  const out = mkdtempSync(path.join(tmpdir(), 'courier-agent-files-'));
  onTestFinished(() => rmSync(out, { recursive: true, force: true }));
  const commands: string[] = [];
  const sandbox: Parameters<typeof offerWithheld>[1] = {
    out,
    async writeFile(name, data) {
      commands.push(name);
      mkdirSync(path.dirname(name), { recursive: true });
      writeFileSync(name, data);
    },
    async exec([program, ...args], { cwd }) {
      commands.push(program);
      const { status, stdout, stderr } = spawnSync(program, args, { cwd, encoding: 'utf8' });
      return { exitCode: status ?? 1, stdout, stderr, timedOut: false, truncated: false, durationMs: 0 };
    },
  };
  const text = (name: string) =>
    existsSync(path.join(out, name)) ? readFileSync(path.join(out, name), 'utf8') : undefined;
  return { sandbox, commands, out, text };
}

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
    'INDEX',
    '_INDEX',
  );
  const paths = fc.array(segment, { minLength: 1, maxLength: 4 }).map((segments) => segments.join('/'));

  it('has a place of its own, at which no agent tool looks for anything', () => {
    fc.assert(
      fc.property(paths, paths, (one, other) => {
        expect(isAgentFile(placeOfWithheld(one))).toBe(false);
        expect(placeOfWithheld(one).split('/')[0]).not.toBe('INDEX');
        if (one !== other) expect(placeOfWithheld(one)).not.toBe(placeOfWithheld(other));
      }),
    );
  });

  it('is offered as data, with an index', async () => {
    const { sandbox, commands, text } = aPlace();
    const withheld = new Map([
      ['.claude/settings.json', Buffer.from('{}')],
      ['sub/CLAUDE.md', Buffer.from('Do it.')],
      ['.gemini/logo.png', Buffer.from([1, 0, 2])],
      ['-n/it\'s "$HOME"\n/.ENV', Buffer.from([0xff, 0x0a, 0x41])],
      ['AGENTS.md', Buffer.from('')],
    ]);
    await offerWithheld(withheld, sandbox);
    expect(text('agent-files/_.claude/settings.json')).toBe('{}');
    expect(text('agent-files/sub/_CLAUDE.md')).toBe('Do it.');
    expect(text('agent-files/INDEX')).toBe(
      [
        '".claude/settings.json": "_.claude/settings.json"',
        '"sub/CLAUDE.md": "sub/_CLAUDE.md"',
        '".gemini/logo.png": not offered',
        JSON.stringify('-n/it\'s "$HOME"\n/.ENV').concat(': ', JSON.stringify('-n/it\'s "$HOME"\n/_.ENV')),
        '"AGENTS.md": "_AGENTS.md"',
        '',
      ].join('\n'),
    );
    expect(text('agent-files/_AGENTS.md')).toBe('');
    expect(readFileSync(path.join(sandbox.out, 'agent-files', '-n/it\'s "$HOME"\n/_.ENV'))).toEqual(
      Buffer.from([0xff, 0x0a, 0x41]),
    );
    expect(text('agent-files/_parts')).toBeUndefined();
    // However many there are.
    expect(commands).toHaveLength(2);
  });

  it('is bounded: what is beyond is named alone', async () => {
    const { sandbox, text } = aPlace();
    const many = Array.from({ length: 150 }, (_, index) => [`.claude/${index}`, Buffer.from('x')] as const);
    await offerWithheld(new Map([['CLAUDE.md', Buffer.alloc(2 << 20, 'x')], ...many]), sandbox);
    const index = text('agent-files/INDEX') ?? '';
    expect(index.split('\n').filter((line) => line.endsWith('not offered'))).toHaveLength(51);
    expect(text('agent-files/_CLAUDE.md')).toBeUndefined();
  });

  it('is offered as far as folders take its name, beside an index that nothing gets in the way of', async () => {
    const { sandbox, text } = aPlace();
    const long = `.env.${'x'.repeat(250)}`;
    await offerWithheld(
      new Map([long, `${'d/'.repeat(1900)}.env`, 'INDEX/CLAUDE.md'].map((name) => [name, Buffer.from(name)])),
      sandbox,
    );
    const lines = text('agent-files/INDEX')?.trimEnd().split('\n');
    expect(lines?.map((line) => line.split(': ').at(-1))).toEqual([
      ...['not offered', 'not offered', '"_INDEX/_CLAUDE.md"'],
    ]);
    expect(text('agent-files/_INDEX/_CLAUDE.md')).toBe('INDEX/CLAUDE.md');
  });

  it('is not there where nothing is kept out', async () => {
    const { sandbox, text } = aPlace();
    await offerWithheld(new Map(), sandbox);
    expect(text('agent-files/INDEX')).toBeUndefined();
  });

  it('is no half of it where the sandbox cannot take it', async () => {
    const { writeFile, out, exec } = createFakeSandbox();
    const laid = offerWithheld(new Map([['CLAUDE.md', Buffer.from('x')]]), { out, writeFile, exec });
    await expect(laid).rejects.toThrow('Files for the agent could not be laid down: bash: line 1:');
  });
});
