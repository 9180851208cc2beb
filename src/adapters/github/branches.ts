import type { Octokit } from '@octokit/rest';
import type { Branches, Obstacle } from '../../flows/pull-request-ports.ts';
import { ConflictError, UserError } from '../../lib/errors.ts';
import { moveBranch, readBranchHead } from './branch-head.ts';
import type { Client } from './client.ts';
import { understandFailure } from './failure.ts';
import { createLinkedBranch, isProtectedBranch } from './linked-branch.ts';
import { mergeInto, readPusher } from './merge-branch.ts';
import { toObstacle, type Wish } from './obstacle.ts';
import { readContent, readMessage, readParent, readSubjects, readTree } from './read-commit.ts';
import { readFork } from './read-history.ts';
import { writeCommit } from './write-commit.ts';

const permission = 'contents: write';

export function createBranches(client: Client): Branches {
  const head = (branch: string) =>
    client.attempt({ doing: `read the branch ${branch}`, permission: 'contents: read' }, () =>
      readBranchHead(client, branch),
    );

  const create = (branch: string, commit: string) =>
    orObstacle<'created'>(client, { doing: `make the branch ${branch}`, permission }, async () => {
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
    commit: (branch, change) =>
      orObstacle<{ commit: string }>(client, { doing: `write the branch ${branch}`, permission }, async (octokit) => {
        if ((await readBranchHead(client, branch)) !== change.base) return moved(branch);
        const commit = await writeCommit(octokit, client, change);
        if (commit !== change.base) await moveBranch(client, { branch, from: change.base, to: commit });
        return { commit };
      }),
    write: (change) =>
      orObstacle<{ commit: string }>(client, { doing: 'write a commit', permission }, async (octokit) => ({
        commit: await writeCommit(octokit, client, change),
      })),
    advance: (branch, { from, to }) =>
      orObstacle<'advanced'>(client, { doing: `write the branch ${branch}`, permission }, async () => {
        const there = await readBranchHead(client, branch);
        if (there === to) return 'advanced';
        if (there !== from) return moved(branch);
        await moveBranch(client, { branch, from, to });
        return 'advanced';
      }),
    bringIn: (branch, from) =>
      orObstacle<{ head: string }>(client, { doing: `bring the branch ${branch} up to date`, permission }, () =>
        mergeInto(client, branch, from),
      ),
    pusher: (branch, commit) => readPusher(client, branch, commit),
    remove: (branch, at) =>
      orObstacle<'removed'>(client, { doing: `remove the branch ${branch}`, permission }, async () => {
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

/** Runs `work`; a refusal of GitHub becomes a value. */
function orObstacle<Result>(
  client: Client,
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
