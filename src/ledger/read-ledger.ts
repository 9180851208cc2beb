import { z } from 'zod';
import { type Learnings, noLearnings } from '../memory/learning.ts';
import { emptyMemory, type Memory } from '../memory/memory.ts';
import type { PanelRecord } from '../questions/panel.ts';
import { readCoverage } from './coverage-files.ts';
import type { DashboardRecord } from './dashboard-record.ts';
import { freshInbox, type InboxRecord } from './inbox-record.ts';
import { parseJson } from './json.ts';
import {
  auditPath,
  dashboardFile,
  inboxPath,
  learningsFile,
  leaseFile,
  ledgerFile,
  mailFile,
  memoryFile,
  panelPath,
  runsPath,
  sessionIssuesFile,
} from './layout.ts';
import { Lease } from './lease.ts';
import { AuditEntry, type Damage, type Ledger, ledgerVersion, Manifest, type SessionPointer, Spend } from './ledger.ts';
import type { MailRecord } from './mail-record.ts';
import { listChains, readChain } from './read-chains.ts';
import { problemOf, refuseNewer, understandFindings } from './read-findings.ts';
import type { IssueRuns } from './runs-record.ts';
import type { SessionIssue } from './session-issue.ts';
import type { Snapshot } from './store.ts';
import { understandDashboard } from './understand-dashboard.ts';
import { understandInbox } from './understand-inbox.ts';
import { understandLearningsFile } from './understand-learnings.ts';
import { understandMail } from './understand-mail.ts';
import { understandMemoryFile } from './understand-memory.ts';
import { understandPanel } from './understand-panel.ts';
import { understandRuns } from './understand-runs.ts';
import { understandSessionIssues } from './understand-session-issues.ts';

const findingsFile = /^findings\/[0-9a-z]\.json$/;
const inboxFile = /^inbox\/([1-9]\d{0,9})\.json$/;
const runsFile = /^runs\/([1-9]\d{0,9})\.json$/;
const sessionFile = /^sessions\/\d{4}-\d{2}\/([^/]+)\.json$/;

/**
 * The ledger in a store, every record validated. What cannot be read is in `damaged`, never silently left out.
 *
 * @param repositoryId GitHub's id of this repository: the ledger of another one (a fork carries its copy) counts as empty.
 * @throws UserError when it was written by a newer Courier.
 */
export async function readLedger(
  snapshot: Snapshot,
  { repositoryId }: { repositoryId?: string } = {},
): Promise<Ledger> {
  const { manifest, damaged } = await readManifest(snapshot);
  const isForeign =
    repositoryId !== undefined && manifest.repositoryId !== undefined && manifest.repositoryId !== repositoryId;
  if (isForeign) return freshLedger(snapshot, repositoryId);
  const id = repositoryId ?? manifest.repositoryId;
  // Asked for together, they come in one request.
  const [read, dashboard, sessionIssues] = await Promise.all([
    readFindings(snapshot),
    readDashboard(snapshot),
    readSessionIssues(snapshot),
  ]);
  const sessions = listSessions(snapshot);
  return {
    snapshot,
    manifest: { version: ledgerVersion, ...(id !== undefined && { repositoryId: id }) },
    findings: read.findings.sort((a, b) => (a.id < b.id ? -1 : 1)),
    damaged: [...damaged, ...read.damaged],
    dashboard,
    sessionIssues,
    listSessions: () => sessions,
    readSession: (wanted, schema) => readSession(snapshot, { wanted, sessions, schema }),
    readLease: () => readLease(snapshot),
    readAudit: (at) => readAudit(snapshot, at),
    readSpend: (month) => readSpend(snapshot, month),
    readInbox: (issue) => readInbox(snapshot, issue),
    readPanel: (session) => readPanel(snapshot, session),
    readRuns: (issue) => readRuns(snapshot, issue),
    listRuns: () => listRuns(snapshot),
    readChain: (issue) => readChain(snapshot, issue),
    listChains: () => listChains(snapshot),
    listInboxes: () => listInboxes(snapshot),
    readMail: () => readMail(snapshot),
    readMemory: () => readMemory(snapshot),
    readLearnings: () => readLearnings(snapshot),
    readCoverage: () => readCoverage(snapshot),
    foreign: [],
  };
}

function freshLedger(snapshot: Snapshot, repositoryId: string): Ledger {
  return {
    snapshot,
    manifest: { version: ledgerVersion, repositoryId },
    findings: [],
    damaged: [],
    dashboard: undefined,
    sessionIssues: [],
    listSessions: () => [],
    readSession: async () => undefined,
    readLease: async () => undefined,
    readAudit: async () => [],
    readSpend: async () => new Map(),
    readInbox: async (issue) => freshInbox(issue),
    readPanel: async () => undefined,
    readRuns: async () => undefined,
    listRuns: () => [],
    readChain: async () => undefined,
    listChains: async () => [],
    listInboxes: async () => [],
    readMail: async () => ({ version: 1, letters: [] }),
    readMemory: async () => emptyMemory,
    readLearnings: async () => noLearnings,
    readCoverage: async () => new Map(),
    foreign: snapshot.list(''),
  };
}

async function readManifest(snapshot: Snapshot): Promise<{ manifest: Manifest; damaged: Damage[] }> {
  const unknown = { version: ledgerVersion };
  const text = await snapshot.read(ledgerFile);
  if (text === undefined) return { manifest: unknown, damaged: [] };
  const json = parseJson(text);
  if ('damaged' in json) return { manifest: unknown, damaged: [{ path: ledgerFile, reason: json.damaged, text }] };
  refuseNewer(json.value);
  const manifest = Manifest.safeParse(json.value);
  if (manifest.success) return { manifest: manifest.data, damaged: [] };
  return { manifest: unknown, damaged: [{ path: ledgerFile, reason: problemOf(manifest.error), text }] };
}

async function readFindings(snapshot: Snapshot) {
  const paths = snapshot.list('findings/').filter((path) => findingsFile.test(path));
  const texts = await Promise.all(paths.map(async (path) => ({ path, text: (await snapshot.read(path)) ?? '[]' })));
  const files = texts.map(({ path, text }) => understandFindings(path, text));
  return { findings: files.flatMap(({ findings }) => findings), damaged: files.flatMap(({ damaged }) => damaged) };
}

function listSessions(snapshot: Snapshot): SessionPointer[] {
  return snapshot.list('sessions/').flatMap((path) => {
    const [, id] = sessionFile.exec(path) ?? [];
    return id === undefined ? [] : [{ id, path }];
  });
}

async function readSession<Record>(
  snapshot: Snapshot,
  { wanted, sessions, schema }: { wanted: string; sessions: readonly SessionPointer[]; schema: z.ZodType<Record> },
): Promise<{ session: Record } | { damaged: string } | undefined> {
  const pointer = sessions.find(({ id }) => id === wanted);
  const text = pointer && (await snapshot.read(pointer.path));
  if (text === undefined) return undefined;
  const json = parseJson(text);
  if ('damaged' in json) return json;
  refuseNewer(json.value);
  const session = schema.safeParse(json.value);
  return session.success ? { session: session.data } : { damaged: problemOf(session.error) };
}

async function readDashboard(snapshot: Snapshot): Promise<DashboardRecord | undefined> {
  const text = await snapshot.read(dashboardFile);
  return text === undefined ? undefined : understandDashboard(text);
}

async function readSessionIssues(snapshot: Snapshot): Promise<readonly SessionIssue[]> {
  const text = await snapshot.read(sessionIssuesFile);
  return (text === undefined ? undefined : understandSessionIssues(text)) ?? [];
}

async function readPanel(snapshot: Snapshot, session: string): Promise<PanelRecord | undefined> {
  const text = await snapshot.read(panelPath(session));
  return text === undefined ? undefined : understandPanel(text, session);
}

async function readMail(snapshot: Snapshot): Promise<MailRecord> {
  const text = await snapshot.read(mailFile);
  return (text === undefined ? undefined : understandMail(text)) ?? { version: 1, letters: [] };
}

async function readMemory(snapshot: Snapshot): Promise<Memory> {
  const text = await snapshot.read(memoryFile);
  return text === undefined ? emptyMemory : understandMemoryFile(text).memory;
}

async function readLearnings(snapshot: Snapshot): Promise<Learnings> {
  const text = await snapshot.read(learningsFile);
  return text === undefined ? noLearnings : understandLearningsFile(text).learnings;
}

/** Lines that cannot be read stay where they are, and count for nothing. */
async function readAudit(snapshot: Snapshot, at: string): Promise<AuditEntry[]> {
  const lines = ((await snapshot.read(auditPath(at))) ?? '').split('\n');
  return lines.flatMap((line) => {
    const json = parseJson(line);
    const entry = 'value' in json ? AuditEntry.safeParse(json.value).data : undefined;
    return entry ? [entry] : [];
  });
}

async function readInbox(snapshot: Snapshot, issue: number): Promise<InboxRecord> {
  const text = await snapshot.read(inboxPath(issue));
  return (text === undefined ? undefined : understandInbox(text, issue)) ?? freshInbox(issue);
}

async function readRuns(snapshot: Snapshot, issue: number): Promise<IssueRuns | undefined> {
  const text = await snapshot.read(runsPath(issue));
  return text === undefined ? undefined : understandRuns(text, issue);
}

function listRuns(snapshot: Snapshot): number[] {
  return snapshot.list('runs/').flatMap((path) => {
    const [, issue] = runsFile.exec(path) ?? [];
    return issue === undefined ? [] : [Number(issue)];
  });
}

async function listInboxes(snapshot: Snapshot): Promise<InboxRecord[]> {
  const issues = snapshot.list('inbox/').flatMap((path) => {
    const [, issue] = inboxFile.exec(path) ?? [];
    return issue === undefined ? [] : [Number(issue)];
  });
  // Asked for together, they come in few requests.
  return Promise.all(issues.map((issue) => readInbox(snapshot, issue)));
}

async function readLease(snapshot: Snapshot): Promise<Lease | undefined> {
  const text = await snapshot.read(leaseFile);
  const json = text === undefined ? undefined : parseJson(text);
  return json && 'value' in json ? Lease.safeParse(json.value).data : undefined;
}

async function readSpend(snapshot: Snapshot, month: string): Promise<Map<string, Spend>> {
  const text = await snapshot.read(`spend/${month}.json`);
  return text === undefined ? new Map() : (understandSpend(text) ?? new Map());
}

/** @returns `undefined` for what cannot be read. */
export function understandSpend(text: string): Map<string, Spend> | undefined {
  const json = parseJson(text);
  if ('damaged' in json) return undefined;
  const spends = z.record(z.string(), Spend).safeParse(json.value);
  return spends.success ? new Map(Object.entries(spends.data)) : undefined;
}
