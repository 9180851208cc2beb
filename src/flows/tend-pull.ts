import { renderRequest } from '../events/request.ts';
import { canProve, isToProve } from '../findings/repair.ts';
import type { Ledger, LedgerChanges } from '../ledger/ledger.ts';
import type { IssueRuns } from '../ledger/runs-record.ts';
import type { Store } from '../ledger/store.ts';
import { updateLedger } from '../ledger/update-ledger.ts';
import { type Clock, isoTime } from '../lib/clock.ts';
import { randomBase32 } from '../lib/hash.ts';
import { isDelivered, type SeenPull, toVerify, withFate } from '../runs/pull-fate.ts';
import type { GitHub, RemoteRepository } from './github-ports.ts';
import { identityOf } from './record-session.ts';
import { type FatePlace, tellFate } from './tell-fate.ts';

type RecordPlace = {
  github: Pick<GitHub, 'issues' | 'pullRequests'>;
  store: Store;
  remote: RemoteRepository;
  clock: Clock;
};

export type PullFatePlace = FatePlace & {
  github: FatePlace['github'] & Pick<GitHub, 'pullRequests' | 'workflows'>;
  /** The file's name below `.github/workflows`; absent: whoever looks is about to scan, or nobody can be started. */
  workflow?: string | undefined;
};

/**
 * Reads what became of the pull request of an issue's runs, and does what follows: the record says so; merged, its finding is to be shown to be gone,
 * which is begun at once where a workflow can be started; closed, the issue asks why. It may be repeated, and events may come in any order.
 */
export async function tendPull({ issue, pullRequest }: IssueRuns, place: PullFatePlace): Promise<void> {
  if (!pullRequest) return;
  // What is merged stays so.
  if (pullRequest.state !== 'merged') await recordFate(issue, pullRequest.number, place);
  await startVerifying(issue, place);
  await tellFate(issue, place);
}

/**
 * Puts on record what GitHub says of it now. It is asked again where somebody else wrote meanwhile, so that what was read earlier never takes the
 * place of what was read later.
 */
export async function recordFate(issue: number, number: number, place: RecordPlace): Promise<void> {
  // Who reads it after this one, and before what this one writes, finds that the record says what is: whoever writes looks again.
  for (let look = 0; look < mostLooks; look++) if (!(await recordSeen(issue, number, place))) return;
}

const mostLooks = 10;

/** @returns whether anything was written. */
async function recordSeen(issue: number, number: number, place: RecordPlace): Promise<boolean> {
  const { store, remote, clock, github } = place;
  const at = isoTime(clock.now());
  let title: string | undefined;
  const { written } = await updateLedger(
    store,
    `#${issue}: what became of #${number}`,
    async (ledger): Promise<LedgerChanges> => {
      const before = await ledger.readRuns(issue);
      const pull = before?.pullRequest?.number === number ? await github.pullRequests.read(number) : undefined;
      if (!before || !pull) return {};
      if (isNews(before, pull)) title ??= (await github.issues.read([issue])).get(issue)?.title;
      return decideFate(before, { pull, ledger, remote, at, title: title ?? `Issue ${issue}` });
    },
    identityOf(remote),
  );
  return written;
}

function isNews(before: IssueRuns, pull: SeenPull): boolean {
  return withFate(before, pull, { at: '', title: '' }) !== before;
}

type Seen = { pull: SeenPull; ledger: Ledger; remote: RemoteRepository; at: string; title: string };

function decideFate(before: IssueRuns, { pull, ledger, remote, at, title }: Seen): LedgerChanges {
  const runs = withFate(before, pull, { at, title });
  const { pullRequest: known, issue } = runs;
  const findings = known && isDelivered(known, remote) ? toVerify(ledger.findings, runs) : [];
  if (runs === before) return findings.length === 0 ? {} : { findings };
  const target = `#${issue}: #${pull.number} ${known?.state ?? ''}`;
  const audit = { at, session: 'runs', actor: pull.merged?.by ?? 'github', action: 'see-pull-request', target };
  return { runs, findings, audit: [audit] };
}

/** By one process, and once; where it cannot be started, the next scan looks. */
async function startVerifying(issue: number, place: PullFatePlace): Promise<void> {
  const { workflow, github, store, remote, clock } = place;
  if (workflow === undefined) return;
  // Two that claim it in the same second would write the very same commit, and both believe that it is theirs.
  const holder = randomBase32(12);
  const { decided } = await updateLedger(
    store,
    `#${issue}: whether it is gone is looked at`,
    async (ledger): Promise<LedgerChanges & { isMine?: true }> => {
      const runs = await ledger.readRuns(issue);
      if (!runs?.pullRequest || runs.pullRequest.verifying || !isDue(runs, ledger)) return {};
      const pullRequest = { ...runs.pullRequest, verifying: { holder, at: isoTime(clock.now()) } };
      return { runs: { ...runs, pullRequest }, isMine: true };
    },
    identityOf(remote),
  );
  if (!decided.isMine) return;
  const request = renderRequest({ version: 1, kind: 'verify', issue });
  const started = await github.workflows
    .dispatch(workflow, { branch: remote.defaultBranch, request })
    .catch(async (error: unknown) => {
      await remember(issue, undefined, place);
      throw error;
    });
  const run = 'missing' in started ? undefined : started.run;
  if ('missing' in started || run !== undefined) await remember(issue, run, place);
}

function isDue({ issue, pullRequest }: IssueRuns, { findings }: Ledger): boolean {
  return findings.some(
    (finding) =>
      finding.issue?.number === issue &&
      finding.repair?.pullRequest === pullRequest?.number &&
      isToProve(finding) &&
      canProve(finding),
  );
}

/** `run`: that of the workflow; absent: none was started. */
async function remember(issue: number, run: number | undefined, { store, remote }: PullFatePlace): Promise<void> {
  await updateLedger(
    store,
    `#${issue}: ${run === undefined ? 'nothing was started' : `run ${run} looks whether it is gone`}`,
    async (ledger): Promise<LedgerChanges> => {
      const runs = await ledger.readRuns(issue);
      if (!runs?.pullRequest) return {};
      const { verifying: known, ...pull } = runs.pullRequest;
      const verifying = run === undefined || !known ? {} : { verifying: { ...known, run } };
      return { runs: { ...runs, pullRequest: { ...pull, ...verifying } } };
    },
    identityOf(remote),
  );
}
