import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createEgress, type Egress, whyNoEgress } from './egress.ts';
import { copyDisk, type Machine, startMachine } from './machine.ts';
import { type Network, reaches } from './network-rules.ts';
import { packEnvd } from './pack-envd.ts';

export type EmulatedSandbox = {
  id: string;
  template: string;
  state: 'running' | 'paused';
  metadata: Record<string, string>;
  /** Of the request that made it, as it came. */
  request: Record<string, unknown>;
  network: Network | undefined;
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
  const envd = path.join(root, 'envd.cjs');
  if (machines) packEnvd(envd);
  const sandboxes = new Map<string, EmulatedSandbox>();
  const snapshots = new Map<string, Snapshot>();
  const timers = new Map<string, NodeJS.Timeout>();
  const egress = machines && whyNoEgress() === undefined ? createEgress(path.join(root, 'egress')) : undefined;
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
    /** What the account may do at most, and whether it has rules of the network. */
    plan: { concurrency: 20, maxHours: 1, rules: true },
    /** Which server on loopback plays a name. */
    route(names: Readonly<Record<string, string>>): void {
      for (const [name, origin] of Object.entries(names)) egress?.internet.set(name, origin);
      for (const sandbox of sandboxes.values()) nameFor(sandbox, egress);
    },
    setNetwork(sandbox: EmulatedSandbox, network: Network): void {
      sandbox.network = network;
      nameFor(sandbox, egress);
    },
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
      const network = networkIn(request);
      // It asks for the rules as they are then.
      const wayOut = egress && wayOutFor(egress, () => sandbox.network);
      const machine = machines
        ? await startMachine(path.join(root, id), { envd, envs, from, egress: wayOut })
        : noMachine;
      const sandbox: EmulatedSandbox = {
        id,
        template: String(request.templateID),
        state: 'running',
        metadata: stringsOf(request.metadata),
        request,
        network,
        startedAt: Date.now(),
        endAt: 0,
        machine,
        open: new Set(),
      };
      sandboxes.set(id, sandbox);
      nameFor(sandbox, egress);
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
    copySnapshot({ storage: from }: Snapshot, id: string): void {
      const storage = path.join(root, `snapshot-${randomUuid()}`);
      if (machines) copyDisk(from, storage);
      snapshots.set(id, { id, storage });
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
        sandbox.machine = await startMachine(path.join(root, sandbox.id), {
          envd,
          envs: stringsOf(sandbox.request.envVars),
          egress: egress && wayOutFor(egress, () => sandbox.network),
        });
      nameFor(sandbox, egress);
    },
  };
}
export type State = ReturnType<typeof createState>;

function wayOutFor(egress: Egress, network: () => Network | undefined) {
  return { authority: egress.authority, open: (socket: string) => egress.open(socket, network) };
}

function nameFor({ machine, network }: EmulatedSandbox, egress: Egress | undefined): void {
  machine.name([...(egress?.internet.keys() ?? [])].filter((name) => reaches(network, name)));
}

const noMachine: Machine = {
  token: 'envd_none',
  socket: '/nowhere',
  name: () => {},
  pause: () => {},
  unpause: () => {},
  stop: async () => {},
  remove: async () => {},
};

export function randomUuid(): string {
  return crypto.randomUUID();
}

/** Checked against the SDK's types before. */
export function networkIn({ network }: Record<string, unknown>): Network | undefined {
  return typeof network === 'object' && network !== null ? { ...network } : undefined;
}

function stringsOf(value: unknown): Record<string, string> {
  if (typeof value !== 'object' || value === null) return {};
  return Object.fromEntries(Object.entries(value).map(([key, text]) => [key, String(text)]));
}
