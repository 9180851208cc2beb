import type { Finding, RaisedFinding, Reproduce } from '../findings/finding.ts';
import { identifyFindings } from '../findings/identify-findings.ts';
import { judgeRuns, proveByRuns } from '../findings/reproduction.ts';
import { UserError } from '../lib/errors.ts';
import { count } from '../lib/text.ts';
import type { SandboxSetup } from '../sandboxes/sandbox.ts';
import { type Bench, createBench } from './bench.ts';
import type { Ports } from './ports.ts';
import { type RunLimits, runLimits, runReproduction, setupExtraMs } from './run-reproduction.ts';

export type ProofLimits = RunLimits & {
  /** Of all commands of a session together, the copying of files included. */
  totalMs: number;
  /** Findings whose command is run. */
  findings: number;
};

const proofLimits: ProofLimits = { ...runLimits, totalMs: 5 * 60_000, findings: 50 };

type Request = {
  session: string;
  raised: readonly RaisedFinding[];
  known: readonly Finding[];
  signal: AbortSignal;
  /** What prepares each sandbox. */
  setup?: SandboxSetup | undefined;
  limits?: Partial<ProofLimits>;
};

type Offered = RaisedFinding & { reproduce: Reproduce };
type Proven = { raised: RaisedFinding[]; notes: string[] };
type ProofPorts = Pick<Ports, 'sandboxes' | 'repository' | 'matchPattern' | 'clock' | 'progress' | 'log' | 'witness'>;

/**
 * Runs the command that each agent's finding offers, on untouched copies of the scanned files and never in the agent's own sandbox. What
 * every run shows is `reproduced`; any other finding keeps what its quotes proved, and says what its command did.
 */
export async function proveFindings(request: Request, ports: ProofPorts): Promise<Proven> {
  const totalMs = proofLimits.totalMs + (request.setup ? setupExtraMs : 0);
  const limits = { ...proofLimits, totalMs, ...request.limits };
  const order = inOrder(request);
  if (order.length === 0) return { raised: [...request.raised], notes: [] };
  if (!ports.sandboxes) return { raised: [...request.raised], notes: [notRun(order.length, 'no sandbox is set up.')] };
  const bench = createBench(
    {
      session: request.session,
      lifetimeMs: limits.totalMs + limits.commandMs,
      files: () => ports.repository.stream(),
      setup: request.setup,
    },
    ports.sandboxes,
  );
  try {
    return await proveAll(request, order, { bench, limits }, ports);
  } finally {
    await bench.close();
  }
}

async function proveAll(
  { raised, signal }: Request,
  order: readonly Offered[],
  { bench, limits }: { bench: Bench; limits: ProofLimits },
  ports: ProofPorts,
): Promise<Proven> {
  const deadline = ports.clock.now() + limits.totalMs;
  const proven = new Map<RaisedFinding, RaisedFinding>();
  const tally = { shows: 0, silent: 0, flaky: 0, unknown: 0 };
  try {
    for (const [index, finding] of order.slice(0, limits.findings).entries()) {
      if (ports.clock.now() >= deadline || signal.aborted) break;
      ports.progress({ step: `proof ${index + 1} of ${Math.min(order.length, limits.findings)}` });
      const runs = await runReproduction(finding.reproduce, { bench, limits, deadline, signal }, ports);
      const { verified, remark } = proveByRuns(runs, finding.verified);
      tally[judgeRuns(runs)] += 1;
      proven.set(finding, { ...finding, verified, reproduce: { ...finding.reproduce, remark } });
    }
  } catch (error) {
    // Without isolation nothing of an agent runs; what the quotes proved stands.
    if (!(error instanceof UserError)) throw error;
    return { raised: [...raised], notes: [notRun(order.length, error.message)] };
  }
  const left = new Set<RaisedFinding>(order.filter((finding) => !proven.has(finding)));
  return {
    raised: raised.map((finding) => proven.get(finding) ?? (left.has(finding) ? unrun(finding) : finding)),
    notes: [
      ...(proven.size > 0 ? [told(tally, proven.size)] : []),
      ...(left.size > 0 ? [notRun(left.size, leftWhy(limits, signal))] : []),
    ],
  };
}

/** The new ones first, then those that nothing but quotes proved; the worst first among each. */
function inOrder({ raised, known }: Request): Offered[] {
  const offered = raised.filter(isOffered);
  if (offered.length === 0) return [];
  const matched = new Map(identifyFindings(raised, known).matched.map((match) => [match.raised, match.finding]));
  const rank = (one: RaisedFinding) => {
    const finding = matched.get(one);
    if (!finding || finding.state === 'resolved') return 0;
    return finding.verified === 'reproduced' ? 2 : 1;
  };
  return offered.toSorted((a, b) => rank(a) - rank(b) || a.severity - b.severity);
}

function isOffered(finding: RaisedFinding): finding is Offered {
  return finding.origin.kind === 'agent' && finding.reproduce !== undefined;
}

function unrun(finding: RaisedFinding): RaisedFinding {
  const { reproduce } = finding;
  if (!reproduce) return finding;
  return {
    ...finding,
    reproduce: { ...reproduce, remark: 'Its command was not run: others had used up the session’s share.' },
  };
}

function told(tally: Record<'shows' | 'silent' | 'flaky' | 'unknown', number>, total: number): string {
  const parts = [
    `${tally.shows} showed the problem`,
    ...(tally.silent > 0 ? [`${tally.silent} did not`] : []),
    ...(tally.flaky > 0 ? [`${tally.flaky} did only sometimes`] : []),
    ...(tally.unknown > 0 ? [`${tally.unknown} could not be run or judged`] : []),
  ];
  return `Commands of ${count(total, 'finding')} were run: ${parts.join(', ')}.`;
}

function notRun(left: number, why: string): string {
  return `The commands of ${count(left, 'finding')} were not run: ${why}`;
}

function leftWhy({ findings, totalMs }: ProofLimits, signal: AbortSignal): string {
  if (signal.aborted) return 'the session was stopped.';
  return `a session runs those of ${count(findings, 'finding')}, for ${Math.round(totalMs / 60_000)} minutes at most.`;
}
