import type { Outfit } from '../agents/outfit.ts';
import { whyNotAway } from '../agents/programs/away.ts';
import { UserError } from '../lib/errors.ts';
import type { Gate } from '../publishing/gate.ts';
import { stripInvisible } from '../publishing/invisible.ts';
import { applyPatch, toStream, withoutSetup } from '../runs/apply-patch.ts';
import {
  judgePatch,
  judgePath,
  type PatchRefusal,
  patchLimits,
  tooLarge,
  tooMany,
  unsafePath,
} from '../runs/judge-patch.ts';
import type { PatchChange } from '../runs/patch.ts';
import type { Sandbox } from '../sandboxes/sandbox.ts';
import { type Bench, createBench } from './bench.ts';
import { type Collected, collectPatch } from './collect-patch.ts';
import { createSifted } from './create-sifted.ts';
import type { Ports } from './ports.ts';
import type { RunPlace, RunState } from './run-state.ts';

type SandboxPorts = Pick<Ports, 'sandboxes' | 'repository' | 'log' | 'clock'> & { gate: Gate };

const marginMs = 120_000;

/**
 * `hands`: the one in which implementers work; where the next one is for another agent tool, one that begins with the patch of those before. `copy`: a
 * new one with the files as the patch makes them.
 */
export async function openRunSandbox(
  which: 'hands' | 'copy',
  { changes, model }: Pick<RunState, 'changes'> & { model: string },
  place: RunPlace,
  ports: SandboxPorts & Pick<Ports, 'agent'>,
): Promise<{ sandbox: Sandbox; outfit: Outfit | undefined }> {
  const { hands } = place;
  const { sandboxes } = ports;
  if (!sandboxes) throw new UserError('A run needs a sandbox: none is set up.');
  const { session } = place;
  const leftMs = Math.max(1, place.deadline - ports.clock.now());
  const lifetimeMs = leftMs + marginMs;
  const setup = place.setup && { ...place.setup, timeoutMs: Math.min(place.setup.timeoutMs, leftMs) };
  const files = toStream(applyPatch(place.base, changes));
  const outfit = ports.agent?.outfit?.({ model });
  const unfit = sandboxes.kind === 'e2b' && outfit?.spec.program && whyNotAway(outfit.spec.program, 'implement');
  if (unfit) throw new UserError(unfit);
  if (which === 'hands' && hands.sandbox) {
    if (isAlike(hands.outfit, outfit)) return { sandbox: hands.sandbox, outfit: hands.outfit };
    await hands.sandbox.kill();
    delete hands.sandbox;
  }
  const { sandbox, withheld } = await createSifted({ session, lifetimeMs, files, setup }, outfit, sandboxes);
  if (sandbox.setupProblem) ports.log.warn(sandbox.setupProblem);
  if (which === 'copy') return { sandbox, outfit };
  Object.assign(hands, { sandbox, outfit, withheld, given: changes, made: undefined });
  // What the setup writes beside what git ignores is nobody's work.
  if (setup) hands.made = await collect(sandbox, place, ports);
  return { sandbox, outfit };
}

/** Whether one sandbox is right for both: what an agent tool needs is there from the beginning, the way to its vendor's API among it. */
function isAlike(one: Outfit | undefined, other: Outfit | undefined): boolean {
  const needs = (outfit: Outfit | undefined) => [outfit?.spec.program, outfit?.spec.gateway?.vendor].join();
  return needs(one) === needs(other);
}

async function collect(
  sandbox: Sandbox,
  { base, signal, hands: { withheld = new Set() } }: RunPlace,
  { repository }: SandboxPorts,
  most: { mostFiles?: number; besides?: ReadonlySet<string> } = {},
): Promise<Collected> {
  return collectPatch(sandbox, base, { repository, signal, largestFile: patchLimits.largestFile, withheld, ...most });
}

/** What was changed in the implementers' sandbox, and all that keeps it there. */
export async function takePatch(
  sandbox: Sandbox,
  before: Pick<RunState, 'changes'>,
  place: RunPlace,
  ports: SandboxPorts,
): Promise<{ changes: PatchChange[]; refusals: PatchRefusal[] }> {
  const { made, given = [] } = place.hands;
  const own = new Set(given.map(({ path }) => path));
  const besides = new Set(made?.changes.flatMap(({ path }) => (own.has(path) ? [] : [path])));
  const collected = await collect(sandbox, place, ports, { mostFiles: patchLimits.mostFiles, besides });
  const fresh = made ? withoutSetup(collected.changes, { made: made.changes, given }) : collected.changes;
  // What nobody sees there is as it was, also where an earlier step had changed it.
  const kept = before.changes.filter(
    ({ path }) => collected.unseen.has(path) && !fresh.some((change) => change.path === path),
  );
  const changes = [...fresh, ...kept].toSorted((a, b) => (a.path < b.path ? -1 : 1));
  const { plain } = ports.gate;
  const policy = {
    ...patchLimits,
    isProtected: place.isProtected,
    // Invisible characters go from every text that leaves: they alone are no credential.
    holdsSecret: (text: string) => plain(text) !== stripInvisible(text),
    submodules: (await ports.repository.gaps()).submodules,
  };
  const odd = collected.odd.filter((path) => !made?.odd.includes(path));
  const refusals = [
    ...judgePatch(changes, { ...policy, paths: collected.paths }),
    ...odd.map((path) => judgePath(path, policy) ?? unsafePath(path)),
    ...collected.oversize.map(({ path, bytes }) => tooLarge(bytes, path)),
    ...(collected.crowd === undefined ? [] : [tooMany(collected.crowd)]),
  ];
  return { changes, refusals };
}

/** Untouched copies of the files with these changes. */
export function openRunBench(changes: readonly PatchChange[], place: RunPlace, ports: SandboxPorts): Bench {
  const { sandboxes } = ports;
  if (!sandboxes) throw new UserError('A run needs a sandbox: none is set up.');
  const { session, setup } = place;
  const lifetimeMs = Math.max(1, place.deadline - ports.clock.now()) + marginMs;
  return createBench({ session, lifetimeMs, files: toStream(applyPatch(place.base, changes)), setup }, sandboxes);
}
