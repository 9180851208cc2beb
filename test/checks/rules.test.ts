import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { realPorts } from './sample-app.ts';

const rules = path.resolve(import.meta.dirname, '../../src/checks/presets/rules');
const cases = path.resolve(import.meta.dirname, '../fixtures/checks/rules');
const extensions = { javascript: 'js', typescript: 'ts', python: 'py', go: 'go', workflows: 'yml' };

type Snippet = { id: string; kind: 'valid' | 'invalid'; code: string; file: string };

const snippets = Object.entries(extensions).flatMap(([language, extension]) => snippetsOf(language, extension));
let folder: string;
let found: Map<string, string[]>;

function snippetsOf(language: string, extension: string): Snippet[] {
  const source = language === 'typescript' ? 'javascript' : language;
  const entries = Object.entries<{ valid: string[]; invalid: string[] }>(
    parse(readFileSync(path.join(cases, `${source}.yml`), 'utf8')),
  );
  return entries.flatMap(([id, listed]) =>
    (['valid', 'invalid'] as const).flatMap((kind) =>
      listed[kind]
        // JSX is no TypeScript.
        .filter((code) => language !== 'typescript' || !/<\w+ \w/.test(code))
        .map((code, index) => ({
          id: rename(id, language),
          kind,
          code,
          file: fileOf(`${id}-${kind}-${index}`, language, extension),
        })),
    ),
  );
}

function rename(id: string, language: string): string {
  return language === 'typescript' ? id.replace(/^js-/, 'ts-') : id;
}

function fileOf(name: string, language: string, extension: string): string {
  return language === 'workflows' ? `${name}/.github/workflows/case.yml` : `${name}.${extension}`;
}

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'courier-rules-'));
  for (const { file, code } of snippets) {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), `${code}\n`);
  }
  const tool = await realPorts.tools.locate('ast-grep');
  if ('unavailable' in tool) throw new Error(tool.unavailable);
  const scan = ['scan', `--config=${realPorts.tools.assets}/sgconfig.yml`, '--json=stream'];
  const { stdout } = await realPorts.commands.run(
    { argv: [...tool.argv, ...scan, ...snippets.map(({ file }) => `./${file}`)] },
    { cwd: folder, timeoutMs: 280_000, maxOutputBytes: 10_000_000 },
  );
  found = new Map();
  for (const line of stdout.split('\n').filter(Boolean)) {
    const match: { file: string; ruleId: string } = JSON.parse(line);
    const file = match.file.replace(/^\.\//, '');
    found.set(file, [...(found.get(file) ?? []), match.ruleId]);
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the rule pack', () => {
  it.each(snippets.filter(({ kind }) => kind === 'invalid'))('$id finds: $code', ({ id, file }) => {
    expect(found.get(file)).toEqual([id]);
  });

  it.each(snippets.filter(({ kind }) => kind === 'valid'))('$id is silent on: $code', ({ file }) => {
    expect(found.get(file)).toBeUndefined();
  });

  it.each(Object.keys(extensions))('tries every rule for %s, and each says what, why and how bad', (language) => {
    for (const name of readdirSync(path.join(rules, language))) {
      const rule = parse(readFileSync(path.join(rules, language, name), 'utf8'));
      expect(`${rule.id}.yml`).toBe(name);
      const kinds = snippets.filter(({ id }) => id === rule.id).map(({ kind }) => kind);
      expect(new Set(kinds), rule.id).toEqual(new Set(['valid', 'invalid']));
      expect(rule.message, rule.id).toMatch(/\.$/);
      expect(rule.note.trim().split(/[.:;] /).length, rule.id).toBeGreaterThan(1);
      expect(rule.metadata, rule.id).toMatchObject({ title: expect.any(String), severity: expect.any(Number) });
      if (rule.metadata.category === 'security') expect(rule.metadata.cwe, rule.id).toMatch(/^CWE-\d+$/);
    }
  });

  it('is the same for TypeScript and for JavaScript (else run test/checks/to-typescript.mjs)', () => {
    const read = (language: string) =>
      readdirSync(path.join(rules, language)).map((name) =>
        parse(readFileSync(path.join(rules, language, name), 'utf8')),
      );
    const expected = read('javascript').map((rule) => {
      const withoutJsx = rule.rule.any?.filter((part: unknown) => !JSON.stringify(part).includes('jsx_'));
      return {
        ...rule,
        id: rule.id.replace(/^js-/, 'ts-'),
        language: 'TypeScript',
        rule: { ...rule.rule, ...(withoutJsx ? { any: withoutJsx } : {}) },
      };
    });
    expect(read('typescript')).toEqual(expected);
  });
});
