import { expect, onTestFinished } from 'vitest';
import type { AppEnvironment } from '../../app/environment.ts';
import { createLog } from '../../app/log.ts';
import { type AppServer, createAppServer } from '../../app/server.ts';
import { createWork } from '../../app/work.ts';
import type { AppSeed } from '../fakes/github/app-api.ts';
import { type GitHubSeed, startGitHub } from '../fakes/github/github.ts';
import type { RepositorySeed } from '../fakes/github/state.ts';
import { freePort } from '../free-port.ts';

export const secret = 'the-secret-of-the-webhook';

const permissions: AppSeed['permissions'] = {
  ...{ actions: 'write', checks: 'write', contents: 'write', issues: 'write', metadata: 'read' },
  ...{ pull_requests: 'write', security_events: 'write' },
};

/** The app and its webhook, as GitHub has them after `app.yml` was taken. */
export const installed = {
  app: { id: 12, slug: 'courier', permissions, installation: 77 },
  webhooks: { secret },
} as const satisfies Pick<GitHubSeed, 'app' | 'webhooks'>;

const dispatched = 'on:\n  workflow_dispatch:\n    inputs:\n      request: { type: string }\n';
const people = { rita: 'read', tom: 'triage', wanda: 'write', max: 'maintain', ada: 'admin' } as const;

/** `acme/shop`, where the app is installed and its workflow is there. */
export const shop: RepositorySeed = {
  name: 'acme/shop',
  files: { 'README.md': '#\n', '.github/workflows/courier.yml': dispatched },
  collaborators: people,
};

/** Long enough for a busy machine; no test waits for it to end. */
export const patience = { timeout: 280_000 };

// In milliseconds. What comes back later than this waits for a claim of somebody dead.
const soon = 20_000;

/** GitHub's double with the app on it; what it has against our requests fails the test at its end. */
export async function aGitHubWithApp(seed: Omit<GitHubSeed, 'webhooks'> = {}) {
  const double = await startGitHub({
    repositories: [shop],
    tokens: {},
    ...installed,
    ...seed,
  });
  onTestFinished(() => double.close());
  const { app } = double;
  if (!app) throw new Error('the double has no app');
  return { ...double, privateKey: app.privateKey };
}

export type AppGitHub = Awaited<ReturnType<typeof aGitHubWithApp>>;

export async function environmentFor(github: AppGitHub, over: Partial<AppEnvironment> = {}): Promise<AppEnvironment> {
  return {
    ...{ appId: 12, privateKey: github.privateKey, webhookSecret: secret, host: '127.0.0.1', port: await freePort() },
    ...{ apiUrl: github.url, graphqlUrl: github.graphqlUrl, serverUrl: github.serverUrl },
    ...{ webhookProxyUrl: undefined, logLevel: 'silent', workflow: 'courier.yml', ...over },
  };
}

/** One replica of the app, in this process; deliveries of the double go to it. `logged`: its log, at its most talkative. */
export async function anApp(github: AppGitHub, over: { redeliverEvery?: number; sweepEvery?: number } = {}) {
  const logged: string[] = [];
  const log = createLog('trace', { write: (line: string) => void logged.push(line) });
  const environment = await environmentFor(github);
  const server = await createAppServer({ environment, work: createWork, log, ...over });
  const { port } = await server.start();
  onTestFinished(() => server.stop(0));
  const url = `http://127.0.0.1:${port}`;
  github.webhooks.sendTo(`${url}/api/github/webhooks`);
  const idle = () => allIdle(github, [{ server }]);
  /** How many pieces of work have ended. */
  async function worked(): Promise<number> {
    // Anew: a connection that was used long ago may just be being ended.
    const metrics = await (await fetch(`${url}/metrics`, { headers: { connection: 'close' } })).text();
    const counts = metrics.matchAll(/^courier_work_seconds_count\{[^}]*\} (\d+)$/gm);
    return [...counts].reduce((sum, [, count]) => sum + Number(count), 0);
  }
  return { server, url, logged, worked, idle };
}

/**
 * All that happened at GitHub was delivered, and all work that it made is over, also what an app looks for on its start. Only then an expectation
 * that something was not done says anything: a delivery's answer comes before its work.
 */
export async function allIdle({ webhooks }: AppGitHub, apps: readonly { server: AppServer }[]): Promise<void> {
  const busy = () => apps.reduce((sum, { server }) => sum + server.busy(soon), 0);
  for (let known = -1; known !== webhooks.deliveries.length; ) {
    known = webhooks.deliveries.length;
    await webhooks.settled();
    await expect.poll(busy, patience).toBe(0);
  }
}
