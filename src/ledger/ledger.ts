import { z } from 'zod';
import type { Coverage } from '../coverage/coverage.ts';
import type { Finding } from '../findings/finding.ts';
import type { Learnings } from '../memory/learning.ts';
import type { Memory } from '../memory/memory.ts';
import type { PanelRecord } from '../questions/panel.ts';
import type { ChainRecord } from './chain-record.ts';
import type { DashboardRecord } from './dashboard-record.ts';
import type { InboxRecord } from './inbox-record.ts';
import type { Lease } from './lease.ts';
import type { MailRecord } from './mail-record.ts';
import type { IssueRuns } from './runs-record.ts';
import type { SessionIssue } from './session-issue.ts';
import type { Snapshot } from './store.ts';

/** The format that this Courier writes. */
export const ledgerVersion = 1;

export const Manifest = z.object({ version: z.number().int(), repositoryId: z.string().optional() });
export type Manifest = z.infer<typeof Manifest>;

/** What the ledger has to know of a session's record; the rest is the record's own business. */
export type SessionRecord = { version: number; id: string; startedAt: string };

/** Newest last, as their ids sort by time. */
export type SessionPointer = { id: string; path: string };

/** Something that could not be read. It stays where it is until its file is written again, and is then kept under `quarantine/`. */
export type Damage = { path: string; reason: string /** The damaged part as it was. */; text: string };

/** What a session cost, or may cost while it runs. */
export const Spend = z.object({ at: z.string(), usd: z.number().nonnegative(), settled: z.boolean() });
export type Spend = z.infer<typeof Spend>;

/** One write action: what, where, on whose word. Never the text that was written. */
export const AuditEntry = z.object({
  /** ISO time. */
  at: z.string(),
  session: z.string(),
  /** `create-issue`, `close-issue` … */
  action: z.string(),
  /** `#12`, a finding's id, a branch. */
  target: z.string(),
  /** Who asked for it: a login, or the event. */
  actor: z.string(),
});
export type AuditEntry = z.infer<typeof AuditEntry>;

/** The ledger at one moment. */
export type Ledger = {
  readonly snapshot: Snapshot;
  readonly manifest: Manifest;
  /** Sorted by id. */
  readonly findings: readonly Finding[];
  readonly damaged: readonly Damage[];
  /** Absent before the first session on GitHub, and where it cannot be read. */
  readonly dashboard: DashboardRecord | undefined;
  /** The issues of sessions, by number. */
  readonly sessionIssues: readonly SessionIssue[];
  listSessions(): readonly SessionPointer[];
  /** @returns `undefined` where there is none of that id. */
  readSession<Record>(
    id: string,
    schema: z.ZodType<Record>,
  ): Promise<{ session: Record } | { damaged: string } | undefined>;
  /** Who writes to the issues now. One that cannot be read is nobody's. */
  readLease(): Promise<Lease | undefined>;
  /** The write actions of the month of an ISO time, oldest first. */
  readAudit(isoTime: string): Promise<readonly AuditEntry[]>;
  /** What the sessions of a month (`2026-11`) cost, by their ids. */
  readSpend(month: string): Promise<ReadonlyMap<string, Spend>>;
  /** What was done about the comments of an issue; a fresh one where nothing was, and where it cannot be read. */
  readInbox(issue: number): Promise<InboxRecord>;
  /** What a session asks people, and what they did about it. `undefined`: nothing, or it cannot be read. */
  readPanel(session: string): Promise<PanelRecord | undefined>;
  /** The runs of an issue. `undefined`: there was none, or it cannot be read. */
  readRuns(issue: number): Promise<IssueRuns | undefined>;
  /** The issues that had runs, whether or not they can be read. */
  listRuns(): readonly number[];
  /** The chain that was asked for last on an issue. `undefined`: there was none, or it cannot be read. */
  readChain(issue: number): Promise<ChainRecord | undefined>;
  /** All chains that can be read. */
  listChains(): Promise<readonly ChainRecord[]>;
  /** All inboxes that can be read. */
  listInboxes(): Promise<readonly InboxRecord[]>;
  /** Letters to sessions; none where they cannot be read. */
  readMail(): Promise<MailRecord>;
  /** What is assumed, and what people settled; nothing where it cannot be read. What is damaged is left out. */
  readMemory(): Promise<Memory>;
  /** What was learned from what people did, and the rules that they gave; the same. */
  readLearnings(): Promise<Learnings>;
  /** What the agents have looked at. */
  readCoverage(): Promise<Coverage>;
  /** Files that belong to another repository's ledger (a fork's copy): removed with the first write. */
  readonly foreign: readonly string[];
};

/** What a session adds. Findings replace those of the same id; all others stay. */
export type LedgerChanges = {
  findings?: readonly Finding[];
  session?: SessionRecord;
  /** Records that are to be gone. */
  forgotten?: readonly SessionPointer[];
  spend?: readonly (Spend & { session: string })[];
  dashboard?: DashboardRecord;
  audit?: readonly AuditEntry[];
  inbox?: InboxRecord;
  runs?: IssueRuns;
  chain?: ChainRecord;
  /** All letters, with those that are new. */
  mail?: MailRecord;
  /** The session's issue is in the list with it. */
  panel?: PanelRecord;
  /** All of it, with what is new; and the same of what was learned. */
  memory?: Memory;
  learnings?: Learnings;
  /** All of it: what it does not name is forgotten. */
  coverage?: Coverage;
  /** `null`: nobody writes to the issues any more. */
  lease?: Lease | null;
};
