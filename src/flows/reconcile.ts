import type { Finding, IssueLink } from '../findings/finding.ts';
import { type IssueChange, type IssuePlan, writesOf } from '../findings/issue-plan.ts';
import { baseLabel, findLabels } from '../findings/labels.ts';
import { planIssueChanges } from '../findings/plan-issue-changes.ts';
import { renderPlan, toPlanJson } from '../findings/render-plan.ts';
import type { AuditEntry } from '../ledger/ledger.ts';
import { updateLedger } from '../ledger/update-ledger.ts';
import { isoTime } from '../lib/clock.ts';
import { ExternalError, UserError } from '../lib/errors.ts';
import type { Log } from '../lib/log.ts';
import { count } from '../lib/text.ts';
import type { Gate } from '../publishing/gate.ts';
import { applyIssueChange } from './apply-issue-change.ts';
import { explainClosings } from './explain-closing.ts';
import type { GitHub, Ports } from './ports.ts';
import { identityOf, type Recorded, type RecordRequest } from './record-session.ts';

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
};

type Work = { github: GitHub; gate: Gate; request: RecordRequest; recorded: Recorded };

/** Brings the issues in line with the ledger, or says what it would do. Each change is repeatable; what was done is recorded at the end, also after a failure. */
export async function reconcile(
  recorded: Recorded,
  request: RecordRequest,
  ports: Pick<Ports, 'github' | 'log' | 'clock' | 'progress'> & { gate: Gate },
): Promise<Published> {
  const { github, gate, log } = ports;
  const { settings, discovery, reportsOnly } = request;
  if (!github || reportsOnly || !discovery.reconciles || settings.publish === 'none') return nothing;
  const plan = await planChanges({ github, gate, request, recorded }, log);
  const text = renderPlan(plan, gate);
  const published = {
    ...nothing,
    held: plan.changes.filter(({ kind }) => kind === 'hold').length,
    text,
    plan,
    planFiles: [
      { path: 'plan.md', text: `${text}\n` },
      { path: 'plan.json', text: toPlanJson(plan) },
    ],
  };
  if (settings.publish === 'plan') {
    for (const line of text.split('\n').filter(Boolean)) log.info(gate.logLine(line));
    return published;
  }
  const applied = await applyAll(writesAndAdoptions(plan), { github, gate, request, recorded }, ports);
  const links = new Map(applied.done.map(({ change, link }) => [change.finding, link]));
  await recordLinks(applied.done, { github, gate, request, recorded }, ports);
  log.info(`Issues: ${count(applied.done.length, 'change')} applied.`);
  const of = (kind: IssueChange['kind']) => applied.done.filter(({ change }) => change.kind === kind).length;
  return { ...published, created: of('create'), updated: of('update'), links, failure: applied.failure };
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
};

async function planChanges({ github, gate, request, recorded }: Work, log: Log): Promise<IssuePlan> {
  const { findings } = recorded.applied;
  const { discovery, settings, remote } = request;
  const { issues } = recorded;
  const context = {
    gate,
    serverUrl: serverUrlOf(remote),
    repository: remote?.name ?? '',
    commit: discovery.session.commit,
  };
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
      context,
    });
  const first = plan([]);
  // Only a finding that an earlier session had recorded may have an issue whose creation was never answered.
  const fresh = new Set(recorded.applied.fresh);
  const mayBeLost = first.changes.some((change) => change.kind === 'create' && !fresh.has(change.finding));
  const whole = mayBeLost ? plan(await github.issues.listOwn(baseLabel)) : first;
  return explainClosings(whole, { findings, context }, { github, log });
}

function serverUrlOf(remote: RecordRequest['remote']): string {
  return remote ? remote.url.slice(0, -`/${remote.name}`.length) : '';
}

function writesAndAdoptions(plan: IssuePlan): IssueChange[] {
  return plan.changes.filter(({ kind }) => kind !== 'hold' && kind !== 'none');
}

type Done = { change: IssueChange; link: IssueLink };

async function applyAll(
  changes: readonly IssueChange[],
  { github, recorded }: Work,
  { progress, log }: Pick<Ports, 'progress' | 'log'>,
): Promise<{ done: Done[]; failure: string | undefined }> {
  const done: Done[] = [];
  try {
    const names = changes.flatMap((change) => ('written' in change ? change.written.labels : []));
    if (writesOf({ changes }).length > 0) await github.issues.ensureLabels(findLabels(names));
    const known = new Map<string, Finding>(recorded.applied.findings.map((finding) => [finding.id, finding]));
    for (const [index, change] of changes.entries()) {
      progress({ step: 'issues', done: index / changes.length });
      const link = await applyIssueChange(change, known.get(change.finding)?.issue, github.issues);
      if (link) done.push({ change, link });
    }
    return { done, failure: undefined };
  } catch (error) {
    if (!(error instanceof UserError || error instanceof ExternalError)) throw error;
    const hint = error instanceof ExternalError && error.hint ? ` ${error.hint}` : '';
    log.error(`Publishing stopped after ${count(done.length, 'change')}: ${error.message}`);
    return {
      done,
      failure: `Publishing stopped after ${done.length} of ${count(changes.length, 'change')}: ${error.message}${hint}`,
    };
  }
}

/** Issue numbers and what was written there go into the ledger, with a line of audit each. */
async function recordLinks(
  done: readonly Done[],
  { request, recorded }: Work,
  { clock }: Pick<Ports, 'clock'>,
): Promise<void> {
  const { store, session } = recorded;
  if (done.length === 0 || !store) return;
  const links = new Map(done.map(({ change, link }) => [change.finding, link]));
  const audit = done.map(
    ({ change, link }): AuditEntry => ({
      at: isoTime(clock.now()),
      session: session.id,
      action: `${change.kind}-issue`,
      target: `#${link.number}`,
      actor: session.actor ?? session.trigger,
    }),
  );
  await updateLedger(
    store,
    `session ${session.id}: ${count(done.length, 'issue')} written`,
    (ledger) => ({ findings: ledger.findings.map((finding) => withLink(finding, links.get(finding.id))), audit }),
    identityOf(request.remote),
  );
}

/** The finding as the ledger has it once its issue was written. */
export function withLink(finding: Finding, link: IssueLink | undefined): Finding {
  if (!link) return finding;
  return { ...finding, issue: link, state: finding.state === 'detected' ? 'open' : finding.state };
}
