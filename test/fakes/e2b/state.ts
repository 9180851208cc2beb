import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { copyDisk, type Machine, startMachine } from './machine.ts';

export type EmulatedSandbox = {
  id: string;
  template: string;
  state: 'running' | 'paused';
  metadata: Record<string, string>;
  /** Of the request that made it, as it came. */
  request: Record<string, unknown>;
  network: unknown;
  startedAt: number;
  endAt: number;
  machine: Machine;
  /** Exchanges under way: they end with a pause. */
  open: Set<ServerResponse>;
};

export type Template = { id: string; name: string; buildId: string; request: unknown; steps: unknown };

/** The disk of a sandbox as it was; what E2B keeps of its memory is not played. */
export type Snapshot = { id: string; storage: string };

/** Everything that the emulated account has; `machines: false`: sandboxes that are only administered, without a machine behind. */
export function createState({ machines }: { machines: boolean }) {
  const root = mkdtempSync(path.join(tmpdir(), 'courier-e2b-'));
  const sandboxes = new Map<string, EmulatedSandbox>();
  const snapshots = new Map<string, Snapshot>();
  const timers = new Map<string, NodeJS.Timeout>();
  const remove = async (id: string) => {
    const found = sandboxes.get(id);
    sandboxes.delete(id);
    clearTimeout(timers.get(id));
    await found?.machine.remove();
    return found !== undefined;
  };
  const extend = (sandbox: EmulatedSandbox, seconds: number) => {
    sandbox.endAt = Date.now() + seconds * 1000;
    clearTimeout(timers.get(sandbox.id));
    timers.set(
      sandbox.id,
      setTimeout(() => sandbox.state === 'running' && remove(sandbox.id), seconds * 1000),
    );
  };
  return {
    root,
    /** What the account may do at most. */
    plan: { concurrency: 20, maxHours: 1 },
    sandboxes,
    snapshots,
    templates: new Map<string, Template>([
      ['base', { id: 'base', name: 'base', buildId: randomUuid(), request: {}, steps: [] }],
    ]),
    extend,
    remove,
    async create(request: Record<string, unknown>, seconds: number): Promise<EmulatedSandbox> {
      const id = `i${randomBytes(10).toString('hex')}`;
      const envs = stringsOf(request.envVars);
      const from = snapshots.get(String(request.templateID))?.storage;
      const machine = machines ? await startMachine(path.join(root, id), { envs, from }) : noMachine;
      const sandbox: EmulatedSandbox = {
        id,
        template: String(request.templateID),
        state: 'running',
        metadata: stringsOf(request.metadata),
        request,
        network: request.network,
        startedAt: Date.now(),
        endAt: 0,
        machine,
        open: new Set(),
      };
      sandboxes.set(id, sandbox);
      extend(sandbox, seconds);
      return sandbox;
    },
    /** One of the same name is replaced. A name that nobody gave is made up. */
    takeSnapshot(sandbox: EmulatedSandbox, name: string | undefined): Snapshot {
      const id = name === undefined ? `t${randomUuid().slice(0, 8)}:default` : `emulated/${name}:default`;
      const storage = path.join(root, `snapshot-${randomUuid()}`);
      sandbox.machine.pause();
      if (machines) copyDisk(path.join(root, sandbox.id), storage);
      sandbox.machine.unpause();
      this.dropSnapshot(id);
      const snapshot = { id, storage };
      snapshots.set(id, snapshot);
      return snapshot;
    },
    dropSnapshot(id: string): boolean {
      const found = snapshots.get(id);
      if (found) rmSync(found.storage, { recursive: true, force: true });
      return snapshots.delete(id);
    },
    async pause(sandbox: EmulatedSandbox, memory: boolean): Promise<void> {
      sandbox.state = 'paused';
      for (const response of sandbox.open) response.destroy();
      if (memory) sandbox.machine.pause();
      else await sandbox.machine.stop();
    },
    async wake(sandbox: EmulatedSandbox, memory: boolean): Promise<void> {
      sandbox.state = 'running';
      if (memory) sandbox.machine.unpause();
      else
        sandbox.machine = await startMachine(path.join(root, sandbox.id), { envs: stringsOf(sandbox.request.envVars) });
    },
  };
}
export type State = ReturnType<typeof createState>;

const noMachine: Machine = {
  token: 'envd_none',
  socket: '/nowhere',
  pause: () => {},
  unpause: () => {},
  stop: async () => {},
  remove: async () => {},
};

export function randomUuid(): string {
  return crypto.randomUUID();
}

function stringsOf(value: unknown): Record<string, string> {
  if (typeof value !== 'object' || value === null) return {};
  return Object.fromEntries(Object.entries(value).map(([key, text]) => [key, String(text)]));
}
