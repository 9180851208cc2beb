import { toContent } from '../dashboard/content.ts';
import { type DashboardPlan, findAdoptable, planDashboard } from '../dashboard/plan-dashboard.ts';
import { noTicks, readTicks, type Ticks } from '../events/dashboard-boxes.ts';
import type { Finding } from '../findings/finding.ts';
import type { IssueSnapshot } from '../findings/issue.ts';
import { baseLabel, findLabels } from '../findings/labels.ts';
import type { DashboardRecord } from '../ledger/dashboard-record.ts';
import type { LedgerChanges } from '../ledger/ledger.ts';
import { readLedger } from '../ledger/read-ledger.ts';
import type { Store } from '../ledger/store.ts';
import { updateLedger } from '../ledger/update-ledger.ts';
import { isoTime } from '../lib/clock.ts';
import { ConflictError, ExternalError, messageOf, UserError } from '../lib/errors.ts';
import type { Learnings } from '../memory/learning.ts';
import type { Gate } from '../publishing/gate.ts';
import { auditLine, authorOf } from './audit-line.ts';
import type { GitHub } from './github-ports.ts';
import type { Ports } from './ports.ts';
import { withLink } from './publish-changes.ts';
import type { Published } from './reconcile.ts';
import { identityOf, type Recorded, type RecordRequest } from './record-session.ts';

/** The dashboard issue as it stood when the session began, and what people had ticked in it. */
export type DashboardView = { issue: IssueSnapshot | undefined; ticks: Ticks };

/** One request where there is a dashboard, none where there is not. A closed one asks for nothing. */
export async function readDashboard(
  record: DashboardRecord | undefined,
  { settings, github }: { settings: { dashboard: boolean }; github: GitHub | undefined },
): Promise<DashboardView> {
  const number = settings.dashboard ? record?.issue?.number : undefined;
  if (number === undefined || !github) return { issue: undefined, ticks: noTicks };
  const issue = (await github.issues.read([number])).get(number);
  return { issue, ticks: issue?.state === 'open' ? readTicks(issue.body) : noTicks };
}

export type KeepRequest = {
  request: RecordRequest;
  recorded: Recorded;
  published: Published;
  view: DashboardView;
  /** What this session did of what people asked for. */
  done: Pick<Ticks, 'scan' | 'verify'>;
};

/** What a person should know; `failure` where the dashboard may be out of date. */
export type Kept = { note?: string; failure?: string };

type Work = KeepRequest & {
  github: GitHub;
  gate: Gate;
  store: Store;
  record: DashboardRecord;
  findings: readonly Finding[];
  clock: Ports['clock'];
  learnings: Learnings | undefined;
};

/**
 * Brings the dashboard issue up to date, last of all that is published. Nothing is read or written where nothing material changed;
 * a failure is told and costs nothing else.
 */
export async function keepDashboard(
  given: KeepRequest,
  { github, gate, clock, log }: Pick<Ports, 'github' | 'clock' | 'log'> & { gate: Gate },
): Promise<Kept> {
  const { store, dashboard: record } = given.recorded;
  if (!github || !store || !record) return {};
  const { links } = given.published;
  const findings = given.recorded.applied.findings.map((finding) => withLink(finding, links.get(finding.id)));
  const work = { ...given, github, gate, store, record, findings, clock, learnings: given.recorded.learned };
  try {
    if (!given.request.settings.dashboard) return await forget(work);
    return await apply(work);
  } catch (error) {
    if (!(error instanceof UserError || error instanceof ExternalError || error instanceof ConflictError)) throw error;
    const hint = error instanceof ExternalError && error.hint ? ` ${error.hint}` : '';
    log.error(`The dashboard was not written: ${error.message}`);
    return { failure: `The dashboard was not brought up to date: ${messageOf(error)}${hint}` };
  }
}

async function apply(work: Work): Promise<Kept> {
  const { record, view } = work;
  if (!record.issue) return create(work);
  // What was read at the beginning shows whether there is anything to do; what is written is made from how it stands now, as another
  // session may have filed findings and people may have ticked boxes since.
  const first = view.issue?.number === record.issue.number ? plan(work, view.issue) : undefined;
  if (first?.kind === 'none') return {};
  const ledger = await readLedger(await work.store.read(), identityOf(work.request.remote));
  const now = (await work.github.issues.read([record.issue.number])).get(record.issue.number);
  const learnings = await ledger.readLearnings();
  const decided = plan({ ...work, findings: ledger.findings, record: ledger.dashboard ?? record, learnings }, now);
  if (decided.kind === 'respect') return { note: decided.why };
  if (decided.kind !== 'update') return {};
  await work.github.issues.update(decided.number, { body: decided.body });
  await remember(work, 'update-dashboard', decided.number);
  return {};
}

function plan(
  { record, findings, published, request, done, gate, learnings }: Work,
  issue: IssueSnapshot | undefined,
): DashboardPlan {
  const visibility = request.remote?.visibility;
  const failure = published.failure ?? published.left;
  const content = toContent({ findings, plan: published.plan, record, visibility, failure, learnings });
  return planDashboard({ record, issue, content, done }, { gate, url: request.remote?.url ?? '' });
}

// A session that claimed the creation and is silent for as long has died.
const claimLasts = 15 * 60_000;

/** One session creates it: the one whose claim the ledger took. An issue of our own that is there already is taken instead. */
async function create(work: Work): Promise<Kept> {
  const { store, recorded, clock } = work;
  const now = clock.now();
  const { decided } = await updateLedger(
    store,
    `session ${recorded.session.id}: dashboard claimed`,
    ({ findings, dashboard = work.record }) => ({
      ...claim(dashboard, { session: recorded.session.id, now }),
      known: findings,
    }),
    identityOf(work.request.remote),
  );
  if (!decided.mine) return {};
  try {
    return await createClaimed({ ...work, findings: decided.known });
  } catch (error) {
    // The next session need not wait: whether the issue was made shows in the list of our own.
    await release(work);
    throw error;
  }
}

async function createClaimed(work: Work): Promise<Kept> {
  const { github } = work;
  const known = findAdoptable(await github.issues.listOwn(baseLabel));
  if (known) return adopt(work, known);
  const planned = plan(work, undefined);
  if (planned.kind !== 'create') return {};
  const made = await github.issues.ensureLabels(findLabels([baseLabel]));
  const issue = await github.issues.create(planned.issue);
  const kept = await remember(work, 'create-dashboard', issue.number, { ...issue, labels: made });
  // Somebody thought that this session was dead, and was faster.
  if (kept !== issue.number) {
    await github.issues.update(issue.number, { state: { to: 'closed', reason: 'not_planned' } });
    await remember(work, 'close-dashboard', issue.number);
  }
  return {};
}

async function release({ store, recorded, record, request }: Work): Promise<void> {
  const { id } = recorded.session;
  const message = `session ${id}: dashboard not made`;
  await updateLedger(
    store,
    message,
    ({ dashboard = record }) => withoutClaim(dashboard, id),
    identityOf(request.remote),
  );
}

function withoutClaim(dashboard: DashboardRecord, session: string): LedgerChanges {
  const { claim: held, ...rest } = dashboard;
  return held?.session === session ? { dashboard: rest } : {};
}

function claim(
  dashboard: DashboardRecord,
  { session, now }: { session: string; now: number },
): LedgerChanges & { mine: boolean } {
  const other = dashboard.claim && dashboard.claim.session !== session ? dashboard.claim : undefined;
  const taken = other !== undefined && now - Date.parse(other.at) < claimLasts;
  if (dashboard.issue || taken) return { mine: false };
  return { mine: true, dashboard: { ...dashboard, claim: { session, at: isoTime(now) } } };
}

async function adopt(work: Work, issue: IssueSnapshot): Promise<Kept> {
  const { number, url } = issue;
  if ((await remember(work, 'adopt-dashboard', number, issue)) !== number) return {};
  return apply({ ...work, record: { ...work.record, issue: { number, url } }, view: { issue, ticks: noTicks } });
}

/** A line of audit, and a new issue's number. @returns the number that the ledger holds then. */
async function remember(
  { store, recorded, request, record, clock }: Work,
  action: string,
  number: number,
  issue?: { number: number; url: string; labels?: readonly string[] },
): Promise<number | undefined> {
  const { session } = recorded;
  const by = authorOf(session, request.events);
  const labels = (action === 'create-dashboard' ? (issue?.labels ?? []) : []).map((target) => ({
    action: 'create-label',
    target,
  }));
  const audit = [...labels, { action, target: `#${number}` }].map((entry) => auditLine(entry, by, clock));
  const { decided } = await updateLedger(
    store,
    `session ${session.id}: dashboard written`,
    ({ dashboard = record }) => {
      if (!issue || dashboard.issue) return { audit, number: dashboard.issue?.number };
      const { claim: _, ...rest } = dashboard;
      return { audit, number, dashboard: { ...rest, issue: { number, url: issue.url } } };
    },
    identityOf(request.remote),
  );
  return decided.number;
}

/** `dashboard: false`: the issue stays as it is, and once it is wanted again it is found by its marker or made anew. */
async function forget({ store, recorded, record, request }: Work): Promise<Kept> {
  if (!record.issue) return {};
  await updateLedger(
    store,
    `session ${recorded.session.id}: no dashboard`,
    ({ dashboard = record }) => {
      const { issue: _, ...rest } = dashboard;
      return { dashboard: rest };
    },
    identityOf(request.remote),
  );
  return {};
}
