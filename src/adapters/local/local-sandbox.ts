import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Log } from '../../lib/log.ts';
import { runSetup } from '../../sandboxes/run-setup.ts';
import type { Sandbox, SandboxProvider, SandboxSpec } from '../../sandboxes/sandbox.ts';
import { guest, nodeInside, toBubblewrapArguments, toGuestCommand } from './bubblewrap-policy.ts';
import { type BubblewrapResult, type BubblewrapRun, runBubblewrap } from './bubblewrap-process.ts';
import { createProbe, findStance, limitsOf, type Stance } from './bubblewrap-start.ts';
import { type Ceiling, type Ceilings, createCeilings } from './ceilings.ts';
import { type Gateway, startGateway } from './gateway.ts';
import { besideForwarder, gatewayInside } from './gateway-inside.ts';
import { createGuest, type GuestCommand } from './local-sandbox-guest.ts';
import { createMachine, type Machine } from './machine.ts';
import { isPristine, markStorage, type StorageMark } from './pristine-storage.ts';
import {
  createStorage,
  fillWorkspace,
  giveStorage,
  parkStorage,
  removeStorage,
  sweepStorage,
  takeParked,
} from './sandbox-storage.ts';

type Options = {
  /** Of the process: tells where it runs. Nothing of it gets into a sandbox. */
  env: Readonly<Record<string, string | undefined>>;
  /** Folder for the sandboxes' storage. Default: the system's. */
  tempDir?: string;
  /** What a sandbox may hold. Default: 8192, or half of what is free where that is less. */
  diskMb?: number;
  log: Log;
  machine?: Machine;
};

/**
 * Sandboxes on this machine, by bubblewrap (Linux). The machine is probed once, at the first `create`.
 *
 * @throws UserError from `create` where the machine cannot isolate, with what to do about it.
 */
export function createLocalSandboxProvider({
  env,
  tempDir = tmpdir(),
  diskMb,
  log,
  machine,
}: Options): SandboxProvider {
  const place = path.resolve(tempDir);
  let stance: Promise<Stance> | undefined;
  const probed = () => {
    stance ??= findStance(machine ?? createMachine(env), { probe: createProbe(place), log });
    return stance;
  };
  const meansOf = async (storage: string, { size, gateway }: Pick<SandboxSpec, 'size' | 'gateway'>) => ({
    ceilings: await createCeilings(storage, { memoryMb: size?.memoryMb, diskMb }),
    gateway: gateway && (await startGateway(path.join(storage, 'gateway'), gateway)),
  });
  return {
    kind: 'local',
    async create(spec) {
      const found = await probed();
      await sweepStorage(place);
      const storage = await createStorage(place);
      try {
        await fillWorkspace(storage, spec.files);
        if (found.user) await giveStorage(storage, found.user);
      } catch (error) {
        await removeStorage(storage);
        throw error;
      }
      const means = await meansOf(storage, spec);
      const sandbox = openSandbox(storage, found, { ...spec, ...means, mark: await markStorage(storage) });
      const setupProblem = spec.setup && (await runSetup(sandbox, spec.setup));
      return setupProblem === undefined ? sandbox : { ...sandbox, setupProblem };
    },
    async resume(ref, life) {
      const storage = ref.kind === 'local' ? await takeParked(place, ref.id) : undefined;
      if (storage === undefined) return undefined;
      const means = await meansOf(storage, life);
      return openSandbox(storage, await probed(), { ...life, ...means, mark: undefined });
    },
  };
}

type Life = Pick<SandboxSpec, 'lifetimeMs' | 'env'> & {
  mark: StorageMark;
  ceilings: Ceilings;
  gateway: Gateway | undefined;
};

function openSandbox(storage: string, stance: Stance, spec: Life): Sandbox {
  const ending = new AbortController();
  const gatewayNode = spec.gateway && nodeInside(stance.system);
  const run = (command: GuestCommand): Promise<BubblewrapResult> => {
    const limits = limitsOf(stance, command.timeoutMs);
    const { argv } = command;
    const program = gatewayNode && command.gateway ? besideForwarder(gatewayNode, argv) : argv;
    return runBelow(spec.ceilings, {
      ...command,
      bwrap: stance.bwrap,
      folder: storage,
      user: stance.user,
      options: toBubblewrapArguments(
        storage,
        stance.system,
        { ...spec.env, ...command.env },
        { gateway: !!spec.gateway },
      ),
      command: toGuestCommand(program, { cwd: command.cwd, limits }),
      signal: command.signal ? AbortSignal.any([command.signal, ending.signal]) : ending.signal,
    });
  };
  const running = new Set<Promise<unknown>>();
  const ref = { kind: 'local', id: path.basename(storage) } as const;
  let parked = false;
  const end = async () => {
    clearTimeout(lifetime);
    ending.abort();
    await Promise.allSettled(running);
    await spec.gateway?.stop();
  };
  const kill = async () => {
    await end();
    if (!parked) await removeStorage(storage);
  };
  const lifetime = setTimeout(kill, Math.min(spec.lifetimeMs, 2 ** 31 - 1));
  lifetime.unref();
  const inside = createGuest((command) => {
    const work = run(command);
    running.add(work);
    return work.finally(() => running.delete(work));
  }, ending.signal);
  return {
    ref,
    workspace: guest.workspace,
    out: guest.home,
    ...(gatewayNode ? { gatewayUrl: gatewayInside.url } : {}),
    ...inside,
    isPristine: () => isPristine(inside, spec.mark),
    async pause() {
      await end();
      await parkStorage(storage);
      parked = true;
      return ref;
    },
    kill,
  };
}

/** Runs a command below the ceilings: one that breaks through is ended, and told why. */
async function runBelow(ceilings: Ceilings, run: BubblewrapRun): Promise<BubblewrapResult> {
  const [done, breaking] = [new AbortController(), new AbortController()];
  let broken: Ceiling | undefined;
  const onStart = async (pid: number) => {
    broken = await ceilings.watch(pid, done.signal).catch(() => undefined);
    if (broken) breaking.abort();
  };
  const signals = run.signal ? [run.signal, breaking.signal] : [breaking.signal];
  const result = await runBubblewrap({ ...run, onStart, signal: AbortSignal.any(signals) }).finally(() => done.abort());
  return broken ? { ...result, stderr: Buffer.concat([result.stderr, Buffer.from(ceilings.explain(broken))]) } : result;
}
