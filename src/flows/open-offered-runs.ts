import type { Configuration } from '../config/schema.ts';
import { renderCommentMark } from '../findings/issue-markers.ts';
import type { LedgerChanges } from '../ledger/ledger.ts';
import { readLedger } from '../ledger/read-ledger.ts';
import type { IssueRuns, Offer } from '../ledger/runs-record.ts';
import { updateLedger } from '../ledger/update-ledger.ts';
import type { Log } from '../lib/log.ts';
import { truncate } from '../lib/text.ts';
import type { SafeText } from '../publishing/safe-text.ts';
import { joinSafe, safe } from '../publishing/safe-text.ts';
import { refuseBranch } from '../runs/branch-name.ts';
import { createProtection } from '../runs/protected-paths.ts';
import { eachApart } from './each-apart.ts';
import { readAllRuns } from './find-run.ts';
import type { GitHub } from './github-ports.ts';
import { judgePushed } from './judge-pushed.ts';
import { openRunPull, type RunPullPlace } from './open-run-pull.ts';
import { identityOf } from './record-session.ts';
import { isOfRuns } from './run-pull-view.ts';

type OfferedPlace = RunPullPlace & {
  github: RunPullPlace['github'] & Pick<GitHub, 'isAhead'>;
  config: Configuration;
  log: Log;
};
type Offered = IssueRuns & { offer: Offer };

/**
 * Opens the pull requests of the runs that were started by the app and have pushed their work: what an app opens starts the repository's checks.
 * Each is looked at again before, on GitHub. It may be repeated, and done by several at once.
 *
 * @throws ExternalError, UserError of the first that failed, once all were looked at.
 */
export async function openOfferedRuns(place: OfferedPlace): Promise<void> {
  const ledger = await readLedger(await place.store.read(), identityOf(place.remote));
  const offered = (await readAllRuns(ledger)).flatMap((runs): Offered[] =>
    runs.offer && runs.asked?.opens === 'app' ? [{ ...runs, offer: runs.offer }] : [],
  );
  await eachApart(
    offered,
    {
      work: (runs) => openOffered(runs, place),
      what: ({ issue }) => `What the run of #${issue} pushed was not offered`,
    },
    place,
  );
}

async function openOffered(runs: Offered, place: OfferedPlace): Promise<void> {
  const why = (await whyNot(runs, place)) ?? (await bring(runs, place));
  if (why !== undefined) {
    await say(runs, [why], place);
    await withdraw(runs, why, place);
    return;
  }
  const { notes } = await openRunPull(runs, place);
  // The pull request itself is seen at the issue, which it names.
  if (notes.length > 0) await say(runs, notes, place);
}

/** Why the work is not offered, in a sentence. */
async function whyNot(runs: Offered, place: OfferedPlace): Promise<string | undefined> {
  const { branch, offer } = runs;
  const { github, gate, config } = place;
  const { branches } = github;
  const { from, commit } = offer;
  const short = commit.slice(0, 7);
  const missing = await whyNotThere(runs, place);
  if (missing !== undefined) return missing;
  if ((await branches.parent(commit)) !== from)
    return `Nothing was done with what the run made: ${short} does not stand on ${from.slice(0, 7)}, which the run began from.`;
  const [refusal] = await judgePushed(await toJudge(runs, place), {
    ...{ branches, gate },
    isProtected: createProtection(config.runs.protectedPaths),
  });
  if (!refusal) return undefined;
  const what = refusal.path === undefined ? '' : ` ${refusal.path}:`;
  if (offer.held) return `${short} was not brought to ${branch}, as it may not leave a sandbox:${what} ${refusal.why}.`;
  return `No pull request was opened, as what was pushed to ${branch} may not leave a sandbox:${what} ${refusal.why}. Look at it, and remove the branch.`;
}

/**
 * Of a pull request that is open, what the run adds to it. Of one that would be opened, all that it would hold, below and above what the run says it
 * pushed: nobody has looked at that yet, and opening it starts the repository's workflows.
 */
async function toJudge(runs: Offered, { github }: OfferedPlace): Promise<Pick<Offer, 'from' | 'commit'>> {
  const { branch, base, offer, pullRequest } = runs;
  const pull = pullRequest && (await github.pullRequests.read(pullRequest.number));
  if (pull && isOfRuns(pull, runs)) return offer;
  const commit = (await github.branches.head(branch)) ?? offer.commit;
  return { from: (await github.branches.fork(base, commit)) ?? offer.from, commit };
}

/** Why the commit is not on its branch, and does not come there. */
async function whyNotThere(runs: Offered, place: OfferedPlace): Promise<string | undefined> {
  const { branch, offer } = runs;
  const { held, from, commit } = offer;
  const { github } = place;
  const head = await github.branches.head(branch);
  if (head === commit || (head !== undefined && (await github.isAhead(commit, head)))) return undefined;
  const short = commit.slice(0, 7);
  if (!held)
    return `No pull request was opened: the branch ${branch} does not hold ${short} any more, which the run pushed.`;
  if (head !== from) return movedOn({ branch, offer });
  const astray = await whyAstray(runs, place);
  return astray === undefined ? undefined : `${short} was not brought to ${branch}, ${astray}`;
}

/**
 * Only the branch of a pull request that is open goes forward, whatever the ledger says of the branch: who may write to the ledger may not write
 * everywhere, and what people closed while the run worked is not to come back as another one.
 */
async function whyAstray(runs: Offered, { github, remote, config }: OfferedPlace): Promise<string | undefined> {
  const { branch, pullRequest } = runs;
  if (refuseBranch(branch, { defaultBranch: remote.defaultBranch, ledger: config.ledger.branch, isProtected: false }))
    return 'which no run works on.';
  const pull = pullRequest && (await github.pullRequests.read(pullRequest.number));
  if (pull && isOfRuns(pull, runs)) return undefined;
  const which = pullRequest ? `#${pullRequest.number}` : 'its pull request';
  return `as ${which} is not open any more: ask for the run again to have it made anew.`;
}

/** A commit that waited for this look comes to its branch now, by the app's token: so the repository's checks start. */
async function bring({ branch, offer }: Offered, { github }: OfferedPlace): Promise<string | undefined> {
  const { held, from, commit } = offer;
  const { branches } = github;
  if (!held || (await branches.head(branch)) !== from) return undefined;
  const brought = await branches.advance(branch, { from, to: commit });
  if (brought === 'advanced') return undefined;
  return brought.obstacle === 'moved' ? movedOn({ branch, offer }) : `Nothing was pushed to ${branch}: ${brought.why}`;
}

function movedOn({ branch, offer: { from, commit } }: Pick<Offered, 'branch' | 'offer'>): string {
  return `${commit.slice(0, 7)} was not brought to ${branch}, which has moved on from ${from.slice(0, 7)} meanwhile: ask for the run again to have it made anew on what is there now.`;
}

function say(
  { issue, offer }: Offered,
  sentences: readonly string[],
  { github, gate }: OfferedPlace,
): Promise<boolean> {
  const mark = renderCommentMark(['run', offer.session, offer.commit], gate);
  const words = sentences.map((sentence): SafeText => gate.inline(sentence));
  return github.issues.comment(issue, safe`${joinSafe(words, safe` `)}\n\n${mark}`, mark);
}

/** What may not be offered came to nothing, whatever its job thought. */
async function withdraw(
  { issue, offer: refused }: Offered,
  why: string,
  { store, remote }: OfferedPlace,
): Promise<void> {
  await updateLedger(
    store,
    `#${issue}: what was pushed is not offered`,
    async (ledger): Promise<LedgerChanges> => {
      const now = await ledger.readRuns(issue);
      if (now?.offer?.commit !== refused.commit) return {};
      const { offer: _, ...rest } = now;
      const attempts = now.attempts.map((attempt) =>
        attempt.session === refused.session
          ? { ...attempt, outcome: 'refused' as const, why: truncate(why, 1900) }
          : attempt,
      );
      return { runs: { ...rest, attempts } };
    },
    identityOf(remote),
  );
}
