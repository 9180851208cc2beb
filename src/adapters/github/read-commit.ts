import { z } from 'zod';
import type { TreeEntry } from '../../flows/pull-request-ports.ts';
import { ExternalError } from '../../lib/errors.ts';
import { oneLine } from '../../lib/text.ts';
import type { Client } from './client.ts';
import { understandFailure } from './failure.ts';

const Listed = z.array(z.object({ commit: z.object({ message: z.string() }) }));
const Commit = z.object({ message: z.string(), parents: z.array(z.object({ sha: z.string() })) });
const Tree = z.object({
  tree: z.array(
    z.object({ path: z.string(), mode: z.string(), type: z.string(), sha: z.string(), size: z.number().optional() }),
  ),
  truncated: z.boolean().default(false),
});
const Blob = z.object({ content: z.string(), encoding: z.string() });

const reading = (doing: string) => ({ doing, permission: 'contents: read' });

/** Merges tell nothing of how subjects are written. */
export function readSubjects(client: Client, sha: string): Promise<string[]> {
  const { owner, repo } = client.place;
  return client.attempt(reading('list commits'), async (octokit) => {
    const { data } = await octokit.rest.repos.listCommits({ owner, repo, sha, per_page: 30 });
    return Listed.parse(data).map(({ commit }) => oneLine(commit.message.split('\n', 1).join()));
  });
}

export async function readParent(client: Client, commit: string): Promise<string | undefined> {
  return (await readCommit(client, commit))?.parents[0]?.sha;
}

export async function readMessage(client: Client, commit: string): Promise<string | undefined> {
  return (await readCommit(client, commit))?.message;
}

function readCommit(client: Client, commit_sha: string): Promise<z.infer<typeof Commit> | undefined> {
  const { owner, repo } = client.place;
  return client.attempt(reading('read a commit'), async (octokit) => {
    try {
      return Commit.parse((await octokit.rest.git.getCommit({ owner, repo, commit_sha })).data);
    } catch (error) {
      if (understandFailure(error)?.status === 404) return undefined;
      throw error;
    }
  });
}

export function readTree(client: Client, tree_sha: string): Promise<ReadonlyMap<string, TreeEntry>> {
  const { owner, repo } = client.place;
  return client.attempt(reading('list the files of a commit'), async (octokit) => {
    const { tree, truncated } = Tree.parse(
      (await octokit.rest.git.getTree({ owner, repo, tree_sha, recursive: '1' })).data,
    );
    if (truncated) throw new ExternalError('The repository has more files than GitHub lists in one answer.');
    const files = tree.filter(({ type }) => type !== 'tree');
    return new Map(files.map(({ path, mode, sha, size }) => [path, { mode, id: sha, bytes: size }]));
  });
}

export function readContent(client: Client, file_sha: string): Promise<Uint8Array> {
  const { owner, repo } = client.place;
  return client.attempt(reading('read a file of a commit'), async (octokit) => {
    const { content, encoding } = Blob.parse((await octokit.rest.git.getBlob({ owner, repo, file_sha })).data);
    return Buffer.from(content, encoding === 'base64' ? 'base64' : 'utf8');
  });
}
