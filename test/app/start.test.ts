import { spawn } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { compileCache } from '../compile-cache.ts';
import { freePort } from '../free-port.ts';
import { patience } from './app-bed.ts';

const root = path.resolve(import.meta.dirname, '../..');

function start(args: readonly string[], env: Record<string, string>, cwd: string) {
  const child = spawn(process.execPath, [...args], { cwd, env: { PATH: process.env.PATH, ...compileCache, ...env } });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += String(chunk)));
  onTestFinished(() => void child.kill('SIGKILL'));
  // Not `exit`: then what it said may still be on its way.
  const code = new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, said: () => said };
}

function anEmptyFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'courier-app-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

const ways = [
  ['npm run app', [path.join(root, 'app/index.ts')]],
  ['courier app', [path.join(root, 'src/cli/index.ts'), 'app']],
] as const;

it.each(ways)('%s refuses half of the credentials, and says which one is missing', async (_, args) => {
  const app = start(args, { APP_ID: '1', PRIVATE_KEY: 'key' }, anEmptyFolder());
  expect(await app.code).toBe(2);
  expect(app.said()).toContain('WEBHOOK_SECRET is not set');
});

it.each(ways)(
  '%s says where to start it when it has neither credentials nor a manifest to get some',
  async (_, args) => {
    const app = start(args, {}, anEmptyFolder());
    expect(await app.code).toBe(2);
    expect(app.said()).toContain('app.yml');
  },
);

it('serves the pages that register the app from the manifest, without credentials', async () => {
  const port = await freePort();
  const folder = anEmptyFolder();
  copyFileSync(path.join(root, 'app.yml'), path.join(folder, 'app.yml'));
  // Nothing is asked of smee.io.
  start(ways[0][1], { PORT: String(port), HOST: '127.0.0.1', NO_SMEE_SETUP: 'true' }, folder);
  const page = () =>
    fetch(`http://127.0.0.1:${port}/probot`).then(
      (response) => response.text(),
      () => '',
    );
  for (const name of ['Register', 'workflow_run', 'courier-issues', 'repository_advisories'])
    await expect.poll(page, patience).toContain(name);
});
