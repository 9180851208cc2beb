import type { Coverage } from '../coverage/coverage.ts';
import { addSession } from '../dashboard/add-session.ts';
import type { Ticks } from '../events/dashboard-boxes.ts';
import type { Finding } from '../findings/finding.ts';
import type { DashboardRecord } from '../ledger/dashboard-record.ts';
import type { AuditEntry, Ledger, LedgerChanges } from '../ledger/ledger.ts';
import { readLedger } from '../ledger/read-ledger.ts';
import type { SessionIssue } from '../ledger/session-issue.ts';
import type { Snapshot, Store } from '../ledger/store.ts';
import { updateLedger } from '../ledger/update-ledger.ts';
import { revealFindings } from '../ledger/withhold.ts';
import { count } from '../lib/text.ts';
import type { Learnings } from '../memory/learning.ts';
import type { Memory } from '../memory/memory.ts';
import type { AppliedSession } from '../sessions/apply-session.ts';
import type { Discovery } from '../sessions/discovery.ts';
import { keepRecord } from '../sessions/keep-record.ts';
import { isEnded } from '../sessions/phases.ts';
import { Session } from '../sessions/session.ts';
import type { ScanSettings } from '../sessions/settings.ts';
import { withDamage } from '../sessions/with-damage.ts';
import { forEverybody } from '../sessions/withhold-asked.ts';
import { createDecider } from './decide-session.ts';
import type { IssueSnapshot, RemoteRepository } from './github-ports.ts';
import { coverageAfter } from './keep-coverage.ts';
import type { Events } from './keep-events.ts';
import { learnedFrom } from './keep-learnings.ts';
import { raisedBy } from './keep-memory.ts';
import type { Looked } from './look-at-issues.ts';
import type { Ports } from './ports.ts';
import { protect } from './protect-findings.ts';
import { type SettledProposals, settleProposals } from './settle-proposals.ts';
import { planned } from './settle-questions.ts';

export type RecordRequest = {
  discovery: Discovery;
  settings: ScanSettings;
  remote: RemoteRepository | undefined;
  ledgerKey: string | undefined;
  reportsOnly: boolean;
  /** What was settled when the session began: of one that touches no ledger. */
  memory?: Memory | undefined;
  /** What people ticked on the dashboard before this session. */
  asked?: Ticks | undefined;
  /** Told each write action, and what the plan was made with. */
  events?: Pick<Events, 'add' | 'record'> | undefined;
  /** This process put the session on record when it began. */
  begun?: boolean | undefined;
  /** The ledger as the session read it at its beginning; where it is newer by now, that is noticed when it is written to. */
  snapshot?: Snapshot | undefined;
};

export type Recorded = {
  session: Session;
  applied: AppliedSession;
  /** Where the record went; `undefined`: nothing was written. */
  store: Store | undefined;
  /** The findings that the session was applied to; absent where it was on record already. */
  before?: readonly Finding[] | undefined;
  /** The issues of the findings as they were then, where this session may plan anything. */
  issues: ReadonlyMap<number, IssueSnapshot>;
  /** What the ledger holds for the dashboard, this session included; `undefined` without GitHub or a record. */
  dashboard?: DashboardRecord | undefined;
  /** What the agents have looked at, this session included; `undefined` where nobody watched. */
  coverage?: Coverage | undefined;
  /** The issues of sessions that people are asked on. */
  sessionIssues?: readonly SessionIssue[];
  /** What is assumed and what people settled. */
  memory?: Memory | undefined;
  /** What was learned, by this session too. */
  learned?: Learnings;
  /** The ledger's revision after it; `undefined` where nothing was written. */
  revision: string | undefined;
};

/**
 * The ledger comes first: what people did to the issues since the last look, and what a session saw, are on record in one commit before any
 * issue is touched. A dry run applies both in memory only.
 */
export async function recordSession(
  request: RecordRequest,
  ports: Pick<Ports, 'github' | 'localLedger' | 'log'>,
): Promise<Recorded> {
  const { discovery, settings, remote, ledgerKey } = request;
  const store = ports.github ? ports.github.ledger(settings.ledgerBranch) : ports.localLedger;
  const { look, decide } = createDecider(request, ports.github);
  if (!writesLedger(request, ports)) {
    const ledger = request.reportsOnly ? undefined : await readLedger(await store.read(), identityOf(remote));
    const decided = await decide(revealFindings(ledger?.findings ?? [], ledgerKey));
    const memory = ledger ? await ledger.readMemory() : request.memory;
    const session = planned(decided.session, { memory });
    return {
      ...decided,
      session,
      ...(await coverageOf(discovery, ledger)),
      memory,
      store: undefined,
      revision: undefined,
    };
  }
  const { decided, revision } = await updateLedger(
    store,
    messageFor(discovery),
    async (ledger) => {
      // Words and anchors recognise what fingerprints alone do not.
      const known = revealFindings(ledger.findings, ledgerKey);
      const memory = await ledger.readMemory();
      const before = await ledger.readSession(discovery.session.id, Session);
      const there = understandRecorded(before, request);
      if (there.state === 'over') {
        const looked = await look(known);
        const { dashboard, sessionIssues } = ledger;
        return { ...asRecorded(looked, there.session), ...dashboardOf(dashboard), sessionIssues, remembered: memory };
      }
      for (const { path, reason } of ledger.damaged)
        ports.log.warn(`The ledger's ${path} is damaged and was put aside: ${reason}`);
      const { applied, session: whole, issues, before: found } = await decide(known);
      const ended = planned(withDamage(whole, ledger.damaged), { memory, before });
      const asks = there.state !== 'given-up';
      const { session, ...kept } = await remember(ended, applied.findings, { discovery, remote, ledger, asks });
      if (there.state === 'given-up') ports.log.warn(`Session ${session.id}: ${there.why}`);
      return {
        applied,
        issues,
        found,
        full: session,
        sessionIssues: ledger.sessionIssues,
        // What is told of now is what it comes to with this session.
        remembered: kept.changes.memory ?? memory,
        findings: protect(applied.findings, request),
        ...(there.state === 'given-up'
          ? {}
          : { session: requireKept(there.session, forEverybody(session, applied.findings, remote?.visibility)) }),
        spend: settle(session),
        ...kept.changes,
        ...(await learnedFrom({
          ledger,
          findings: applied.findings,
          remote,
          at: session.endedAt ?? session.startedAt,
        })),
        ...(await coverageOf(discovery, ledger)),
        ...(ports.github ? { dashboard: addSession(ledger.dashboard, session, remote?.visibility) } : {}),
        audit: [...removals(ledger.foreign, session), ...kept.audit],
      };
    },
    { ...identityOf(remote), ...(request.snapshot && ports.github ? { from: request.snapshot } : {}) },
  );
  const { full, applied, issues, dashboard, found: before, coverage, sessionIssues, remembered, learned } = decided;
  const shown = { dashboard, coverage, sessionIssues, memory: remembered, ...(learned ? { learned } : {}) };
  return { session: full, applied, issues, store, revision, before, ...shown };
}

/** What the session assumed, or what it proposes about another one. */
async function remember(
  session: Session,
  findings: readonly Finding[],
  {
    discovery: { proposed, bases },
    remote,
    ledger,
    asks,
  }: Pick<RecordRequest, 'discovery' | 'remote'> & { ledger: Ledger; asks: boolean },
): Promise<SettledProposals> {
  if (proposed) return settleProposals(session, proposed, { ledger, remote });
  return { ...(await raisedBy({ session, ledger, findings, remote, asks }, bases)), audit: [] };
}

async function coverageOf(
  { coverage }: Discovery,
  ledger: Pick<Ledger, 'readCoverage'> | undefined,
): Promise<Pick<LedgerChanges, 'coverage'>> {
  return coverage && ledger ? { coverage: coverageAfter(await ledger.readCoverage(), coverage) } : {};
}

/** A session is recorded once: published again (a job that was run again, a file replayed) it counts nothing twice, and undoes nothing since. */
function asRecorded(
  { findings, issues }: Looked,
  session: Session,
): Pick<LedgerChanges, 'findings' | 'dashboard' | 'coverage'> & Decided {
  const { raised, updated, resolved, reopened } = session;
  const seen = [...raised, ...updated];
  return {
    findings: [],
    issues,
    full: session,
    applied: { findings, fresh: [], seen, resolved, reopened, ignored: [], named: [] },
  };
}

type Recording =
  | { state: 'open'; session: Session | undefined }
  | { state: 'over'; session: Session }
  /** Somebody took it for dead and closed its record, which stays so: what it found counts all the same. */
  | { state: 'given-up'; why: string };

function understandRecorded(
  before: { session: Session } | { damaged: string } | undefined,
  { begun, discovery }: Pick<RecordRequest, 'begun' | 'discovery'>,
): Recording {
  const session = before && 'session' in before ? before.session : undefined;
  if (!session || !isEnded(session.phase)) return { state: 'open', session };
  const { endedAt, phase } = discovery.session;
  if (begun !== true || (session.endedAt === endedAt && session.phase === phase)) return { state: 'over', session };
  return { state: 'given-up', why: 'it was taken for dead. Its record stays as it was closed, its findings count.' };
}

/** What it cost. Where nobody knows, all that was set aside for it: the limits of a day and a month are to hold. */
function settle({ id, startedAt, agents, costUsd, reservedUsd }: Session): NonNullable<LedgerChanges['spend']> {
  if (agents.length === 0 && reservedUsd === undefined) return [];
  return [{ session: id, at: startedAt, usd: costUsd ?? reservedUsd ?? 0, settled: true }];
}

function requireKept(before: Session | undefined, after: Session): Session {
  const kept = keepRecord(before, after);
  if ('refused' in kept) throw new Error(kept.refused);
  return kept.record;
}

const dashboardOf = (dashboard: DashboardRecord | undefined) => (dashboard ? { dashboard } : {});

/** A fork's copy of another repository's ledger goes with the first write: what is deleted is on record as well. */
function removals(foreign: readonly string[], { id, actor, trigger, startedAt, endedAt }: Session): AuditEntry[] {
  if (foreign.length === 0) return [];
  const target = `${count(foreign.length, 'file')} of another repository's ledger`;
  return [{ at: endedAt ?? startedAt, session: id, actor: actor ?? trigger, action: 'delete-ledger-files', target }];
}

type Decided = {
  applied: AppliedSession;
  full: Session;
  issues: Looked['issues'];
  sessionIssues?: readonly SessionIssue[];
  learned?: Learnings;
  found?: readonly Finding[];
};

/** A local scan keeps its own ledger; on GitHub only a session that may change issues does, and no dry run. */
function writesLedger({ discovery, settings, reportsOnly }: RecordRequest, { github }: Pick<Ports, 'github'>): boolean {
  if (!github) return true;
  return !reportsOnly && discovery.reconciles && settings.publish === 'issues';
}

export function identityOf(remote: RemoteRepository | undefined): { repositoryId?: string } {
  return remote ? { repositoryId: remote.id } : {};
}

function messageFor({ session, raised }: Discovery): string {
  return `session ${session.id}: ${session.result ?? 'ended'}, ${count(raised.length, 'finding')} seen`;
}
