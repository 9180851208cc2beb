import { z } from 'zod';
import type { Obstacle, PullRequestSnapshot, PullRequests, ReviewSnapshot } from '../../flows/pull-request-ports.ts';
import type { Client } from './client.ts';
import { understandFailure } from './failure.ts';
import { toObstacle } from './obstacle.ts';

const User = z.object({ login: z.string(), type: z.string().optional() }).nullish();
const Side = z.object({ ref: z.string(), sha: z.string(), repo: z.object({ full_name: z.string() }).nullish() });
const Pull = z.object({
  number: z.number().int().positive(),
  html_url: z.string(),
  title: z.string(),
  body: z.string().nullish(),
  state: z.string(),
  draft: z.boolean().default(false),
  user: User,
  head: Side,
  base: z.object({ ref: z.string() }),
  merged_at: z.string().nullish(),
  merged_by: User,
  merge_commit_sha: z.string().nullish(),
});
const Review = z.object({
  id: z.number().int().positive(),
  user: User,
  body: z.string().nullish(),
  state: z.string(),
  commit_id: z.string().nullish(),
  submitted_at: z.string().nullish(),
  html_url: z.string(),
});

const isPerson = (user: z.infer<typeof User>) => user?.type === 'User' && !user.login.endsWith('[bot]');

function toPull({ owner, repo }: Client['place'], value: unknown): PullRequestSnapshot {
  const pull = Pull.parse(value);
  const { head, merged_at: at, merged_by: by, merge_commit_sha: commit } = pull;
  return {
    number: pull.number,
    url: pull.html_url,
    title: pull.title,
    body: pull.body ?? '',
    isOpen: pull.state === 'open',
    isDraft: pull.draft,
    author: pull.user?.login,
    head: {
      branch: head.ref,
      commit: head.sha,
      own: head.repo?.full_name.toLowerCase() === `${owner}/${repo}`.toLowerCase(),
    },
    base: pull.base.ref,
    // Until it is merged, GitHub names a commit there that it only tries.
    merged: at && commit ? { commit, at, by: by?.login, byPerson: isPerson(by) } : undefined,
  };
}

const states: Readonly<Record<string, ReviewSnapshot['state']>> = {
  APPROVED: 'approved',
  CHANGES_REQUESTED: 'changes-requested',
  DISMISSED: 'dismissed',
  PENDING: 'pending',
};

function toReview(value: unknown): ReviewSnapshot {
  const review = Review.parse(value);
  return {
    id: review.id,
    author: review.user?.login,
    by: isPerson(review.user) ? 'person' : 'app',
    // A state that is not known approves nothing.
    state: states[review.state.toUpperCase()] ?? 'commented',
    commit: review.commit_id ?? undefined,
    body: review.body ?? '',
    at: review.submitted_at ?? '',
    url: review.html_url,
  };
}

const permission = 'pull-requests: write';

export function createPullRequests(client: Client): PullRequests {
  const { owner, repo } = client.place;
  const reading = (number: number) => ({ doing: `read pull request #${number}`, permission: 'pull-requests: read' });

  async function orObstacle<Result>(doing: string, work: () => Promise<Result>): Promise<Result | Obstacle> {
    try {
      return await work();
    } catch (error) {
      const obstacle = toObstacle(error, { doing, permission }, client);
      if (obstacle) return obstacle;
      throw error;
    }
  }

  return {
    read: (pull_number) =>
      client.attempt(reading(pull_number), async (octokit) => {
        try {
          return toPull(client.place, (await octokit.rest.pulls.get({ owner, repo, pull_number })).data);
        } catch (error) {
          if (understandFailure(error)?.status === 404) return undefined;
          throw error;
        }
      }),
    listFrom: (branch) =>
      client.attempt({ doing: 'list pull requests', permission: 'pull-requests: read' }, async (octokit) => {
        const query = { owner, repo, head: `${owner}:${branch}`, state: 'all', per_page: 100 } as const;
        const { data } = await octokit.rest.pulls.list(query);
        // Without a filter that GitHub understands it lists all: also those of forks, whose owner may have this one's name.
        const found = data.map((value) => toPull(client.place, value));
        return found.filter(({ head }) => head.own && head.branch === branch).sort((a, b) => b.number - a.number);
      }),
    create: (pull) =>
      client.attempt({ doing: 'make a pull request', permission }, (octokit) =>
        orObstacle('make a pull request', async () => {
          const { number, html_url } = (await octokit.rest.pulls.create({ owner, repo, ...pull })).data;
          return { number, url: html_url };
        }),
      ),
    update: (pull_number, change) =>
      client.attempt({ doing: `change pull request #${pull_number}`, permission }, (octokit) =>
        orObstacle<'updated'>(`change pull request #${pull_number}`, async () => {
          await octokit.rest.pulls.update({ owner, repo, pull_number, ...change });
          return 'updated';
        }),
      ),
    reviews: (pull_number) =>
      client.attempt(reading(pull_number), async (octokit) => {
        const query = { owner, repo, pull_number, per_page: 100 };
        return (await octokit.paginate(octokit.rest.pulls.listReviews, query)).map(toReview);
      }),
  };
}
