import { roleNeeded } from '../commands/authorise.ts';
import { parseCommands } from '../commands/parse-commands.ts';
import { isAtLeast } from '../events/role.ts';
import type { IssueRuns } from '../ledger/runs-record.ts';
import type { PullView } from '../runs/continue-runs.ts';
import { lookUp } from './follow-command.ts';
import type { OrderDesk } from './order-run.ts';
import type { PullRequestSnapshot, ReviewSnapshot } from './pull-request-ports.ts';

export type ViewDesk = Pick<OrderDesk, 'config' | 'workflow'> & {
  github: Pick<OrderDesk['github'], 'pullRequests' | 'comments' | 'checks' | 'branches' | 'roleOf' | 'self'>;
};

export type LookedAt = {
  view: PullView;
  /** Who wrote the newest of these reviews. */
  requestedBy(reviews: readonly number[]): string | undefined;
};

/**
 * What people and checks have to say about the pull request of an issue's runs, as it is now. `undefined` where it is no matter of Courier's: closed,
 * from a fork, of another branch.
 */
export async function lookAtPull(runs: IssueRuns, desk: ViewDesk): Promise<LookedAt | undefined> {
  const pull = runs.pullRequest && (await desk.github.pullRequests.read(runs.pullRequest.number));
  if (!pull || !isOfRuns(pull, runs)) return undefined;
  const { commit } = pull.head;
  const requests = await readRequests(pull.number, desk);
  const isHeeded = runs.heeded?.commits.includes(commit) ?? false;
  const checks = isHeeded ? undefined : await desk.github.checks.ofOthers(commit, desk.workflow);
  const failed = checks?.settled ? checks.failed.map(({ name }) => name) : undefined;
  // Only asked for where it matters.
  const isTrusted = requests.length + (failed?.length ?? 0) > 0 && (await isPushedByTrusted(commit, runs, desk));
  return {
    view: { commit, isTrusted, requests: requests.map(({ id, at }) => ({ id, at })), failed },
    requestedBy: (ids) => requests.findLast(({ id }) => ids.includes(id))?.author,
  };
}

export function isOfRuns({ isOpen, head }: PullRequestSnapshot, { branch }: IssueRuns): boolean {
  return isOpen && head.own && head.branch === branch;
}

/** The oldest first: of each person who may ask for runs, the last review that says yes or no, where it asks for changes. */
export async function readRequests(
  pullRequest: number,
  desk: Pick<ViewDesk, 'config'> & {
    github: Pick<ViewDesk['github'], 'pullRequests' | 'comments' | 'roleOf' | 'self'>;
  },
): Promise<ReviewSnapshot[]> {
  const { github, config } = desk;
  const self = (await github.self()).toLowerCase();
  const last = new Map<string, ReviewSnapshot>();
  for (const review of await github.pullRequests.reviews(pullRequest)) {
    const isWord = review.state !== 'commented' && review.state !== 'pending';
    if (isWord && review.by === 'person' && review.author && review.author.toLowerCase() !== self)
      last.set(review.author.toLowerCase(), review);
  }
  const asking = [...last.values()].filter(({ state }) => state === 'changes-requested');
  const needed = roleNeeded('run', config.permissions);
  const may = await Promise.all(
    asking.map(async ({ author = '' }) => {
      const standing = await lookUp(author, { github });
      return 'role' in standing && isAtLeast(standing.role, needed);
    }),
  );
  const permitted = asking.filter((_, index) => may[index]);
  if (permitted.length === 0) return [];
  const commanding = await readCommanding(pullRequest, permitted, github);
  return permitted
    .filter((review) => !commanding(review))
    .toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at) || a.id - b.id);
}

const runs: ReadonlySet<string> = new Set(['run', 'retry']);

/** Whoever says with a command what is to be done gets that, and nothing besides. */
async function readCommanding(
  pullRequest: number,
  reviews: readonly ReviewSnapshot[],
  { comments }: Pick<ViewDesk['github'], 'comments'>,
): Promise<(review: ReviewSnapshot) => boolean> {
  const since = reviews.map(({ at }) => at).toSorted()[0] ?? '';
  const said = await comments.listReviewed(pullRequest, since);
  const holding = said.filter(({ body }) =>
    parseCommands(body).some((line) => 'command' in line && runs.has(line.command.verb)),
  );
  return ({ author, at }) =>
    holding.some((comment) => comment.author === author && Date.parse(comment.createdAt) === Date.parse(at));
}

async function isPushedByTrusted(commit: string, { branch, attempts }: IssueRuns, desk: ViewDesk): Promise<boolean> {
  if (attempts.some((attempt) => attempt.commit === commit)) return true;
  const { github, config } = desk;
  const pusher = await github.branches.pusher(branch, commit);
  if (!pusher) return false;
  if (pusher.login.toLowerCase() === (await github.self()).toLowerCase()) return true;
  if (pusher.by !== 'person') return false;
  const standing = await lookUp(pusher.login, { github });
  return 'role' in standing && isAtLeast(standing.role, roleNeeded('run', config.permissions));
}
