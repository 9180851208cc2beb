import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { lag } from '../lag.ts';
import { createPeople } from './act.ts';
import { actionsOperations } from './actions-api.ts';
import { advisoryOperations } from './advisories-api.ts';
import { type AppSeed, appOperations, authenticateApp, createApp, listSeen } from './app-api.ts';
import { checkOperations } from './checks-api.ts';
import { createFaults, type Fault } from './faults.ts';
import { gitOperations } from './git-api.ts';
import { flatten, treeOf } from './git-objects.ts';
import { answerGraphql } from './graphql.ts';
import { historyOperations } from './history-api.ts';
import { type Call, type Reply, text } from './http.ts';
import { HttpError } from './http-error.ts';
import { issueOperations } from './issues-api.ts';
import { personJson } from './json.ts';
import { mergeOperations } from './merges-api.ts';
import { requirePermission } from './permissions.ts';
import { pullOperations } from './pulls-api.ts';
import { reactionOperations } from './reactions-api.ts';
import { findOperation, requestProblems } from './request-contract.ts';
import { createRepository, type RepositorySeed, type RepositoryState, type Token } from './state.ts';
import { createWebhooks, type WebhookSeed } from './webhooks.ts';

export type GitHubSeed = {
  repositories?: readonly RepositorySeed[];
  /** By the token's text. */
  tokens?: Readonly<Record<string, Token>>;
  /** `false`: there is no GraphQL endpoint (404). */
  graphql?: boolean;
  /** What links in answers start with. */
  serverUrl?: string;
  port?: number;
  /** The GitHub App that is installed on all repositories. */
  app?: AppSeed;
  /** Where the app hears of what happens. */
  webhooks?: Omit<WebhookSeed, 'installation'>;
};

export type RequestRecord = {
  method: string;
  /** Below the API's root, without query. */
  path: string;
  query: string;
  /** The operation's id in GitHub's OpenAPI description, or `graphql`. */
  operation: string;
  body: unknown;
  /** 0 where the connection was dropped. */
  status: number;
  /** Whether the state may have changed: a write that was carried out. */
  wrote: boolean;
  login: string | undefined;
};

/** The token that `startGitHub` knows unless told otherwise: a workflow's `GITHUB_TOKEN` with every permission. */
export const workflowToken = 'ghs_workflow';

const everything = {
  actions: 'write',
  checks: 'write',
  contents: 'write',
  issues: 'write',
  pull_requests: 'write',
  security_events: 'write',
} as const;
const defaultTokens: Readonly<Record<string, Token>> = {
  [workflowToken]: { login: 'github-actions[bot]', type: 'Bot', permissions: everything },
};

export type GitHubDouble = Awaited<ReturnType<typeof startGitHub>>;

async function readBody(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const body = Buffer.concat(chunks).toString('utf8');
  if (body === '') return undefined;
  try {
    return JSON.parse(body);
  } catch {
    throw new HttpError(400, 'Problems parsing JSON');
  }
}

function send(response: ServerResponse, { status, body, headers = {} }: Reply): void {
  const raw = Buffer.isBuffer(body);
  const content = raw ? body : Buffer.from(body === undefined ? '' : JSON.stringify(body));
  const type: Record<string, string> =
    status === 204 || status === 304 ? {} : { 'content-type': 'application/json; charset=utf-8' };
  response.writeHead(status, { ...type, ...headers });
  response.end(content);
}

function isWrite({ method, operation, body }: RequestRecord): boolean {
  return operation === 'graphql' ? /^\s*mutation/.test(text(record(body).query) ?? '') : method !== 'GET';
}

/** Reads can be asked for on the condition that they have changed. */
function withEtag(reply: Reply, { method, headers }: IncomingMessage): Reply {
  if (method !== 'GET' || reply.status !== 200 || Buffer.isBuffer(reply.body)) return reply;
  const etag = `W/"${createHash('sha256').update(JSON.stringify(reply.body)).digest('hex')}"`;
  const isSame = headers['if-none-match'] === etag;
  return isSame ? { status: 304, headers: { etag } } : { ...reply, headers: { ...reply.headers, etag } };
}

function errorReply(error: unknown): Reply {
  if (!(error instanceof HttpError)) return { status: 500, body: { message: String(error) } };
  const { status, message, errors, headers } = error;
  const body = { message, ...(errors && { errors }), documentation_url: 'https://docs.github.test/rest', status };
  return { status, body, headers };
}

const record = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};

/**
 * GitHub on loopback, in memory: what Courier uses of REST and GraphQL, with GitHub's limits, permissions and errors.
 *
 * Without a seed there is one private repository `acme/shop` (branch `main`, a README) and the token `workflowToken`. REST is at `url`,
 * GraphQL at `graphqlUrl`; GitHub Enterprise's prefixes `/api/v3` and `/api/graphql` work too.
 *
 * Every request is held to GitHub's own OpenAPI description and GraphQL schema: `violations` lists what they have against it, and a test
 * that talks to the double asserts at its end that it is empty. `requests` is the log, `writes()` counts what changed by operation,
 * `fail()` makes the next matching requests go wrong. Act as a person on the state itself: `repository('acme/shop').issues`.
 */
export async function startGitHub(seed: GitHubSeed = {}) {
  const repositories = (seed.repositories ?? [{ name: 'acme/shop' }]).map(createRepository);
  const tokens: Record<string, Token> = { ...(seed.tokens ?? defaultTokens) };
  const serverUrl = seed.serverUrl ?? 'https://github.test';
  const requests: RequestRecord[] = [];
  const violations: string[] = [];
  const faults = createFaults();
  const app = createApp(seed.app);
  const webhooks = createWebhooks(seed.webhooks && { ...seed.webhooks, installation: app?.installation ?? 0 });
  const started = Math.floor(Date.now() / 1000);

  const findRepository = (fullName: string): RepositoryState | undefined =>
    repositories.find((repository) => repository.fullName.toLowerCase() === fullName.toLowerCase());

  function authenticate(request: IncomingMessage): Token {
    const [, given = ''] = /^(?:token|bearer) (.+)$/i.exec(request.headers.authorization ?? '') ?? [];
    const known = tokens[given] ?? authenticateApp(given, app);
    if (!known) throw new HttpError(401, given === '' ? 'Requires authentication' : 'Bad credentials');
    return known;
  }

  function answerRest(operation: string, call: Call): Reply {
    if (operation === 'users/get-authenticated') {
      if (call.who.permissions) throw new HttpError(403, 'Resource not accessible by integration');
      return { status: 200, body: personJson(call.who) };
    }
    if (operation === 'rate-limit/get')
      return { status: 200, body: { resources: { core: { limit: 1000, remaining: 999, reset: started + 3600 } } } };
    const ofApp = appOperations[operation];
    if (ofApp) {
      if (!app || !call.who.app) throw new HttpError(401, 'A JSON web token could not be decoded');
      return ofApp({ ...call, app, repositories, tokens });
    }
    if (call.who.app) throw new HttpError(403, 'Resource not accessible by integration');
    if (operation === 'apps/list-repos-accessible-to-installation') return listSeen({ ...call, repositories });
    const repository = findRepository(`${call.params.owner}/${call.params.repo}`);
    const isSeen = repository && (call.who.repositories?.includes(repository.fullName) ?? true);
    if (!isSeen) throw new HttpError(404, 'Not Found');
    requirePermission(operation, repository, call.who);
    if (operation === 'repos/get') return { status: 200, body: repositoryJson(repository, call) };
    const handler =
      issueOperations[operation] ??
      pullOperations[operation] ??
      gitOperations[operation] ??
      historyOperations[operation] ??
      mergeOperations[operation] ??
      advisoryOperations[operation] ??
      reactionOperations[operation] ??
      actionsOperations[operation] ??
      checkOperations[operation];
    if (!handler) throw new HttpError(501, `The double lacks ${operation}`);
    return handler({ ...call, repository });
  }

  async function answerQuery(who: Token, body: unknown): Promise<Reply> {
    if (seed.graphql === false) throw new HttpError(404, 'Not Found');
    const { query, variables } = record(body);
    const isSeen = ({ fullName }: RepositoryState) => who.repositories?.includes(fullName) ?? true;
    const seen = repositories.filter(isSeen);
    const find = (fullName: string) => {
      const found = findRepository(fullName);
      return found && isSeen(found) ? found : undefined;
    };
    const scope = { who, serverUrl, findRepository: find, repositories: seen };
    const { answer, problems } = await answerGraphql(text(query) ?? '', record(variables), scope);
    violations.push(...problems.map((problem) => `graphql: ${problem}`));
    return { status: 200, body: answer };
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const requestUrl = new URL(request.url ?? '/', `http://${request.headers.host}`);
    const enterprise = requestUrl.pathname.startsWith('/api/');
    const path = requestUrl.pathname.replace(/^\/api(\/v3)?(?=\/)/, '');
    const method = request.method ?? 'GET';
    const isGraphql = method === 'POST' && path === '/graphql';
    const found = isGraphql ? undefined : findOperation(method, path);
    const operation = isGraphql ? 'graphql' : (found?.operation.id ?? 'unknown');
    const entry: RequestRecord = {
      ...{ method, path, query: requestUrl.search, operation },
      ...{ body: undefined, status: 0, wrote: false, login: undefined },
    };
    requests.push(entry);

    async function answer(): Promise<Reply> {
      const who = authenticate(request);
      entry.login = who.login;
      if (isGraphql) return answerQuery(who, entry.body);
      if (!found) {
        violations.push(`unknown operation ${method} ${path}`);
        throw new HttpError(501, `The double knows no operation ${method} ${path}`);
      }
      violations.push(...requestProblems(found.operation, requestUrl.searchParams, entry.body));
      const reply = answerRest(found.operation.id, {
        ...{ params: found.params, query: requestUrl.searchParams, requestUrl, who, serverUrl, webhooks },
        ...{ body: record(entry.body), list: Array.isArray(entry.body) ? entry.body : undefined },
        ...{ accept: request.headers.accept ?? '', apiUrl: requestUrl.origin + (enterprise ? '/api/v3' : '') },
      });
      entry.wrote = method !== 'GET';
      return reply;
    }

    let reply: Reply;
    try {
      entry.body = await readBody(request);
      await lag('way');
      // Its sender was killed while it was on its way.
      if (response.destroyed) return;
      const fault = faults.next(operation, path);
      if (fault?.until) {
        await fault.until;
        if (response.destroyed) return;
        reply = await answer();
      } else if (fault) {
        if (fault.applied) await answer();
        fault.meanwhile?.();
        if (fault.status === undefined) return void response.destroy();
        const message = fault.message ?? 'Server Error';
        reply = { status: fault.status, body: { message }, headers: { ...fault.headers } };
      } else reply = await answer();
    } catch (error) {
      reply = errorReply(error);
    }
    reply = withEtag(reply, request);
    await lag(isWrite(entry) ? 'writes' : 'reads');
    entry.status = reply.status;
    const limits = { 'x-ratelimit-limit': '15000', 'x-ratelimit-remaining': String(15_000 - requests.length) };
    send(response, { ...reply, headers: { ...limits, 'x-ratelimit-reset': String(started + 3600), ...reply.headers } });
  }

  const server = createServer((request, response) => void handle(request, response));
  // Only clients end connections: where both may, a request can meet one that is just being ended, and has no answer.
  server.keepAliveTimeout = 0;
  await new Promise<void>((resolve) => server.listen(seed.port ?? 0, '127.0.0.1', resolve));
  const { port }: AddressInfo = addressOf(server.address());
  const url = `http://127.0.0.1:${port}`;

  return {
    url,
    graphqlUrl: `${url}/graphql`,
    serverUrl,
    webhooks,
    /** With its private key. */
    app,
    /** What people and GitHub do: it happens in the state, and the app hears of it. */
    act: createPeople({ findRepository, webhooks, apiUrl: url, serverUrl }),
    /** By their text; may be added to. */
    tokens,
    requests,
    violations,
    fail: (fault: Fault): void => faults.add(fault),
    /** Nothing that was announced with `fail` goes wrong any more. */
    heal: (): void => faults.clear(),
    repository: (fullName = 'acme/shop'): RepositoryState => {
      const found = findRepository(fullName);
      if (!found) throw new Error(`the double has no repository ${fullName}`);
      return found;
    },
    /** How often each operation changed something, since the start or the last `forget()`. */
    writes: (): Record<string, number> => {
      const counts: Record<string, number> = {};
      for (const { wrote, operation } of requests) if (wrote) counts[operation] = (counts[operation] ?? 0) + 1;
      return counts;
    },
    /** Empties the log of requests; the state stays. */
    forget: (): void => void requests.splice(0),
    /** The files of a branch, by path; empty where there is no such branch. */
    files: (fullName: string, branch: string): Record<string, string> => filesOf(findRepository(fullName), branch),
    /** The messages of a branch's commits, newest first, along the first parents. */
    commits: (fullName: string, branch: string): string[] => messagesOf(findRepository(fullName), branch),
    close: async (): Promise<void> => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function addressOf(address: string | AddressInfo | null): AddressInfo {
  if (typeof address !== 'object' || address === null) throw new Error('the double listens on no port');
  return address;
}

function repositoryJson(repository: RepositoryState, { apiUrl, serverUrl }: Call) {
  return {
    id: repository.id,
    node_id: `R_${repository.id}`,
    name: repository.name,
    full_name: repository.fullName,
    owner: personJson({ login: repository.owner, type: 'User' }),
    private: repository.visibility !== 'public',
    visibility: repository.visibility,
    url: `${apiUrl}/repos/${repository.fullName}`,
    html_url: `${serverUrl}/${repository.fullName}`,
    default_branch: repository.defaultBranch,
    has_issues: repository.hasIssues,
  };
}

function filesOf(repository: RepositoryState | undefined, branch: string): Record<string, string> {
  const head = repository?.refs.get(`refs/heads/${branch}`);
  if (!repository || !head) return {};
  const leaves = [...flatten(repository.objects, treeOf(repository.objects, head) ?? '')];
  return Object.fromEntries(
    leaves.map(([path, { sha }]) => {
      const blob = repository.objects.get(sha);
      return [path, blob?.type === 'blob' ? blob.content.toString('utf8') : ''];
    }),
  );
}

function messagesOf(repository: RepositoryState | undefined, branch: string): string[] {
  const messages: string[] = [];
  let sha = repository?.refs.get(`refs/heads/${branch}`);
  while (sha !== undefined) {
    const commit = repository?.objects.get(sha);
    if (commit?.type !== 'commit') break;
    messages.push(commit.message);
    sha = commit.parents[0];
  }
  return messages;
}
