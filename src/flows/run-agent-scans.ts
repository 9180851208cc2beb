import type { AgentResult, RunContext } from '../agents/agent.ts';
import { createPurse, type Purse } from '../agents/purse.ts';
import type { NextFiles } from '../coverage/choose-next.ts';
import type { Finding } from '../findings/finding.ts';
import { messageOf, UserError } from '../lib/errors.ts';
import type { Sandbox } from '../sandboxes/sandbox.ts';
import { mayGoOn, toAgentRecord } from '../sessions/agent-part.ts';
import type { AgentRecord } from '../sessions/session.ts';
import type { AgentScan, ScanSettings } from '../sessions/settings.ts';
import type { OwnParts } from '../sessions/split.ts';
import { sumCost } from '../sessions/usage.ts';
import { type AgentScanRequest, type AgentScanResult, failedScan, notesOn, unrunScan } from './agent-scan.ts';
import { bringEquipment } from './bring-equipment.ts';
import { bringHistory } from './bring-history.ts';
import { shownBefore, spentBefore } from './earlier-work.ts';
import type { Ports } from './ports.ts';
import { settledAnswerFor, settledFor } from './read-memory.ts';
import { answeredScan, readAgain, readOutput, toDone, understandOutput } from './scan-output.ts';
import { inPart, mergeScanParts, sumEvents, toScanParts } from './scan-parts.ts';
import { openSandbox, restIn } from './scan-sandbox.ts';
import { toTask } from './to-task.ts';
import { watchAttention } from './watch-attention.ts';

type ScanPorts = Pick<Ports, 'agent' | 'sandboxes' | 'repository' | 'log' | 'progress' | 'clock'>;

/**
 * Runs the agent once per configured scan, one after the other, each in a sandbox of its own that is gone afterwards; of a large repository
 * a few agents at once, one for each of its parts. Time and budget are the session's: each scan gets what the ones before it left. Whatever
 * goes wrong is part of the result: a scan that could not start is one that failed, never one that found nothing.
 */
export async function runAgentScans(request: AgentScanRequest, ports: ScanPorts): Promise<AgentScanResult[]> {
  const started = ports.clock.now();
  const results: AgentScanResult[] = [];
  for (const scan of request.settings.scans) {
    const left = whatIsLeft(request.settings, results, ports.clock.now() - started);
    const parts = partsOf(scan, request);
    const own = { ...request, ...unasked(request.known, results), left };
    if (parts.own.length > 0) results.push(await runScan(scan, { parts, request: own }, ports));
  }
  return results;
}

type OneScanRequest = AgentScanRequest & { askable: readonly Finding[]; left: Left };
type OneAgentRequest = OneScanRequest & { next: () => NextFiles | undefined; spend: Purse };

/** The same agents as before where the session rested; one alone where only the record tells what it did. */
function partsOf(scan: AgentScan, { attention, settings, desk, parts }: AgentScanRequest): OwnParts {
  const planned = parts?.get(scan.name);
  if (planned) return planned;
  const begins = desk.earlier(scan.name).state === 'begins';
  const all = begins ? toScanParts(scan, attention, settings.agent.budgetUsd) : [scan];
  return { own: all, all };
}

/** One scan, by one agent or by one for each part of the repository, from one purse; and what they looked at. */
async function runScan(
  scan: AgentScan,
  { parts: { own: parts, all }, request }: { parts: OwnParts; request: OneScanRequest },
  ports: ScanPorts,
): Promise<AgentScanResult> {
  const { attention, left, askable, known } = request;
  const watch = attention && watchAttention(scan, attention, ports);
  const listen = sumEvents((event) => {
    watch?.onEvent(event);
    request.onEvent(event);
  });
  const earlier = parts.map(({ name }) => request.desk.earlier(name));
  for (const event of earlier.flatMap(shownBefore)) watch?.onEvent(event);
  const before = earlier.reduce((sum, one) => sum + spentBefore(one), 0);
  const spend = createPurse('used' in left ? 0 : left.agent.budgetUsd, before);
  const results = await Promise.all(
    parts.map((part) => {
      const isOwn = inPart(part, all);
      const own = { askable: askable.filter(isOwn), known: known.filter(isOwn), next: () => watch?.next(part.part) };
      return runOrTake(part, { ...request, ...own, onEvent: listen(), spend }, ports);
    }),
  );
  const [only] = results;
  const result = only && all.length === 1 ? only : mergeScanParts(scan, results, parts);
  const seen = await watch?.settle();
  return seen ? { ...result, record: { ...result.record, coverage: seen.totals }, attention: seen } : result;
}

async function runOrTake(scan: AgentScan, request: OneAgentRequest, ports: ScanPorts): Promise<AgentScanResult> {
  const { desk, signal, left } = request;
  const earlier = desk.earlier(scan.name);
  if (earlier.state === 'done') return readAgain(scan, earlier, request);
  if (signal.aborted) return unrunScan(scan, request, 'user');
  if (desk.stop.aborted) return unrunScan(scan, request, 'stop');
  if ('used' in left) return unrunScan(scan, request, left.used);
  return runAgentScan(scan, { ...request, settings: left }, ports);
}

/** Nobody is asked about a finding twice in one session. */
function unasked(known: readonly Finding[], results: readonly AgentScanResult[]): Pick<OneScanRequest, 'askable'> {
  const asked = new Set(results.flatMap((result) => result.asked));
  return { askable: known.filter(({ id }) => !asked.has(id)) };
}

type Left = ScanSettings | { used: 'timeout' | 'budget' };

function whatIsLeft(settings: ScanSettings, results: readonly AgentScanResult[], elapsedMs: number): Left {
  const timeoutMs = settings.timeoutMs - elapsedMs;
  const budgetUsd = settings.agent.budgetUsd - (sumCost(results.map(({ costUsd }) => costUsd)) ?? 0);
  if (timeoutMs <= 0) return { used: 'timeout' };
  if (budgetUsd <= 0) return { used: 'budget' };
  return { ...settings, timeoutMs, agent: { ...settings.agent, budgetUsd } };
}

async function runAgentScan(scan: AgentScan, request: OneAgentRequest, ports: ScanPorts): Promise<AgentScanResult> {
  const { agent, sandboxes, log } = ports;
  if (!agent || !sandboxes)
    throw new UserError(`The scan ${scan.name} needs an agent and a sandbox: neither is set up.`);
  const started = ports.clock.now();
  let sandbox: Sandbox | undefined;
  let rests = false;
  try {
    ports.progress({ step: `scan ${scan.name}: preparing the sandbox` });
    const earlier = request.desk.earlier(scan.name);
    const opened = await openSandbox(earlier, request, { ...ports, sandboxes });
    sandbox = opened.sandbox;
    if (sandbox.setupProblem) log.warn(sandbox.setupProblem);
    const equipped = await bringEquipment(request.settings.agent, { sandbox, trigger: request.trigger }, ports);
    const settled = await settledFor(scan, { ...request, earlier }, ports);
    const task = {
      ...(await toTask(scan, request, ports)),
      ...settled.task,
      ...equipped.task,
      ...(await bringHistory(scan.prompt, sandbox, ports)),
      setupProblem: sandbox.setupProblem,
      timeoutMs: Math.max(1, request.settings.timeoutMs - (ports.clock.now() - started)),
    };
    await request.desk.note(scan.name, { state: 'working', workspace: sandbox.workspace, ...settled.told });
    const result = await agent.run(task, {
      sandbox: equipped.sandbox,
      signal: request.signal,
      onEvent: request.onEvent,
      outfit: opened.outfit,
      ...contextOf(scan, request),
      settledAnswer: settledAnswerFor(scan, request, ports),
      ...(earlier.state === 'goes-on' ? { resume: earlier.resume(opened.kept ? 'kept' : 'fresh') } : {}),
      spend: request.spend,
    });
    rests = mayRest(scan, result);
    const asked = task.verify.map(({ id }) => id);
    const read = await readResult(scan, { request, result, sandbox, asked, told: settled.told }).catch((error) =>
      failedScan(scan, request, { error, sandbox, spent: result }),
    );
    await request.desk.keep(scan.name, read.raw);
    if (!rests) await request.desk.note(scan.name, toDone(read));
    return read;
  } catch (error) {
    log.error(`Scan ${scan.name} could not run: ${messageOf(error)}`);
    return failedScan(scan, request, { error, sandbox });
  } finally {
    if (rests && sandbox) await restIn(sandbox, scan.name, request);
    else await sandbox?.kill();
  }
}

function contextOf(scan: AgentScan, { desk, runCheck }: OneAgentRequest): Partial<RunContext> {
  return { ...desk.contextFor(scan.name), ...(runCheck ? { runCheck } : {}) };
}

/** A question is asked anew instead. */
function mayRest({ inquiry, answering }: AgentScan, result: AgentResult): boolean {
  return inquiry === undefined && answering === undefined && mayGoOn(result);
}

async function readResult(
  scan: AgentScan,
  {
    request,
    result,
    sandbox,
    asked,
    told,
  }: {
    request: AgentScanRequest;
    result: AgentResult;
    sandbox: Sandbox;
    asked: string[];
    told: Pick<AgentRecord, 'settled'>;
  },
): Promise<AgentScanResult> {
  if (scan.inquiry) return answeredScan(scan, request, { result, sandbox, told });
  const issues = await readOutput(sandbox, 'issues.json', result);
  const questionsFile = await readOutput(sandbox, 'questions.json', result);
  const decoder = new TextDecoder();
  const output = understandOutput(
    scan,
    { issues, questions: questionsFile },
    { workspace: sandbox.workspace, closing: result.finalText },
  );
  return {
    ...output.told,
    record: { ...toAgentRecord(scan, request.settings.agent, { result, outcome: output.outcome }), ...told },
    paths: scan.paths,
    asked,
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
