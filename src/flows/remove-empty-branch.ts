import type { LedgerChanges } from '../ledger/ledger.ts';
import { readLedger } from '../ledger/read-ledger.ts';
import type { IssueRuns } from '../ledger/runs-record.ts';
import type { Store } from '../ledger/store.ts';
import { updateLedger } from '../ledger/update-ledger.ts';
import { ExternalError, messageOf } from '../lib/errors.ts';
import type { Log } from '../lib/log.ts';
import type { Gate } from '../publishing/gate.ts';
import { auditLine } from './audit-line.ts';
import type { GitHub, RemoteRepository } from './github-ports.ts';
import type { Ports } from './ports.ts';
import { identityOf } from './record-session.ts';

type BranchPlace = {
  github: Pick<GitHub, 'branches' | 'pullRequests' | 'isAhead'>;
  store: Store;
  remote: RemoteRepository;
  clock: Ports['clock'];
  log: Log;
  gate: Gate;
};

/**
 * Takes away the branch that was made for a run which pushes nothing, as long as it holds nothing that its base does not have: nobody wants to find
 * an empty one at the issue. Whoever runs the issue has to hold it still; the next run makes the branch anew.
 */
export async function removeEmptyBranch(issue: number, session: string, place: BranchPlace): Promise<void> {
  const { github, store, remote, clock, log, gate } = place;
  try {
    const runs = await (await readLedger(await store.read(), identityOf(remote))).readRuns(issue);
    const head = runs && (await findEmpty(runs, place));
    if (!runs || head === undefined) return;
    const { branch } = runs;
    if ((await github.branches.remove(branch, head)) !== 'removed') return;
    const audit = [auditLine({ action: 'remove-branch', target: branch }, { session, actor: 'courier' }, clock)];
    await updateLedger(
      store,
      `#${issue}: its branch held nothing`,
      async (ledger): Promise<LedgerChanges> => {
        const now = await ledger.readRuns(issue);
        return now?.branch === branch ? { runs: { ...now, made: false, linked: false }, audit } : {};
      },
      identityOf(remote),
    );
  } catch (error) {
    if (!(error instanceof ExternalError)) throw error;
    log.warn(`The empty branch of #${issue} was not removed: ${gate.logLine(messageOf(error))}`);
  }
}

/** @returns its head. */
async function findEmpty(runs: IssueRuns, { github }: BranchPlace): Promise<string | undefined> {
  const { branches, pullRequests } = github;
  const { branch, base, made, pullRequest, offer, attempts } = runs;
  if (!made || pullRequest || offer || attempts.some(({ commit }) => commit !== undefined)) return undefined;
  const [head, onto] = await Promise.all([branches.head(branch), branches.head(base)]);
  if (head === undefined || onto === undefined) return undefined;
  if (head !== onto && !(await github.isAhead(head, onto))) return undefined;
  return (await pullRequests.listFrom(branch)).length === 0 ? head : undefined;
}
