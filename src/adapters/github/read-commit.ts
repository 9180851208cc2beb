import { z } from 'zod';
import type { TreeEntry } from '../../flows/pull-request-ports.ts';
import { ExternalError } from '../../lib/errors.ts';
import { oneLine } from '../../lib/text.ts';
import type { Client } from './client.ts';
import { understandFailure } from './failure.ts';

const Commits = z.array(z.object({ commit: z.object({ message: z.string() }) }));
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
    return Commits.parse(data).map(({ commit }) => oneLine(commit.message.split('\n', 1).join()));
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

/** What is left to be listed of a tree, and of how many listings it may take: of a monorepo each folder is listed by itself. */
type Rest = { folders: { name: string; prefix: string }[]; listings: number };

export function readTree(client: Client, tree: string): Promise<ReadonlyMap<string, TreeEntry>> {
  return client.attempt(reading('list the files of a commit'), async () => {
    const files = new Map<string, TreeEntry>();
    const rest: Rest = { folders: [{ name: tree, prefix: '' }], listings: 400 };
    for (let folder = rest.folders.pop(); folder; folder = rest.folders.pop()) {
      const { prefix } = folder;
      for (const { path, mode, sha, size } of await listFolder(client, folder, rest))
        files.set(`${prefix}${path}`, { mode, id: sha, bytes: size });
    }
    return files;
  });
}

/** All files below a folder; where GitHub does not tell these in one answer, those in it, and its folders are left for later. */
async function listFolder(
  client: Client,
  { name: tree_sha, prefix }: Rest['folders'][number],
  rest: Rest,
): Promise<z.infer<typeof Tree>['tree']> {
  const { owner, repo } = client.place;
  const octokit = await client.octokit();
  const isFile = ({ type }: { type: string }) => type !== 'tree';
  rest.listings -= 1;
  if (rest.listings < 0) throw tooMany();
  const whole = Tree.parse((await octokit.rest.git.getTree({ owner, repo, tree_sha, recursive: '1' })).data);
  if (!whole.truncated) return whole.tree.filter(isFile);
  const flat = Tree.parse((await octokit.rest.git.getTree({ owner, repo, tree_sha })).data);
  if (flat.truncated) throw tooMany();
  const folders = flat.tree.filter(({ type }) => type === 'tree');
  rest.folders.push(...folders.map(({ path, sha }) => ({ name: sha, prefix: `${prefix}${path}/` })));
  return flat.tree.filter(isFile);
}

function tooMany(): ExternalError {
  return new ExternalError('The repository has more files than can be listed at GitHub.');
}

export function readContent(client: Client, file_sha: string): Promise<Uint8Array> {
  const { owner, repo } = client.place;
  return client.attempt(reading('read a file of a commit'), async (octokit) => {
    const { content, encoding } = Blob.parse((await octokit.rest.git.getBlob({ owner, repo, file_sha })).data);
    return Buffer.from(content, encoding === 'base64' ? 'base64' : 'utf8');
  });
}
