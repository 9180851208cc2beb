import { findQuote, indexForQuotes, isTooShort } from '../findings/find-quote.ts';
import type { Finding } from '../findings/finding.ts';
import {
  controlCommit,
  decideRecheck,
  lostCode,
  planRecheck,
  type Recheckable,
  type RecheckCandidate,
  type RecheckRuns,
  type Scanned,
} from '../findings/recheck.ts';
import { judgeRuns } from '../findings/reproduction.ts';
import type { Verdict } from '../findings/verdict.ts';
import { ExternalError, messageOf, UserError } from '../lib/errors.ts';
import { count } from '../lib/text.ts';
import type { SandboxSetup } from '../sandboxes/sandbox.ts';
import { type Bench, createBench } from './bench.ts';
import type { Ports } from './ports.ts';
import { type RunLimits, runLimits, runReproduction, setupExtraMs } from './run-reproduction.ts';

export type RecheckLimits = RunLimits & { totalMs: number; findings: number };

const recheckLimits: RecheckLimits = {
  ...runLimits,
  // A verdict about absence takes all its runs, however long each takes.
  cheapMs: Number.POSITIVE_INFINITY,
  totalMs: 5 * 60_000,
  findings: 25,
};

type Request = {
  session: string;
  signal: AbortSignal;
  /** What prepares each sandbox, also one of an earlier commit. */
  setup?: SandboxSetup | undefined;
  limits?: Partial<RecheckLimits>;
};

type RecheckPorts = Pick<Ports, 'sandboxes' | 'repository' | 'matchPattern' | 'clock' | 'progress' | 'log' | 'witness'>;

export type Rechecked = { verdicts: Verdict[]; notes: string[] };

/**
 * Looks again for open findings of agents that the session did not see: by the code that they quote, which costs nothing, and, where that
 * changed or a scan missed them, by their own commands. Needs no model.
 */
export async function recheckUnseen(
  request: Request & {
    /** Open findings of agents, as the ledger knows them, that the session did not see. */
    unseen: readonly Finding[];
    readText: (path: string) => Promise<string | undefined>;
    /** Old path, new path. */
    renames: readonly (readonly [string, string])[];
    /** Also what nothing points at: somebody asked for it. */
    all?: boolean | undefined;
  },
  ports: RecheckPorts,
): Promise<Rechecked> {
  const candidates = await findCandidates(request);
  const { run, lost } = planRecheck(candidates, { ...commitOf(ports.repository), all: request.all === true });
  const rechecked = await recheckByCommand({ ...request, findings: run }, ports);
  return { ...rechecked, verdicts: [...rechecked.verdicts, ...lost.map(lostCode)] };
}

function commitOf({ commit, dirty }: Scanned): Scanned {
  return { commit, dirty };
}

async function findCandidates({
  unseen,
  readText,
  renames,
}: Pick<Parameters<typeof recheckUnseen>[0], 'unseen' | 'readText' | 'renames'>): Promise<RecheckCandidate[]> {
  const moved = new Map(renames);
  const candidates: RecheckCandidate[] = [];
  for (const finding of unseen) {
    const [quoted] = finding.evidence.filter(({ quote }) => !isTooShort(quote));
    if (!quoted) {
      candidates.push({ finding, code: 'unknown' });
      continue;
    }
    const text = (await readText(quoted.path)) ?? (await readText(moved.get(quoted.path) ?? quoted.path));
    const stands = text !== undefined && findQuote(indexForQuotes(text), quoted.quote, quoted.startLine) !== undefined;
    candidates.push({ finding, code: stands ? 'stands' : 'changed' });
  }
  return candidates;
}

/** Runs the commands of these findings, the first ones first: what is beyond the limits waits for the next session, and that is said. */
export async function recheckByCommand(
  request: Request & { findings: readonly Recheckable[] },
  ports: RecheckPorts,
): Promise<Rechecked> {
  const { findings, session, setup } = request;
  const totalMs = recheckLimits.totalMs + (setup ? setupExtraMs : 0);
  const limits = { ...recheckLimits, totalMs, ...request.limits };
  if (findings.length === 0) return { verdicts: [], notes: [] };
  const { sandboxes } = ports;
  if (!sandboxes) return { verdicts: [], notes: [notChecked(findings.length, 'no sandbox is set up.')] };
  const open = (files: Parameters<typeof createBench>[0]['files']) =>
    createBench({ session, lifetimeMs: limits.totalMs + limits.commandMs, files, setup }, sandboxes);
  const here = open(() => ports.repository.stream());
  const deadline = ports.clock.now() + limits.totalMs;
  const verdicts: Verdict[] = [];
  try {
    for (const [index, finding] of findings.slice(0, limits.findings).entries()) {
      if (ports.clock.now() >= deadline || request.signal.aborted) break;
      ports.progress({ step: `re-check ${index + 1} of ${Math.min(findings.length, limits.findings)}` });
      const run = (bench: Bench) =>
        runReproduction(finding.reproduce, { bench, limits, deadline, signal: request.signal }, ports);
      const runs = await runBoth(finding, { here, open, run }, ports);
      verdicts.push(decideRecheck(finding, runs, ports.repository));
    }
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { verdicts, notes: [notChecked(findings.length - verdicts.length, error.message)] };
  } finally {
    await here.close();
  }
  const left = findings.length - verdicts.length;
  return { verdicts, notes: left > 0 ? [notChecked(left, leftWhy(limits, request.signal))] : [] };
}

type Benches = {
  here: Bench;
  open: (files: Parameters<typeof createBench>[0]['files']) => Bench;
  run: (bench: Bench) => ReturnType<typeof runReproduction>;
};

/** The scanned files first: only where the command is silent there does the recorded commit matter. */
async function runBoth(
  finding: Recheckable,
  { here, open, run }: Benches,
  { repository, log }: Pick<RecheckPorts, 'repository' | 'log'>,
): Promise<RecheckRuns> {
  const now = await run(here);
  if (judgeRuns(now) !== 'silent') return { now, control: { missing: 'it was not asked.' } };
  const commit = controlCommit(finding);
  const missing = whyNoControl(commit, repository);
  if (commit === undefined || missing) return { now, control: { missing: missing ?? '' } };
  try {
    const files = await repository.filesAt(commit);
    if (!files) return { now, control: { missing: notInClone(commit) } };
    const there = open(files);
    try {
      return { now, control: await run(there) };
    } finally {
      await there.close();
    }
  } catch (error) {
    if (!(error instanceof ExternalError)) throw error;
    log.warn(`The files of ${commit.slice(0, 7)} could not be read: ${messageOf(error)}`);
    return { now, control: { missing: `the files of ${commit.slice(0, 7)} could not be read: ${messageOf(error)}` } };
  }
}

function whyNoControl(commit: string | undefined, scanned: Scanned): string | undefined {
  if (commit === undefined) return 'the commit at which it was seen is not recorded.';
  if (commit === scanned.commit && !scanned.dirty) return 'it was seen at this very commit, and nothing changed since.';
  return undefined;
}

function notInClone(commit: string): string {
  return `${commit.slice(0, 7)}, where it was last seen, is not in this clone. Set fetch-depth: 0 in the checkout step.`;
}

function notChecked(left: number, why: string): string {
  return `${count(left, 'known finding')} could not be checked again by ${left === 1 ? 'its command' : 'their commands'}: ${why}`;
}

function leftWhy({ findings, totalMs }: RecheckLimits, signal: AbortSignal): string {
  if (signal.aborted) return 'the session was stopped.';
  return `a session checks ${findings}, for ${Math.round(totalMs / 60_000)} minutes at most; the others come first the next time.`;
}
