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
  /** All get a new version, one after the other, when nobody has anything to do any more and the time of the dead is over. */
  roll: (repositories: readonly string[]) => Promise<void>;
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
    roll: async () => {},
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
  async function renew(which: number, signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null> {
    const code = await at(which).end(signal);
    running[which] = await startProcess(github, ports[which] ?? 0);
    return code;
  }
  const busy = async () => (await Promise.all(running.map((replica) => replica.busy()))).reduce((a, b) => a + b, 0);
  return {
    urls: ports.map(hook),
    strike: async (which) => void (await renew(which, 'SIGKILL')),
    async idle() {
      await github.webhooks.settled();
      await expect.poll(busy, { ...patience, interval: 500 }).toBe(0);
    },
    async roll(repositories) {
      await expect.poll(busy, { ...patience, interval: 500 }).toBe(0);
      for (const name of repositories) letClaimsExpire(github, name);
      for (const which of running.keys()) expect(await renew(which, 'SIGTERM')).toBe(0);
    },
  };
}
