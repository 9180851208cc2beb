import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { z } from 'zod';
import { compileCache } from '../../compile-cache.ts';
import type { Fault } from './faults.ts';

const Sandbox = z.object({
  id: z.string(),
  state: z.enum(['running', 'paused']),
  template: z.string(),
  metadata: z.record(z.string(), z.string()),
  request: z.record(z.string(), z.unknown()),
  network: z.unknown().optional(),
  endAt: z.number(),
});
const Emulated = z.object({
  sandboxes: z.array(Sandbox),
  templates: z.array(
    z.object({ id: z.string(), name: z.string(), request: z.unknown().optional(), steps: z.unknown().optional() }),
  ),
  /** `storage`: the folder that holds its disk. */
  snapshots: z.array(z.object({ id: z.string(), storage: z.string() })),
  requests: z.array(z.object({ call: z.string(), body: z.unknown().optional() })),
  violations: z.array(z.string()),
});

export type E2bDouble = {
  readonly url: string;
  readonly key: string;
  /** Everything that the emulated account has, and what was asked of it. */
  look(): Promise<z.infer<typeof Emulated>>;
  fail(faults: readonly Fault[]): Promise<void>;
  plan(plan: { concurrency?: number; maxHours?: number; rules?: boolean }): Promise<void>;
  /** Where names of the internet are, for machines that may reach them by https: the URL of a server on loopback, by name. */
  internet(names: Readonly<Record<string, string>>): Promise<void>;
  /** Ends a sandbox as E2B itself does now and then. */
  lose(id: string): Promise<void>;
  /** Gives a snapshot another name, or a copy of it. */
  shelve(snapshot: { id: string; as: string; copy?: boolean }): Promise<void>;
  close(): Promise<void>;
};

/** An emulated E2B in a process of its own, on loopback. `machines: false`: no command can run in its sandboxes. */
export async function startE2b({ machines = true }: { machines?: boolean } = {}): Promise<E2bDouble> {
  const key = 'e2b_0123456789abcdef0123456789abcdef01234567';
  const main = path.join(import.meta.dirname, 'main.ts');
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', main, key, ...(machines ? [] : ['without-machines'])],
    {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: { ...process.env, ...compileCache },
    },
  );
  const [line] = await once(child.stdout, 'data');
  const url = String(line).trim();
  const administer = async (place: string, body?: unknown) => {
    const response = await fetch(
      `${url}/__emu/${place}`,
      body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) },
    );
    return Emulated.parse(await response.json());
  };
  return {
    url,
    key,
    look: () => administer('state'),
    fail: async (faults) => void (await administer('faults', faults)),
    plan: async (plan) => void (await administer('plan', plan)),
    internet: async (names) => void (await administer('internet', names)),
    lose: async (id) => void (await administer(`kill/${id}`, {})),
    shelve: async (snapshot) => void (await administer('shelve', snapshot)),
    async close() {
      if (child.exitCode !== null) return;
      child.stdin.end('end\n');
      await once(child, 'exit');
    },
  };
}
