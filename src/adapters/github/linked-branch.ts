import { z } from 'zod';
import type { Obstacle } from '../../flows/pull-request-ports.ts';
import { oneLine, truncate } from '../../lib/text.ts';
import { readBranchHead } from './branch-head.ts';
import type { Client, GraphqlAnswer } from './client.ts';

const Names = z.object({ nodes: z.array(z.object({ ref: z.object({ name: z.string() }).nullish() }).nullish()) });
const Issue = z.object({
  repository: z.object({ issue: z.object({ id: z.string(), linkedBranches: Names.nullish() }).nullish() }),
});
const Made = z.object({
  createLinkedBranch: z
    .object({ linkedBranch: z.object({ ref: z.object({ name: z.string() }).nullish() }).nullish() })
    .nullish(),
});

const issueQuery = `query Linked($owner: String!, $name: String!, $number: Int!) {
  repository(owner: $owner, name: $name) {
    issue(number: $number) { id linkedBranches(first: 50) { nodes { ref { name } } } }
  }
}`;
const mutation = `mutation Link($input: CreateLinkedBranchInput!) {
  createLinkedBranch(input: $input) { linkedBranch { ref { name } } }
}`;

export type LinkedBranch = { made: 'linked' } | { made: 'plain'; why: string } | Obstacle;

/**
 * Makes a branch that GitHub shows at an issue. Where that cannot be had, `createPlain` makes an ordinary one: not every token may link, an
 * older GitHub does not know how, and GitHub answers with nothing, and without an error, where the branch is there already.
 */
export async function createLinkedBranch(
  client: Client,
  { branch, issue, commit }: { branch: string; issue: number; commit: string },
  createPlain: () => Promise<'created' | Obstacle>,
): Promise<LinkedBranch> {
  const { owner, repo } = client.place;
  const asked = await client.graphql(issueQuery, { owner, name: repo, number: issue });
  const node = Issue.safeParse(asked?.data).data?.repository.issue;
  // After a lost answer.
  const isLinked = node?.linkedBranches?.nodes.some((one) => one?.ref?.name === branch) ?? false;
  if (isLinked && (await readBranchHead(client, branch)) === commit) return { made: 'linked' };
  if (!node) return plainly(createPlain, whyNot(asked));
  const answer = await client.graphql(mutation, { input: { issueId: node.id, oid: commit, name: branch } });
  const made = Made.safeParse(answer?.data).data?.createLinkedBranch?.linkedBranch;
  if (made && (await readBranchHead(client, branch)) === commit) return { made: 'linked' };
  return plainly(createPlain, whyNot(answer));
}

async function plainly(createPlain: () => Promise<'created' | Obstacle>, why: string): Promise<LinkedBranch> {
  const created = await createPlain();
  return created === 'created' ? { made: 'plain', why } : created;
}

function whyNot(answer: GraphqlAnswer | undefined): string {
  if (!answer) return 'This GitHub has no GraphQL.';
  const [error] = answer.errors;
  if (error?.type === 'FORBIDDEN') return 'This token may not link branches to issues.';
  return error ? `GitHub says: ${truncate(oneLine(error.message), 200)}` : 'GitHub did not link it.';
}

const Rules = z.object({
  repository: z.object({
    ref: z
      .object({
        refUpdateRule: z.object({ pattern: z.string() }).nullish(),
        rules: z.object({ nodes: z.array(z.object({ type: z.string() }).nullish()) }).nullish(),
      })
      .nullish(),
  }),
});

const rulesQuery = `query Rules($owner: String!, $name: String!, $ref: String!) {
  repository(owner: $owner, name: $name) {
    ref(qualifiedName: $ref) { refUpdateRule { pattern } rules(first: 100) { nodes { type } } }
  }
}`;
/** Rulesets may also hold rules that are in nobody's way, for the form of messages and the like. */
const closing = new Set(['PULL_REQUEST', 'UPDATE', 'LOCK_BRANCH', 'MERGE_QUEUE', 'REQUIRED_STATUS_CHECKS']);

export async function isProtectedBranch(client: Client, branch: string): Promise<boolean> {
  const { owner, repo } = client.place;
  const answer = await client.graphql(rulesQuery, { owner, name: repo, ref: `refs/heads/${branch}` });
  const ref = Rules.safeParse(answer?.data).data?.repository.ref;
  if (!ref) return false;
  return Boolean(ref.refUpdateRule) || (ref.rules?.nodes.some((rule) => rule && closing.has(rule.type)) ?? false);
}
