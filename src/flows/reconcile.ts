import type { Finding } from '../findings/finding.ts';
import type { IssueSnapshot } from '../findings/issue.ts';
import type { IssueLink } from '../findings/issue-link.ts';
import type { IssueChange, IssuePlan } from '../findings/issue-plan.ts';
import { baseLabel } from '../findings/labels.ts';
import { planIssueChanges } from '../findings/plan-issue-changes.ts';
import { renderPlan, toPlanJson } from '../findings/render-plan.ts';
import { ConflictError, ExternalError, UserError } from '../lib/errors.ts';
import type { Log } from '../lib/log.ts';
import { count } from '../lib/text.ts';
import { emptyMemory } from '../memory/memory.ts';
import type { Gate } from '../publishing/gate.ts';
import { authorOf } from './audit-line.ts';
import { explainClosings } from './explain-closing.ts';
import type { GitHub } from './github-ports.ts';
import { type HeldLease, takeLease } from './issue-lease.ts';
import { createIssueLook } from './look-at-issues.ts';
import type { Ports } from './ports.ts';
import { type Applied, publishChanges } from './publish-changes.ts';
import { identityOf, type Recorded, type RecordRequest } from './record-session.ts';
import { settledIn } from './tell-findings.ts';

/** What became of the issues. */
export type Published = {
  created: number;
  updated: number;
  held: number;
  /** What was written to the issues of findings, by their ids. */
  links: ReadonlyMap<string, IssueLink>;
  /** The plan as Markdown, where there was one. */
  text: string | undefined;
  planFiles: readonly { path: string; text: string }[];
  /** What there was to do; without any change where nothing was compared. */
  plan: IssuePlan;
  /** Why publishing stopped, in a sentence. What was done until then is on record. */
  failure: string | undefined;
  /** Why some changes are left for the next session, in a sentence. */
  left: string | undefined;
  /** What else a person should know. */
  notes: readonly string[];
};

type Work = { github: GitHub; gate: Gate; request: RecordRequest; recorded: Recorded };

// However long the session took, publishing gets ten minutes.
const leastTime = 600_000;

/**
 * Brings the issues in line with the ledger, or says what it would do. One session at a time writes to the issues; each change is repeatable
 * and goes on record, also after a failure.
 */
export async function reconcile(
  recorded: Recorded,
  request: RecordRequest,
  ports: Pick<Ports, 'github' | 'log' | 'clock' | 'progress'> & { gate: Gate },
): Promise<Published> {
  const { github, gate, log } = ports;
  const { settings, discovery, reportsOnly } = request;
  if (!github || reportsOnly || !discovery.reconciles || settings.publish === 'none') return nothing;
  const work = { github, gate, request, recorded };
  const plan = await planChanges({ ...recorded.applied, issues: recorded.issues }, work);
  if (settings.publish === 'plan') {
    const explained = await explain(plan, { findings: recorded.applied.findings, work, log });
    for (const line of renderPlan(explained, gate).split('\n').filter(Boolean)) log.info(gate.logLine(line));
    return planned(explained, gate);
  }
  if (writesAndAdoptions(plan).length === 0) return planned(plan, gate);
  const outcome = await publishAlone(plan, work, ports);
  const of = (kind: IssueChange['kind']) => outcome.done.filter(({ change }) => change.kind === kind).length;
  return {
    ...planned(outcome.plan, gate),
    created: of('create'),
    updated: of('update'),
    links: new Map(outcome.done.map(({ change, link }) => [change.finding, link])),
    failure: outcome.failure,
    left: sentenceOn(outcome),
    notes: outcome.notes,
  };
}

function planned(plan: IssuePlan, gate: Gate): Published {
  const text = renderPlan(plan, gate);
  const planFiles = [
    { path: 'plan.md', text: `${text}\n` },
    { path: 'plan.json', text: toPlanJson(plan) },
  ];
  return { ...nothing, held: plan.changes.filter(({ kind }) => kind === 'hold').length, text, plan, planFiles };
}

function sentenceOn({ left, leftWhy }: Applied): string | undefined {
  if (left === 0 || leftWhy === undefined) return undefined;
  return `${count(left, 'change')} to issues ${left === 1 ? 'is' : 'are'} left for the next session: ${leftWhy}`;
}

/** Plans anew once nobody else writes to the issues, and applies that. */
async function publishAlone(
  first: IssuePlan,
  work: Work,
  { clock, log, progress }: Pick<Ports, 'clock' | 'log' | 'progress'>,
): Promise<Applied & { plan: IssuePlan }> {
  const { github, gate, request, recorded } = work;
  const { store, session, revision } = recorded;
  const none = { done: [], left: writesAndAdoptions(first).length, leftWhy: undefined, failure: undefined, notes: [] };
  if (!store) return { ...none, plan: first };
  const deadline = Math.max(Date.parse(session.startedAt) + request.settings.timeoutMs, clock.now() + leastTime);
  try {
    const place = { store, session: session.id, revision, identity: identityOf(request.remote), deadline };
    const lease = await takeLease(place, { clock, log, issues: github.issues });
    if (!lease) return { ...none, plan: first, leftWhy: 'Another session was writing to the issues all the time.' };
    const plan = await planAnew(lease, { work, log });
    if (operationsOf(plan) !== operationsOf(first)) request.events?.record('planned-anew', '', true);
    const { recent, ready } = lease;
    const issues = github.issuesBy({ deadline, recent, ready });
    const by = authorOf(session, request.events);
    const changes = writesAndAdoptions(plan);
    return { ...(await publishChanges(changes, { lease, by }, { clock, log, progress, gate, issues })), plan };
  } catch (error) {
    if (!(error instanceof UserError || error instanceof ExternalError || error instanceof ConflictError)) throw error;
    log.error(`Nothing was published: ${error.message}`);
    return { ...none, plan: first, failure: `Nothing was published: ${error.message}` };
  }
}

/** What somebody else did before the lease was taken counts: the issues are read again. */
async function planAnew(
  { findings, undisturbed, commit }: HeldLease,
  { work, log }: { work: Work; log: Log },
): Promise<IssuePlan> {
  try {
    const { endedAt, startedAt } = work.request.discovery.session;
    // What people did in the meantime counts now, and goes on record with the next look.
    const looked = await createIssueLook(work.github, endedAt ?? startedAt).at(findings);
    const fresh = undisturbed ? work.recorded.applied.fresh : [];
    return await explain(await planChanges({ ...looked, fresh }, work), { ...looked, work, log });
  } catch (error) {
    await commit('writes no issues', () => ({}), { release: true });
    throw error;
  }
}

/** What a plan comes to, but for the texts. */
function operationsOf({ changes }: IssuePlan): string {
  const operations = changes.flatMap((change) => {
    const { kind, finding } = change;
    if (kind === 'none') return [];
    return [
      [kind, finding, 'number' in change ? change.number : '', 'reason' in change ? change.reason : ''].join(' '),
    ];
  });
  return operations.toSorted().join('\n');
}

const nothing: Published = {
  created: 0,
  updated: 0,
  held: 0,
  links: new Map(),
  text: undefined,
  planFiles: [],
  plan: { changes: [] },
  failure: undefined,
  left: undefined,
  notes: [],
};

type Known = {
  findings: readonly Finding[];
  issues: ReadonlyMap<number, IssueSnapshot>;
  /** Findings that can have no issue yet: nobody but this session knows them. */
  fresh: readonly string[];
};

async function planChanges({ findings, issues, fresh }: Known, work: Work): Promise<IssuePlan> {
  const { github, request, recorded } = work;
  const { settings, remote } = request;
  const plan = (adoptable: Parameters<typeof planIssueChanges>[0]['adoptable']) =>
    planIssueChanges({
      findings,
      issues,
      adoptable,
      settings: settings.issues,
      labelsByScan: settings.labelsByScan,
      requested: new Set(request.asked?.file),
      audience: remote?.visibility === 'public' ? 'public' : 'private',
      partial: recorded.session.result !== 'complete',
      context: contextOf(work),
    });
  const { settledOf } = contextOf(work);
  for (const { id } of findings) if (settledOf(id).length > 0) request.events?.record('points', id, settledOf(id));
  const first = plan([]);
  // Only a finding that an earlier session had recorded may have an issue whose creation was never answered.
  const surelyNew = new Set(fresh);
  const mayBeLost = first.changes.some((change) => change.kind === 'create' && !surelyNew.has(change.finding));
  request.events?.record('requested', '', request.asked?.file ?? []);
  if (!mayBeLost) return first;
  const adoptable = await github.issues.listOwn(baseLabel);
  for (const issue of adoptable) request.events?.record('adoptable', String(issue.number), issue);
  return plan(adoptable);
}

function contextOf({ gate, request: { remote, discovery }, recorded }: Work) {
  const commit = discovery.session.commit;
  const { memory = emptyMemory, sessionIssues = [], applied } = recorded;
  const settledOf = settledIn(memory, { sessionIssues, findings: applied.findings }, remote);
  return { gate, serverUrl: serverUrlOf(remote), repository: remote?.name ?? '', commit, settledOf };
}

function explain(
  plan: IssuePlan,
  { findings, work, log }: { findings: readonly Finding[]; work: Work; log: Log },
): Promise<IssuePlan> {
  return explainClosings(plan, { findings, context: contextOf(work) }, { github: work.github, log });
}

function serverUrlOf(remote: RecordRequest['remote']): string {
  return remote ? remote.url.slice(0, -`/${remote.name}`.length) : '';
}

function writesAndAdoptions(plan: IssuePlan): IssueChange[] {
  return plan.changes.filter(({ kind }) => kind !== 'hold' && kind !== 'none');
}
