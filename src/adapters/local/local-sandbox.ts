import { tmpdir } from 'node:os';
import path from 'node:path';
import { UserError } from '../../lib/errors.ts';
import type { Log } from '../../lib/log.ts';
import type { Sandbox, SandboxProvider, SandboxSpec } from '../../sandboxes/sandbox.ts';
import { digestFiles } from '../../sandboxes/setup-key.ts';
import { type Resolver, usualResolver } from './allowed-hosts.ts';
import { guest, nodeInside, type Share, toBubblewrapArguments, toGuestCommand } from './bubblewrap-policy.ts';
import { type BubblewrapResult, type BubblewrapRun, runBubblewrap } from './bubblewrap-process.ts';
import { createProbe, findStance, limitsOf, type Stance } from './bubblewrap-start.ts';
import { type Ceiling, type Ceilings, createCeilings } from './ceilings.ts';
import { createStreamOpener } from './command-streams.ts';
import { besideForwarder, gatewayInside } from './gateway/inside.ts';
import { type Gateway, startGateway } from './gateway/start-gateway.ts';
import { createLayerStore, type LayerLimits } from './layer-store.ts';
import { createGuest, type GuestCommand } from './local-sandbox-guest.ts';
import { createMachine, type Machine } from './machine.ts';
import { isPristine, markStorage, type StorageMark } from './pristine-storage.ts';
import { placeProgram, type ShelvedProgram } from './program-share.ts';
import type { ProgramShelf } from './program-shelf.ts';
import {
  createStorage,
  fillWorkspace,
  giveStorage,
  parkStorage,
  removeStorage,
  sweepStorage,
  takeParked,
} from './sandbox-storage.ts';
import { type Hands, type Layers, setUp } from './set-up.ts';

type Options = {
  /** Of the process: tells where it runs. Nothing of it gets into a sandbox. */
  env: Readonly<Record<string, string | undefined>>;
  /** Folder for the sandboxes' storage. Default: the system's. */
  tempDir?: string;
  /** What a sandbox may hold. Default: 8192, or half of what is free where that is less. */
  diskMb?: number;
  /** Where what `sandbox.setup` made is kept for later sandboxes of the same repository. Default: nowhere. */
  layers?: { folder: string; repository: string; limits?: LayerLimits } | undefined;
  log: Log;
  machine?: Machine;
  /** How the hosts of a setup are found. */
  resolver?: Resolver;
  /** Where agent tools come from. Default: nowhere. */
  programs?: ProgramShelf;
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
  layers: kept,
  log,
  machine,
  resolver = usualResolver,
  programs,
}: Options): SandboxProvider {
  const place = path.resolve(tempDir);
  const layers: Layers | undefined = kept && {
    store: createLayerStore(kept.folder, kept.limits),
    repository: kept.repository,
  };
  let stance: Promise<Stance> | undefined;
  const probed = () => {
    stance ??= findStance(machine ?? createMachine(env), { probe: createProbe(place), log });
    return stance;
  };
  const meansOf = async (storage: string, { size, gateway }: Pick<SandboxSpec, 'size' | 'gateway'>) => ({
    ceilings: await createCeilings(storage, { memoryMb: size?.memoryMb, diskMb }),
    gateway: gateway && (await startGateway(path.join(storage, 'gateway'), gateway)),
  });
  const take = async ({ program }: Pick<SandboxSpec, 'program'>) => {
    if (program === undefined) return undefined;
    if (!programs) throw new UserError('Courier was started without a place for agent tools.');
    return programs.take(program);
  };
  return {
    kind: 'local',
    async create(spec) {
      const found = await probed();
      const taken = await take(spec);
      await sweepStorage(place);
      const storage = await createStorage(place, spec.session);
      const { files, contents } = digestFiles(spec.files());
      let program: ShelvedProgram | undefined;
      try {
        await fillWorkspace(storage, spec.setup ? files : spec.files());
        if (found.user) await giveStorage(storage, found.user);
        program = await show(taken, storage, found);
      } catch (error) {
        await removeStorage(storage);
        throw error;
      }
      let mark: StorageMark;
      const life = { ...spec, ...(await meansOf(storage, spec)), program, mark: () => mark };
      const { sandbox, hands } = openSandbox(storage, found, life);
      try {
        const means = { storage, hands, node: nodeInside(found.system), user: found.user, resolver, log };
        const setupProblem = spec.setup && (await setUp(spec.setup, { layers, contents: contents() }, means));
        mark = await markStorage(storage);
        return setupProblem === undefined ? sandbox : { ...sandbox, setupProblem };
      } catch (error) {
        await sandbox.kill();
        throw error;
      }
    },
    async resume(ref, life) {
      const found = await probed();
      const taken = await take(life);
      const storage = ref.kind === 'local' ? await takeParked(place, ref.id) : undefined;
      if (storage === undefined) return undefined;
      const program = await show(taken, storage, found);
      const means = await meansOf(storage, life);
      return openSandbox(storage, found, { ...life, ...means, program, mark: () => undefined }).sandbox;
    },
  };
}

type Life = Pick<SandboxSpec, 'lifetimeMs' | 'env'> & {
  mark: () => StorageMark;
  ceilings: Ceilings;
  gateway: Gateway | undefined;
  program: ShelvedProgram | undefined;
};

/** Where bubblewrap reaches it. */
async function show(
  taken: ShelvedProgram | undefined,
  storage: string,
  { user }: Stance,
): Promise<ShelvedProgram | undefined> {
  return taken && { ...taken, share: await placeProgram(taken.share, { storage, user }) };
}

function openSandbox(storage: string, stance: Stance, spec: Life): { sandbox: Sandbox; hands: Hands } {
  const ending = new AbortController();
  const openStreams = createStreamOpener(storage);
  const gatewayNode = spec.gateway && nodeInside(stance.system);
  const run = (command: GuestCommand, shares: readonly Share[]): Promise<BubblewrapResult> => {
    const limits = limitsOf(stance, command.timeoutMs);
    return runBelow(spec.ceilings, {
      ...command,
      bwrap: stance.bwrap,
      openStreams,
      user: stance.user,
      options: toBubblewrapArguments(storage, stance.system, { ...spec.env, ...command.env }, shares),
      command: toGuestCommand(command.argv, { cwd: command.cwd, limits }),
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
  // With a forwarder beside it, a command of somebody else reaches the socket in a folder that it shares.
  const enter = (shares: readonly Share[], forwarder?: string) =>
    createGuest((command) => {
      const argv = forwarder && command.gateway ? besideForwarder(forwarder, command.argv) : command.argv;
      const work = run({ ...command, argv }, shares);
      running.add(work);
      return work.finally(() => running.delete(work));
    }, ending.signal);
  const gatewayShare = { from: path.join(storage, 'gateway'), to: gatewayInside.folder };
  const shares = [...(spec.gateway ? [gatewayShare] : []), ...(spec.program ? [spec.program.share] : [])];
  const inside = enter(shares, gatewayNode);
  const sandbox: Sandbox = {
    ref,
    workspace: guest.workspace,
    out: guest.home,
    ...(spec.gateway ? { gateway: spec.gateway.access } : {}),
    ...(spec.program ? { program: spec.program.program } : {}),
    ...inside,
    isPristine: () => isPristine(inside, spec.mark()),
    async pause() {
      await end();
      await parkStorage(storage);
      parked = true;
      return ref;
    },
    kill,
  };
  return { sandbox, hands: (shares, forwarder) => enter(shares, forwarder).exec };
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
  if (!broken) return result;
  await ceilings.settle(broken);
  return { ...result, stderr: Buffer.concat([result.stderr, Buffer.from(ceilings.explain(broken))]) };
}
