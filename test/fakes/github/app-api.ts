import { createPublicKey, generateKeyPairSync, verify } from 'node:crypto';
import { type Call, type Reply, texts } from './http.ts';
import { HttpError, invalid } from './http-error.ts';
import { personJson, repositoryInPayload } from './json.ts';
import type { Level, RepositoryState, Token } from './state.ts';
import type { Delivery, Webhooks } from './webhooks.ts';

export type AppSeed = {
  id: number;
  slug: string;
  permissions: Readonly<Record<string, Level>>;
  installation: number;
  /** PKCS#1 or PKCS#8; made where it is not given. */
  privateKey?: string;
};

export type App = Required<AppSeed> & { tokens: number };

let madeKey: string | undefined;
/** One key for all doubles of a process: making one takes longer than most tests. */
function makeKey(): string {
  madeKey ??= generateKeyPairSync('rsa', { modulusLength: 2048 })
    .privateKey.export({ type: 'pkcs1', format: 'pem' })
    .toString();
  return madeKey;
}

export function createApp(seed: AppSeed | undefined): App | undefined {
  return seed && { ...seed, privateKey: seed.privateKey ?? makeKey(), tokens: 0 };
}

/** The app that a JWT is signed for: RS256, its own key, ten minutes at most. @throws HttpError 401 as GitHub words it. */
export function authenticateApp(jwt: string, app: App | undefined): Token | undefined {
  const [head = '', claims = '', signature = ''] = jwt.split('.');
  if (!app || signature === '' || !jwt.startsWith('ey')) return undefined;
  const key = createPublicKey(app.privateKey);
  const signed = Buffer.from(`${head}.${claims}`);
  if (!verify('RSA-SHA256', signed, key, Buffer.from(signature, 'base64url')))
    throw new HttpError(401, 'A JSON web token could not be decoded');
  const { iss, exp, iat } = JSON.parse(Buffer.from(claims, 'base64url').toString('utf8'));
  const now = Date.now() / 1000;
  if (String(iss) !== String(app.id)) throw new HttpError(401, 'Integration not found');
  if (exp < now)
    throw new HttpError(401, "'Expiration time' claim ('exp') must be a numeric value representing the future");
  if (exp - iat > 660) throw new HttpError(401, "'Expiration time' claim ('exp') is too far in the future");
  return { login: `${app.slug}[bot]`, type: 'Bot', app: true };
}

type AppCall = Call & {
  app: App;
  repositories: readonly RepositoryState[];
  tokens: Record<string, Token>;
  webhooks: Webhooks;
};

function appJson({ id, slug, permissions }: App) {
  const events = ['check_run', 'issue_comment', 'issues', 'workflow_run'];
  return {
    id,
    slug,
    node_id: `A_${id}`,
    name: slug,
    owner: personJson({ login: 'acme', type: 'User' }),
    permissions,
    events,
  };
}

function installationJson({ app, apiUrl, repositories }: AppCall) {
  return {
    id: app.installation,
    app_id: app.id,
    app_slug: app.slug,
    account: personJson({ login: repositories[0]?.owner ?? 'acme', type: 'User' }),
    target_type: 'User',
    repository_selection: 'all',
    permissions: app.permissions,
    events: [],
    access_tokens_url: `${apiUrl}/app/installations/${app.installation}/access_tokens`,
    suspended_at: null,
  };
}

function requireInstallation({ app, params }: AppCall): void {
  if (String(app.installation) !== params.installation_id) throw new HttpError(404, 'Not Found');
}

/** A token for the installation or a part of it; never for more than the app was given. */
function createToken(call: AppCall): Reply {
  requireInstallation(call);
  const { app, body, repositories, tokens } = call;
  const asked =
    typeof body.permissions === 'object' && body.permissions !== null ? Object.entries(body.permissions) : undefined;
  for (const [name, level] of asked ?? [])
    if (!app.permissions[name] || (level === 'write' && app.permissions[name] === 'read'))
      throw new HttpError(422, 'The permissions requested are not granted to this installation.');
  const ids = Array.isArray(body.repository_ids) ? body.repository_ids : undefined;
  const names = Array.isArray(body.repositories) ? texts(body.repositories) : undefined;
  const chosen = repositories.filter(({ id, name }) => (ids?.includes(id) ?? true) && (names?.includes(name) ?? true));
  // One that is not there, or not the installation's, refuses the token as a whole.
  if (chosen.length < (ids ?? names ?? chosen).length || chosen.length === 0)
    throw invalid('InstallationToken', 'repositories', 'invalid');
  app.tokens += 1;
  // As long as GitHub's are since 2026, with dots and underscores in them.
  const token = `ghs_${app.id}_${'ab.cd-ef_'.repeat(50)}${app.tokens}`;
  const permissions: Record<string, Level> = asked
    ? Object.fromEntries(asked.map(([name, level]) => [name, level === 'write' ? 'write' : 'read']))
    : { ...app.permissions };
  const isPart = ids !== undefined || names !== undefined;
  const scope = isPart ? { repositories: chosen.map(({ fullName }) => fullName) } : {};
  tokens[token] = { login: `${app.slug}[bot]`, type: 'Bot', permissions, ...scope };
  const expires_at = new Date(Date.now() + 3_600_000).toISOString();
  return { status: 201, body: { token, expires_at, permissions, repository_selection: isPart ? 'selected' : 'all' } };
}

function deliveryJson(delivery: Delivery, { app }: AppCall) {
  const { id, guid, event, action, deliveredAt, redelivery, status = 0 } = delivery;
  return {
    ...{ id, guid, delivered_at: deliveredAt, redelivery, duration: 0.1, event, action },
    ...{ status: status >= 200 && status < 300 ? 'OK' : 'failed', status_code: status },
    ...{ installation_id: app.installation, repository_id: null, throttled_at: null },
  };
}

/** The newest first; `cursor` is the id after which the next page begins. */
function listDeliveries(call: AppCall): Reply {
  const size = Number(call.query.get('per_page') ?? 30);
  const cursor = Number(call.query.get('cursor') ?? Number.POSITIVE_INFINITY);
  const newest = call.webhooks
    .logged()
    .filter(({ id }) => id < cursor)
    .toReversed();
  const page = newest.slice(0, size);
  const next = new URL(call.requestUrl);
  next.searchParams.set('cursor', String(page.at(-1)?.id ?? 0));
  const headers: Record<string, string> = newest.length > size ? { link: `<${next}>; rel="next"` } : {};
  return { status: 200, headers, body: page.map((delivery) => deliveryJson(delivery, call)) };
}

function requireDelivery({ params, webhooks }: AppCall): Delivery {
  const found = webhooks.deliveries.find(({ id }) => String(id) === params.delivery_id);
  if (!found) throw new HttpError(404, 'Not Found');
  return found;
}

/** What only the app itself may call, with its JWT. */
export const appOperations: Readonly<Record<string, (call: AppCall) => Reply>> = {
  'apps/get-authenticated': ({ app }) => ({ status: 200, body: appJson(app) }),
  'apps/list-installations': (call) => ({ status: 200, body: [installationJson(call)] }),
  'apps/get-installation': (call) => {
    requireInstallation(call);
    return { status: 200, body: installationJson(call) };
  },
  'apps/get-repo-installation': (call) => {
    const wanted = `${call.params.owner}/${call.params.repo}`.toLowerCase();
    if (!call.repositories.some(({ fullName }) => fullName.toLowerCase() === wanted))
      throw new HttpError(404, 'Not Found');
    return { status: 200, body: installationJson(call) };
  },
  'apps/create-installation-access-token': createToken,
  'apps/list-webhook-deliveries': listDeliveries,
  'apps/get-webhook-delivery': (call) => {
    const delivery = requireDelivery(call);
    const request = { headers: { 'X-GitHub-Event': delivery.event }, payload: JSON.parse(delivery.payload) };
    return { status: 200, body: { ...deliveryJson(delivery, call), request, response: { headers: {}, payload: '' } } };
  },
  'apps/redeliver-webhook-delivery': (call) => {
    call.webhooks.redeliver(requireDelivery(call));
    return { status: 202, body: {} };
  },
};

/** What an installation's token sees. */
export function listSeen(call: Call & { repositories: readonly RepositoryState[] }): Reply {
  const { who, repositories } = call;
  const seen = repositories.filter(({ fullName }) => who.repositories?.includes(fullName) ?? true);
  const listed = seen.map((repository) => repositoryInPayload({ ...call, repository }));
  return { status: 200, body: { total_count: seen.length, repositories: listed } };
}
