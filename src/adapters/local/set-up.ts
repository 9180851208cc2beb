import { lchown, lstat, mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { messageOf } from '../../lib/errors.ts';
import type { Log } from '../../lib/log.ts';
import { listOwnFiles, packLayer, unpackLayer, whyNotKept } from '../../sandboxes/layer-scripts.ts';
import { runSetup } from '../../sandboxes/run-setup.ts';
import type { Sandbox, SandboxSetup } from '../../sandboxes/sandbox.ts';
import { type Contents, type SetupKeys, toSetupKeys } from '../../sandboxes/setup-key.ts';
import type { Resolver } from './allowed-hosts.ts';
import type { Share } from './bubblewrap-policy.ts';
import { gatewayInside } from './gateway/inside.ts';
import { describeMachine, layerInside } from './layer-scripts.ts';
import type { LayerStore } from './layer-store.ts';
import { startSetupProxy } from './setup-proxy.ts';

/** Runs commands of one sandbox that see something which the others do not. `forwarder`: the Node that brings them to a shared socket. */
export type Hands = (shares: readonly Share[], forwarder?: string) => Sandbox['exec'];

export type SetupPlace = {
  storage: string;
  hands: Hands;
  /** Node as it is called inside. */
  node: string | undefined;
  /** Whom commands run as, where that is not the own user. */
  user: { uid: number; gid: number } | undefined;
  resolver: Resolver;
  log: Log;
};

/** What setups made before, and whose it is. */
export type Layers = { store: LayerStore; repository: string };

/** Prepares a fresh sandbox: by what the same setup made before, else by the setup itself. @returns why it could not. */
export async function setUp(
  setup: SandboxSetup,
  { layers, contents }: { layers: Layers | undefined; contents: Contents },
  place: SetupPlace,
): Promise<string | undefined> {
  if (!layers || setup.fresh) return runWithHosts(setup, place);
  const keys = await keysOf(setup, { layers, contents }, place);
  if (keys && (await restore(keys, layers.store, place))) return undefined;
  const began = Date.now() / 1000;
  const problem = await runWithHosts(setup, place);
  if (problem === undefined && keys && setup.keep) await keep({ keys, contents, began }, layers.store, place);
  return problem;
}

/** The commands get the hosts by a proxy of their own, which is gone with them. Without hosts there is none. */
async function runWithHosts(setup: SandboxSetup, place: SetupPlace): Promise<string | undefined> {
  const { storage, hands, node, resolver } = place;
  if (setup.hosts.length === 0) return runSetup({ exec: hands([]) }, setup);
  if (node === undefined) return 'The setup of the sandbox was not run: there is no Node that could open its hosts.';
  const folder = path.join(storage, 'network');
  const proxy = await startSetupProxy(folder, { hosts: setup.hosts, resolver });
  try {
    const exec = hands([{ from: folder, to: gatewayInside.folder }], node);
    const problem = await runSetup(
      { exec: (argv, options) => exec(argv, { ...options, env: proxyEnvironment }) },
      setup,
    );
    return problem && [problem, ...proxy.refusals()].join(' ');
  } finally {
    await proxy.close();
  }
}

const { url } = gatewayInside;
const proxyEnvironment: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    'HTTP_PROXY HTTPS_PROXY http_proxy https_proxy npm_config_proxy npm_config_https_proxy YARN_HTTP_PROXY YARN_HTTPS_PROXY'
      .split(' ')
      .map((name) => [name, url]),
  ),
  NO_PROXY: 'localhost,127.0.0.1',
  no_proxy: 'localhost,127.0.0.1',
  NODE_USE_ENV_PROXY: '1',
};

async function keysOf(
  setup: SandboxSetup,
  { layers, contents }: { layers: Layers; contents: Contents },
  { hands }: SetupPlace,
): Promise<SetupKeys | undefined> {
  const machine = await runOwn(hands([]), describeMachine);
  return machine === undefined ? undefined : toSetupKeys(setup, contents, ['local', layers.repository, machine]);
}

async function restore(keys: SetupKeys, store: LayerStore, place: SetupPlace): Promise<boolean> {
  for (const key of [keys.dependencies, keys.tree]) {
    if (key === undefined) continue;
    const done = await inLayerFolder(place, async (folder) => {
      if (!(await store.take(key, path.join(folder, 'layer.tar')))) return false;
      if ((await runOwn(place.hands([{ from: folder, to: layerInside }]), unpackLayer, layerInside)) !== undefined)
        return true;
      place.log.warn('What an earlier setup of the sandbox made could not be unpacked: it is set up anew.');
      await store.drop(key);
      return false;
    });
    if (done) return true;
  }
  return false;
}

async function keep(
  { keys, contents, began }: { keys: SetupKeys; contents: Contents; began: number },
  store: LayerStore,
  place: SetupPlace,
): Promise<void> {
  await inLayerFolder(place, async (folder) => {
    await writeFile(path.join(folder, 'paths'), listOwnFiles(contents.paths), { mode: 0o644 });
    const exec = place.hands([{ from: folder, to: layerInside, mayWrite: true }]);
    const said = (await runOwn(exec, packLayer, began.toFixed(3), layerInside))?.trim();
    const archive = path.join(folder, 'layer.tar');
    const key = said === 'dependencies' ? (keys.dependencies ?? keys.tree) : keys.tree;
    if (said !== 'dependencies' && said !== 'tree') {
      place.log.info(`What the setup of the sandbox made is not kept: ${whyNotKept(said)}`);
    } else if ((await lstat(archive)).isFile()) await store.publish(key, archive);
  });
}

/** A folder beside what commands see, for as long as somebody works with it. What goes wrong costs the next sandbox time, and no more. */
async function inLayerFolder<Result>(
  { storage, user, log }: SetupPlace,
  work: (folder: string) => Promise<Result>,
): Promise<Result | undefined> {
  const folder = path.join(storage, 'layer');
  try {
    await mkdir(folder);
    if (user) await lchown(folder, user.uid, user.gid);
    return await work(folder);
  } catch (error) {
    log.warn(`The folder for what setups made cannot be used: ${messageOf(error)}`);
    return undefined;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const ownMs = 180_000;

/** A script of Courier's own, in which nothing of the repository has a say. @returns what it printed; `undefined` where it failed. */
async function runOwn(exec: Sandbox['exec'], script: string, ...args: readonly string[]): Promise<string | undefined> {
  const { exitCode, stdout } = await exec(['/bin/bash', '-p', '-c', script, 'courier', ...args], {
    cwd: '/',
    timeoutMs: ownMs,
    maxOutputBytes: 100_000,
  });

  return exitCode === 0 ? stdout : undefined;
}
