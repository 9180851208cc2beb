import type { AgentResult, AgentTask } from '../agents/agent.ts';
import { withKept } from '../agents/handover.ts';
import type { HandedOver } from '../agents/journal.ts';
import { createPurse, type Purse } from '../agents/purse.ts';
import type { NextFiles } from '../coverage/choose-next.ts';
import { chooseToVerify } from '../findings/choose-to-verify.ts';
import { extractFindings } from '../findings/extract/extract-findings.ts';
import type { Finding } from '../findings/finding.ts';
import { createScope } from '../findings/in-scope.ts';
import { isOpen } from '../findings/judge-verdicts.ts';
import { orderKnown } from '../findings/order-known.ts';
import { messageOf, UserError } from '../lib/errors.ts';
import { extractQuestions } from '../questions/extract-questions.ts';
import type { Sandbox } from '../sandboxes/sandbox.ts';
import { toAgentRecord } from '../sessions/agent-part.ts';
import type { AgentScan, ScanSettings } from '../sessions/settings.ts';
import { sumCost } from '../sessions/usage.ts';
import { type AgentScanRequest, type AgentScanResult, failedScan, notesOn, unrunScan } from './agent-scan.ts';
import { bringEquipment } from './bring-equipment.ts';
import { bringHistory } from './bring-history.ts';
import type { Ports } from './ports.ts';
import { toClaims, toSaidVerdicts } from './raise-findings.ts';
import { readContext } from './read-context.ts';
import { inPart, mergeScanParts, sumEvents, toScanParts } from './scan-parts.ts';
import { setupFor } from './setup-for.ts';
import { watchAttention } from './watch-attention.ts';

type ScanPorts = Pick<Ports, 'agent' | 'sandboxes' | 'repository' | 'log' | 'progress' | 'clock'>;

/**
 * Runs the agent once per configured scan, one after the other, each in a sandbox of its own that is gone afterwards; of a large repository
 * a few agents at once, one for each of its parts. Time and budget are the session's: each scan gets what the ones before it left. Whatever goes wrong is part of the result: a scan that could not start is
 * one that failed, never one that found nothing.
 */
export async function runAgentScans(request: AgentScanRequest, ports: ScanPorts): Promise<AgentScanResult[]> {
  const started = ports.clock.now();
  const results: AgentScanResult[] = [];
  for (const scan of request.settings.scans) {
    const left = whatIsLeft(request.settings, results, ports.clock.now() - started);
    if (request.signal.aborted) results.push(unrunScan(scan, request, 'user'));
    else if ('used' in left) results.push(unrunScan(scan, request, left.used));
    else results.push(await runScan(scan, { ...request, ...unasked(request.known, results), settings: left }, ports));
  }
  return results;
}

type OneScanRequest = AgentScanRequest & {
  askable: readonly Finding[];
  next?: NextFiles | undefined;
  spend?: Purse;
};

/** One scan, by one agent or by one for each part of the repository, from one purse; and what they looked at. */
async function runScan(scan: AgentScan, request: OneScanRequest, ports: ScanPorts): Promise<AgentScanResult> {
  const { attention, settings, askable } = request;
  const watch = attention && watchAttention(scan, attention, ports);
  const listen = sumEvents((event) => {
    watch?.onEvent(event);
    request.onEvent(event);
  });
  const spend = createPurse(settings.agent.budgetUsd);
  const parts = toScanParts(scan, attention, settings.agent.budgetUsd);
  const results = await Promise.all(
    parts.map((part) => {
      const isOwn = inPart(part, parts);
      const own = { askable: askable.filter(isOwn), known: request.known.filter(isOwn), next: watch?.next(part.part) };
      return runAgentScan(part, { ...request, ...own, onEvent: listen(), spend }, ports);
    }),
  );
  const [only] = results;
  const result = only && results.length === 1 ? only : mergeScanParts(scan, results);
  const seen = await watch?.settle();
  return seen ? { ...result, record: { ...result.record, coverage: seen.totals }, attention: seen } : result;
}

/** Nobody is asked about a finding twice in one session. */
function unasked(known: readonly Finding[], results: readonly AgentScanResult[]): Pick<OneScanRequest, 'askable'> {
  const asked = new Set(results.flatMap((result) => result.asked));
  return { askable: known.filter(({ id }) => !asked.has(id)) };
}

function whatIsLeft(
  settings: ScanSettings,
  results: readonly AgentScanResult[],
  elapsedMs: number,
): ScanSettings | { used: 'timeout' | 'budget' } {
  const timeoutMs = settings.timeoutMs - elapsedMs;
  const budgetUsd = settings.agent.budgetUsd - (sumCost(results.map(({ costUsd }) => costUsd)) ?? 0);
  if (timeoutMs <= 0) return { used: 'timeout' };
  if (budgetUsd <= 0) return { used: 'budget' };
  return { ...settings, timeoutMs, agent: { ...settings.agent, budgetUsd } };
}

async function runAgentScan(scan: AgentScan, request: OneScanRequest, ports: ScanPorts): Promise<AgentScanResult> {
  const { agent, sandboxes, repository, log } = ports;
  if (!agent || !sandboxes)
    throw new UserError(`The scan ${scan.name} needs an agent and a sandbox: neither is set up.`);
  const started = ports.clock.now();
  let sandbox: Sandbox | undefined;
  try {
    ports.progress({ step: `scan ${scan.name}: preparing the sandbox` });
    sandbox = await sandboxes.create({
      session: request.session,
      lifetimeMs: request.settings.timeoutMs + 120_000,
      files: () => repository.stream(),
      setup: setupFor(request.settings, request),
    });
    if (sandbox.setupProblem) log.warn(sandbox.setupProblem);
    const equipped = await bringEquipment(request.settings.agent, { sandbox, trigger: request.trigger }, ports);
    const task = {
      ...(await toTask(scan, request, ports)),
      ...equipped.task,
      ...(await bringHistory(scan.prompt, sandbox, ports)),
      setupProblem: sandbox.setupProblem,
      timeoutMs: Math.max(1, request.settings.timeoutMs - (ports.clock.now() - started)),
    };
    const result = await agent.run(task, {
      sandbox: equipped.sandbox,
      signal: request.signal,
      onEvent: request.onEvent,
      ...(request.spend ? { spend: request.spend } : {}),
    });
    const asked = task.verify.map(({ id }) => id);
    return await readResult(scan, { request, result, sandbox, asked }).catch((error) =>
      failedScan(scan, request, { error, sandbox, spent: result }),
    );
  } catch (error) {
    log.error(`Scan ${scan.name} could not run: ${messageOf(error)}`);
    return failedScan(scan, request, { error, sandbox });
  } finally {
    await sandbox?.kill();
  }
}

async function toTask(
  scan: AgentScan,
  { settings, known, askable, scanned, next }: OneScanRequest,
  { repository }: ScanPorts,
): Promise<Omit<AgentTask, 'timeoutMs' | 'setupProblem' | 'commands'>> {
  const { agent } = settings;
  const files = await repository.files();
  const whole = scan.part?.of ?? scan;
  const inScope = createScope(whole.paths, scanned.renames);
  const running = settings.scans.map(({ name }) => name);
  return {
    scan: scan.name,
    prompt: scan.prompt,
    paths: scan.paths,
    model: agent.model,
    effort: agent.effort,
    ...(agent.temperature === undefined ? {} : { temperature: agent.temperature }),
    maxTokens: agent.maxTokens,
    maxIterations: agent.maxIterations,
    budgetUsd: agent.budgetUsd,
    stallMs: settings.stallMs,
    inactivityMs: settings.inactivityMs,
    known: orderKnown(
      known.filter((finding) => isOpen(finding) && inScope(finding)),
      whole.name,
    ),
    verify: await chooseToVerify(askable, { scan: whole, running }, scanned),
    rules: settings.rules,
    context: await readContext(agent.context, files, repository),
    files,
    gaps: await repository.gaps(),
    next,
    ...(scan.part ? { part: { number: scan.part.number, count: scan.part.count } } : {}),
  };
}

const outputLimit = 50_000_000;

/** What the sandbox holds, and what the host kept of it: neither its end nor a command in it takes a finding away. */
async function readOutput(
  sandbox: Sandbox,
  file: HandedOver['file'],
  { handedOver = [] }: AgentResult,
): Promise<Uint8Array | undefined> {
  const there = await sandbox.readFile(`${sandbox.out}/${file}`, { maxBytes: outputLimit }).catch((error) => {
    if (handedOver.length === 0) throw error;
    return undefined;
  });
  const text = new TextDecoder().decode(there);
  const whole = withKept(text, handedOver, file);
  return whole === text ? there : new TextEncoder().encode(whole);
}

async function readResult(
  scan: AgentScan,
  {
    request,
    result,
    sandbox,
    asked,
  }: { request: AgentScanRequest; result: AgentResult; sandbox: Sandbox; asked: string[] },
): Promise<AgentScanResult> {
  const issues = await readOutput(sandbox, 'issues.json', result);
  const questionsFile = await readOutput(sandbox, 'questions.json', result);
  const extraction = extractFindings(issues ?? '');
  const { claims, rejected } = toClaims(
    extraction,
    { kind: 'agent', name: (scan.part?.of ?? scan).name },
    sandbox.workspace,
  );
  const questions = questionsFile ? extractQuestions(questionsFile) : undefined;
  const decoder = new TextDecoder();
  return {
    record: toAgentRecord(scan, request.settings.agent, { result, outcome: issues ? extraction.outcome : 'no-json' }),
    claims,
    paths: scan.paths,
    said: toSaidVerdicts(extraction, sandbox.workspace),
    asked,
    rejected,
    questions: questions?.questions ?? [],
    assumptions: questions?.assumptions ?? [],
    usage: result.usage,
    costUsd: result.costUsd,
    sandbox: sandbox.ref,
    raw: {
      ...(issues ? { 'issues.json': decoder.decode(issues) } : {}),
      ...(questionsFile ? { 'questions.json': decoder.decode(questionsFile) } : {}),
    },
    notes: [...notesOn(scan, sandbox), ...(result.notes ?? []).map((note) => `Scan ${scan.name}: ${note}`)],
  };
}
