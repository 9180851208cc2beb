import type { Reproduce } from '../findings/finding.ts';
import { judgeRun, type Matched, type RunVerdict } from '../findings/judge-run.ts';
import { runsWanted } from '../findings/reproduction.ts';
import { ExternalError, messageOf } from '../lib/errors.ts';
import type { ExecResult } from '../sandboxes/sandbox.ts';
import type { Bench } from './bench.ts';
import type { Ports } from './ports.ts';
import { noWitness } from './witness.ts';

/** Milliseconds: of one command, and how long the first run may take so that the others follow. */
export type RunLimits = { commandMs: number; cheapMs: number };

export const runLimits: RunLimits = { commandMs: 60_000, cheapMs: 20_000 };

/** Milliseconds that commands get on top where each sandbox has to be set up. */
export const setupExtraMs = 600_000;

type Run = {
  bench: Bench;
  limits: RunLimits;
  /** When the time of all commands is over, by the clock. */
  deadline: number;
  signal: AbortSignal;
};

/**
 * Runs a reproduce command on untouched copies of the bench's files, three times; only once where the first run took long and nothing is to
 * be proven absent (`cheapMs`), and no further where a run could not be judged.
 * @throws UserError where this machine has no sandbox.
 */
export async function runReproduction(
  reproduce: Reproduce,
  run: Run,
  ports: Pick<Ports, 'matchPattern' | 'clock' | 'witness'>,
): Promise<RunVerdict[]> {
  const { command, present } = reproduce;
  const about = JSON.stringify([command, present?.exitCode ?? null, present?.match ?? null]);
  return (ports.witness ?? noWitness).command(about, () => runTimes(reproduce, run, ports));
}

async function runTimes(
  reproduce: Reproduce,
  { bench, limits, deadline, signal }: Run,
  { matchPattern, clock }: Pick<Ports, 'matchPattern' | 'clock'>,
): Promise<RunVerdict[]> {
  const runs: RunVerdict[] = [];
  while (runs.length < runsWanted) {
    const timeoutMs = Math.min(limits.commandMs, deadline - clock.now());
    if (signal.aborted) return [...runs, { run: 'unknown', why: 'the session was stopped' }];
    if (timeoutMs <= 0) return [...runs, { run: 'unknown', why: 'the time for commands was used up' }];
    const setupMs = deadline - clock.now();
    const { verdict, durationMs } = await runOnce(reproduce, { bench, timeoutMs, setupMs, signal }, matchPattern);
    runs.push(verdict);
    if (verdict.run === 'unknown' || durationMs > limits.cheapMs) break;
  }
  return runs;
}

async function runOnce(
  { command, present }: Reproduce,
  { bench, ...options }: Pick<Run, 'bench' | 'signal'> & { timeoutMs: number; setupMs: number },
  matchPattern: Ports['matchPattern'],
): Promise<{ verdict: RunVerdict; durationMs: number }> {
  let result: Awaited<ReturnType<Bench['run']>>;
  try {
    result = await bench.run(command, options);
  } catch (error) {
    if (!(error instanceof ExternalError)) throw error;
    return { verdict: { run: 'unknown', why: `the sandbox failed: ${messageOf(error)}` }, durationMs: 0 };
  }
  if (options.signal.aborted) return { verdict: { run: 'unknown', why: 'the session was stopped' }, durationMs: 0 };
  const matched = await matchOutput(present?.match, result, matchPattern);
  const judged = judgeRun(present, { ...result, ...(matched === undefined ? {} : { matched }) });
  const verdict = result.setupProblem === undefined ? judged : withoutSetup(judged, present);
  return { verdict, durationMs: result.durationMs };
}

/** What a command says whose dependencies may be missing: nothing, unless its output shows the very problem. */
function withoutSetup(judged: RunVerdict, present: Reproduce['present']): RunVerdict {
  if (judged.run === 'shows' && present?.match !== undefined) return judged;
  if (judged.run === 'unknown') return { ...judged, why: `${judged.why}, and sandbox.setup had failed` };
  return { run: 'unknown', why: 'sandbox.setup had failed, so what it needs may be missing' };
}

async function matchOutput(
  pattern: string | undefined,
  { stdout, stderr }: ExecResult,
  matchPattern: Ports['matchPattern'],
): Promise<Matched | undefined> {
  if (pattern === undefined) return undefined;
  return matchPattern(pattern, `${stdout}\n${stderr}`);
}
