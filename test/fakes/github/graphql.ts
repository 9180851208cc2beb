import { readFileSync } from 'node:fs';
import { buildSchema, type DocumentNode, execute, GraphQLError, type GraphQLSchema, parse, validate } from 'graphql';
import { flatten, type GitObjects, textAt, treeOf } from './git-objects.ts';
import { actor, connection, type GraphqlScope, notFound, type Page } from './graphql-parts.ts';
import { linkedBranchesOf, linkedBranchRoot, rulesOf } from './linked-branches.ts';
import { pullFields, reviewRoot } from './reviews-graphql.ts';
import type {
  Closer,
  RepositoryState,
  StoredComment,
  StoredEvent,
  StoredIssue,
  StoredReaction,
  Token,
} from './state.ts';

let built: GraphQLSchema | undefined;
/** GitHub's own schema; read once per process, when the first query comes. */
function gitHubSchema(): GraphQLSchema {
  // From its text alone: the package itself reads and builds all of it twice over as soon as it is imported.
  const text = () => readFileSync(new URL('schema.graphql', import.meta.resolve('@octokit/graphql-schema')), 'utf8');
  // Without its descriptions, which are two thirds of it and check nothing.
  built ??= buildSchema(text().replace(/"""[\s\S]*?"""/g, ''), { assumeValid: true, noLocation: true });
  return built;
}

type Checked = { document: DocumentNode | undefined; problems: readonly GraphQLError[] };
const checked = new Map<string, Checked>();
/** What the schema says to a document is the same each time, and takes longer than the answer. */
function check(source: string): Checked {
  const known = checked.get(source);
  if (known) return known;
  const fresh = checkAnew(source);
  checked.set(source, fresh);
  return fresh;
}

function checkAnew(source: string): Checked {
  try {
    const document = parse(source);
    return { document, problems: validate(gitHubSchema(), document) };
  } catch (error) {
    return { document: undefined, problems: [error instanceof GraphQLError ? error : new GraphQLError(String(error))] };
  }
}

const contentWords: Readonly<Record<string, string>> = {
  '+1': 'THUMBS_UP',
  '-1': 'THUMBS_DOWN',
  laugh: 'LAUGH',
  confused: 'CONFUSED',
  heart: 'HEART',
  hooray: 'HOORAY',
  rocket: 'ROCKET',
  eyes: 'EYES',
};

/** What an app reacted has no user: GitHub's field is of people. */
function reactionsOf(reactions: readonly StoredReaction[], serverUrl: string) {
  return ({ content, ...page }: Page & { content?: string }) =>
    connection(
      reactions
        .map((reaction) => ({
          __typename: 'Reaction',
          content: contentWords[reaction.content] ?? 'EYES',
          createdAt: reaction.at,
          user: reaction.author.type === 'User' ? actor(reaction.author, serverUrl) : null,
        }))
        .filter((node) => content === undefined || node.content === content),
      page,
    );
}

function commentNode(comment: StoredComment, { serverUrl, who }: GraphqlScope) {
  return {
    viewerDidAuthor: comment.author.login === who.login,
    reactions: reactionsOf(comment.reactions, serverUrl),
    __typename: 'IssueComment',
    id: `IC_${comment.id}`,
    databaseId: comment.id,
    body: comment.body,
    author: actor(comment.author, serverUrl),
    createdAt: comment.createdAt,
    updatedAt: comment.updatedAt,
  };
}

const eventTypes = {
  closed: ['CLOSED_EVENT', 'ClosedEvent'],
  reopened: ['REOPENED_EVENT', 'ReopenedEvent'],
  labeled: ['LABELED_EVENT', 'LabeledEvent'],
  duplicate: ['MARKED_AS_DUPLICATE_EVENT', 'MarkedAsDuplicateEvent'],
  renamed: ['RENAMED_TITLE_EVENT', 'RenamedTitleEvent'],
} as const;

/** The timeline. A closing that was only set on the state counts as an event, too. */
function eventNodes(
  issue: StoredIssue,
  repository: RepositoryState,
  scope: GraphqlScope,
): { type: string; node: object }[] {
  const { state, closedBy, closedAt, updatedAt } = issue;
  const isTold = issue.events.findLast(({ kind }) => kind === 'closed' || kind === 'reopened')?.kind === 'closed';
  const set: StoredEvent[] =
    state === 'closed' && closedBy && !isTold ? [{ kind: 'closed', at: closedAt ?? updatedAt, actor: closedBy }] : [];
  return [...issue.events, ...set].map((event) => {
    const [type, __typename] = eventTypes[event.kind];
    const node = {
      __typename,
      actor: actor(event.actor, scope.serverUrl),
      createdAt: event.at,
      ...(event.kind === 'labeled' && { label: { name: event.label } }),
      ...(event.kind === 'closed' && {
        closer: () => (event.closer ? closerNode(event.closer, repository, scope.who) : null),
      }),
      ...(event.kind === 'duplicate' && {
        canonical: () => {
          const canonical = repository.issues.find(({ number }) => number === event.canonical);
          return canonical ? issueNode(canonical, repository, scope) : null;
        },
      }),
    };
    return { type, node };
  });
}

function closerNode(closer: Closer, { fullName, visibility }: RepositoryState, { permissions }: Token) {
  if (closer.type === 'PullRequest' && permissions && !permissions.pull_requests && visibility !== 'public')
    throw new GraphQLError('Resource not accessible by integration', { extensions: { type: 'FORBIDDEN' } });
  if (closer.type === 'ProjectV2') return { __typename: 'ProjectV2' };
  const repository = { __typename: 'Repository', nameWithOwner: closer.repository ?? fullName };
  if (closer.type === 'Commit') return { __typename: 'Commit', oid: closer.commit, repository };
  const { number, merged, commit } = closer;
  const mergeCommit = commit === null ? null : { __typename: 'Commit', oid: commit };
  return { __typename: 'PullRequest', number, merged, mergeCommit, repository };
}

function issueNode(issue: StoredIssue, repository: RepositoryState, scope: GraphqlScope) {
  const { serverUrl } = scope;
  const home = issue.transferredTo ?? repository.fullName;
  const events = eventNodes(issue, repository, scope);
  return {
    __typename: 'Issue',
    id: `I_${issue.id}`,
    databaseId: issue.id,
    fullDatabaseId: String(issue.id),
    number: issue.number,
    title: issue.title,
    body: issue.body,
    url: `${serverUrl}/${home}/issues/${issue.number}`,
    repository: { __typename: 'Repository', nameWithOwner: home, name: home.split('/')[1] },
    state: issue.state.toUpperCase(),
    // What GitHub says without the argument is not known; this is the worse case.
    stateReason: ({ enableDuplicate = false }: { enableDuplicate?: boolean }) =>
      (issue.stateReason === 'duplicate' && !enableDuplicate ? 'not_planned' : issue.stateReason)?.toUpperCase() ??
      null,
    closedAt: issue.state === 'closed' ? (issue.closedAt ?? issue.updatedAt) : null,
    locked: issue.locked,
    closed: issue.state === 'closed',
    createdAt: issue.createdAt,
    updatedAt: issue.updatedAt,
    lastEditedAt: issue.editedAt ?? null,
    author: actor(issue.author, serverUrl),
    labels: (page: Page) =>
      connection(
        issue.labels.map((name) => ({ name })),
        page,
      ),
    assignees: (page: Page) =>
      connection(
        issue.assignees.map((login) => actor({ login, type: 'User' }, serverUrl)),
        page,
      ),
    comments: (page: Page) =>
      connection(
        issue.comments.map((comment) => commentNode(comment, scope)),
        page,
      ),
    reactions: reactionsOf(issue.reactions, serverUrl),
    linkedBranches: linkedBranchesOf(issue, repository),
    timelineItems: ({ itemTypes, ...page }: Page & { itemTypes?: readonly string[] }) =>
      connection(
        events.filter(({ type }) => itemTypes?.includes(type) ?? true).map(({ node }) => node),
        page,
      ),
  };
}

const textLimit = 512_000;

function objectNode(objects: GitObjects, sha: string): object | null {
  const object = objects.get(sha);
  if (object?.type === 'blob') {
    const isBinary = object.content.includes(0);
    const content = object.content.toString('utf8');
    const isTruncated = object.content.length > textLimit;
    // Whether GitHub keeps a byte order mark here is not known; this is the worse case.
    const text = isBinary ? null : content.replace(/^\ufeff/, '').slice(0, textLimit);
    return { __typename: 'Blob', oid: sha, byteSize: object.content.length, isBinary, isTruncated, text };
  }
  if (object?.type === 'tree') {
    const entries = object.entries.map(({ name, sha: oid }) => ({
      name,
      oid,
      type: objects.get(oid)?.type,
      object: () => objectNode(objects, oid),
    }));
    return { __typename: 'Tree', oid: sha, entries };
  }
  if (object?.type === 'commit')
    return { __typename: 'Commit', oid: sha, message: object.message, tree: () => objectNode(objects, object.tree) };
  return null;
}

function expressionNode(repository: RepositoryState, expression: string): object | null {
  const [name = '', path] = expression.split(':');
  const { refs, objects } = repository;
  const commit = refs.get(name) ?? refs.get(`refs/heads/${name}`) ?? name;
  if (path === undefined || path === '')
    return objectNode(objects, path === undefined ? commit : (treeOf(objects, commit) ?? ''));
  if (textAt(objects, commit, path) === undefined && !treeOf(objects, commit)) return null;
  const leaf = flatten(objects, treeOf(objects, commit) ?? '', { folders: true }).get(path);
  return leaf ? objectNode(objects, leaf.sha) : null;
}

function refNode(repository: RepositoryState, qualifiedName: string) {
  const name = qualifiedName.startsWith('refs/') ? qualifiedName : `refs/heads/${qualifiedName}`;
  const sha = repository.refs.get(name);
  const branch = name.replace(/^refs\/heads\//, '');
  return sha
    ? { name: branch, target: () => objectNode(repository.objects, sha), ...rulesOf(branch, repository) }
    : null;
}

function repositoryNode(repository: RepositoryState, scope: GraphqlScope) {
  return {
    __typename: 'Repository',
    id: `R_${repository.id}`,
    databaseId: repository.id,
    name: repository.name,
    nameWithOwner: repository.fullName,
    url: `${scope.serverUrl}/${repository.fullName}`,
    visibility: repository.visibility.toUpperCase(),
    hasIssuesEnabled: repository.hasIssues,
    issues: (page: Page) => {
      const mayRead = !scope.who.permissions || scope.who.permissions.issues || repository.visibility === 'public';
      if (!mayRead)
        throw new GraphQLError('Resource not accessible by integration', { extensions: { type: 'FORBIDDEN' } });
      const there = repository.issues.filter(({ pullRequest, deleted }) => !pullRequest && !deleted);
      return connection(
        there.map((issue) => issueNode(issue, repository, scope)),
        page,
      );
    },
    ...pullFields(repository, scope),
    defaultBranchRef: () => refNode(repository, repository.defaultBranch),
    ref: ({ qualifiedName }: { qualifiedName: string }) => refNode(repository, qualifiedName),
    object: ({ oid, expression }: { oid?: string; expression?: string }) =>
      oid ? objectNode(repository.objects, oid) : expressionNode(repository, expression ?? ''),
    issue: ({ number }: { number: number }) => {
      const issue = repository.issues.find((one) => one.number === number && !one.deleted && !one.pullRequest);
      if (!issue) throw notFound(`Could not resolve to an Issue with the number of ${number}.`);
      return issueNode(issue, repository, scope);
    },
  };
}

function rootOf(scope: GraphqlScope) {
  return {
    viewer: { __typename: 'User', login: scope.who.login },
    ...reviewRoot(scope),
    ...linkedBranchRoot(scope),
    repository: ({ owner, name }: { owner: string; name: string }) => {
      const repository = scope.findRepository(`${owner}/${name}`);
      if (!repository) throw notFound(`Could not resolve to a Repository with the name '${owner}/${name}'.`);
      return repositoryNode(repository, scope);
    },
    rateLimit: { limit: 5000, cost: 1, remaining: 4999, used: 1, resetAt: new Date(0).toISOString(), nodeCount: 1 },
  };
}

function errorJson(error: GraphQLError) {
  const { type } = error.extensions;
  return {
    ...(typeof type === 'string' && { type }),
    path: error.path,
    locations: error.locations,
    message: error.message,
  };
}

/**
 * Answers a query by the state, checked and executed against GitHub's schema.
 *
 * @returns GitHub's answer, and what the schema has against the document (an error of ours, never of the data).
 */
export async function answerGraphql(source: string, variables: Record<string, unknown>, scope: GraphqlScope) {
  const { document, problems } = check(source);
  if (document === undefined || problems.length > 0)
    return { answer: { errors: problems.map(errorJson) }, problems: problems.map(({ message }) => message) };
  const result = await execute({
    schema: gitHubSchema(),
    document,
    rootValue: rootOf(scope),
    variableValues: variables,
  });
  const errors = result.errors?.map(errorJson);
  const wrongVariables = result.data === undefined ? (result.errors ?? []).map(({ message }) => message) : [];
  return { answer: { data: result.data ?? null, ...(errors && { errors }) }, problems: wrongVariables };
}
