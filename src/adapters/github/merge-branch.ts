import { z } from 'zod';
import type { Branches } from '../../flows/pull-request-ports.ts';
import { moveBranch, readBranchHead } from './branch-head.ts';
import type { Client } from './client.ts';
import { understandFailure } from './failure.ts';

const Merged = z.object({ sha: z.string() });
const Compared = z.object({ status: z.string() });
const Activities = z.array(
  z.object({
    after: z.string(),
    actor: z.object({ login: z.string(), type: z.string().optional() }).nullish(),
  }),
);

/** What GitHub refuses is thrown, as it came. A branch that holds nothing of its own goes forward, so that it gets no merge. */
export async function mergeInto(client: Client, branch: string, from: string): Promise<{ head: string }> {
  const { owner, repo } = client.place;
  const octokit = await client.octokit();
  const [head = '', other = ''] = await Promise.all([readBranchHead(client, branch), readBranchHead(client, from)]);
  const basehead = `${head}...${other}`;
  const { data } = await octokit.rest.repos.compareCommitsWithBasehead({ owner, repo, basehead, per_page: 1 });
  const { status } = Compared.parse(data);
  if (status === 'identical' || status === 'behind') return { head };
  if (status === 'ahead') {
    await moveBranch(client, { branch, from: head, to: other });
    return { head: other };
  }
  const { data: merged } = await octokit.rest.repos.merge({ owner, repo, base: branch, head: other });
  // Without one it was there already: somebody else was faster.
  return { head: Merged.safeParse(merged).data?.sha ?? (await readBranchHead(client, branch)) ?? head };
}

export function readPusher(client: Client, branch: string, commit: string): ReturnType<Branches['pusher']> {
  const { owner, repo } = client.place;
  return client.attempt({ doing: `read who pushed to ${branch}`, permission: 'contents: read' }, async (octokit) => {
    try {
      const query = { owner, repo, ref: `refs/heads/${branch}`, per_page: 100 };
      const { data } = await octokit.rest.repos.listActivities(query);
      const actor = Activities.parse(data).find(({ after }) => after === commit)?.actor;
      if (!actor) return undefined;
      return { login: actor.login, by: actor.type === 'User' && !actor.login.endsWith('[bot]') ? 'person' : 'app' };
    } catch (error) {
      // An older GitHub Enterprise Server has no such list.
      if (understandFailure(error)?.status === 404) return undefined;
      throw error;
    }
  });
}
