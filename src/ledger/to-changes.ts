import type { Finding } from '../findings/finding.ts';
import { boundedRecord } from './bounded-record.ts';
import { coverageFiles } from './coverage-files.ts';
import { versioned } from './inbox-record.ts';
import { parseJson, stableJson, stableLine } from './json.ts';
import {
  auditPath,
  chainPath,
  dashboardFile,
  findingsPath,
  inboxPath,
  learningsFile,
  leaseFile,
  ledgerFile,
  mailFile,
  memoryFile,
  panelPath,
  quarantinePath,
  runsPath,
  sessionIssuesFile,
  sessionPath,
  spendPath,
} from './layout.ts';
import type { Ledger, LedgerChanges } from './ledger.ts';
import { understandSpend } from './read-ledger.ts';
import { withSessionIssue } from './session-issue.ts';
import type { Changes } from './store.ts';
import { understandChain } from './understand-chain.ts';
import { understandDashboard } from './understand-dashboard.ts';
import { understandInbox } from './understand-inbox.ts';
import { understandLearningsFile } from './understand-learnings.ts';
import { understandMail } from './understand-mail.ts';
import { understandMemoryFile } from './understand-memory.ts';
import { understandPanel } from './understand-panel.ts';
import { understandRuns } from './understand-runs.ts';
import { understandSessionIssues } from './understand-session-issues.ts';

/** The texts of files before a change. A foreign ledger has none. */
type TextBefore = (path: string) => Promise<string | undefined>;

/**
 * The files that a change writes: only those whose text differs, so that an empty map means that nothing is to be committed. What was
 * damaged in a file that is written is kept under `quarantine/`.
 */
export async function toChanges(before: Ledger, changes: LedgerChanges): Promise<Changes> {
  const foreign = new Set(before.foreign);
  const textBefore: TextBefore = async (path) => (foreign.has(path) ? undefined : before.snapshot.read(path));
  const wanted = new Map([
    ...findingFiles(before, changes.findings ?? []),
    ...sessionFiles(changes),
    ...(await spendFiles(changes, textBefore)),
    ...(await dashboardFiles(changes, textBefore)),
    ...(await inboxFiles(changes, textBefore)),
    ...(await panelFiles(changes, textBefore)),
    ...(await runsFiles(changes, textBefore)),
    ...(await chainFiles(changes, textBefore)),
    ...(await mailFiles(changes, textBefore)),
    ...(await memoryFiles(changes, textBefore)),
    ...(await auditFiles(changes, textBefore)),
    ...leaseFiles(changes),
  ]);
  const written = await releasedFiles(changes, textBefore);
  await addCoverage(written, { changes, before, textBefore });
  await forget(written, changes, textBefore);
  for (const [path, text] of wanted) {
    const old = await textBefore(path);
    if (text === old) continue;
    written.set(path, text);
    const unreadable = old !== undefined && path.endsWith('.json') && 'damaged' in parseJson(old);
    if (unreadable) written.set(quarantinePath(path, old), old);
  }
  if (written.size === 0) return written;
  const manifest = stableJson(before.manifest);
  if (manifest !== (await textBefore(ledgerFile))) written.set(ledgerFile, manifest);
  for (const path of foreign) if (!written.has(path)) written.set(path, null);
  return keepDamaged(before, written);
}

async function forget(
  written: Map<string, string | null>,
  { forgotten = [] }: LedgerChanges,
  textBefore: TextBefore,
): Promise<void> {
  for (const { path } of forgotten) if ((await textBefore(path)) !== undefined) written.set(path, null);
}

function keepDamaged({ damaged }: Ledger, written: Map<string, string | null>): Changes {
  for (const { path, text } of damaged) if (written.has(path)) written.set(quarantinePath(path, text), text);
  return written;
}

/** The files of the changed findings, and those with damage in them, which is set aside: what is left of them can be read again. */
function findingFiles({ findings, damaged }: Ledger, changed: readonly Finding[]): Map<string, string> {
  const touched = new Set(changed.map(({ id }) => findingsPath(id)));
  const byId = new Map([...findings, ...changed].map((finding) => [finding.id, finding]));
  const repaired = damaged.map(({ path }) => path).filter((path) => path.startsWith('findings/'));
  for (const path of repaired) touched.add(path);
  const files = new Map<string, Finding[]>(repaired.map((path) => [path, []]));
  for (const finding of byId.values()) {
    const path = findingsPath(finding.id);
    if (touched.has(path)) files.set(path, [...(files.get(path) ?? []), finding]);
  }
  const sorted = (findings: Finding[]) => findings.sort((a, b) => (a.id < b.id ? -1 : 1));
  return new Map([...files].map(([path, findings]) => [path, stableJson(sorted(findings))]));
}

function sessionFiles({ session }: LedgerChanges): Map<string, string> {
  return session ? new Map([[sessionPath(session), stableJson(boundedRecord(session))]]) : new Map();
}

function leaseFiles({ lease }: LedgerChanges): Map<string, string> {
  return lease ? new Map([[leaseFile, stableJson(lease)]]) : new Map();
}

async function releasedFiles({ lease }: LedgerChanges, textBefore: TextBefore): Promise<Map<string, string | null>> {
  const isReleased = lease === null && (await textBefore(leaseFile)) !== undefined;
  return new Map(isReleased ? [[leaseFile, null]] : []);
}

async function spendFiles({ spend = [] }: LedgerChanges, textBefore: TextBefore): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  for (const [path, spends] of Map.groupBy(spend, ({ at }) => spendPath(at))) {
    const text = await textBefore(path);
    const known = text === undefined ? new Map() : understandSpend(text);
    const entries = new Map(known ?? []);
    for (const { session, ...entry } of spends) entries.set(session, entry);
    files.set(path, stableJson(Object.fromEntries(entries)));
    if (text !== undefined && !known) files.set(quarantinePath(path, text), text);
  }
  return files;
}

async function dashboardFiles({ dashboard }: LedgerChanges, textBefore: TextBefore): Promise<Map<string, string>> {
  if (!dashboard) return new Map();
  const text = await textBefore(dashboardFile);
  const damaged = text !== undefined && !understandDashboard(text);
  return new Map([
    [dashboardFile, stableJson(boundedRecord(dashboard))],
    ...(damaged ? [[quarantinePath(dashboardFile, text), text] as const] : []),
  ]);
}

async function addCoverage(
  written: Map<string, string | null>,
  { changes, before, textBefore }: { changes: LedgerChanges; before: Ledger; textBefore: TextBefore },
): Promise<void> {
  if (!changes.coverage) return;
  const list = (prefix: string) => (before.foreign.length > 0 ? [] : before.snapshot.list(prefix));
  const files = await coverageFiles(changes.coverage, { list, read: textBefore });
  for (const [path, text] of files) if (text !== ((await textBefore(path)) ?? null)) written.set(path, text);
}

/** One that could not be read is set aside. */
async function inboxFiles({ inbox }: LedgerChanges, textBefore: TextBefore): Promise<Map<string, string>> {
  if (!inbox) return new Map();
  const path = inboxPath(inbox.issue);
  const text = await textBefore(path);
  const damaged = text !== undefined && !understandInbox(text, inbox.issue);
  return new Map([
    [path, stableJson(versioned(inbox))],
    ...(damaged ? [[quarantinePath(path, text), text] as const] : []),
  ]);
}

/** What could not be read is set aside. */
async function runsFiles({ runs }: LedgerChanges, textBefore: TextBefore): Promise<Map<string, string>> {
  if (!runs) return new Map();
  const path = runsPath(runs.issue);
  const text = await textBefore(path);
  const damaged = text !== undefined && !understandRuns(text, runs.issue);
  return new Map([[path, stableJson(runs)], ...(damaged ? [[quarantinePath(path, text), text] as const] : [])]);
}

/** What could not be read is set aside. */
async function chainFiles({ chain }: LedgerChanges, textBefore: TextBefore): Promise<Map<string, string>> {
  if (!chain) return new Map();
  const path = chainPath(chain.issue);
  const text = await textBefore(path);
  const damaged = text !== undefined && !understandChain(text, chain.issue);
  return new Map([[path, stableJson(chain)], ...(damaged ? [[quarantinePath(path, text), text] as const] : [])]);
}

async function mailFiles({ mail }: LedgerChanges, textBefore: TextBefore): Promise<Map<string, string>> {
  if (!mail) return new Map();
  const text = await textBefore(mailFile);
  const damaged = text !== undefined && !understandMail(text);
  return new Map([[mailFile, stableJson(mail)], ...(damaged ? [[quarantinePath(mailFile, text), text] as const] : [])]);
}

/** Where a part of one is damaged, the file as it was is set aside. */
async function memoryFiles({ memory, learnings }: LedgerChanges, textBefore: TextBefore): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  const put = async (path: string, value: object, damageIn: (text: string) => number) => {
    const text = await textBefore(path);
    files.set(path, stableJson(value));
    if (text !== undefined && damageIn(text) > 0) files.set(quarantinePath(path, text), text);
  };
  if (memory) await put(memoryFile, memory, (text) => understandMemoryFile(text).damaged);
  if (learnings) await put(learningsFile, learnings, (text) => understandLearningsFile(text).damaged);
  return files;
}

/** What could not be read is set aside. */
async function panelFiles({ panel }: LedgerChanges, textBefore: TextBefore): Promise<Map<string, string>> {
  if (!panel) return new Map();
  const { session, issue, closed } = panel;
  const path = panelPath(session);
  const [text, list] = [await textBefore(path), await textBefore(sessionIssuesFile)];
  const known = list === undefined ? [] : understandSessionIssues(list);
  const files = new Map([[path, stableJson(panel)]]);
  if (text !== undefined && !understandPanel(text, session)) files.set(quarantinePath(path, text), text);
  if (!issue) return files;
  const issues = withSessionIssue(known ?? [], { session, ...issue, open: !closed });
  files.set(sessionIssuesFile, stableJson({ version: 1, issues }));
  if (list !== undefined && !known) files.set(quarantinePath(sessionIssuesFile, list), list);
  return files;
}

/** Lines are only ever added. */
async function auditFiles({ audit = [] }: LedgerChanges, textBefore: TextBefore): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  for (const entry of audit) {
    const path = auditPath(entry.at);
    const text = files.get(path) ?? (await textBefore(path)) ?? '';
    // A line that was cut off must not swallow the next one.
    const ended = text === '' || text.endsWith('\n') ? text : `${text}\n`;
    files.set(path, ended + stableLine(entry));
  }
  return files;
}
