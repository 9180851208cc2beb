import { messageOf } from '../../lib/errors.ts';
import { runSetup } from '../../sandboxes/run-setup.ts';
import type { SandboxFile, SandboxSetup, SandboxSpec } from '../../sandboxes/sandbox.ts';
import { type Contents, digestFiles, readContents, type SetupKeys, toSetupKeys } from '../../sandboxes/setup-key.ts';
import type { E2bSandbox } from './account.ts';
import { shutNetwork } from './create-machine.ts';
import type { Inside } from './inside.ts';
import { keepSetup, type Opened, restoreSetup } from './keep-setup.ts';
import { dropSetup, findSetup, type KeptSetup } from './kept-setups.ts';
import type { Tools } from './left-behind.ts';
import { openSandbox } from './open-sandbox.ts';
import { prepare, requireShut } from './prepare.ts';
import { readBuild } from './sized-template.ts';

export type Place = {
  template: string;
  ttlMs: number;
  /** Whose what setups make is; absent: nothing is kept. */
  repository: string | undefined;
  /** A machine that is made of a template or a snapshot and reaches these hosts alone. */
  start: (template: string, hosts: readonly string[]) => Promise<E2bSandbox>;
};

/** By what a setup is found again, and where. */
type Shelf = { repository: string; keysOf: (contents: Contents) => SetupKeys };

/** A sandbox with the repository in it, prepared by what the same setup made before, else by the setup itself. */
export async function makeSandbox(spec: SandboxSpec, place: Place, tools: Tools): Promise<Opened> {
  const shelf = spec.setup && (await findShelf(spec.setup, place, tools));
  return (shelf && (await makeOfKept(spec, { place, shelf }, tools))) ?? makeAnew(spec, { place, shelf }, tools);
}

async function findShelf(
  setup: SandboxSetup,
  { repository, template }: Place,
  { account }: Tools,
): Promise<Shelf | undefined> {
  if (setup.fresh || repository === undefined) return undefined;
  const where = ['e2b', repository, template, await readBuild(account, template)];
  return { repository, keysOf: (contents) => toSetupKeys(setup, contents, where) };
}

/** @returns nothing where there is nothing, or nothing of use: then it is set up anew. */
async function makeOfKept(
  spec: SandboxSpec,
  { place, shelf }: { place: Place; shelf: Shelf },
  tools: Tools,
): Promise<Opened | undefined> {
  const contents = await readContents(spec.files());
  try {
    const found = await findSetup(shelf.repository, shelf.keysOf(contents), tools);
    return found && (await restore(found, { spec, place, contents }, tools));
  } catch (error) {
    tools.log.warn(`What an earlier setup made cannot be used, the sandbox is set up anew: ${messageOf(error)}`);
    return undefined;
  }
}

/** Nothing is open in it at any time. */
async function restore(
  kept: KeptSetup,
  { spec, place, contents }: { spec: SandboxSpec; place: Place; contents: Contents },
  tools: Tools,
): Promise<Opened | undefined> {
  const arriving = digestFiles(spec.files());
  const machine = await place.start(kept.id, []);
  const opened = await open(machine, { spec, ttlMs: place.ttlMs, files: arriving.files, shut: true }, tools);
  try {
    if (arriving.contents().tree === contents.tree) {
      if (await restoreSetup(opened)) return opened;
      tools.log.warn('What an earlier setup made could not be unpacked: the sandbox is set up anew.');
      await dropSetup(kept, tools);
    }
  } catch (error) {
    await opened.sandbox.kill();
    throw error;
  }
  await opened.sandbox.kill();
  return undefined;
}

/** Runs the setup where there is one, and shuts the network whatever came of it; a sandbox that stays open is never handed over. */
async function makeAnew(
  spec: SandboxSpec,
  { place, shelf }: { place: Place; shelf: Shelf | undefined },
  tools: Tools,
): Promise<Opened> {
  const { setup } = spec;
  const hosts = hostsOf(setup);
  const machine = await place.start(place.template, hosts);
  const arriving = digestFiles(spec.files());
  const files = setup ? arriving.files : spec.files();
  const opened = await open(machine, { spec, ttlMs: place.ttlMs, files, shut: hosts.length === 0 }, tools);
  if (!setup) return opened;
  const { sandbox, inside } = opened;
  try {
    const began = shelf ? await clockOf(inside) : '';
    const setupProblem = await runSetup(sandbox, setup);
    if (hosts.length > 0) {
      await shutNetwork(tools.account, machine.sandboxId, tools.patience);
      await requireShut(inside);
    }
    if (setupProblem !== undefined) return { inside, sandbox: { ...sandbox, setupProblem } };
    if (shelf && setup.keep) {
      const contents = arriving.contents();
      const empty = () => place.start(place.template, []);
      const keeping = { repository: shelf.repository, empty, signal: setup.signal };
      await keepSetup(opened, { contents, began, keys: shelf.keysOf(contents) }, keeping, tools);
    }
    return opened;
  } catch (error) {
    await sandbox.kill();
    throw error;
  }
}

type Opening = { spec: SandboxSpec; ttlMs: number; files: AsyncIterable<SandboxFile>; shut: boolean };

function open(machine: E2bSandbox, { spec, ttlMs, files, shut }: Opening, tools: Tools): Promise<Opened> {
  const ready = async (inside: Inside) =>
    (await Promise.all([prepare(files, inside), shut ? requireShut(inside) : undefined]))[0];
  return openSandbox(machine, { life: spec, ttlMs, ready }, tools);
}

/** Seconds, as the machine counts them. */
async function clockOf(inside: Inside): Promise<string> {
  const { stdout } = await inside.run('date +%s.%N', { timeoutMs: 30_000 });
  return stdout.trim();
}

/** E2B knows hosts without ports. */
function hostsOf(setup: SandboxSetup | undefined): string[] {
  return (setup?.hosts ?? []).map((host) => host.replace(/:\d+$/, ''));
}
