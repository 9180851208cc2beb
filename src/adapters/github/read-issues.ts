import { z } from 'zod';
import type { IssueSnapshot } from '../../flows/ports.ts';
import { ExternalError, UserError } from '../../lib/errors.ts';
import type { Client, GraphqlAnswer } from './client.ts';
import { understandFailure } from './failure.ts';

const batchSize = 50;
const largestNumber = 2 ** 31 - 1;

const fields = `fragment Known on Issue {
  number url title body state stateReason locked
  repository { nameWithOwner }
  author { __typename login }
  labels(first: 100) { nodes { name } }
  timelineItems(last: 1, itemTypes: [CLOSED_EVENT]) { nodes { ... on ClosedEvent { actor { __typename login } } } }
}`;

const Actor = z.object({ __typename: z.string(), login: z.string() }).nullish();
const stateReasons = z.enum(['completed', 'not_planned', 'duplicate', 'reopened']);

const Node = z.object({
  number: z.number(),
  url: z.string(),
  title: z.string(),
  body: z.string(),
  state: z.string(),
  stateReason: z.string().nullish(),
  locked: z.boolean(),
  repository: z.object({ nameWithOwner: z.string() }),
  author: Actor,
  labels: z.object({ nodes: z.array(z.object({ name: z.string() }).nullable()).nullish() }).nullish(),
  timelineItems: z.object({ nodes: z.array(z.object({ actor: Actor }).nullable()).nullish() }),
});

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
  labels: z.array(z.union([z.string(), z.object({ name: z.string().nullish() })])),
  pull_request: z.unknown().optional(),
});
export type RestIssue = z.infer<typeof RestIssue>;

function loginOf(actor: z.infer<typeof Actor>): string | undefined {
  if (!actor) return undefined;
  // GraphQL leaves out the suffix by which REST and people know an app.
  return actor.__typename === 'Bot' && !actor.login.endsWith('[bot]') ? `${actor.login}[bot]` : actor.login;
}

function reasonOf(reason: string | null | undefined): IssueSnapshot['stateReason'] {
  return stateReasons.safeParse(reason?.toLowerCase()).data;
}

function fromNode(node: z.infer<typeof Node>): IssueSnapshot {
  const state = node.state === 'OPEN' ? 'open' : 'closed';
  return {
    number: node.number,
    url: node.url,
    title: node.title,
    body: node.body,
    state,
    stateReason: reasonOf(node.stateReason),
    labels: (node.labels?.nodes ?? []).flatMap((label) => (label ? [label.name] : [])),
    locked: node.locked,
    author: loginOf(node.author),
    closedBy: state === 'closed' ? loginOf(node.timelineItems.nodes?.[0]?.actor) : undefined,
  };
}

export function fromRest(issue: RestIssue): IssueSnapshot {
  const state = issue.state === 'open' ? 'open' : 'closed';
  const names = issue.labels.map((label) => (typeof label === 'string' ? label : (label.name ?? '')));
  return {
    number: issue.number,
    url: issue.html_url,
    title: issue.title,
    body: issue.body ?? '',
    state,
    stateReason: reasonOf(issue.state_reason),
    labels: names.filter((name) => name !== ''),
    locked: issue.locked,
    author: issue.user?.login,
    closedBy: state === 'closed' ? issue.closed_by?.login : undefined,
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
  const aliases = numbers.map((number) => `i${number}: issue(number: ${number}) { ...Known }`).join('\n    ');
  const query = `query KnownIssues($owner: String!, $name: String!) {
  repository(owner: $owner, name: $name) {
    nameWithOwner
    ${aliases}
  }
}
${fields}`;
  const answer = await client.graphql(query, { owner, name: repo });
  if (!answer) return undefined;
  return issuesOf(answer, client);
}

function issuesOf({ data, errors }: GraphqlAnswer, client: Client): IssueSnapshot[] {
  const { owner, repo } = client.place;
  const fatal = errors.find(({ type, path }) => type !== 'NOT_FOUND' || (path?.length ?? 0) < 2);
  if (fatal?.type === 'NOT_FOUND')
    throw new UserError(`GitHub has no repository ${owner}/${repo}, or this token may not see it.`);
  if (fatal)
    throw new ExternalError(`GitHub could not read the issues of ${owner}/${repo}: ${fatal.message}`, {
      hint: 'Give the token `issues: read`, or run it again later.',
    });
  const repository = z.record(z.string(), z.unknown()).parse(data?.repository);
  const home = z.string().parse(repository.nameWithOwner).toLowerCase();
  const nodes = Object.entries(repository).filter(([alias, node]) => alias !== 'nameWithOwner' && node !== null);
  return nodes
    .map(([, node]) => Node.parse(node))
    .filter((node) => node.repository.nameWithOwner.toLowerCase() === home)
    .map(fromNode);
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
