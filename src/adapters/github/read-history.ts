import { z } from 'zod';
import type { Client } from './client.ts';
import { understandFailure } from './failure.ts';

const Commits = z.array(z.object({ sha: z.string() }));
const Comparison = z.object({ status: z.string(), merge_base_commit: z.object({ sha: z.string() }) });

/** The newest commit of a branch at a time, by the committers' dates; `undefined` where there was none yet. */
export function readHeadAt(client: Client, branch: string, time: string): Promise<string | undefined> {
  const { owner, repo } = client.place;
  const attempt = { doing: `read the history of ${branch}`, permission: 'contents: read' };
  return client.attempt(attempt, async (octokit) => {
    const query = { owner, repo, sha: branch, until: time, per_page: 1 };
    try {
      return Commits.parse((await octokit.rest.repos.listCommits(query)).data)[0]?.sha;
    } catch (error) {
      const status = understandFailure(error)?.status;
      // No such branch, or no commit at all.
      if (status === 404 || status === 409) return undefined;
      throw error;
    }
  });
}

/** Whether `commit` comes after `base` in the history; false where one of them is not there (any more). */
export async function isAhead(client: Client, base: string, commit: string): Promise<boolean> {
  return (await compare(client, base, commit))?.status === 'ahead';
}

/** The newest commit that two have in common; `undefined` where there is none, or one of them is not there (any more). */
export async function readFork(client: Client, base: string, commit: string): Promise<string | undefined> {
  return (await compare(client, base, commit))?.merge_base_commit.sha;
}

function compare(client: Client, base: string, commit: string): Promise<z.infer<typeof Comparison> | undefined> {
  const { owner, repo } = client.place;
  const attempt = { doing: `compare ${base.slice(0, 40)} with ${commit.slice(0, 7)}`, permission: 'contents: read' };
  return client.attempt(attempt, async (octokit) => {
    // Of the commits between them none is needed.
    const query = { owner, repo, basehead: `${base}...${commit}`, per_page: 1 };
    try {
      const { data } = await octokit.rest.repos.compareCommitsWithBasehead(query);
      return Comparison.parse(data);
    } catch (error) {
      if (understandFailure(error)?.status === 404) return undefined;
      throw error;
    }
  });
}
