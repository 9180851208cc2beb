import { z } from 'zod';
import type { IssueSnapshot } from '../../flows/github-ports.ts';
import { ExternalError, UserError } from '../../lib/errors.ts';
import type { Client, GraphqlAnswer } from './client.ts';
import { understandFailure } from './failure.ts';
import { fromNode, IssueNode, knownFields, olderFields, reasonOf } from './issue-node.ts';

const batchSize = 150;
const largestNumber = 2 ** 31 - 1;

const User = z.object({ login: z.string() }).nullish();

/** An issue (or pull request) as REST shows it. */
export const RestIssue = z.object({
  number: z.number(),
  html_url: z.string(),
  repository_url: z.string(),
  title: z.string(),
  body: z.string().nullish(),
  state: z.string(),
  state_reason: z.string().nullish(),
  locked: z.boolean().default(false),
  user: User,
  closed_by: User,
  closed_at: z.string().nullish(),
  labels: z.array(z.union([z.string(), z.object({ name: z.string().nullish() })])),
  assignees: z.array(z.object({ login: z.string() })).nullish(),
  pull_request: z.unknown().optional(),
});
export type RestIssue = z.infer<typeof RestIssue>;

export function labelNames(labels: RestIssue['labels']): string[] {
  const names = labels.map((label) => (typeof label === 'string' ? label : (label.name ?? '')));
  return names.filter((name) => name !== '');
}

export function fromRest(issue: RestIssue): IssueSnapshot {
  const state = issue.state === 'open' ? 'open' : 'closed';
  return {
    number: issue.number,
    url: issue.html_url,
    title: issue.title,
    body: issue.body ?? '',
    state,
    stateReason: reasonOf(issue.state_reason),
    labels: labelNames(issue.labels),
    ...(issue.assignees ? { assignees: issue.assignees.map(({ login }) => login) } : {}),
    locked: issue.locked,
    author: issue.user?.login,
    closedBy: state === 'closed' ? issue.closed_by?.login : undefined,
    ...(state === 'closed' && issue.closed_at ? { closedAt: issue.closed_at } : {}),
  };
}

/** Issues by number. Absent: deleted, transferred, or never an issue (a pull request). */
export async function readIssues(client: Client, numbers: readonly number[]): Promise<Map<number, IssueSnapshot>> {
  const wanted = [...new Set(numbers)].filter((number) => number > 0 && number <= largestNumber);
  const found = new Map<number, IssueSnapshot>();
  for (let start = 0; start < wanted.length; start += batchSize) {
    const batch = wanted.slice(start, start + batchSize);
    for (const issue of (await readByGraphql(client, batch)) ?? (await readByRest(client, batch)))
      found.set(issue.number, issue);
  }
  return found;
}

async function readByGraphql(client: Client, numbers: readonly number[]): Promise<IssueSnapshot[] | undefined> {
  const { owner, repo } = client.place;
  const branches = [...client.ledgerBranches];
  const ask = (fields: string) => client.graphql(queryFor(numbers, branches, fields), { owner, name: repo });
  const answer = await ask(knownFields);
  // An older GitHub Enterprise Server refuses the whole question for one word that it does not know.
  const isTooNew = answer?.errors.some(({ message }) => /doesn't (?:accept argument|exist on type)/.test(message));
  const understood = isTooNew ? await ask(olderFields) : answer;
  if (!understood) return undefined;
  for (const [index, branch] of branches.entries()) keepHead(understood, { index, branch }, client);
  return issuesOf(understood, client);
}

const Head = z.object({ target: z.object({ oid: z.string() }) });

function keepHead(
  { data }: GraphqlAnswer,
  { index, branch }: { index: number; branch: string },
  { told }: Client,
): void {
  const head = Head.safeParse(z.record(z.string(), z.unknown()).safeParse(data?.repository).data?.[`ledger${index}`]);
  if (head.success) told.heads.set(branch, head.data.target.oid);
}

function queryFor(numbers: readonly number[], branches: readonly string[], fields: string): string {
  const heads = branches.map(
    (branch, at) => `ledger${at}: ref(qualifiedName: ${JSON.stringify(`refs/heads/${branch}`)}) { target { oid } }`,
  );
  const aliases = numbers.map((number) => `i${number}: issue(number: ${number}) { ...Known }`).join('\n    ');
  return `query KnownIssues($owner: String!, $name: String!) {
  repository(owner: $owner, name: $name) {
    nameWithOwner
    hasIssuesEnabled
    ${heads.join('\n    ')}
    ${aliases}
  }
}
${fields}`;
}

/** An issue that is gone; and what a token without a permission for pull requests or projects may not see of how one was closed. */
function isTolerable({ type, path = [] }: GraphqlAnswer['errors'][number]): boolean {
  if (type === 'NOT_FOUND') return path.length >= 2;
  return type === 'FORBIDDEN' && (path.includes('closer') || path.includes('canonical'));
}

function issuesOf({ data, errors }: GraphqlAnswer, client: Client): IssueSnapshot[] {
  const { owner, repo } = client.place;
  const fatal = errors.find((error) => !isTolerable(error));
  if (fatal?.type === 'NOT_FOUND')
    throw new UserError(`GitHub has no repository ${owner}/${repo}, or this token may not see it.`);
  if (fatal)
    throw new ExternalError(`GitHub could not read the issues of ${owner}/${repo}: ${fatal.message}`, {
      hint: 'Give the token `issues: read`, or run it again later.',
    });
  const repository = z.record(z.string(), z.unknown()).parse(data?.repository);
  const home = z.string().parse(repository.nameWithOwner).toLowerCase();
  // Otherwise all of them would look as if they were deleted.
  if (repository.hasIssuesEnabled === false)
    throw new UserError(`Issues are disabled in ${owner}/${repo}: switch them on in its settings, or do not publish.`);
  const nodes = Object.entries(repository).filter(([alias, node]) => /^i\d/.test(alias) && node !== null);
  return nodes
    .map(([, node]) => IssueNode.parse(node))
    .filter((node) => node.repository.nameWithOwner.toLowerCase() === home)
    .map((node) => fromNode(node, home));
}

async function readByRest(client: Client, numbers: readonly number[]): Promise<IssueSnapshot[]> {
  const { owner, repo } = client.place;
  const octokit = await client.octokit();
  const found: IssueSnapshot[] = [];
  for (const issue_number of numbers) {
    try {
      const { data } = await octokit.rest.issues.get({ owner, repo, issue_number });
      const issue = RestIssue.parse(data);
      // A transferred issue answers with a redirect, which was followed.
      const moved = !issue.repository_url.toLowerCase().endsWith(`/${owner}/${repo}`.toLowerCase());
      if (!moved && issue.pull_request === undefined && issue.number === issue_number) found.push(fromRest(issue));
    } catch (error) {
      const failure = understandFailure(error);
      const gone = failure?.status === 404 || (failure?.status === 410 && !/disabled/i.test(failure.message));
      if (!gone) throw error;
    }
  }
  return found;
}
