import { z } from 'zod';
import type { Thumb } from '../../findings/issue.ts';
import type { IssueSnapshot } from '../../flows/github-ports.ts';

// The events are the last ones only: what counts is how it came to stand as it does.
const known = (stateReason: string) => `fragment Known on Issue {
  number url title body state locked closedAt lastEditedAt
  ${stateReason}
  repository { nameWithOwner }
  author { __typename login }
  labels(first: 100) { nodes { name } }
  assignees(first: 10) { nodes { login } }
  closed: timelineItems(last: 1, itemTypes: [CLOSED_EVENT]) { nodes { ... on ClosedEvent {
    actor { __typename login }
    closer {
      __typename
      ... on PullRequest { number merged mergeCommit { oid } repository { nameWithOwner } }
      ... on Commit { oid repository { nameWithOwner } }
    }
  } } }
  reopened: timelineItems(last: 1, itemTypes: [REOPENED_EVENT]) { nodes { ... on ReopenedEvent {
    createdAt actor { __typename login }
  } } }
  duplicates: timelineItems(last: 1, itemTypes: [MARKED_AS_DUPLICATE_EVENT]) { nodes { ... on MarkedAsDuplicateEvent {
    canonical { __typename ... on Issue { number repository { nameWithOwner } } }
  } } }
  renamed: timelineItems(last: 1, itemTypes: [RENAMED_TITLE_EVENT]) { nodes { ... on RenamedTitleEvent { createdAt } } }
  ups: reactions(last: 20, content: THUMBS_UP) { nodes { createdAt user { login } } }
  downs: reactions(last: 20, content: THUMBS_DOWN) { nodes { createdAt user { login } } }
  comments(last: 3) { nodes { databaseId viewerDidAuthor author { __typename login } reactions(last: 10) { nodes {
    content createdAt user { login }
  } } } }
  labelled: timelineItems(last: 20, itemTypes: [LABELED_EVENT]) { nodes { ... on LabeledEvent {
    createdAt actor { __typename login } label { name }
  } } }
}`;

/** What is asked of each issue. Without the argument GitHub tells no duplicate. */
export const knownFields = known('stateReason(enableDuplicate: true)');
/** The same for a GitHub that knows no duplicates. */
export const olderFields = known('stateReason');

const Actor = z.object({ __typename: z.string(), login: z.string() }).nullish();
const stateReasons = z.enum(['completed', 'not_planned', 'duplicate', 'reopened']);
const Repository = z.object({ nameWithOwner: z.string() });

const events = <Event extends z.ZodType>(event: Event) =>
  z.object({ nodes: z.array(event.nullable()).nullish() }).nullish();

const Thumbs = events(z.object({ createdAt: z.string(), user: z.object({ login: z.string() }).nullish() })).optional();

const Comments = events(
  z.object({
    databaseId: z.number().nullish(),
    viewerDidAuthor: z.boolean(),
    author: Actor,
    reactions: events(
      z.object({ content: z.string(), createdAt: z.string(), user: z.object({ login: z.string() }).nullish() }),
    ),
  }),
).optional();

const Closer = z
  .object({
    __typename: z.string(),
    number: z.number().optional(),
    merged: z.boolean().optional(),
    mergeCommit: z.object({ oid: z.string() }).nullish(),
    oid: z.string().optional(),
    repository: Repository.optional(),
  })
  .nullish();

export const IssueNode = z.object({
  number: z.number(),
  url: z.string(),
  title: z.string(),
  body: z.string(),
  state: z.string(),
  stateReason: z.string().nullish(),
  locked: z.boolean(),
  closedAt: z.string().nullish(),
  lastEditedAt: z.string().nullish(),
  renamed: events(z.object({ createdAt: z.string() })).optional(),
  repository: Repository,
  author: Actor,
  labels: events(z.object({ name: z.string() })),
  assignees: events(z.object({ login: z.string() })),
  closed: events(z.object({ actor: Actor, closer: Closer })),
  reopened: events(z.object({ createdAt: z.string(), actor: Actor })),
  duplicates: events(
    z.object({
      canonical: z
        .object({ __typename: z.string(), number: z.number().optional(), repository: Repository.optional() })
        .nullish(),
    }),
  ),
  ups: Thumbs,
  downs: Thumbs,
  comments: Comments,
  labelled: events(z.object({ createdAt: z.string(), actor: Actor, label: z.object({ name: z.string() }) })),
});
type IssueNode = z.infer<typeof IssueNode>;

function loginOf(actor: z.infer<typeof Actor>): string | undefined {
  if (!actor) return undefined;
  // GraphQL leaves out the suffix by which REST and people know an app.
  return actor.__typename === 'Bot' && !actor.login.endsWith('[bot]') ? `${actor.login}[bot]` : actor.login;
}

export function reasonOf(reason: string | null | undefined): IssueSnapshot['stateReason'] {
  return stateReasons.safeParse(reason?.toLowerCase()).data;
}

/** @param home the repository's `owner/name`, in small letters: what is elsewhere has a number that means nothing here. */
export function fromNode(node: IssueNode, home: string): IssueSnapshot {
  const state = node.state === 'OPEN' ? 'open' : 'closed';
  const [reopened] = nodesOf(node.reopened);
  return {
    number: node.number,
    url: node.url,
    title: node.title,
    body: node.body,
    ...editOf(node),
    state,
    stateReason: reasonOf(node.stateReason),
    labels: nodesOf(node.labels).map(({ name }) => name),
    assignees: nodesOf(node.assignees).map(({ login }) => login),
    locked: node.locked,
    author: loginOf(node.author),
    ...(state === 'closed' ? closingOf(node, home) : { closedBy: undefined }),
    ...(reopened ? { reopened: { at: reopened.createdAt, by: loginOf(reopened.actor) } } : {}),
    labelled: nodesOf(node.labelled).map(({ createdAt, actor, label }) => {
      return { at: createdAt, by: loginOf(actor), label: label.name };
    }),
    thumbs: [...thumbsOf(node.ups, 'up'), ...thumbsOf(node.downs, 'down'), ...onComments(node.comments)],
  };
}

/** GitHub tells edits of the text and of the title in two places. */
function editOf({ lastEditedAt, renamed }: IssueNode): Pick<IssueSnapshot, 'editedAt'> {
  const times = [lastEditedAt ?? '', ...nodesOf(renamed).map(({ createdAt }) => createdAt)].filter((at) => at !== '');
  const last = times.toSorted((a, b) => Date.parse(a) - Date.parse(b)).at(-1);
  return last === undefined ? {} : { editedAt: last };
}

/** Of people only: GitHub tells no user where an app reacted, or somebody whose account is gone. */
function thumbsOf(thumbs: z.infer<typeof Thumbs>, value: Thumb['value']): Thumb[] {
  return nodesOf(thumbs).flatMap(({ createdAt, user }) => (user ? [{ by: user.login, at: createdAt, value }] : []));
}

const thumbValues: Readonly<Record<string, Thumb['value']>> = { THUMBS_UP: 'up', THUMBS_DOWN: 'down' };

/** On comments that may be Courier's: an app's, or of whoever this token is of. Their text tells. */
function onComments(comments: z.infer<typeof Comments>): Thumb[] {
  const own = nodesOf(comments).filter(
    ({ viewerDidAuthor, author }) => viewerDidAuthor || author?.__typename === 'Bot',
  );
  return own.flatMap(({ databaseId, reactions }) =>
    nodesOf(reactions).flatMap(({ content, createdAt, user }) => {
      const value = Object.hasOwn(thumbValues, content) ? thumbValues[content] : undefined;
      return value && user && databaseId ? [{ by: user.login, at: createdAt, value, comment: databaseId }] : [];
    }),
  );
}

function closingOf(node: IssueNode, home: string) {
  const [closed] = nodesOf(node.closed);
  const [marked] = nodesOf(node.duplicates);
  const closer = closed?.closer;
  const closedBy = loginOf(closed?.actor);
  const canonical = marked?.canonical;
  const isHere = canonical?.repository?.nameWithOwner.toLowerCase() === home;
  const isDuplicate = reasonOf(node.stateReason) === 'duplicate' && isHere;
  return {
    closedBy,
    ...(node.closedAt ? { closedAt: node.closedAt } : {}),
    ...closedWith(closer, home),
    ...(isBoard(closer?.__typename, closedBy) ? { closedOnBoard: true } : {}),
    ...(isDuplicate && canonical?.number !== undefined ? { duplicateOf: canonical.number } : {}),
  };
}

/** By its name, too: a token without a permission for projects does not see them. */
function isBoard(type: string | undefined, closedBy: string | undefined): boolean {
  return type === 'ProjectV2' || closedBy === 'github-project-automation[bot]';
}

/** What another repository's history closed has no commit in this one. */
function closedWith(closer: z.infer<typeof Closer>, home: string): Pick<IssueSnapshot, 'closedWith'> {
  const isMerge = closer?.__typename === 'Commit' || (closer?.__typename === 'PullRequest' && closer.merged === true);
  if (!isMerge) return {};
  if (closer.repository?.nameWithOwner.toLowerCase() !== home) return { closedWith: {} };
  return { closedWith: { pullRequest: closer.number, commit: closer.oid ?? closer.mergeCommit?.oid } };
}

function nodesOf<Node>(connection: { nodes?: (Node | null)[] | null | undefined } | null | undefined): Node[] {
  return (connection?.nodes ?? []).flatMap((node) => (node === null ? [] : [node]));
}
