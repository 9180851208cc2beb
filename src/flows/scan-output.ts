import type { AgentResult } from '../agents/agent.ts';
import type { HandedOver } from '../agents/journal.ts';
import { withKept } from '../agents/restore-handover.ts';
import { toolInputs } from '../agents/tool-inputs.ts';
import { noUsage } from '../agents/usage.ts';
import { extractFindings } from '../findings/extract/extract-findings.ts';
import { extractQuestions } from '../questions/extract-questions.ts';
import { findPlainQuestions } from '../questions/plain-questions.ts';
import { extractProposals } from '../questions/proposal.ts';
import type { Sandbox } from '../sandboxes/sandbox.ts';
import { toAgentRecord } from '../sessions/agent-part.ts';
import type { ScanState } from '../sessions/checkpoint.ts';
import type { EarlierScan } from '../sessions/restored.ts';
import type { AgentRecord } from '../sessions/session.ts';
import type { AgentScan, Answering, ScanSettings } from '../sessions/settings.ts';
import { type AgentScanResult, notesOn } from './agent-scan.ts';
import { toClaims, toSaidVerdicts } from './raise-findings.ts';

type Told = Pick<AgentScanResult, 'claims' | 'said' | 'rejected' | 'questions' | 'assumptions' | 'proposed'>;

const outputLimit = 50_000_000;

/** What the sandbox holds, and what the host kept of it: neither its end nor a command in it takes a finding away. */
export async function readOutput(
  sandbox: Sandbox,
  file: HandedOver['file'],
  { handedOver = [] }: AgentResult,
): Promise<Uint8Array | undefined> {
  const there = await sandbox.readFile(`${sandbox.out}/${file}`, { maxBytes: outputLimit }).catch((error) => {
    if (!handedOver.some(isSomething)) throw error;
    return undefined;
  });
  const text = new TextDecoder().decode(there);
  const whole = withKept(text, handedOver, file);
  return whole === text ? there : new TextEncoder().encode(whole);
}

/** An end without anything says nothing of a file that cannot be read: more than what was handed over may be in it. */
function isSomething({ line }: HandedOver): boolean {
  return Object.values(line).some((value) => !Array.isArray(value) || value.length > 0);
}

/** What an agent's output files say. */
export function understandOutput(
  { name, part, answering }: AgentScan,
  { issues, questions }: { issues: Uint8Array | string | undefined; questions: Uint8Array | string | undefined },
  { workspace, closing }: { workspace: string /** The agent's last words. */; closing: string },
): { told: Told; outcome: AgentRecord['outcome'] } {
  if (answering) return understandProposals(answering, questions);
  const extraction = extractFindings(issues ?? '');
  const { claims, rejected } = toClaims(extraction, { kind: 'agent', name: part?.of.name ?? name }, workspace);
  const asked = questions ? extractQuestions(questions) : undefined;
  return {
    told: {
      claims,
      rejected,
      said: toSaidVerdicts(extraction, workspace),
      questions: asked && asked.questions.length > 0 ? asked.questions : findPlainQuestions(closing),
      assumptions: asked?.assumptions ?? [],
    },
    outcome: issues ? extraction.outcome : 'no-json',
  };
}

function understandProposals(
  { session, seen }: Pick<Answering, 'session' | 'seen'>,
  questions: Uint8Array | string | undefined,
): ReturnType<typeof understandOutput> {
  const { outcome, ...found } = extractProposals(questions ?? '');
  const proposed = { session, seen, ...found };
  return { told: { claims: [], rejected: [], said: [], questions: [], assumptions: [], proposed }, outcome };
}

/** What the checkpoint keeps of a scan that ended. */
export function toDone({ record, usage, costUsd, asked }: AgentScanResult): Partial<ScanState> {
  return {
    state: 'done',
    record,
    usage,
    ...(costUsd === undefined ? {} : { costUsd }),
    asked: [...asked],
    sandbox: undefined,
  };
}

/** A scan that had ended before the session rested: its output is read again, its agent is not run again. */
export function readAgain(
  scan: AgentScan,
  { scan: state, outputs }: Extract<EarlierScan, { state: 'done' }>,
  { settings }: { settings: ScanSettings },
): AgentScanResult {
  const { told, outcome } = understandOutput(
    scan,
    { issues: outputs['issues.json'], questions: outputs['questions.json'] },
    { workspace: state.workspace ?? '/', closing: state.record?.finalText ?? '' },
  );
  const { agent } = settings;
  return {
    ...told,
    record: state.record ?? {
      scan: scan.name,
      tool: agent.tool,
      model: agent.model,
      prompt: scan.prompt,
      ending: 'unfinished',
      outcome,
      currentIteration: 0,
      maxIterations: agent.maxIterations,
      finalText: '',
    },
    paths: scan.paths,
    asked: state.asked,
    usage: state.usage ?? noUsage,
    costUsd: state.costUsd,
    sandbox: undefined,
    raw: outputs,
    notes: [],
  };
}

/** The answer of an agent that was asked a question, as the host kept it: nothing else in the sandbox is it. */
export function answeredScan(
  scan: AgentScan,
  { settings }: { settings: ScanSettings },
  { result, sandbox, told }: { result: AgentResult; sandbox: Sandbox; told: Pick<AgentRecord, 'settled'> },
): AgentScanResult {
  const answers = (result.handedOver ?? []).filter(({ file }) => file === 'answers.json');
  const answer = toolInputs.answer.safeParse(answers.at(-1)?.line.answer).data;
  return {
    record: { ...toAgentRecord(scan, settings.agent, { result, outcome: answer ? 'complete' : 'no-json' }), ...told },
    answer,
    claims: [],
    paths: scan.paths,
    said: [],
    asked: [],
    rejected: [],
    questions: [],
    assumptions: [],
    usage: result.usage,
    costUsd: result.costUsd,
    sandbox: sandbox.ref,
    raw: answer ? { 'answers.json': `${answers.map(({ line }) => JSON.stringify(line)).join('\n')}\n` } : {},
    notes: [...notesOn(scan, sandbox), ...(result.notes ?? []).map((note) => `Scan ${scan.name}: ${note}`)],
  };
}
