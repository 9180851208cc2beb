import { z } from 'zod';
import type { CommitRange, RangeCommit } from '../../findings/commit-range.ts';
import { truncate } from '../../lib/text.ts';
import type { Client } from './client.ts';
import { understandFailure } from './failure.ts';

const Commit = z.object({
  sha: z.string().regex(/^[0-9a-f]{40,64}$/),
  commit: z.object({ message: z.string() }),
  // An author whom GitHub does not know is null, or an empty object.
  author: z.object({ login: z.string().optional() }).nullish(),
});
const Comparison = z.object({
  total_commits: z.number().int().nonnegative(),
  commits: z.array(Commit),
  files: z.array(z.object({ filename: z.string(), previous_filename: z.string().optional() })).default([]),
});

const mostCommits = 10;
const longestTitle = 200;

/** The commits from `base` to `head`; `undefined` where GitHub does not have one of them (any more). */
export function readCommitsBetween(
  client: Client,
  { base, head, path }: { base: string; head: string; path: string | undefined },
): Promise<CommitRange | undefined> {
  const { owner, repo } = client.place;
  const attempt = { doing: 'compare two commits', permission: 'contents: read' };
  return client.attempt(attempt, async (octokit) => {
    try {
      // Without a page: up to 250 commits, and the files. With one there are fewer.
      const compare = { owner, repo, basehead: `${base}...${head}` };
      const { total_commits, commits, files } = Comparison.parse(
        (await octokit.rest.repos.compareCommitsWithBasehead(compare)).data,
      );
      const isTouched = files.some(({ filename, previous_filename }) => [filename, previous_filename].includes(path));
      const touching = path !== undefined && isTouched ? await shasTouching(client, { head, path }) : new Set<string>();
      const newestFirst = commits.map((commit) => toRangeCommit(commit, touching)).reverse();
      const ordered = [
        ...newestFirst.filter(({ touches }) => touches),
        ...newestFirst.filter(({ touches }) => !touches),
      ];
      return { base, head, total: Math.max(total_commits, commits.length), commits: ordered.slice(0, mostCommits) };
    } catch (error) {
      if (understandFailure(error)?.status === 404) return undefined;
      throw error;
    }
  });
}

async function shasTouching(client: Client, { head, path }: { head: string; path: string }): Promise<Set<string>> {
  const { owner, repo } = client.place;
  const octokit = await client.octokit();
  const { data } = await octokit.rest.repos.listCommits({ owner, repo, sha: head, path, per_page: 100 });
  return new Set(
    z
      .array(Commit.pick({ sha: true }))
      .parse(data)
      .map(({ sha }) => sha),
  );
}

function toRangeCommit({ sha, commit, author }: z.infer<typeof Commit>, touching: ReadonlySet<string>): RangeCommit {
  const [title = ''] = commit.message.split('\n', 1);
  return { sha, title: truncate(title.trim(), longestTitle), author: author?.login, touches: touching.has(sha) };
}
