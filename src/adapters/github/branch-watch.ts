import type { Octokit } from '@octokit/rest';
import { z } from 'zod';
import type { Client } from './client.ts';
import { understandFailure } from './failure.ts';

const Ref = z.object({ object: z.object({ sha: z.string() }) });
type Seen = { etag: string | undefined; sha: string };

/**
 * Asks for a branch's commit again and again, each time with the ETag of the answer before: GitHub answers 304 while nothing has changed, and
 * does not count that against the limit.
 */
export function createBranchWatch(client: Client): (branch: string) => Promise<string | undefined> {
  const last = new Map<string, Seen>();

  async function look(octokit: Octokit, branch: string): Promise<Seen | undefined> {
    const { owner, repo } = client.place;
    const before = last.get(branch);
    const headers = before?.etag === undefined ? {} : { 'if-none-match': before.etag };
    try {
      const { data, headers: told } = await octokit.rest.git.getRef({ owner, repo, ref: `heads/${branch}`, headers });
      return { etag: told.etag, sha: Ref.parse(data).object.sha };
    } catch (error) {
      return afterFailure(error, before);
    }
  }

  return (branch) =>
    client.attempt({ doing: `look at the branch ${branch}`, permission: 'contents: read' }, async (octokit) => {
      const seen = await look(octokit, branch);
      if (seen) last.set(branch, seen);
      return seen?.sha;
    });
}

/** What an answer means that is none: not modified; no such branch, or a repository without a commit. */
function afterFailure(error: unknown, before: Seen | undefined): Seen | undefined {
  const status = understandFailure(error)?.status;
  if (status === 304) return before;
  if (status === 404 || status === 409) return undefined;
  throw error;
}
