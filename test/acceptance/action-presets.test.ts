import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { createGitRepository } from '../fakes/git-repository.ts';
import { startGitHub } from '../fakes/github/github.ts';
import { runStep } from './run-step.ts';
import { temporaryFolder } from './temporary-folder.ts';

const root = path.join(import.meta.dirname, '../..');
const dist = path.join(root, 'action/dist');
const sampleApp = path.join(root, 'test/fixtures/sample-app');

async function onSampleApp(env: Readonly<Record<string, string>> = {}) {
  const repository = createGitRepository({ copyOf: sampleApp });
  const github = await startGitHub();
  github.repository().refs.set('refs/heads/main', repository.head());
  try {
    const result = await runStep({ workspace: repository.root, github, inputs: { 'max-new-issues': '100' }, env });
    return { ...result, github };
  } finally {
    await github.close();
    repository.remove();
  }
}

describe('the presets in the bundle', () => {
  it('are installed from the lock file that ships with it, and find what is planted', async () => {
    const { code, log, outputs, github } = await onSampleApp();
    expect(log).not.toContain('::error');
    expect(code).toBe(0);
    expect(outputs).toMatchObject({ result: 'complete' });
    const planted: { check: string; rule: string; path: string; line: number }[] = JSON.parse(
      readFileSync(path.join(sampleApp, 'planted.json'), 'utf8'),
    );
    const bodies = github.repository().issues.map(({ body }) => body);
    const expected = planted.filter(({ check }) => check !== 'shellcheck');
    const missing = expected.filter(
      ({ path: file, line }) => !bodies.some((body) => body.includes(`/${file}#L${line}`)),
    );
    expect(missing).toEqual([]);
    expect(github.violations).toEqual([]);
  });

  it('are said to be unavailable where nothing can be installed, which is not a clean bill', async () => {
    const cache = temporaryFolder('no-tools');
    const { outputs, summary, code } = await onSampleApp({
      RUNNER_TOOL_CACHE: cache,
      npm_config_registry: 'http://127.0.0.1:9',
      npm_config_cache: path.join(cache, 'npm'),
    });
    expect(summary).toMatch(/oxlint.*could not|could not.*oxlint/is);
    expect(summary).not.toMatch(/\*\*No findings\*\*/);
    expect(['failed', 'complete']).toContain(outputs.result);
    // Only shellcheck, which comes from the machine, may still have looked.
    if (outputs.result === 'failed') expect(code).toBe(1);
  });
});

describe('action/dist', () => {
  it('holds no source map, no native module and no path of a machine', () => {
    const names = readdirSync(dist, { recursive: true, encoding: 'utf8' });
    expect(names.filter((name) => /\.(map|node)$/.test(name))).toEqual([]);
    const scripts = names.filter((name) => name.endsWith('.js'));
    expect(scripts.filter((name) => readFileSync(path.join(dist, name), 'utf8').includes(root))).toEqual([]);
    expect(
      scripts.filter((name) => readFileSync(path.join(dist, name), 'utf8').includes('sourceMappingURL=data:')),
    ).toEqual([]);
  });

  it('loads an SDK only when it is needed', () => {
    const entry = readFileSync(path.join(dist, 'index.js'), 'utf8');
    expect(entry).not.toMatch(/anthropic|octokit/i);
  });
});
