import { sha256 } from '../lib/hash.ts';

/** Where what is kept: contract section 12. */
export const ledgerFile = 'ledger.json';
export const dashboardFile = 'dashboard.json';
/** Who writes to the issues now; absent while nobody does. */
export const leaseFile = 'publishing.json';

const month = /^\d{4}-(?:0[1-9]|1[0-2])/;

/** What people want of sessions that work. */
export const mailFile = 'mail.json';
/** What is assumed, and what people settled. */
export const memoryFile = 'assumptions.json';
/** What was learned from what people did, and the rules that they gave. */
export const learningsFile = 'learnings.json';
/** Which session has which issue. */
export const sessionIssuesFile = 'session-issues.json';

/** The month of an ISO time, for the folders that would otherwise grow without end. */
function monthOf(isoTime: string): string {
  const [found] = month.exec(isoTime) ?? [];
  if (!found) throw new Error(`not an ISO time: ${isoTime}`);
  return found;
}

/** One file for all findings whose id begins with the same character: 32 at most, each a readable size. */
export function findingsPath(id: string): string {
  return `findings/${id.charAt(2)}.json`;
}

export function sessionPath({ id, startedAt }: { id: string; startedAt: string }): string {
  return `sessions/${monthOf(startedAt)}/${id}.json`;
}

export function spendPath(at: string): string {
  return `spend/${monthOf(at)}.json`;
}

export function auditPath(at: string): string {
  return `audit/${monthOf(at)}.ndjson`;
}

/** Where a text is kept that could not be read; one place per text, so that keeping it twice keeps it once. */
export function quarantinePath(path: string, text: string): string {
  return `quarantine/${path}.${sha256(text).slice(0, 12)}`;
}

export function panelPath(session: string): string {
  return `panels/${session}.json`;
}

export function inboxPath(issue: number): string {
  return `inbox/${issue}.json`;
}

/** The chain that was asked for last on an issue. */
export function chainPath(issue: number): string {
  return `chains/${issue}.json`;
}

/** The runs of one issue: contract section 10 has one branch and one pull request for each. */
export function runsPath(issue: number): string {
  return `runs/${issue}.json`;
}
