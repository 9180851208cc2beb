import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { compileCache } from '../compile-cache.ts';
import { commitFiles } from '../fakes/github/git-objects.ts';
import { type AppGitHub, patience, secret } from './app-bed.ts';

const entry = path.resolve(import.meta.dirname, '../../app/index.ts');

export type AppProcess = {
  /** Pieces of work that wait or run. */
  busy: () => Promise<number>;
  /** @returns the exit code; `null` where the signal ended it. */
  end: (signal: 'SIGTERM' | 'SIGKILL') => Promise<number | null>;
};

/** `npm run app` as a process of its own, ready for deliveries. It does not outlive the test. */
export async function startProcess(github: AppGitHub, port: number): Promise<AppProcess> {
  const cwd = mkdtempSync(path.join(tmpdir(), 'courier-app-'));
  let { child, exit } = launch(github, { port, cwd });
  onTestFinished(() => {
    child.kill('SIGKILL');
    rmSync(cwd, { recursive: true, force: true });
  });
  const url = `http://127.0.0.1:${port}`;
  async function isReady(): Promise<number> {
    // While nobody listens the port may be somebody else's for a moment: whoever keeps services running starts it again.
    if (child.exitCode !== null) ({ child, exit } = launch(github, { port, cwd }));
    return fetch(`${url}/readyz`).then(
      ({ status }) => status,
      () => 0,
    );
  }
  await expect.poll(isReady, { ...patience, interval: 250 }).toBe(200);
  return {
    async busy() {
      const metrics = await (await fetch(`${url}/metrics`)).text();
      const sizes = metrics.matchAll(/^courier_queue_size\{[^}]*\} (\d+)$/gm);
      return [...sizes].reduce((sum, [, size]) => sum + Number(size), 0);
    },
    end(signal) {
      child.kill(signal);
      return exit;
    },
  };
}

function launch(github: AppGitHub, { port, cwd }: { port: number; cwd: string }) {
  const child = spawn(process.execPath, [entry], {
    cwd,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: {
      ...{ PATH: process.env.PATH, APP_ID: '12', PRIVATE_KEY: github.privateKey, WEBHOOK_SECRET: secret },
      ...compileCache,
      ...{ HOST: '127.0.0.1', PORT: String(port), LOG_LEVEL: 'error' },
      ...{ GITHUB_API_URL: github.url, GITHUB_GRAPHQL_URL: github.graphqlUrl, GITHUB_SERVER_URL: github.serverUrl },
    },
  });
  const exit = new Promise<number | null>((resolve) => child.once('exit', resolve));
  return { child, exit };
}

/** The time passes after which a claim counts as that of a dead worker. */
export function letClaimsExpire(github: AppGitHub, name = 'acme/shop'): void {
  const repository = github.repository(name);
  const ref = 'refs/heads/courier-ledger';
  const files = Object.entries(github.files(name, 'courier-ledger')).map(([file, text]) => {
    if (!file.startsWith('inbox/')) return [file, text];
    const inbox = JSON.parse(text);
    if (inbox.claim) inbox.claim.at = new Date(0).toISOString();
    return [file, JSON.stringify(inbox)];
  });
  const parents = [repository.refs.get(ref) ?? ''];
  const commit = commitFiles(repository.objects, {
    files: Object.fromEntries(files),
    message: 'time passes',
    parents,
    author: 'ada',
  });
  repository.refs.set(ref, commit);
}
