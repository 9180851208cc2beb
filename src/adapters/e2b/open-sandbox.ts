import type { Sandbox, SandboxSpec } from '../../sandboxes/sandbox.ts';
import type { E2bSandbox } from './account.ts';
import { createE2bGuest } from './e2b-guest.ts';
import { startHeartbeat } from './heartbeat.ts';
import { enter, type Inside } from './inside.ts';
import { endSandbox, type Tools } from './left-behind.ts';
import { halt } from './prepare.ts';
import { withRetries } from './retry.ts';

type Opening = {
  life: Pick<SandboxSpec, 'lifetimeMs' | 'env'>;
  ttlMs: number;
  /** Makes the machine what a sandbox promises to be. @returns the home of the commands' user. */
  ready: (inside: Inside) => Promise<string>;
};

/** Hands a machine over when it is ready; where that fails it is ended. */
export async function openSandbox(
  machine: E2bSandbox,
  { life, ttlMs, ready }: Opening,
  tools: Tools,
): Promise<{ sandbox: Sandbox; inside: Inside }> {
  const { account, patience, log } = tools;
  const ref = { kind: 'e2b', id: machine.sandboxId } as const;
  const ending = new AbortController();
  const stopHeartbeat = startHeartbeat(machine, { ttlMs, log });
  let parked = false;
  const end = () => {
    clearTimeout(lifetime);
    stopHeartbeat();
    ending.abort();
  };
  const kill = async () => {
    end();
    if (!parked) await endSandbox(ref.id, tools);
  };
  const pause = async () => {
    await halt(inside);
    end();
    await withRetries(() => account.Sandbox.pause(ref.id), { what: 'E2B could not pause a sandbox', patience });
    parked = true;
    return ref;
  };
  const lifetime = setTimeout(kill, Math.min(life.lifetimeMs, 2 ** 31 - 1));
  lifetime.unref();
  const inside = enter(machine, { account, patience, over: ending.signal });
  try {
    const home = await ready(inside);
    const places = { workspace: `${home}/repo`, out: home };
    const guest = createE2bGuest({ inside, env: life.env ?? {}, ...places, over: ending.signal });
    return { inside, sandbox: { ref, ...places, ...guest, pause, kill } };
  } catch (error) {
    await kill();
    throw error;
  }
}
