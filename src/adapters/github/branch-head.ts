import { z } from 'zod';
import { ConflictError, UserError } from '../../lib/errors.ts';
import { oneLine } from '../../lib/text.ts';
import type { BranchTip, Client } from './client.ts';
import { type Failure, understandFailure } from './failure.ts';

const RestRef = z.object({ object: z.object({ sha: z.string() }) });
const Commit = z.object({ parents: z.array(z.object({ sha: z.string() })) });

/** The branch's commit; `undefined` where there is no such branch, or no commit at all in the repository. */
export async function readBranchHead(client: Client, branch: string): Promise<string | undefined> {
  const { owner, repo } = client.place;
  const octokit = await client.octokit();
  try {
    return RestRef.parse((await octokit.rest.git.getRef({ owner, repo, ref: `heads/${branch}` })).data).object.sha;
  } catch (error) {
    const status = understandFailure(error)?.status;
    if (status === 404 || status === 409) return undefined;
    throw error;
  }
}

export const Ref = z.object({ target: z.object({ oid: z.string(), tree: z.object({ oid: z.string() }) }) }).nullish();
const Tip = z.object({ repository: z.object({ ref: Ref }) });
export const tipFields = 'target { oid ... on Commit { tree { oid } } }';

export function toTip(ref: z.infer<typeof Ref>): BranchTip | undefined {
  return ref ? { commit: ref.target.oid, tree: ref.target.tree.oid } : undefined;
}

/** The branch's commit and, where one request tells both, the commit's tree. */
export async function readBranchTip(client: Client, branch: string): Promise<BranchTip | undefined> {
  const { owner, repo } = client.place;
  const { tips } = client.told;
  const told = tips.get(branch);
  if (tips.delete(branch)) return told;
  const query = `query Tip($owner: String!, $name: String!, $ref: String!) {
  repository(owner: $owner, name: $name) { ref(qualifiedName: $ref) { ${tipFields} } }
}`;
  const answer = await client.graphql(query, { owner, name: repo, ref: `refs/heads/${branch}` });
  const tip = answer?.errors.length === 0 ? Tip.safeParse(answer.data) : undefined;
  if (tip?.success) return toTip(tip.data.repository.ref);
  const commit = await readBranchHead(client, branch);
  return commit === undefined ? undefined : { commit, tree: undefined };
}

export type Move = { branch: string /** `undefined`: the branch is new. */; from: string | undefined; to: string };

const tries = 3;
/** How far behind the head our own commit is looked for after a lost answer: others may have written since. */
const depth = 20;

/**
 * Moves the branch forward, or makes it.
 *
 * Where the answer is lost, the branch itself tells whether the move was done.
 *
 * @throws ConflictError when the branch is not at `from` any more; UserError when the repository's rules forbid it.
 */
export async function moveBranch(client: Client, move: Move): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await send(client, move);
    } catch (error) {
      if (await isDone(error, client, move)) return;
      if (attempt === tries) throw error;
      await client.patience.sleep(500 * 2 ** (attempt - 1) * (0.5 + Math.random() / 2));
    }
  }
}

/** Whether the move was done although it failed: only where no clear answer came. @throws what a clear answer means. */
async function isDone(error: unknown, client: Client, move: Move): Promise<boolean> {
  const failure = understandFailure(error);
  if (!failure) throw error;
  const lost = failure.status === undefined || failure.status >= 500;
  if (!lost) throw refusal(failure, move, { client, cause: error }) ?? error;
  return arrived(client, move);
}

async function send(client: Client, { branch, from, to }: Move): Promise<void> {
  const { owner, repo } = client.place;
  const { git } = (await client.octokit()).rest;
  if (from === undefined) await git.createRef({ owner, repo, ref: `refs/heads/${branch}`, sha: to });
  else await git.updateRef({ owner, repo, ref: `heads/${branch}`, sha: to, force: false });
}

/** @returns `undefined` for what speaks of neither a conflict nor a rule. */
function refusal(
  { status, message }: Failure,
  { branch }: Move,
  { client, cause }: { client: Client; cause: unknown },
): Error | undefined {
  if (status !== 403 && status !== 409 && status !== 422) return undefined;
  const { owner, repo } = client.place;
  const said = oneLine(message);
  if (/rule violation|protected branch|pull request|not authorized to push|restricted/i.test(message))
    return new UserError(
      `The rules of ${owner}/${repo} forbid Courier's branch ${branch} (${said}): allow it there, or name a branch that they leave alone under \`ledger.branch\` in .github/courier.yml (another repository, \`ledger.repository\`, is not possible in this version).`,
      { cause },
    );
  const moved = /already exists|fast.?forward|does not exist/i.test(message);
  if (moved || (status === 409 && !/empty/i.test(message)))
    return new ConflictError(`The branch ${branch} has moved on (${said}).`, { cause });
  return undefined;
}

/** Whether our commit is on the branch. @throws ConflictError when somebody else's is there instead. */
async function arrived(client: Client, { branch, from, to }: Move): Promise<boolean> {
  const { owner, repo } = client.place;
  const { git } = (await client.octokit()).rest;
  let sha = await readBranchHead(client, branch);
  if (sha === from) return false;
  for (let step = 0; sha !== undefined && step < depth; step++) {
    if (sha === to) return true;
    if (sha === from) break;
    const { data } = await git.getCommit({ owner, repo, commit_sha: sha });
    sha = Commit.parse(data).parents[0]?.sha;
  }
  throw new ConflictError(`The branch ${branch} has moved on.`);
}
