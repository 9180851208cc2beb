import { findAdoptable } from '../dashboard/plan-dashboard.ts';
import { replaceManagedBlock } from '../findings/issue-markers.ts';
import { baseLabel, findLabels } from '../findings/labels.ts';
import type { DashboardRecord } from '../ledger/dashboard-record.ts';
import type { LedgerChanges } from '../ledger/ledger.ts';
import { readLedger } from '../ledger/read-ledger.ts';
import type { Store } from '../ledger/store.ts';
import { updateLedger } from '../ledger/update-ledger.ts';
import { isoTime } from '../lib/clock.ts';
import { UserError } from '../lib/errors.ts';
import { randomBase32 } from '../lib/hash.ts';
import { safe } from '../publishing/safe-text.ts';
import { configurationFile, readSetupState, renderSetup, type SetupState } from '../setup/render-setup.ts';
import type { RemoteRepository } from './github-ports.ts';
import type { CommentsPorts } from './handle-comments.ts';
import { identityOf } from './record-session.ts';

export type SetupPorts = Pick<CommentsPorts, 'github' | 'gate' | 'clock' | 'config'> & {
  /** File name, below `.github/workflows/`. */
  workflow: string;
};

type Work = SetupPorts & { remote: RemoteRepository; head: string; store: Store; state: SetupState };

/**
 * Explains once, in the issue that becomes the dashboard, what a repository without the workflow needs; and keeps that up to date until it is the
 * dashboard. Nothing is written where there is nothing to say; closed, locked or deleted it is left alone.
 */
export async function keepSetup(ports: SetupPorts): Promise<void> {
  const { github, config, workflow } = ports;
  const remote = await github.repository();
  const head = remote.defaultHead;
  // An empty repository has no branch to put files on.
  if (head === undefined || !config.dashboard) return;
  const isThere = async (path: string) => (await github.readFile(path, head)) !== undefined;
  const state = {
    workflow: await isThere(`.github/workflows/${workflow}`),
    configuration: await isThere(configurationFile),
  };
  const store = github.ledger(config.ledger.branch);
  const { dashboard } = await readLedger(await store.read(), identityOf(remote));
  const work = { ...ports, remote, head, store, state };
  if (dashboard?.issue) await update(dashboard.issue.number, work);
  else if (!state.workflow) await create(work);
}

async function update(number: number, work: Work): Promise<void> {
  const { github, gate, state } = work;
  const issue = (await github.issues.read([number])).get(number);
  if (!issue || issue.state === 'closed' || issue.locked) return;
  const told = readSetupState(issue.body);
  if (!told || (told.workflow === state.workflow && told.configuration === state.configuration)) return;
  await github.issues.update(number, { body: replaceManagedBlock(issue.body, await render(work), gate) });
}

async function render({ remote, head, github, state, workflow, gate }: Work) {
  const { name: repository, url, defaultBranch } = remote;
  const root = await github.root(head);
  const hasManifest = root.files.includes('package.json');
  const packageManifest = (hasManifest ? await github.readFile('package.json', head) : undefined) ?? '{}';
  const facts = { ...root, packageManifest };
  return renderSetup({ state, repository, url, defaultBranch, workflow, facts }, gate);
}

// Whoever claimed the creation and is silent for as long has died.
const claimLasts = 15 * 60_000;

/** One creates it, of however many replicas: the one whose claim the ledger took. */
async function create(work: Work): Promise<void> {
  const holder = `setup-${randomBase32(12)}`;
  const claimed = await claim(holder, work).catch(unlessForbidden);
  if (claimed === 'forbidden') return void (await createOrFind(work));
  if (!claimed) return;
  try {
    await createClaimed(holder, work);
  } catch (error) {
    // The next one need not wait: whether the issue was made shows in the list of our own.
    await record(holder, undefined, work);
    throw error;
  }
}

/** Rules of the repository may forbid the ledger's branch: what to do about it is told with the first command. */
function unlessForbidden(error: unknown): 'forbidden' {
  if (error instanceof UserError) return 'forbidden';
  throw error;
}

async function claim(holder: string, { store, clock, remote }: Work): Promise<boolean> {
  const now = clock.now();
  const { decided } = await updateLedger(
    store,
    'setup: claimed',
    ({ dashboard = fresh }): LedgerChanges & { mine: boolean } => {
      const isTaken = dashboard.claim !== undefined && now - Date.parse(dashboard.claim.at) < claimLasts;
      if (dashboard.issue || isTaken) return { mine: false };
      return { mine: true, dashboard: { ...dashboard, claim: { session: holder, at: isoTime(now) } } };
    },
    identityOf(remote),
  );
  return decided.mine;
}

const fresh: DashboardRecord = { version: 1, sessions: [] };

async function createClaimed(holder: string, work: Work): Promise<void> {
  const { issue, isNew } = await createOrFind(work);
  const kept = await record(holder, issue, work);
  // Somebody thought that this one was dead, and was faster.
  if (isNew && kept !== issue.number)
    await work.github.issues.update(issue.number, { state: { to: 'closed', reason: 'not_planned' } });
}

/** One of our own that is there already, by its marker, is brought up to date and stands for a new one. */
async function createOrFind(work: Work): Promise<{ issue: { number: number; url: string }; isNew: boolean }> {
  const { github, gate } = work;
  const known = findAdoptable(await github.issues.listOwn(baseLabel));
  if (known) {
    await update(known.number, work);
    return { issue: known, isNew: false };
  }
  await github.issues.ensureLabels(findLabels([baseLabel]));
  const issue = await github.issues.create({
    title: safe`Courier dashboard`,
    body: await render(work),
    labels: [gate.label(baseLabel)],
    assignees: [],
  });
  return { issue, isNew: true };
}

/** @returns the number that the ledger holds then. */
async function record(
  holder: string,
  issue: { number: number; url: string } | undefined,
  { store, clock, remote }: Work,
): Promise<number | undefined> {
  const { decided } = await updateLedger(
    store,
    'setup: issue',
    ({ dashboard = fresh }): LedgerChanges & { number: number | undefined } => {
      const { claim: held, ...rest } = dashboard;
      const claimed = held && held.session !== holder ? { claim: held } : {};
      if (rest.issue || !issue) return { number: rest.issue?.number, dashboard: { ...rest, ...claimed } };
      const { number, url } = issue;
      const written = { action: 'create-dashboard', target: `#${number}`, actor: 'installation' };
      const audit = [{ ...written, at: isoTime(clock.now()), session: 'setup' }];
      return { number, audit, dashboard: { ...rest, ...claimed, issue: { number, url } } };
    },
    identityOf(remote),
  );
  return decided.number;
}
