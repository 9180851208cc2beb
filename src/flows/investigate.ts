import type { RunContext } from '../agents/agent.ts';
import type { CheckOutcome } from '../checks/check.ts';
import { isPresetName } from '../checks/presets/names.ts';
import { placeText } from '../findings/permalink.ts';
import { checkCitations, findingsIn, sessionsIn } from '../investigations/check-citations.ts';
import { judgeAnswer } from '../investigations/judge-answer.ts';
import { count, oneLine, truncate } from '../lib/text.ts';
import { endSession } from '../sessions/end-session.ts';
import type { Session } from '../sessions/session.ts';
import type { ScanSettings } from '../sessions/settings.ts';
import type { AgentScanResult } from './agent-scan.ts';
import type { Discovered, DiscoverRequest } from './discover.ts';
import { openEvents } from './open-events.ts';
import type { Ports } from './ports.ts';
import { runAgentScans } from './run-agent-scans.ts';
import { runAllChecks } from './run-all-checks.ts';
import { tellProgress } from './tell-progress.ts';
import { createTextReader } from './text-reader.ts';

/** What an answer may cite besides code, and which checks its agent may run. */
export type InvestigateScope = {
  findings: ReadonlySet<string>;
  sessions: ReadonlySet<string>;
  checks: Pick<ScanSettings, 'presets' | 'checks'>;
};

/** Has the agent answer a question, and holds what it cites against the files and the ledger. Writes nothing but into the sandbox. */
export async function investigate(
  request: DiscoverRequest,
  scope: InvestigateScope,
  given: Parameters<typeof runAgentScans>[1] & Parameters<typeof openEvents>[2] & Pick<Ports, 'commands' | 'tools'>,
): Promise<Discovered> {
  const { session, settings, signal, remote, reconciles } = request;
  const readText = createTextReader(given.repository);
  // Without what a replay starts from: an investigation decides nothing that could be decided again.
  const events = openEvents(session, { remote }, given);
  const ports = { ...given, ...events.recording(given) };
  const files = new Set(await ports.repository.files());
  const [result] = await runAgentScans(
    {
      ...request,
      session: session.id,
      settings,
      known: [],
      attention: undefined,
      scanned: { files, readText, renames: [] },
      runCheck: createCheckRunner(scope.checks, readText, ports),
      onEvent: tellProgress(ports),
    },
    ports,
  );
  const ended = await endInvestigation(session, {
    result,
    scope,
    readText,
    aborted: signal.aborted,
    at: ports.clock.now(),
  });
  return {
    discovery: {
      version: 1,
      session: ended,
      raised: [],
      determined: [],
      verdicts: [],
      covered: [],
      renames: [],
      gone: [],
      judged: [],
      investigated: ended.citedFindings,
      reconciles: reconciles.may,
      ...(reconciles.may ? {} : { reconcilesNot: reconciles.why }),
      ...(remote ? { repositoryId: remote.id, visibility: remote.visibility } : {}),
    },
    checks: [],
    raw: Object.fromEntries(Object.entries(result?.raw ?? {}).map(([name, text]) => [`ask/${name}`, text])),
    events,
  };
}

type Ending = {
  result: AgentScanResult | undefined;
  scope: InvestigateScope;
  readText: (path: string) => Promise<string | undefined>;
  aborted: boolean;
  at: number;
};

async function endInvestigation(session: Session, { result, scope, readText, aborted, at }: Ending): Promise<Session> {
  const claimed = result?.answer;
  const answer = claimed && {
    text: claimed.text,
    citations: await checkCitations(claimed.citations, { readText, ...scope }),
  };
  const ended = endSession(session, {
    checks: [],
    namedPresets: false,
    scans: result ? [{ ...result, claims: answer ? [answer] : [] }] : [],
    rejected: [],
    notes: result?.notes ?? [],
    spent: [],
    verdicts: [],
    aborted,
    endedAt: at,
  });
  const judged = judgeAnswer(result?.record, answer);
  const { investigation = { question: '' } } = session;
  return {
    ...withPhase(ended, judged.result),
    result: judged.result,
    reasons: [...session.reasons, ...judged.reasons],
    investigation: { ...investigation, ...(answer ? { answer } : {}) },
    citedFindings: findingsIn(answer?.citations ?? []),
    priorSessions: sessionsIn(answer?.citations ?? []),
  };
}

/** It does not rest: what was stopped is asked again, as nothing in its sandbox is worth keeping. */
function withPhase(session: Session, result: 'complete' | 'partial' | 'failed'): Session {
  if (session.phase === 'stopped') return { ...session, phase: 'killed' };
  return session.phase === 'completed' && result === 'failed' ? { ...session, phase: 'failed' } : session;
}

/** The names that `run_check` takes: the checks of the configuration, and the presets that it does not switch off. */
export function checksOf({ presets, checks }: Pick<ScanSettings, 'presets' | 'checks'>): string[] {
  return [...Object.keys(checks), ...(Array.isArray(presets) ? presets : [])];
}

/** One check at a time, on the host as in a scan: the agent chooses by name, and gives nothing else. */
function createCheckRunner(
  { checks }: InvestigateScope['checks'],
  readText: Ending['readText'],
  ports: Parameters<typeof runAllChecks>[1],
): NonNullable<RunContext['runCheck']> {
  let last: Promise<unknown> = Promise.resolve();
  return (name, signal) => {
    const check = Object.hasOwn(checks, name) ? checks[name] : undefined;
    const settings = {
      presets: !check && isPresetName(name) ? [name] : ('none' as const),
      checks: check ? { [name]: check } : {},
    };
    const run = last.then(async () => (await runAllChecks({ settings, readText, signal }, ports)).map(renderOutcome));
    last = run.catch(() => undefined);
    return run.then((texts) => texts.join('\n'));
  };
}

const mostFindings = 25;

function renderOutcome(outcome: CheckOutcome): string {
  if ('reason' in outcome) return `${outcome.check}: ${outcome.state} (${truncate(oneLine(outcome.reason), 2000)})`;
  const lines = outcome.findings.slice(0, mostFindings).map(({ candidate: { title, location, actual } }) => {
    const place = location ? ` (${placeText(location)})` : '';
    return `- ${truncate(oneLine(title), 300)}${place}${actual ? `\n${truncate(actual, 1500)}` : ''}`;
  });
  const more = outcome.findings.length + outcome.held.findings - lines.length;
  const rest = more > 0 ? [`and ${more} more`] : [];
  return [`${outcome.check}: ${count(outcome.findings.length, 'finding')}`, ...lines, ...rest].join('\n');
}
