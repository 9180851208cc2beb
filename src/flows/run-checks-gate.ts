import type { CheckOutcome, CommandRunner } from '../checks/check.ts';
import { type PresetName, presetNames } from '../checks/presets/names.ts';
import { compilerManifest } from '../checks/presets/tsc.ts';
import { runChecks } from '../checks/run-checks.ts';
import { applyPatch, type PlainTree, toStream } from '../runs/apply-patch.ts';
import { compareOutcomes, describeOutcomes, mayHaveWorked } from '../runs/compare-checks.ts';
import type { PatchChange } from '../runs/patch.ts';
import type { Bench } from './bench.ts';
import type { Ports } from './ports.ts';
import type { RunPlace } from './run-state.ts';

type OnBench = (
  changes: readonly PatchChange[],
  work: (bench: Bench) => Promise<CheckOutcome[]>,
) => Promise<CheckOutcome[]>;

export type CheckPorts = Pick<Ports, 'clock' | 'progress' | 'commands' | 'tools' | 'layFiles'>;

// Where both kinds of sandboxes keep the repository: a tool may name its files by it.
const workspace = '/home/user/repo';
const mostFindings = 1000;
const outputBytes = 16 << 20;

/** The presets that apply; a configured check takes the place of one of its name. */
function presetsOf({ presets, checks }: Pick<RunPlace, 'presets' | 'checks'>): PresetName[] {
  if (presets === 'none') return [];
  return presetNames.filter((name) => (presets === 'auto' || presets.includes(name)) && !Object.hasOwn(checks, name));
}

/** The checks on the files as they were and on those of the patch. */
export async function compareChecks(
  changes: readonly PatchChange[],
  place: RunPlace,
  ports: CheckPorts,
  onBench: OnBench,
): Promise<{ fresh: string[]; before?: string; after: string }> {
  const wanted = presetsOf(place);
  const check = async (which: readonly PatchChange[]) => {
    const tree = applyPatch(place.base, which);
    const changed = changes.map(({ path }) => path);
    const read = await readOn(tree, { presets: wanted.filter((name) => name !== 'tsc'), changed }, place, ports);
    const presets = wanted.filter((name) => name === 'tsc' && tree.has('tsconfig.json'));
    if (presets.length === 0 && Object.keys(place.checks).length === 0) return read;
    const run = await onBench(which, (bench) => checkOn(tree, { presets, bench, place, ports }));
    return [...read, ...run];
  };
  const after = await check(changes);
  // Where there is nothing, nothing is new: a second look would cost as much as the first.
  if (compareOutcomes([], after).length === 0 && !after.some(mayHaveWorked))
    return { fresh: [], after: describeOutcomes(after) };
  const before = await check([]);
  return { fresh: compareOutcomes(before, after), before: describeOutcomes(before), after: describeOutcomes(after) };
}

/** Presets that only read, with a program of Courier's, and look at one file at a time: on this machine, at the files that the patch changes. */
async function readOn(
  tree: PlainTree,
  { presets, changed }: { presets: readonly PresetName[]; changed: readonly string[] },
  place: RunPlace,
  ports: CheckPorts,
): Promise<CheckOutcome[]> {
  // What a lock file is read with.
  const wanted = new Set(changed.includes('package-lock.json') ? [...changed, 'package.json'] : changed);
  const few = new Map([...tree].filter(([path, { mode }]) => wanted.has(path) && mode !== 'link'));
  if (presets.length === 0 || few.size === 0) return [];
  const { root, remove } = await ports.layFiles(toStream(few)());
  try {
    const files = [...few.keys()].toSorted();
    return await runChecks(
      { presets, checks: {}, files, repositoryRoot: root, readText: readerOf(few), maxFindings: mostFindings },
      { ...ports, signal: place.signal, onProgress: tellCheck(ports) },
    );
  } finally {
    await remove();
  }
}

/** What runs code of the repository, or may: in the sandbox. */
function checkOn(
  tree: PlainTree,
  {
    presets,
    bench,
    place,
    ports,
  }: { presets: readonly PresetName[]; bench: Bench; place: RunPlace; ports: CheckPorts },
): Promise<CheckOutcome[]> {
  const files = [...tree].flatMap(([path, { mode }]) => (mode === 'link' ? [] : [path])).toSorted();
  const commands = inSandbox(bench, place, ports);
  const inTree = readerOf(tree);
  const readText = async (path: string) => {
    const text = await inTree(path);
    if (text !== undefined || path !== compilerManifest) return text;
    const { exitCode, stdout } = await commands.run({ argv: ['cat', path] }, { cwd: workspace, timeoutMs: 60_000 });
    return exitCode === 0 ? stdout : undefined;
  };
  return runChecks(
    { presets, checks: place.checks, files, repositoryRoot: workspace, readText, maxFindings: mostFindings },
    {
      commands,
      tools: {
        assets: '/',
        locate: async (tool) =>
          tool === 'node' ? { argv: ['node'], version: 'sandbox' } : { unavailable: `${tool} is not in the sandbox` },
      },
      signal: place.signal,
      onProgress: tellCheck(ports),
    },
  );
}

function readerOf(tree: PlainTree): (path: string) => Promise<string | undefined> {
  return async (path) => {
    const file = tree.get(path);
    return file && file.mode !== 'link' ? new TextDecoder().decode(file.data) : undefined;
  };
}

function tellCheck({ progress }: CheckPorts): Parameters<typeof runChecks>[1]['onProgress'] {
  return ({ check, done, of }) => progress({ step: `check ${check}`, done: of === 0 ? 1 : done / of });
}

/** One after the other: each in an untouched copy, of which there is one at a time. */
function inSandbox(bench: Bench, place: RunPlace, { clock }: CheckPorts): CommandRunner {
  let last: Promise<unknown> = Promise.resolve();
  return {
    run(command, { timeoutMs: wanted }) {
      const run = last.then(async () => {
        const setupMs = Math.max(1, place.deadline - clock.now());
        const timeoutMs = Math.min(wanted, setupMs);
        const line = 'shell' in command ? command.shell : command.argv;
        return bench.run(line, { timeoutMs, setupMs, signal: place.signal, maxOutputBytes: outputBytes });
      });
      last = run.catch(() => undefined);
      return run;
    },
  };
}
