import type { Octokit } from '@octokit/rest';
import { z } from 'zod';
import { afterCommit } from '../../ledger/latest-store.ts';
import type { Changes, Snapshot, Store } from '../../ledger/store.ts';
import { isStorePath } from '../../ledger/store-path.ts';
import { ConflictError, ExternalError } from '../../lib/errors.ts';
import { randomBase32 } from '../../lib/hash.ts';
import { moveBranch, readBranchHead, readBranchTip } from './branch-head.ts';
import type { Client } from './client.ts';
import { createBlobReader } from './read-blobs.ts';

const Tree = z.object({
  truncated: z.boolean().default(false),
  tree: z.array(
    z.object({
      path: z.string(),
      mode: z.string(),
      type: z.string(),
      sha: z.string(),
      size: z.number().optional(),
    }),
  ),
});
const Named = z.object({ sha: z.string() });
const Commit = z.object({ tree: Named });

// Git's name for a tree without entries; GitHub makes none from an empty list.
const emptyTree = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';

/** The ledger's files that every session reads, whatever it does. */
function isAlwaysRead(path: string): boolean {
  return path.startsWith('findings/') || !path.includes('/');
}

type Leaf = { sha: string; size: number };

/**
 * The ledger on a branch of its own, written by the Git Data API: one tree of inline contents and one commit per change, and a
 * non-forced update of the branch, which is a compare-and-swap because the commit's only parent is the revision that was read.
 */
export function createBranchStore(client: Client, branch: string): Store {
  const { owner, repo } = client.place;
  const readBlob = createBlobReader(client);
  client.ledgerBranches.add(branch);
  const reading = { doing: `read the ledger branch ${branch}`, permission: 'contents: read' };
  const writing = { doing: `write the ledger branch ${branch}`, permission: 'contents: write' };

  // A revision never changes: the last one read is kept, as most reads find it again.
  let last: Snapshot | undefined;
  let trees = new Map<string, string>();

  async function read(octokit: Octokit): Promise<Snapshot> {
    const tip = await readBranchTip(client, branch);
    if (tip?.tree !== undefined) trees.set(tip.commit, tip.tree);
    if (tip === undefined || last?.revision !== tip.commit) last = await readSnapshot(octokit, tip?.commit);
    return last;
  }

  /** Ours is the last one until somebody else writes: it need not be read again, and what was told of the branch before is old. */
  function remember(written: Snapshot, { commit, tree }: { commit: string; tree: string }): void {
    last = written;
    trees = new Map([[commit, tree]]);
    client.told.tips.delete(branch);
  }

  async function readSnapshot(octokit: Octokit, revision: string | undefined): Promise<Snapshot> {
    const leaves =
      revision === undefined
        ? new Map<string, Leaf>()
        : await readLeaves(octokit, client, { branch, commit: revision });
    // Whoever reads the ledger reads these: asked for now, they come in one request. What fails is told to who reads it.
    for (const [path, { sha, size }] of leaves) if (isAlwaysRead(path)) readBlob(sha, size).catch(() => undefined);
    const paths = [...leaves.keys()].sort();
    return {
      revision,
      list: (prefix) => paths.filter((path) => path.startsWith(prefix)),
      read: async (path) => {
        const leaf = leaves.get(path);
        return leaf && client.attempt(reading, () => readBlob(leaf.sha, leaf.size));
      },
    };
  }

  async function writeTree(octokit: Octokit, base: Snapshot, changes: Changes): Promise<string> {
    const there = new Set(base.list(''));
    const entries = [...changes].filter(([path, text]) => text !== null || there.has(path));
    const removed = entries.filter(([, text]) => text === null).length;
    if (entries.length === removed && removed === there.size) return emptyTree;
    const baseTree =
      base.revision === undefined
        ? undefined
        : (trees.get(base.revision) ?? (await treeOf(octokit, client, base.revision)));
    if (entries.length === 0 && baseTree !== undefined) return baseTree;
    const tree = await Promise.all(entries.map(([path, text]) => toEntry(octokit, client, path, text)));
    const request = { owner, repo, tree, ...(baseTree !== undefined && { base_tree: baseTree }) };
    return Named.parse((await octokit.rest.git.createTree(request)).data).sha;
  }

  async function commit(octokit: Octokit, base: Snapshot, changes: Changes, message: string): Promise<string> {
    const { revision } = base;
    // Seen early, a lost race costs one request at most; it also sees a branch that was forced back to an ancestor.
    if ((await headBeforeWrite(client, branch)) !== revision)
      throw new ConflictError(`The ledger branch ${branch} has moved on.`);
    const tree = await writeTree(octokit, base, changes);
    const parents = revision === undefined ? [] : [revision];
    // Two who write the same in the same second would else make one and the same commit, and both be told that they were the one.
    const request = { owner, repo, message: `${message}\n\nWrite: ${randomBase32(12)}`, tree, parents };
    const { sha } = Named.parse((await octokit.rest.git.createCommit(request)).data);
    await moveBranch(client, { branch, from: revision, to: sha });
    remember(afterCommit(base, changes, sha), { commit: sha, tree });
    return sha;
  }

  return {
    read: () => client.attempt(reading, read),
    commit(base, changes, message) {
      const strange = [...changes.keys()].find((path) => !isStorePath(path));
      if (strange !== undefined)
        return Promise.reject(new Error(`not a path of the ledger: ${JSON.stringify(strange)}`));
      return client.attempt(writing, (octokit) => commit(octokit, base, changes, message));
    },
  };
}

async function readLeaves(
  octokit: Octokit,
  client: Client,
  { branch, commit }: { branch: string; commit: string },
): Promise<Map<string, Leaf>> {
  const { owner, repo } = client.place;
  const { data } = await octokit.rest.git.getTree({ owner, repo, tree_sha: commit, recursive: '1' });
  const { truncated, tree } = Tree.parse(data);
  if (truncated)
    throw new ExternalError(`The ledger branch ${branch} holds more files than GitHub lists at once.`, {
      hint: 'Start a new one under `ledger.branch` in .github/courier.yml.',
    });
  // Neither links nor submodules are files of ours.
  const files = tree.filter(({ type, mode, path }) => type === 'blob' && mode !== '120000' && isStorePath(path));
  return new Map(files.map(({ path, sha, size }) => [path, { sha, size: size ?? 0 }]));
}

/** As it was told together with the issues a moment ago, or asked for now. */
async function headBeforeWrite(client: Client, branch: string): Promise<string | undefined> {
  const told = client.told.heads.get(branch);
  client.told.heads.delete(branch);
  return told ?? (await readBranchHead(client, branch));
}

async function treeOf(octokit: Octokit, { place: { owner, repo } }: Client, commit: string): Promise<string> {
  return Commit.parse((await octokit.rest.git.getCommit({ owner, repo, commit_sha: commit })).data).tree.sha;
}

const file = { mode: '100644', type: 'blob' } as const;

async function toEntry(octokit: Octokit, { place: { owner, repo } }: Client, path: string, text: string | null) {
  if (text === null) return { path, ...file, sha: null };
  // Inline content is text to GitHub; what it might take for something else goes as bytes.
  if (!text.includes('\0')) return { path, ...file, content: text };
  const content = Buffer.from(text).toString('base64');
  const { data } = await octokit.rest.git.createBlob({ owner, repo, content, encoding: 'base64' });
  return { path, ...file, sha: Named.parse(data).sha };
}
