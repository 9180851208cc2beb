import type { AgentEvent, AgentResult, RunContext } from '../agents/agent.ts';
import type { AgentEnding } from '../agents/ending.ts';
import type { AnswerInput } from '../agents/tool-inputs.ts';
import { noUsage } from '../agents/usage.ts';
import type { Trigger } from '../events/trigger.ts';
import type { Finding } from '../findings/finding.ts';
import type { SaidVerdict, ScannedFiles } from '../findings/judge-verdict.ts';
import { ExternalError, messageOf } from '../lib/errors.ts';
import type { Proposed } from '../memory/apply-proposals.ts';
import type { Known } from '../memory/choose-context.ts';
import type { Sandbox, SandboxRef } from '../sandboxes/sandbox.ts';
import { type AgentPart, toAgentRecord } from '../sessions/agent-part.ts';
import type { AgentScan, ScanSettings } from '../sessions/settings.ts';
import type { OwnParts } from '../sessions/split.ts';
import type { Claim } from './raise-findings.ts';
import type { Desk } from './session-desk.ts';
import type { Attention, ScanAttention } from './watch-attention.ts';

/** What one agent scan left behind. */
export type AgentScanResult = AgentPart & {
  claims: readonly Claim[];
  /** Globs that it was to look at; none: everything. */
  paths: readonly string[];
  /** What it says about known findings. */
  said: readonly SaidVerdict[];
  /** The known findings that it was asked about, by their ids. */
  asked: readonly string[];
  /** The output files as they were read, by name. */
  raw: Readonly<Record<string, string>>;
  /** What people should know about how it was run. */
  notes: readonly string[];
  /** The answer to its question, if it gave one. */
  answer?: AnswerInput | undefined;
  /** What it proposes about what another session left open; absent where it was not asked to. */
  proposed?: Proposed;
  /** What it looked at; absent where nobody watched. */
  attention?: ScanAttention;
};

export type AgentScanRequest = {
  session: string;
  settings: ScanSettings;
  known: readonly Finding[];
  /** The files that claims about known findings are compared with. */
  scanned: ScannedFiles;
  /** What was looked at before; absent: what the agents look at is not watched. */
  attention?: Attention | undefined;
  /** What is settled; absent: nothing is. */
  memory?: Known | undefined;
  trigger: Trigger;
  signal: AbortSignal;
  onEvent: (event: AgentEvent) => void;
  desk: Desk;
  /** The checks of a session that answers a question. */
  runCheck?: RunContext['runCheck'];
  /** By scan, which of its parts are this job's, of a session in several jobs. */
  parts?: ReadonlyMap<string, OwnParts> | undefined;
};

/** A scan that broke off outside of its agent. */
export function failedScan(
  scan: AgentScan,
  request: AgentScanRequest,
  { error, sandbox, spent }: { error: unknown; sandbox: Sandbox | undefined; spent?: AgentResult },
): AgentScanResult {
  const hint = error instanceof ExternalError && error.hint ? ` ${error.hint}` : '';
  const ending = { ending: 'failed', reason: `${messageOf(error)}${hint}` } as const;
  return {
    ...emptyScan(scan, request, { ending, sandbox: sandbox?.ref, ...(spent ? { spent } : {}) }),
    notes: notesOn(scan, sandbox),
  };
}

/** What people should know of how the sandbox was made. */
export function notesOn({ name }: AgentScan, sandbox: Sandbox | undefined): string[] {
  return sandbox?.setupProblem === undefined ? [] : [`Scan ${name}: ${sandbox.setupProblem}`];
}

const unrun = {
  user: { ending: 'aborted', stopReason: 'user' },
  stop: { ending: 'stopped', stopReason: 'user' },
  timeout: { ending: 'limited', stopReason: 'timeout' },
  budget: { ending: 'limited', stopReason: 'budget' },
} as const satisfies Record<string, AgentEnding>;

/** A scan whose turn never came: the session was stopped, or its time or budget was used up. */
export function unrunScan(scan: AgentScan, request: AgentScanRequest, why: keyof typeof unrun): AgentScanResult {
  return emptyScan(scan, request, { ending: unrun[why], sandbox: undefined });
}

function emptyScan(
  scan: AgentScan,
  request: AgentScanRequest,
  { ending, sandbox, spent }: { ending: AgentEnding; sandbox: SandboxRef | undefined; spent?: AgentResult },
): AgentScanResult {
  const unspent = { iterations: 0, usage: noUsage, costUsd: 0, model: request.settings.agent.model, finalText: '' };
  // What an agent cost counts also where its output could not be read.
  const { iterations, usage, costUsd, model, finalText } = spent ?? unspent;
  const result: AgentResult = { ...ending, iterations, usage, costUsd, model, finalText };
  return {
    record: toAgentRecord(scan, request.settings.agent, { result, outcome: 'no-json' }),
    claims: [],
    paths: scan.paths,
    said: [],
    asked: [],
    rejected: [],
    questions: [],
    assumptions: [],
    usage,
    costUsd,
    sandbox,
    raw: {},
    notes: [],
  };
}
