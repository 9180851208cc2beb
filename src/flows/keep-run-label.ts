import { findLabels } from '../findings/labels.ts';
import type { LedgerChanges } from '../ledger/ledger.ts';
import { readLedger } from '../ledger/read-ledger.ts';
import type { IssueRuns, RunLabel } from '../ledger/runs-record.ts';
import type { Store } from '../ledger/store.ts';
import { updateLedger } from '../ledger/update-ledger.ts';
import type { Clock } from '../lib/clock.ts';
import { ExternalError, messageOf, UserError } from '../lib/errors.ts';
import type { Log } from '../lib/log.ts';
import type { Gate } from '../publishing/gate.ts';
import { labelOfRuns } from '../runs/issue-runs.ts';
import { planRunLabel } from '../runs/plan-run-label.ts';
import { auditLine } from './audit-line.ts';
import type { GitHub } from './github-ports.ts';

export type LabelPlace = {
  github: Pick<GitHub, 'issues'>;
  store: Store;
  repositoryId: string;
  gate: Gate;
  clock: Clock;
};

// A run may begin or end while the label is written: whoever writes looks again.
const mostRounds = 5;

/**
 * Brings the label of an issue (`courier: running` …) in line with its runs. It may be called at any time, by anybody, as often as one likes;
 * nothing is looked at where nothing changed. Whoever begins or ends a run does so, and whoever finds that one died.
 */
export async function keepRunLabel(issue: number, place: LabelPlace): Promise<void> {
  for (let round = 0; round < mostRounds; round++) {
    const runs = await readRuns(issue, place);
    const wanted = runs && labelOfRuns(runs);
    if (!runs || wanted === runs.label) return;
    await write(issue, { wanted, before: runs.label }, place);
  }
}

/** The same where it must not undo what was done: the next one to look at the runs does it. */
export async function keepRunLabelOrLog(issue: number, place: LabelPlace & { log: Log }): Promise<void> {
  try {
    await keepRunLabel(issue, place);
  } catch (error) {
    if (!(error instanceof ExternalError || error instanceof UserError)) throw error;
    place.log.warn(`The label of #${issue} is left for later: ${place.gate.logLine(messageOf(error))}`);
  }
}

async function readRuns(issue: number, { store, repositoryId }: LabelPlace): Promise<IssueRuns | undefined> {
  return (await readLedger(await store.read(), { repositoryId })).readRuns(issue);
}

/** The issue first: where that is cut short, the record still says that there is something to do. */
async function write(
  issue: number,
  { wanted, before }: { wanted: RunLabel | undefined; before: RunLabel | undefined },
  { github, store, repositoryId, gate, clock }: LabelPlace,
): Promise<void> {
  const snapshot = (await github.issues.read([issue])).get(issue);
  const { add, remove } = snapshot ? planRunLabel({ wanted, before }, snapshot) : { add: [], remove: [] };
  if (add.length > 0) await github.issues.ensureLabels(findLabels(add));
  if (add.length + remove.length > 0) {
    const [addLabels, removeLabels] = [add, remove].map((names) => names.map((name) => gate.label(name)));
    await github.issues.update(issue, { ...(addLabels && { addLabels }), ...(removeLabels && { removeLabels }) });
  }
  const told = [...add.map((label) => `+${label}`), ...remove.map((label) => `-${label}`)];
  const by = { session: 'runs', actor: 'courier' };
  const target = `#${issue} ${told.join(' ')}`;
  const audit = told.length > 0 ? [auditLine({ action: 'label-issue', target }, by, clock)] : [];
  await updateLedger(
    store,
    `#${issue}: its label follows its runs`,
    async (ledger): Promise<LedgerChanges> => {
      const now = await ledger.readRuns(issue);
      if (!now) return {};
      const { label: _, ...rest } = now;
      return { runs: wanted === undefined ? rest : { ...rest, label: wanted }, audit };
    },
    { repositoryId },
  );
}
