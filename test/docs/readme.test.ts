import { existsSync, globSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { inputs } from '../../action/inputs.ts';
import { presetNames } from '../../src/checks/presets/names.ts';
import { commands } from '../../src/cli/commands.ts';
import { parseConfig } from '../../src/config/parse-config.ts';
import { withoutEffect } from '../../src/config/without-effect.ts';
import { labels } from '../../src/findings/labels.ts';
import { blocksIn, localLinksIn, pages, proseOf, read, root, rowsBelow } from './markdown.ts';

const blocks = pages.flatMap(blocksIn);
const yaml = blocks.filter(({ language }) => language === 'yaml');
const shell = blocks.filter(({ language }) => language === 'sh');
const scripts = Object.keys(
  z.object({ scripts: z.record(z.string(), z.string()) }).parse(JSON.parse(read('package.json'))).scripts,
);

const Step = z.looseObject({ uses: z.string().optional(), with: z.record(z.string(), z.unknown()).default({}) });
const Workflow = z.looseObject({
  jobs: z.record(
    z.string(),
    z.looseObject({
      uses: z.string().optional(),
      with: z.record(z.string(), z.unknown()).default({}),
      secrets: z.record(z.string(), z.unknown()).default({}),
      steps: z.array(Step).default([]),
    }),
  ),
});
const Called = z.looseObject({
  on: z.object({
    workflow_call: z.object({
      inputs: z.record(z.string(), z.unknown()),
      secrets: z.record(z.string(), z.unknown()),
      outputs: z.record(z.string(), z.unknown()),
    }),
  }),
});

it('looks at all pages', () => {
  expect(pages).toEqual(expect.arrayContaining(['README.md', 'SECURITY.md', 'docs/checks.md']));
  expect(yaml.length).toBeGreaterThan(8);
  expect(shell.length).toBeGreaterThan(4);
});

it('links only to files and headings that are there', () => {
  const links = pages.flatMap(localLinksIn);
  expect(links.length).toBeGreaterThan(15);
  expect(links.filter(({ problem }) => problem !== undefined)).toEqual([]);
});

it('names only files of the sources that are there', () => {
  const named = pages.flatMap((page) =>
    inlineCode(page).filter((code) => /^(?:src|test|action|schema)\/[\w./-]+$/.test(code)),
  );
  expect(named.length).toBeGreaterThan(10);
  expect(named.filter((name) => !existsSync(path.join(root, name)))).toEqual([]);
});

it('shows YAML that is valid: workflows with declared inputs, and configurations that Courier takes', () => {
  const seen = { workflows: 0, configurations: 0 };
  const names = inputs.map(({ name }) => name);
  const { inputs: calls, secrets } = Called.parse(parse(read('.github/workflows/scan.yml'))).on.workflow_call;
  for (const { page, text } of yaml) {
    const value: unknown = parse(text);
    const workflow = Workflow.safeParse(value);
    if (!workflow.success) {
      // A comment alone is an example of its own.
      if (value !== null) expect(() => parseConfig(text, page), page).not.toThrow();
      seen.configurations += 1;
      continue;
    }
    seen.workflows += 1;
    for (const job of Object.values(workflow.data.jobs)) {
      for (const step of job.steps.filter(({ uses }) => uses?.startsWith('codecourier/courier@')))
        expect(names, page).toEqual(expect.arrayContaining(Object.keys(step.with)));
      if (!job.uses) continue;
      expect(job.uses).toMatch(/^codecourier\/courier\/\.github\/workflows\/scan\.yml@/);
      expect(Object.keys(calls), page).toEqual(expect.arrayContaining(Object.keys(job.with)));
      expect(Object.keys(secrets), page).toEqual(expect.arrayContaining(Object.keys(job.secrets)));
    }
  }
  expect(seen.workflows).toBeGreaterThan(2);
  expect(seen.configurations).toBeGreaterThan(4);
});

it('tells people to type only what is there', () => {
  const lines = [...shell.flatMap(({ text }) => text.split('\n')), ...pages.flatMap((page) => inlineCode(page))].map(
    (line) => line.replace(/\s+#.*$/, ''),
  );
  const run = lines.flatMap((line) => [...line.matchAll(/\bnpm run ([\w:-]+)/g)].map(([, name = '']) => name));
  const called = lines.flatMap((line) =>
    [...line.matchAll(/^(?:npx )?courier ([\w-]+)/g)].map(([, name = '']) => name),
  );
  expect(run.length).toBeGreaterThan(8);
  expect(called).toContain('init');
  expect(scripts).toEqual(expect.arrayContaining(run));
  expect(['help', ...commands.map(({ name }) => name)]).toEqual(expect.arrayContaining(called));
  const options = lines
    .filter((line) => line.startsWith('npm run scan --'))
    .map((line) => line.split(' ').at(-1) ?? '');
  expect(options.filter((place) => !place.startsWith('..') && globSync(place).length === 0)).toEqual([]);
});

function inlineCode(page: string): string[] {
  return [...proseOf(page).matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code);
}

it('asks for the same permissions in the README and in the page about the Action', () => {
  const permissions = (cell = '') =>
    [...cell.matchAll(/`([a-z-]+: (?:read|write))`/g)].map(([, name]) => name).toSorted();
  const mode = (cell = '') => {
    const words = [...cell.matchAll(/`([^`]+)`/g)].map(([, word = '']) => word.replace('mode: ', ''));
    return /another branch/.test(cell) ? 'elsewhere' : words.filter((word) => word !== 'pull_request').join(' ');
  };
  const table = (page: string, heading: string) =>
    Object.fromEntries(rowsBelow(page, heading).map(([what, needs]) => [mode(what), permissions(needs)]));
  const readme = table('README.md', 'Use it in a workflow');
  expect(Object.keys(readme)).toHaveLength(7);
  expect(table('docs/action.md', 'Permissions')).toEqual(readme);
});

it('names every preset, label and key without effect, and no others', () => {
  const firsts = (page: string, heading: string) =>
    rowsBelow(page, heading).map(([cell = '']) => cell.replaceAll('`', ''));
  expect(firsts('README.md', 'What looks').toSorted()).toEqual(presetNames.toSorted());
  expect(firsts('docs/checks.md', 'Presets').toSorted()).toEqual(presetNames.toSorted());
  const told = firsts('docs/findings.md', 'The issue').flatMap((cell) => cell.split(', '));
  const later = ['running', 'failed', 'needs-human', 'awaiting-answer'].map((state) => `courier: ${state}`);
  expect([...told, ...later].toSorted()).toEqual(labels.map(({ name }) => name).toSorted());
  const [, section = ''] = read('docs/configuration.md').split('## Not in this version');
  expect([...section.matchAll(/^- `(.+)`$/gm)].map(([, key]) => key)).toEqual(Object.keys(withoutEffect));
});

it('speaks only of keys that the Action takes', () => {
  const pages = ['README.md', 'docs/agents.md', 'docs/action.md', 'docs/sandboxes.md'].map(read).join('\n');
  const named = [...pages.matchAll(/`([a-z0-9-]+-(?:api|ledger)-key)`/g)].map(([, name = '']) => name);
  expect(named).toContain('openai-api-key');
  expect(inputs.map(({ name }) => name)).toEqual(expect.arrayContaining([...new Set(named)]));
});
