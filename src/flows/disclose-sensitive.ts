import type { Finding } from '../findings/finding.ts';
import type { Told } from '../findings/told.ts';
import type { AuditEntry, Ledger } from '../ledger/ledger.ts';
import { isWithheld } from '../ledger/withhold.ts';
import { ConflictError, ExternalError, OutOfTimeError, UserError } from '../lib/errors.ts';
import { count } from '../lib/text.ts';
import type { Gate } from '../publishing/gate.ts';
import { safe } from '../publishing/safe-text.ts';
import { tellPlanned, tellWhere } from '../sessions/disclosure-notes.ts';
import { countTold, type DisclosurePlan, type DisclosureRequest, planDisclosure } from '../sessions/plan-disclosure.ts';
import { auditLine, authorOf } from './audit-line.ts';
import type { GitHub, RemoteRepository } from './github-ports.ts';
import { type HeldLease, LeaseLostError, takeLease } from './issue-lease.ts';
import type { Ports } from './ports.ts';
import { identityOf, type Recorded, type RecordRequest } from './record-session.ts';
import { type Telling, tellPrivately, withTold } from './tell-privately.ts';
import { createUpload } from './upload-alerts.ts';

export type DisclosedSession = {
  /** All findings, with where they are told by now. */
  findings: readonly Finding[];
  notes: readonly string[];
  /** Why something is left to a later session, in a sentence. */
  failure: string | undefined;
};

type Request = RecordRequest & { readText: (path: string) => Promise<string | undefined> };
type AllPorts = Pick<Ports, 'github' | 'repository' | 'clock' | 'log'> & { gate: Gate };
type Work = {
  github: GitHub;
  remote: RemoteRepository;
  recorded: Recorded;
  request: Request;
  ports: AllPorts;
};

// However long the session took, this gets ten minutes.
const leastTime = 600_000;

/**
 * Tells the security findings of a public repository where only those can read who may know: as draft advisories, else as code scanning
 * alerts, else nowhere. What says so in public holds counts alone.
 */
export async function discloseSensitive(
  recorded: Recorded,
  request: Request,
  ports: AllPorts,
): Promise<DisclosedSession> {
  const { remote, settings } = request;
  const { findings } = recorded.applied;
  const quiet = { findings, notes: [], failure: undefined };
  const { github } = ports;
  if (!github || remote?.visibility !== 'public' || !mayDisclose(recorded, request)) return quiet;
  const work = { github, remote, recorded, request, ports };
  const plan = planDisclosure(toRequest(findings, work));
  if (settings.publish === 'plan') return { ...quiet, notes: tellPlanned(plan) };
  const outcome = isIdle(plan) ? { told: new Map(), blocked: 0, failure: undefined } : await tellAlone(work);
  const blocked = outcome.blocked || (plan.alerts.kind === 'blocked' ? plan.alerts.missing : 0);
  const after = findings.map((finding) => withTold(finding, outcome.told.get(finding.id)));
  return {
    findings: after,
    notes: tellWhere(countTold(after), { url: remote.url, blocked, hasKey: !!request.ledgerKey }),
    failure: outcome.failure,
  };
}

function mayDisclose({ session }: Recorded, { settings, discovery, reportsOnly }: Request): boolean {
  if (reportsOnly || !discovery.reconciles || settings.publish === 'none') return false;
  return settings.issues.sensitive === 'auto' && session.result !== 'skipped';
}

function toRequest(findings: readonly Finding[], { recorded: { session }, request }: Work): DisclosureRequest {
  return {
    findings,
    settings: request.settings.issues,
    ledgerKey: request.ledgerKey,
    at: session.endedAt ?? session.startedAt,
    byHand: session.trigger === 'workflow_dispatch',
  };
}

function isIdle({ tell, close, reopen, alerts }: DisclosurePlan): boolean {
  return tell.length + close.length + reopen.length === 0 && alerts.kind !== 'upload';
}

type Outcome = { told: ReadonlyMap<string, Told>; blocked: number; failure: string | undefined };

/** One session at a time files anything. What it claims, does and is refused goes on record, also after a failure. */
async function tellAlone(work: Work): Promise<Outcome> {
  const { github, recorded, request, ports } = work;
  const { store, session, revision } = recorded;
  const telling: Telling & { audit: AuditEntry[] } = { told: new Map(), audit: [], wrote: () => {} };
  const none = { told: telling.told, blocked: 0 };
  if (!store) return { ...none, failure: undefined };
  const by = authorOf(session, request.events);
  telling.wrote = (action, target) => telling.audit.push(auditLine({ action, target }, by, ports.clock));
  try {
    const now = ports.clock.now();
    const deadline = Math.max(Date.parse(session.startedAt) + request.settings.timeoutMs, now + leastTime);
    const place = { store, session: session.id, revision, identity: identityOf(request.remote), deadline };
    const lease = await takeLease(place, { clock: ports.clock, log: ports.log, issues: github.issues });
    if (!lease) return { ...none, failure: leftBecause('Another session was writing to the issues all the time.') };
    return { ...none, ...(await tellHolding({ ...lease, deadline }, { work, telling })) };
  } catch (error) {
    return { ...none, failure: sentenceOn(error) };
  }
}

async function tellHolding(
  lease: HeldLease & { deadline: number },
  { work, telling }: { work: Work; telling: Telling & { audit: AuditEntry[] } },
): Promise<Omit<Outcome, 'told'>> {
  const { github, remote, recorded, request, ports } = work;
  const asked = toRequest(latest(lease.findings, recorded.applied.findings), work);
  const plan = planDisclosure(asked);
  const disclosure = github.disclosureBy(lease);
  let outcome: Omit<Outcome, 'told'> = { blocked: 0, failure: undefined };
  try {
    await claim(plan, lease, recorded.session.id);
    const commit = request.discovery.session.commit;
    const serverUrl = remote.url.slice(0, -`/${remote.name}`.length);
    const context = { gate: ports.gate, serverUrl, repository: remote.name, commit };
    const upload = createUpload({ disclosure, remote, session: recorded.session, readText: request.readText }, ports);
    const means = { disclosure, context, upload };
    outcome = { blocked: await tellPrivately(plan, asked, { telling, means }), failure: undefined };
  } catch (error) {
    outcome = { blocked: 0, failure: sentenceOn(error) };
    ports.log.error(outcome.failure ?? '');
  }
  const by = authorOf(recorded.session, request.events);
  const surplus = await record(lease, telling, (target) =>
    auditLine({ action: 'close-advisory', target }, { ...by, events: undefined }, ports.clock),
  );
  for (const { id, of } of surplus) {
    ports.log.warn(`${id} was filed twice at once: closed in favour of ${of}`);
    const description = safe`Two sessions filed this at once. It goes on in ${ports.gate.inline(of)}.`;
    await disclosure.updateAdvisory(id, { state: 'closed', description });
    auditLine({ action: 'close-advisory', target: id }, by, ports.clock);
  }
  return outcome;
}

/** The findings as the ledger has them now, with the details that this session knows. */
function latest(now: readonly Finding[], known: readonly Finding[]): Finding[] {
  const details = new Map(known.map((finding) => [finding.id, finding]));
  return now.map((finding) => {
    const mine = details.get(finding.id);
    if (!mine || !isWithheld(finding) || isWithheld(mine)) return finding;
    const { told: _told, regressed: _regressed, ...rest } = mine;
    const { state, severity, told, regressed } = finding;
    return { ...rest, state, severity, ...(told && { told }), ...(regressed && { regressed }) };
  });
}

/** Before anything is filed: a claim that is found later stands for a creation whose answer was never seen. */
async function claim({ tell }: DisclosurePlan, lease: HeldLease, session: string): Promise<void> {
  if (tell.length === 0) return;
  const claims = new Map(tell.map(({ id, told }) => [id, { ...told, claim: session }]));
  const message = `${count(tell.length, 'security finding')} to be told in private`;
  const isOurs = await lease.commit(message, ({ findings }) => ({ findings: merged(findings, claims) }));
  if (!isOurs) throw new LeaseLostError('Another session took over writing to the issues.');
}

/** @returns advisories of ours that another session, which took this one for dead, filed as well: the recorded one counts. */
async function record(
  lease: HeldLease,
  { told, audit }: Telling & { audit: readonly AuditEntry[] },
  closing: (advisory: string) => AuditEntry,
): Promise<{ id: string; of: string }[]> {
  let surplus: { id: string; of: string }[] = [];
  const message = `${count(told.size, 'security finding')} told in private or kept`;
  const decide = ({ findings }: Ledger) => {
    surplus = findings.flatMap((finding) => {
      const [ours, theirs] = [told.get(finding.id)?.advisory, finding.told?.advisory];
      return ours && theirs && ours.id !== theirs.id ? [{ id: ours.id, of: theirs.id }] : [];
    });
    return { audit: [...audit, ...surplus.map(({ id }) => closing(id))], findings: merged(findings, told) };
  };
  await lease.commit(message, decide, { release: true });
  return surplus;
}

/** An advisory that is on record by now is not forgotten for another. */
function merged(findings: readonly Finding[], told: ReadonlyMap<string, Told>): Finding[] {
  return findings
    .filter(({ id }) => told.has(id))
    .map((finding) => {
      const ours = told.get(finding.id);
      const theirs = finding.told?.advisory;
      const isOther = theirs !== undefined && theirs.id !== ours?.advisory?.id;
      return isOther ? finding : withTold(finding, ours);
    });
}

/** What a person or another system made it stop by; bugs go on. */
function sentenceOn(error: unknown): string {
  if (error instanceof OutOfTimeError || error instanceof LeaseLostError) return leftBecause(error.message);
  if (error instanceof ExternalError || error instanceof UserError || error instanceof ConflictError)
    return leftBecause(
      [error.message, error instanceof ExternalError ? error.hint : undefined].filter(Boolean).join(' '),
    );
  throw error;
}

function leftBecause(why: string): string {
  return `Security findings are left for the next session: ${why}`;
}
