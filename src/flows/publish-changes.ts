import type { Finding } from '../findings/finding.ts';
import type { IssueLink } from '../findings/issue-link.ts';
import { type IssueChange, writesOf } from '../findings/issue-plan.ts';
import { findLabels } from '../findings/labels.ts';
import { stableLine } from '../ledger/json.ts';
import type { AuditEntry, Ledger } from '../ledger/ledger.ts';
import { ConflictError, ExternalError, OutOfTimeError, UserError } from '../lib/errors.ts';
import { count } from '../lib/text.ts';
import type { Gate } from '../publishing/gate.ts';
import { safe } from '../publishing/safe-text.ts';
import { applyIssueChange, type Wrote } from './apply-issue-change.ts';
import { type Author, auditLine } from './audit-line.ts';
import type { Issues } from './github-ports.ts';
import { type HeldLease, LeaseLostError } from './issue-lease.ts';
import type { Ports } from './ports.ts';

// So much is found again by its marks after a crash, at most.
const recordEvery = 25;

type Done = { change: IssueChange; link: IssueLink };

/** What a publication came to. */
export type Applied = {
  done: readonly Done[];
  /** Changes that a later session has to make. */
  left: number;
  /** Why they are left although nothing failed. */
  leftWhy: string | undefined;
  /** Why publishing stopped, in a sentence. */
  failure: string | undefined;
  /** What else a person should know. */
  notes: readonly string[];
};

type Means = Pick<Ports, 'clock' | 'log' | 'progress'> & { gate: Gate; issues: Issues };

/**
 * Makes the changes one after the other and records them, in between too. What stops it is told; what was done until then is on record.
 *
 * @param by the session and who asked for it, for the audit.
 */
export async function publishChanges(
  changes: readonly IssueChange[],
  { lease, by }: { lease: HeldLease; by: Author },
  means: Means,
): Promise<Applied> {
  const { clock, log, progress, gate, issues } = means;
  const known = new Map(lease.findings.map((finding) => [finding.id, finding]));
  const done: Done[] = [];
  const record = createRecord({ lease, by }, means);
  const audit = (action: string, target: string) => record.audit.push(auditLine({ action, target }, by, clock));
  const wrote: Wrote = (action, number) => audit(action, `#${number}`);
  const stopped = await stopping(async () => {
    const names = changes.flatMap((change) => ('written' in change ? change.written.labels : []));
    const made = writesOf({ changes }).length > 0 ? await issues.ensureLabels(findLabels(names)) : [];
    for (const name of made) audit('create-label', gate.plain(name));
    for (const [index, change] of changes.entries()) {
      progress({ step: `issues, ${index} of ${changes.length}`, done: index / changes.length });
      const link = await applyIssueChange(change, { finding: known.get(change.finding), issues, gate, wrote });
      if (!link) continue;
      done.push({ change, link });
      record.links.set(change.finding, link);
      if (record.links.size >= recordEvery) await record.write();
    }
  });
  const unrecorded = await stopping(() => record.write({ release: true }));
  const trouble = [stopped, unrecorded].find((error) => error && !(error instanceof OutOfTimeError)) ?? stopped;
  const left = changes.length - done.length;
  const isLate = trouble instanceof OutOfTimeError || trouble instanceof LeaseLostError;
  const failure = trouble && !isLate ? describe(trouble, done.length, changes.length) : undefined;
  if (failure !== undefined) log.error(failure);
  log.info(`Issues: ${count(done.length, 'change')} applied${left > 0 ? `, ${left} left` : ''}.`);
  const kept = done.filter(({ link }) => !record.surplus.has(link.number));
  return { done: kept, left, leftWhy: isLate ? trouble.message : undefined, failure, notes: notesOn(kept) };
}

/** What a person or another system made it stop by; bugs go on. */
async function stopping(work: () => Promise<void>): Promise<Error | undefined> {
  try {
    await work();
    return undefined;
  } catch (error) {
    if (error instanceof UserError || error instanceof ExternalError || error instanceof ConflictError) return error;
    throw error;
  }
}

function describe(error: Error, done: number, all: number): string {
  const hint = error instanceof ExternalError && error.hint ? ` ${error.hint}` : '';
  return `Publishing stopped after ${done} of ${count(all, 'change')}: ${error.message}${hint}`;
}

/** GitHub drops labels in silence where the token's owner may not give any. */
function notesOn(done: readonly Done[]): string[] {
  const bare = done.filter(
    ({ change, link }) => change.kind === 'create' && link.labels.length < change.written.labels.length,
  );
  if (bare.length === 0) return [];
  return [
    `GitHub left out labels of ${count(bare.length, 'new issue')}: whoever the token belongs to may not give labels here (that takes the role triage, or \`issues: write\`).`,
  ];
}

/** What is not on record yet, and how it gets there. */
function createRecord(
  { lease, by }: { lease: HeldLease; by: Author },
  { log, issues, clock }: Pick<Means, 'log' | 'issues' | 'clock'>,
) {
  const links = new Map<string, IssueLink>();
  const audit: AuditEntry[] = [];
  const surplus = new Map<number, number>();
  // Decided as often as the ledger moves on, and done once.
  const quiet = { session: by.session, actor: by.actor };
  async function write({ release } = { release: false }): Promise<void> {
    const message = `${count(links.size, 'issue')} written`;
    let twice: readonly [number, number][] = [];
    const decide = (ledger: Ledger) => {
      const recorded = recordLinks(ledger, links, lease);
      twice = recorded.twice;
      const closed = twice.map(([ours]) => ({ action: 'close-issue', target: `#${ours}` }));
      return {
        findings: recorded.findings,
        audit: [...audit, ...closed.map((entry) => auditLine(entry, quiet, clock))],
      };
    };
    const isOurs = await lease.commit(message, decide, { release });
    links.clear();
    audit.splice(0);
    for (const [ours, theirs] of twice) {
      surplus.set(ours, theirs);
      log.warn(`#${ours} was filed twice at once: closed as a duplicate of #${theirs}`);
      const body = safe`Two sessions filed this at once. It goes on in #${theirs}.`;
      await issues.update(ours, { body, state: { to: 'closed', reason: 'duplicate' } });
      auditLine({ action: 'close-issue', target: `#${ours}` }, by, clock);
    }
    if (!isOurs && !release)
      throw new LeaseLostError(
        'Another session took over writing to the issues, as this one had given no sign of life.',
      );
  }
  return { links, audit, surplus, write };
}

/** `twice`: where another session recorded an issue of the same finding, that one counts; ours, theirs. */
function recordLinks(
  { findings }: Ledger,
  links: ReadonlyMap<string, IssueLink>,
  lease: Pick<HeldLease, 'findings'>,
): { findings: Finding[]; twice: [number, number][] } {
  const before = new Map(lease.findings.map(({ id, issue }) => [id, issue]));
  const written = findings.flatMap((finding) => {
    const link = links.get(finding.id);
    return link ? [{ finding, link, theirs: finding.issue?.number ?? link.number }] : [];
  });
  return {
    findings: written
      .filter(({ link, theirs }) => link.number === theirs)
      .map(({ finding, link }) => withLink(finding, withNewerLook(link, finding.issue, before.get(finding.id)))),
    twice: written
      .filter(({ link, theirs }) => link.number !== theirs)
      .map(({ link, theirs }) => [link.number, theirs]),
  };
}

/** What people did while the issues were written may be on record by now: that look is the newer one. */
function withNewerLook(link: IssueLink, now: IssueLink | undefined, before: IssueLink | undefined): IssueLink {
  const observed = now?.observed;
  return observed && stableLine(observed) !== stableLine(before?.observed ?? {}) ? { ...link, observed } : link;
}

/** The finding as the ledger has it once its issue was written. */
export function withLink(finding: Finding, link: IssueLink | undefined): Finding {
  if (!link) return finding;
  return { ...finding, issue: link, state: finding.state === 'detected' ? 'open' : finding.state };
}
