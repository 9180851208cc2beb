import type { CheckOutcome, CommandRunner } from '../checks/check.ts';
import { runChecks } from '../checks/run-checks.ts';
import { applyPatch, type PlainTree } from '../runs/apply-patch.ts';
import { compareOutcomes, describeOutcomes } from '../runs/compare-checks.ts';
import type { PatchChange } from '../runs/patch.ts';
import type { Bench } from './bench.ts';
import type { Ports } from './ports.ts';
import type { RunPlace } from './run-state.ts';

type OnBench = (
  changes: readonly PatchChange[],
  work: (bench: Bench) => Promise<CheckOutcome[]>,
) => Promise<CheckOutcome[]>;

type CheckPorts = Pick<Ports, 'clock' | 'progress'>;

// Where both kinds of sandboxes keep the repository: a tool may name its files by it.
const workspace = '/home/user/repo';
const mostFindings = 1000;
const outputBytes = 16 << 20;

/** The configured checks on the files as they were and on those of the patch, in the sandbox. */
export async function compareChecks(
  changes: readonly PatchChange[],
  place: RunPlace,
  ports: CheckPorts,
  onBench: OnBench,
): Promise<{ fresh: string[]; before: string; after: string }> {
  const check = (which: readonly PatchChange[]) =>
    onBench(which, (bench) => checkOn(applyPatch(place.base, which), { bench, place, ports }));
  const after = await check(changes);
  const before = await check([]);
  return { fresh: compareOutcomes(before, after), before: describeOutcomes(before), after: describeOutcomes(after) };
}

function checkOn(
  tree: PlainTree,
  { bench, place, ports }: { bench: Bench; place: RunPlace; ports: CheckPorts },
): Promise<CheckOutcome[]> {
  const files = [...tree].flatMap(([path, { mode }]) => (mode === 'link' ? [] : [path])).toSorted();
  const readText = async (path: string) => {
    const file = tree.get(path);
    return file && file.mode !== 'link' ? new TextDecoder().decode(file.data) : undefined;
  };
  return runChecks(
    { presets: 'none', checks: place.checks, files, repositoryRoot: workspace, readText, maxFindings: mostFindings },
    {
      commands: inSandbox(bench, place, ports),
      tools: { assets: '/', locate: async () => ({ unavailable: 'a run uses the configured checks only' }) },
      signal: place.signal,
      onProgress: ({ check, done, of }) => ports.progress({ step: `check ${check}`, done: of === 0 ? 1 : done / of }),
    },
  );
}

/** One after the other: each in an untouched copy, of which there is one at a time. */
function inSandbox(bench: Bench, place: RunPlace, { clock }: CheckPorts): CommandRunner {
  let last: Promise<unknown> = Promise.resolve();
  return {
    run(command, { timeoutMs: wanted }) {
      const run = last.then(async () => {
        const setupMs = Math.max(1, place.deadline - clock.now());
        const timeoutMs = Math.min(wanted, setupMs);
        const line = 'shell' in command ? command.shell : '';
        return bench.run(line, { timeoutMs, setupMs, signal: place.signal, maxOutputBytes: outputBytes });
      });
      last = run.catch(() => undefined);
      return run;
    },
  };
}
