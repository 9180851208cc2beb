import { expect } from 'vitest';
import { freePort } from '../free-port.ts';
import { type AppGitHub, allIdle, anApp, patience } from './app-bed.ts';
import { letClaimsExpire, startProcess } from './app-process.ts';

/** The app, several times at once. */
export type Replicas = {
  /** Where deliveries go. */
  urls: readonly string[];
  /** One of them is killed, whatever it does just now, and another starts in its place. @returns when that one is ready. */
  strike: (which: number) => Promise<void>;
  /** All are told to end, when nobody has anything to do any more, and start again when the time of the dead is over. */
  renewAll: (repositories: readonly string[]) => Promise<void>;
  /** When none has anything to do any more. */
  idle: () => Promise<void>;
};

const hook = (port: number | string) => `http://127.0.0.1:${port}/api/github/webhooks`;

/** In this process, which is fast to start; they cannot be killed. */
export async function inThisProcess(github: AppGitHub, count: number, every: { redeliverEvery?: number }) {
  const apps: Awaited<ReturnType<typeof anApp>>[] = [];
  for (let at = 0; at < count; at++) apps.push(await anApp(github, every));
  const replicas: Replicas = {
    urls: apps.map(({ url }) => hook(new URL(url).port)),
    strike: async () => {},
    renewAll: async () => {},
    idle: () => allIdle(github, apps),
  };
  return replicas;
}

/** Each a process of its own, as `npm run app` starts it. */
export async function asProcesses(github: AppGitHub, count: number): Promise<Replicas> {
  const ports: number[] = [];
  for (let at = 0; at < count; at++) ports.push(await freePort());
  const running = await Promise.all(ports.map((port) => startProcess(github, port)));
  const at = (which: number) => running[which] ?? expect.fail(`there is no replica ${which}`);
  async function start(which: number): Promise<void> {
    running[which] = await startProcess(github, ports[which] ?? 0);
  }
  const busy = async () => (await Promise.all(running.map((replica) => replica.busy()))).reduce((a, b) => a + b, 0);
  return {
    urls: ports.map(hook),
    async strike(which) {
      await at(which).end('SIGKILL');
      await start(which);
    },
    async idle() {
      await github.webhooks.settled();
      await expect.poll(busy, { ...patience, interval: 500 }).toBe(0);
    },
    async renewAll(repositories) {
      await expect.poll(busy, { ...patience, interval: 500 }).toBe(0);
      // What comes back by itself begins at any time: only where nobody lives any more all that is claimed is claimed by the dead.
      expect(await Promise.all(running.map((replica) => replica.end('SIGTERM')))).toEqual(running.map(() => 0));
      for (const name of repositories) letClaimsExpire(github, name);
      await Promise.all([...running.keys()].map(start));
    },
  };
}
