import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeOutputFolder, outputFolder, setupLayers } from '../../action/folders.ts';

describe('the folder of a session', () => {
  it('is another one for each step of a job', async () => {
    const RUNNER_TEMP = mkdtempSync(path.join(tmpdir(), 'courier-test-'));
    const first = await makeOutputFolder({ RUNNER_TEMP });
    const second = await makeOutputFolder({ RUNNER_TEMP });
    expect([first, second].map((folder) => path.relative(RUNNER_TEMP, folder))).toEqual([
      'courier/session',
      'courier/session-2',
    ]);
    expect(outputFolder({ RUNNER_TEMP, STATE_courierFolder: second })).toBe(second);
    rmSync(RUNNER_TEMP, { recursive: true });
  });
});

describe('the folder for what setups made', () => {
  const env = { RUNNER_TOOL_CACHE: '/opt/cache', GITHUB_REPOSITORY: 'acme/shop', GITHUB_REPOSITORY_ID: '42' };
  const { folder, repository } = setupLayers(env);

  it('lies in the tool cache of the runner', () => {
    expect(folder).toBe('/opt/cache/courier-setups');
  });

  it('knows a repository by its id, which outlives its name, and by its server', () => {
    expect(setupLayers({ ...env, GITHUB_REPOSITORY: 'acme/store' }).repository).toBe(repository);
    expect(setupLayers({ ...env, GITHUB_REPOSITORY_ID: '43' }).repository).not.toBe(repository);
    expect(setupLayers({ ...env, GITHUB_SERVER_URL: 'https://ghe.test' }).repository).not.toBe(repository);
    const { GITHUB_REPOSITORY_ID: _, ...nameless } = env;
    expect(setupLayers(nameless).repository).toContain('acme/shop');
  });
});
