import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { createScopeFinder } from '../../src/adapters/syntax/scope-finder.ts';
import type { Log } from '../../src/lib/log.ts';

const fixtures = path.join(import.meta.dirname, '../fixtures/scopes');
const grammars = path.join(import.meta.dirname, '../../src/adapters/syntax/grammars');

/** Lines that say which scope they are in: `// => Orders.total`, `-` for none. */
function markedLines(text: string): [line: number, scope: string][] {
  return text.split('\n').flatMap((line, index): [number, string][] => {
    const scope = /(?:\/\/|#) => (\S+)$/.exec(line)?.[1];
    return scope === undefined ? [] : [[index + 1, scope]];
  });
}

const findScopes = createScopeFinder();

describe.each(readdirSync(fixtures))('the enclosing declarations in %s', (name) => {
  const text = readFileSync(path.join(fixtures, name), 'utf8');
  const marked = markedLines(text);

  it('are those that the file says', async () => {
    const scopeAt = await findScopes(`src/${name}`, text);
    expect(marked.length).toBeGreaterThan(2);
    const told = marked.map(([line]) => [line, scopeAt(line) ?? '-']);
    expect(told).toEqual(marked);
  });

  it.skipIf(/\.py$|\.kt$|\.sh$|\.ex$/.test(name))('do not depend on the indentation', async () => {
    const scopeAt = await findScopes(name, text.replace(/^[ \t]+/gm, ''));
    expect(marked.map(([line]) => [line, scopeAt(line) ?? '-'])).toEqual(marked);
  });

  it.each(['\r\n', '\r'])('do not depend on the line ends (%j)', async (lineEnd) => {
    const scopeAt = await findScopes(name, text.replaceAll('\n', lineEnd));
    expect(marked.map(([line]) => [line, scopeAt(line) ?? '-'])).toEqual(marked);
  });
});

const collecting = () => {
  const told: string[] = [];
  const log: Log = { debug: (message) => told.push(message), info() {}, warn() {}, error() {} };
  return { log, told };
};

it('takes NUL in a comment for a part of it', async () => {
  const scopeAt = await findScopes('a.js', 'function f() {\n// \0 }}\nreturn 1;\n}\n');
  expect(scopeAt(3)).toBe('f');
});

describe('the indentation', () => {
  const source = 'class Orders {\n    total(order) {\n        add(order);\n    }\n}\n';

  it('tells where there is no grammar', async () => {
    const scopeAt = await findScopes('Orders.zig', source);
    expect([1, 2, 3, 4, 9].map(scopeAt)).toEqual(['Orders', 'Orders.total', 'Orders.total', 'Orders.total', undefined]);
  });

  it('tells where a file is larger than anybody writes by hand', async () => {
    const scopeAt = await findScopes('orders.js', `${source}${'// long\n'.repeat(70_000)}`);
    expect(scopeAt(3)).toBe('Orders.total');
  });

  it('tells where the grammars are missing or damaged, and says so', async () => {
    const { log, told } = collecting();
    const missing = createScopeFinder({ folder: '/nonexistent', log });
    expect((await missing('orders.js', source))(3)).toBe('Orders.total');
    expect(told).toHaveLength(1);
    for (let time = 0; time < 5; time++) await missing('orders.js', source);
    expect(told).toHaveLength(3);
  });
});

describe('the shipped files', () => {
  const sums: Record<string, string> = JSON.parse(readFileSync(path.join(grammars, 'sha256.json'), 'utf8'));
  const names = readdirSync(grammars).filter((name) => /\.(?:br|mjs)$/.test(name));
  let folder: string | undefined;
  afterEach(() => {
    if (folder) rmSync(folder, { recursive: true, force: true });
  });

  it('are the ones that were made, each with its checksum', () => {
    const found = names.map((name) => {
      const stored = readFileSync(path.join(grammars, name));
      const bytes = name.endsWith('.br') ? brotliDecompressSync(stored) : stored;
      return [name.replace(/\.br$/, ''), createHash('sha256').update(bytes).digest('hex')];
    });
    expect(Object.fromEntries(found)).toEqual(sums);
    expect(found).toHaveLength(14);
  });

  it('come with the licence of each package that the lock file names', () => {
    const licences = readFileSync(path.join(grammars, 'licences.txt'), 'utf8');
    const { dependencies } = JSON.parse(
      readFileSync(path.join(import.meta.dirname, '../grammars/package.json'), 'utf8'),
    );
    for (const [name, version] of Object.entries(dependencies)) expect(licences).toContain(`${name} ${version}\n`);
    expect(licences.match(/Permission is hereby granted/g)).toHaveLength(Object.keys(dependencies).length);
  });

  it('are read when a file of their language is, and not before', async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'courier-test-'));
    for (const name of ['sha256.json', 'web-tree-sitter.mjs', 'web-tree-sitter.wasm.br', 'tree-sitter-go.wasm.br'])
      cpSync(path.join(grammars, name), path.join(folder, name));
    const { log, told } = collecting();
    const text = readFileSync(path.join(fixtures, 'orders.go'), 'utf8');
    expect((await createScopeFinder({ folder, log })('orders.go', text))(9)).toBe('Orders.Total');
    expect(told).toEqual([]);
  });

  it('are not used when they were altered', async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'courier-test-'));
    cpSync(grammars, folder, { recursive: true });
    cpSync(path.join(grammars, 'tree-sitter-c.wasm.br'), path.join(folder, 'tree-sitter-go.wasm.br'));
    const { log, told } = collecting();
    await createScopeFinder({ folder, log })('orders.go', 'package main\n');
    expect(told.join()).toContain('tree-sitter-go.wasm is not the file that was shipped');
  });
});

// One parser for all of them, as in a scan: what one file does to it must not spoil the next.
describe('a hostile file', () => {
  const deep = 100_000;
  const texts: [what: string, text: string][] = [
    ['of five million characters in one line', 'x=1;'.repeat(1_250_000)],
    ['of three thousand calls in one line', 'a(b(c)),'.repeat(3_000)],
    ['of nested braces', `${'{'.repeat(30_000)}${'}'.repeat(30_000)}`],
    ['of nested parentheses that never close', '('.repeat(deep)],
    ['of nested functions', 'function f(){'.repeat(3_000)],
    ['of nested classes on lines of their own', 'class A {\n'.repeat(3_000)],
    ['of ever deeper indentation', Array.from({ length: 500 }, (_, at) => `${' '.repeat(at)}def f():\n`).join('')],
    ['with NUL bytes', 'function f() {\0\0\n  return \0;\n}\n'],
    ['of NUL bytes', '\0'.repeat(100_000)],
    ['of invalid UTF-8', new TextDecoder().decode(Uint8Array.from({ length: 20_000 }, (_, at) => (at * 7) & 255))],
    ['of lone surrogates', '\ud800\n'.repeat(10_000)],
    ['of nothing', ''],
    ['of an open string', `x = "${'\\'.repeat(20_000)}`],
    ['of a heredoc for each line', 'x = <<~A\n'.repeat(1_000)],
  ];
  const names = [
    'a.js',
    'a.ts',
    'a.tsx',
    'a.py',
    'a.go',
    'a.java',
    'a.rb',
    'a.rs',
    'a.c',
    'a.cpp',
    'a.cs',
    'a.php',
    'a.kt',
  ];

  it.each(texts)(
    '%s is answered for in every language',
    async (_what, text) => {
      for (const name of names) {
        const scopeAt = await findScopes(name, text);
        for (const line of [-1, 0, 1, 2, 1_000, 10 ** 9]) expect((scopeAt(line) ?? '').length, name).toBeLessThan(400);
      }
    },
    400_000,
  );

  it('leaves the parser as it was', async () => {
    const text = readFileSync(path.join(fixtures, 'orders.ts'), 'utf8');
    const scopeAt = await findScopes('orders.ts', text);
    expect(markedLines(text).map(([line]) => [line, scopeAt(line) ?? '-'])).toEqual(markedLines(text));
  });
});
