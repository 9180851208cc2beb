import type { Octokit } from '@octokit/rest';
import { z } from 'zod';
import type { Branches, FileChanges, Obstacle } from '../../flows/pull-request-ports.ts';
import { ConflictError, UserError } from '../../lib/errors.ts';
import { moveBranch, readBranchHead } from './branch-head.ts';
import type { Client } from './client.ts';
import { understandFailure } from './failure.ts';
import { createLinkedBranch, isProtectedBranch } from './linked-branch.ts';
import { mergeInto, readPusher } from './merge-branch.ts';
import { toObstacle, type Wish } from './obstacle.ts';
import { readContent, readMessage, readParent, readSubjects, readTree } from './read-commit.ts';
import { readFork } from './read-history.ts';

const Named = z.object({ sha: z.string() });
const Commit = z.object({ tree: Named });
const Tree = z.object({ tree: z.array(z.object({ path: z.string(), mode: z.string() })) });

const permission = 'contents: write';

export function createBranches(client: Client): Branches {
  const { owner, repo } = client.place;

  /** Runs `work`; a refusal of GitHub becomes a value. */
  function orObstacle<Result>(
    wish: Wish,
    work: (octokit: Octokit) => Promise<Result | Obstacle>,
  ): Promise<Result | Obstacle> {
    return client.attempt(wish, async (octokit) => {
      try {
        return await work(octokit);
      } catch (error) {
        const obstacle = obstacleOf(error, wish, client);
        if (obstacle) return obstacle;
        throw error;
      }
    });
  }

  const head = (branch: string) =>
    client.attempt({ doing: `read the branch ${branch}`, permission: 'contents: read' }, () =>
      readBranchHead(client, branch),
    );

  const create = (branch: string, commit: string) =>
    orObstacle<'created'>({ doing: `make the branch ${branch}`, permission }, async () => {
      const there = await readBranchHead(client, branch);
      if (there === commit) return 'created';
      if (there !== undefined) return { obstacle: 'exists', why: `There is a branch ${branch} already.` };
      await moveBranch(client, { branch, from: undefined, to: commit });
      return 'created';
    });

  return {
    head,
    create,
    createLinked: (branch, { issue, commit }) =>
      client.attempt({ doing: `make the branch ${branch}`, permission }, () =>
        createLinkedBranch(client, { branch, issue, commit }, () => create(branch, commit)),
      ),
    isProtected: (branch) =>
      client.attempt({ doing: `read the rules of ${branch}`, permission: 'contents: read' }, () =>
        isProtectedBranch(client, branch),
      ),
    ...createReading(client),
    commit: (branch, { base, files, message }) =>
      orObstacle<{ commit: string }>({ doing: `write the branch ${branch}`, permission }, async (octokit) => {
        if ((await readBranchHead(client, branch)) !== base) return moved(branch);
        const { tree: before } = Commit.parse(
          (await octokit.rest.git.getCommit({ owner, repo, commit_sha: base })).data,
        );
        const tree = await writeFiles(octokit, client, { tree: before.sha, files });
        if (tree === before.sha) return { commit: base };
        const request = { owner, repo, message, tree, parents: [base] };
        const { sha } = Named.parse((await octokit.rest.git.createCommit(request)).data);
        await moveBranch(client, { branch, from: base, to: sha });
        return { commit: sha };
      }),
    bringIn: (branch, from) =>
      orObstacle<{ head: string }>({ doing: `bring the branch ${branch} up to date`, permission }, () =>
        mergeInto(client, branch, from),
      ),
    pusher: (branch, commit) => readPusher(client, branch, commit),
    remove: (branch, at) =>
      orObstacle<'removed'>({ doing: `remove the branch ${branch}`, permission }, async () => {
        const there = await readBranchHead(client, branch);
        if (there === undefined) return 'removed';
        return there === at ? remove(client, branch) : moved(branch);
      }),
  };
}

function createReading(
  client: Client,
): Pick<Branches, 'subjects' | 'parent' | 'fork' | 'message' | 'tree' | 'content'> {
  return {
    subjects: (commit) => readSubjects(client, commit),
    parent: (commit) => readParent(client, commit),
    fork: (branch, commit) => readFork(client, branch, commit),
    message: (commit) => readMessage(client, commit),
    tree: (commit) => readTree(client, commit),
    content: (id) => readContent(client, id),
  };
}

async function remove(client: Client, branch: string): Promise<'removed'> {
  const { owner, repo } = client.place;
  try {
    await (await client.octokit()).rest.git.deleteRef({ owner, repo, ref: `heads/${branch}` });
  } catch (error) {
    // Somebody else was faster, or the answer was lost.
    if (!understandFailure(error) || (await readBranchHead(client, branch)) !== undefined) throw error;
  }
  return 'removed';
}

function obstacleOf(error: unknown, wish: Wish, client: Client): Obstacle | undefined {
  if (error instanceof ConflictError) return { obstacle: 'moved', why: error.message };
  // `moveBranch` tells of rules in the ledger's words.
  return toObstacle(error instanceof UserError ? error.cause : error, wish, client);
}

function moved(branch: string): Obstacle {
  return { obstacle: 'moved', why: `The branch ${branch} has moved on meanwhile.` };
}

const modes = { file: '100644', executable: '100755', link: '120000' } as const;

/** @returns the tree's name: the one that was there where nothing changes. */
async function writeFiles(
  octokit: Octokit,
  { place: { owner, repo } }: Client,
  { tree, files }: { tree: string; files: FileChanges },
): Promise<string> {
  const wanted = await withoutMissing(octokit, { owner, repo, tree, files });
  if (wanted.length === 0) return tree;
  const entries = await Promise.all(
    wanted.map(async ([path, change]) => {
      if (change === null) return { path, mode: '100644', type: 'blob', sha: null } as const;
      const { mode, text } = typeof change === 'string' ? { mode: 'file' as const, text: change } : change;
      const file = { path, mode: modes[mode], type: 'blob' } as const;
      if (!text.includes('\0')) return { ...file, content: text };
      // Inline content is text to GitHub; what it might take for something else goes as bytes.
      const content = Buffer.from(text).toString('base64');
      const { data } = await octokit.rest.git.createBlob({ owner, repo, content, encoding: 'base64' });
      return { ...file, sha: Named.parse(data).sha };
    }),
  );
  const request = { owner, repo, base_tree: tree, tree: entries };
  return Named.parse((await octokit.rest.git.createTree(request)).data).sha;
}

type Files = { owner: string; repo: string; tree: string; files: FileChanges };

/** GitHub takes the removal of a file that is not there for a mistake. */
async function withoutMissing(octokit: Octokit, { owner, repo, tree, files }: Files) {
  const all = [...files];
  if (all.every(([, text]) => text !== null)) return all;
  const { data } = await octokit.rest.git.getTree({ owner, repo, tree_sha: tree, recursive: '1' });
  const there = new Set(Tree.parse(data).tree.map(({ path }) => path));
  return all.filter(([path, text]) => text !== null || there.has(path));
}
