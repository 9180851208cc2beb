import { whyEnded } from '../commands/why-ended.ts';
import { readLedger } from '../ledger/read-ledger.ts';
import type { IssueRuns, RunOutcome } from '../ledger/runs-record.ts';
import type { Log } from '../lib/log.ts';
import { labelOfRuns } from '../runs/issue-runs.ts';
import { isEnded } from '../sessions/phases.ts';
import { Session } from '../sessions/session.ts';
import { releaseRun } from './claim-run.ts';
import { eachApart } from './each-apart.ts';
import { endSilentOrder } from './end-silent-order.ts';
import { findRunOfPull, readAllRuns } from './find-run.ts';
import { whyDead } from './find-under-way.ts';
import type { GitHub, RemoteRepository } from './github-ports.ts';
import { keepRunLabel, type LabelPlace } from './keep-run-label.ts';
import type { Ports } from './ports.ts';
import { identityOf } from './record-session.ts';
import { tellFate } from './tell-fate.ts';
import { type OpenPullsPlace, tellOpenPulls } from './tell-open-pulls.ts';
import { type PullFatePlace, tendPull } from './tend-pull.ts';

export type RunsPlace = Omit<LabelPlace, 'github' | 'repositoryId'> & {
  github: Pick<GitHub, 'issues' | 'workflows' | 'comments'>;
  remote: RemoteRepository;
  log: Log;
  /** Where sessions may work as processes of this machine. */
  processes?: Ports['processes'];
};

/**
 * Brings the issues of runs in line with what became of these: one whose machine is gone has failed, and its issue is given back. For whoever is
 * told that a workflow's run ended, for a timer, and for the next session; repeatable. What fails about one issue keeps none of the others.
 *
 * @throws ExternalError, UserError of the first that failed, once all were looked at.
 */
export function tendRuns(place: RunsPlace): Promise<void> {
  return eachOf((all) => all, tendRun, place);
}

/** The same of what became of their pull requests: those that are open, and those that changed lately, as not all may have been done about it. */
export async function tendPulls(place: RunsPlace & PullFatePlace & OpenPullsPlace): Promise<void> {
  await eachOf((all) => all.filter((runs) => mayChange(runs, place.clock.now())).slice(-mostPulls), tendPull, place);
  await tellOpenPulls(place);
}

// Each takes a request.
const mostPulls = 50;
const lately = 14 * 86_400_000;

function mayChange({ pullRequest }: IssueRuns, now: number): boolean {
  if (!pullRequest) return false;
  const { state, since } = pullRequest;
  return state === 'open' || (since !== undefined && now - Date.parse(since) < lately);
}

/** Of the runs that made a pull request. One that none made is somebody else's. */
export async function tendPullOf(number: number, place: PullFatePlace & OpenPullsPlace): Promise<void> {
  const runs = await findRunOfPull(number, await readLedger(await place.store.read(), identityOf(place.remote)));
  if (!runs) return;
  await tendPull(runs, place);
  await tellOpenPulls(place);
}

/**
 * After somebody wrote on an issue or a pull request: where runs worked on it, what their comment is about may have changed it. Where no app is told
 * what becomes of pull requests, it is also looked at.
 */
export async function tendCommented(
  { issue, pullRequest }: { issue: number; pullRequest: boolean },
  place: PullFatePlace & OpenPullsPlace & { told: 'by GitHub' | 'by nobody' },
): Promise<void> {
  const ledger = await readLedger(await place.store.read(), identityOf(place.remote));
  const runs = pullRequest ? await findRunOfPull(issue, ledger) : await ledger.readRuns(issue);
  if (!runs?.pullRequest) return;
  if (place.told === 'by GitHub') return tellFate(runs.issue, place);
  await tendPull(runs, place);
  await tellOpenPulls(place);
}

async function eachOf<Place extends Pick<RunsPlace, 'store' | 'remote' | 'log' | 'gate'>>(
  choose: (all: readonly IssueRuns[]) => readonly IssueRuns[],
  tend: (runs: IssueRuns, place: Place) => Promise<void>,
  place: Place,
): Promise<void> {
  const ledger = await readLedger(await place.store.read(), identityOf(place.remote));
  await eachApart(
    choose(await readAllRuns(ledger)),
    {
      work: (runs) => tend(runs, place),
      what: ({ issue }) => `The runs of #${issue} were not brought up to date`,
    },
    place,
  );
}

/** Of most issues that ever had runs there is nothing to do: nothing is asked for them. */
async function tendRun(runs: IssueRuns, place: RunsPlace): Promise<void> {
  const { issue, asked } = runs;
  const isFreed = await endDead(runs, place);
  if (isFreed || labelOfRuns(runs) !== runs.label)
    await keepRunLabel(issue, { ...place, repositoryId: place.remote.id });
  if (!asked?.order || asked.order.told) return;
  const now = await (await readLedger(await place.store.read(), identityOf(place.remote))).readRuns(issue);
  if (now) await endSilentOrder(now, place);
}

/** Its session's record is closed by the next session, which may have files of it; the issue need not wait for that. */
async function endDead({ issue, claim }: IssueRuns, place: RunsPlace): Promise<boolean> {
  const ended = claim && (await endOfClaim(claim, place));
  if (!claim || !ended) return false;
  const { store, remote } = place;
  await releaseRun({ issue, session: claim.session, ...ended }, { store, repositoryId: remote.id });
  return true;
}

type Ended = { outcome: RunOutcome; why: string };

async function endOfClaim(
  { session: id, until }: NonNullable<IssueRuns['claim']>,
  { store, remote, github, processes, clock }: RunsPlace,
): Promise<Ended | undefined> {
  const ledger = await readLedger(await store.read(), identityOf(remote));
  const found = await ledger.readSession(id, Session);
  const now = clock.now();
  if (!found || !('session' in found))
    return now > Date.parse(until) ? { outcome: 'failed', why: 'Its time was over, and it had not ended.' } : undefined;
  const { session } = found;
  // It waits for people, and not for its machine.
  if (session.phase === 'stopped') return undefined;
  if (isEnded(session.phase)) {
    const { outcome = 'failed', why } = session.issueRun ?? {};
    return { outcome, why: why ?? 'It ended without saying so.' };
  }
  const why = await whyDead(session, now, { github, processes: processes ?? noProcesses });
  return why === undefined ? undefined : endOfDead(session, why, github);
}

/** Who cancels a workflow's run stops what it did: that is no failure. */
async function endOfDead({ runner }: Session, why: string, { workflows }: RunsPlace['github']): Promise<Ended> {
  const run = runner?.kind === 'workflow' ? await workflows.readRun(runner.run) : undefined;
  const told = whyEnded(run?.conclusion);
  if (run?.conclusion === 'cancelled') return { outcome: 'stopped', why: told };
  return { outcome: 'failed', why: run?.conclusion === 'timed_out' ? told : why };
}

/** Of those nothing is known elsewhere: then their deadline decides. */
const noProcesses: Ports['processes'] = { own: { host: '', pid: 0 }, isAlive: () => undefined };
