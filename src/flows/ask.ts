import type { Finding } from '../findings/finding.ts';
import { isOpen } from '../findings/judge-verdicts.ts';
import { briefInvestigation } from '../investigations/brief.ts';
import type { Investigation } from '../investigations/investigation.ts';
import { rankAnswers } from '../investigations/rank-answers.ts';
import { rankFindings } from '../investigations/rank-findings.ts';
import { renderAnswer } from '../investigations/render-answer.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { UserError } from '../lib/errors.ts';
import type { Gate } from '../publishing/gate.ts';
import { type SafeText, safe } from '../publishing/safe-text.ts';
import { toAskSettings } from '../sessions/ask-settings.ts';
import { isSensitive } from '../sessions/audience.ts';
import { Session } from '../sessions/session.ts';
import { conclude } from './conclude.ts';
import { discoverAtDesk } from './discover-at-desk.ts';
import type { RemoteRepository } from './github-ports.ts';
import { checksOf, type InvestigateScope, investigate } from './investigate.ts';
import type { ScanOutcome } from './outcome.ts';
import type { Ports } from './ports.ts';
import { type Prepared, prepareScan, type ScanRequest } from './prepare-scan.ts';
import { readKnown } from './read-memory.ts';
import { startSession } from './start-session.ts';
import { createTextReader } from './text-reader.ts';
import { concludeSkipped, skip } from './without-looking.ts';

export type AskRequest = ScanRequest & {
  question: string;
  /** The id of an investigation that it goes on from. */
  follows?: string | undefined;
  /** The command in a comment that asks; absent: somebody asks on a command line. */
  asked?: Investigation['asked'];
};

/**
 * An investigation: what is known that bears on the question is put before the agent, which reads the repository, runs checks and answers; what
 * it cites is held against files and ledger; the session goes on record with its answer, and the findings that it cites are investigated.
 */
export async function ask(request: AskRequest, given: Ports & { gate: Gate }): Promise<ScanOutcome> {
  const question = request.question.trim();
  if (question === '') throw new UserError('The question is missing: courier ask "QUESTION".');
  if (!request.hasModelKey || request.overrides.agent === 'none')
    throw new UserError(
      'A question is answered by an agent, and there is none: set anthropic-api-key (in a workflow that `courier init` wrote the secret ANTHROPIC_API_KEY, on the command line the variable of that name), and leave agent out.',
    );
  const overrides = { ...request.overrides, prompt: question, scan: undefined };
  const prepared = await prepareScan({ ...request, overrides }, given);
  const { remote, reconciles, ledger, ports } = prepared;
  if (!ledger) throw new UserError('A question is not asked on a pull request: ask in a comment.');
  const earlier = await readEarlier(ledger);
  const done = request.asked && earlier.find((session) => isSameAsk(session, request.asked));
  if (done && remote) return tellAgain(done, { request, prepared, remote, ledger }, ports);
  const { brief, scope } = prepareInvestigation({ ...request, question }, { prepared, ledger, earlier });
  const settings = toAskSettings(prepared.settings, { question, ...brief });
  const started = await startSession({ ...request, ...prepared, settings }, ports);
  if (started.skipped) return concludeSkipped({ ...request, ...started, remote }, ports);
  const discovered = await discoverAtDesk(
    {
      session: started.session,
      settings: started.settings,
      trigger: request.trigger,
      known: ledger.findings,
      memory: await readKnown(ledger),
      remote,
      reconciles,
      changedLines: undefined,
      ledgerKey: request.ledgerKey,
      signal: request.signal,
    },
    ports,
    (looking) => investigate(looking, scope, ports),
  );
  const outcome = await conclude(
    {
      ...discovered,
      settings: started.settings,
      remote,
      ledgerKey: request.ledgerKey,
      begun: started.session.reservedUsd !== undefined,
      snapshot: started.snapshot,
      readText: createTextReader(ports.repository),
      reportsOnly: false,
      done: { scan: false, verify: false },
    },
    ports,
  );
  return withAnswer(outcome, { ledger, remote, gate: ports.gate });
}

function prepareInvestigation(
  { question, asked, follows }: AskRequest,
  {
    prepared: { settings, remote },
    ledger,
    earlier,
  }: { prepared: Prepared; ledger: Ledger; earlier: readonly Session[] },
) {
  // What may not be told in the answer is not told to who writes it.
  const known = ledger.findings.filter((finding) => isTellable(finding, remote));
  const about = { question, issue: asked?.issue };
  const findings = rankFindings(known, about);
  const answers = rankAnswers(earlier, {
    ...about,
    follows,
    cited: new Set(findings.map(({ finding }) => finding.id)),
  });
  const checks = checksOf(settings);
  const isPublic = remote?.visibility === 'public';
  const briefing = briefInvestigation({ findings, answers, checks, issue: asked?.issue, isPublic });
  const scope: InvestigateScope = {
    findings: new Set(known.filter((finding) => isOpen(finding)).map(({ id }) => id)),
    sessions: new Set(answers.map(({ session }) => session)),
    checks: settings,
  };
  return { scope, brief: { briefing, checks, ...(asked ? { asked } : {}) } };
}

function isTellable(finding: Finding, remote: RemoteRepository | undefined): boolean {
  return !isSensitive(finding, remote?.visibility) && finding.sealed === undefined;
}

// Each is a file to read: so many of the last sessions, of whatever kind, are looked through.
const mostSessions = 40;

/** The last investigations, newest last. */
async function readEarlier(ledger: Ledger): Promise<Session[]> {
  const read = await Promise.all(
    ledger
      .listSessions()
      .slice(-mostSessions)
      .map(({ id }) => ledger.readSession(id, Session)),
  );
  return read.flatMap((each) => (each && 'session' in each && each.session.kind === 'ask' ? [each.session] : []));
}

function isSameAsk({ investigation }: Session, asked: Investigation['asked']): boolean {
  const before = investigation?.asked;
  const isSame = before?.comment === asked?.comment && before?.index === asked?.index;
  return isSame && investigation?.answer !== undefined;
}

/** The job was run again after it had answered: the answer is told once more, nobody is asked and nothing is paid twice. */
async function tellAgain(
  session: Session,
  {
    request,
    prepared: { settings },
    remote,
    ledger,
  }: { request: AskRequest; prepared: Prepared; remote: RemoteRepository; ledger: Ledger },
  ports: Ports & { gate: Gate },
): Promise<ScanOutcome> {
  const why = `Session ${session.id} has answered this question already.`;
  const outcome = await skip({ ...request, settings, remote, why }, ports);
  return withAnswer(
    { ...outcome, session: { ...session, notes: [...session.notes, why] } },
    { ledger, remote, gate: ports.gate },
  );
}

function withAnswer(
  outcome: ScanOutcome,
  { ledger, remote, gate }: { ledger: Ledger; remote: RemoteRepository | undefined; gate: Gate },
): ScanOutcome {
  const { investigation, commit } = outcome.session;
  if (!investigation?.answer) return outcome;
  const hosted = {
    serverUrl: remote ? remote.url.slice(0, -`/${remote.name}`.length) : '',
    repository: remote?.name ?? '',
    commit: remote ? commit : undefined,
  };
  const answer: SafeText = renderAnswer(investigation.answer, { gate, hosted, findings: ledger.findings });
  return { ...outcome, answer, summary: `${safe`## The answer\n\n${answer}`}\n\n${outcome.summary}` };
}
