import { createHmac, createSign } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { Octokit } from '@octokit/rest';
import { afterEach, describe, expect, it } from 'vitest';
import { type GitHubDouble, type GitHubSeed, startGitHub, workflowToken } from '../fakes/github/github.ts';
import { addIssue } from '../fakes/github/state.ts';

const closing: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const app = {
  id: 4711,
  slug: 'courier',
  permissions: { issues: 'write', actions: 'write', checks: 'write' },
  installation: 99,
} as const;
const shop = { owner: 'acme', repo: 'shop' };

async function start(seed: GitHubSeed = {}) {
  const double: GitHubDouble = await startGitHub({ app, ...seed });
  closing.push(() => double.close());
  addIssue(double.repository(), {});
  const octokit = (auth: string) =>
    new Octokit({ auth, baseUrl: double.url, log: { debug() {}, info() {}, warn() {}, error() {} } }).rest;
  return { double, octokit };
}

const base64 = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
function jwt(privateKey: string, claims: { iss?: number; exp?: number } = {}): string {
  const now = Math.floor(Date.now() / 1000);
  const text = `${base64({ alg: 'RS256', typ: 'JWT' })}.${base64({ iat: now - 60, exp: now + 540, iss: app.id, ...claims })}`;
  return `${text}.${createSign('RSA-SHA256').update(text).sign(privateKey, 'base64url')}`;
}

/** An app that answers with these statuses, one after the other, and then with 200. */
async function aReceiver(statuses: number[] = []) {
  const received: { headers: Record<string, unknown>; body: string }[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    received.push({ headers: request.headers, body: Buffer.concat(chunks).toString('utf8') });
    response.writeHead(statuses.shift() ?? 200).end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  closing.push(() => void server.close());
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return { received, url: `http://127.0.0.1:${port}/api/github/webhooks` };
}

describe('the app of the GitHub double', () => {
  it('is known by its own JWT, and gets tokens for no more than it was given', async () => {
    const { double, octokit } = await start({ repositories: [{ name: 'acme/shop' }, { name: 'acme/other' }] });
    const key = double.app?.privateKey ?? '';
    const { apps } = octokit(jwt(key));
    expect((await apps.getAuthenticated()).data).toMatchObject({ id: 4711, slug: 'courier' });
    expect((await apps.listInstallations()).data).toMatchObject([{ id: 99, app_slug: 'courier' }]);
    expect((await apps.getRepoInstallation(shop)).data.id).toBe(99);
    const other = { iss: 1 };
    await expect(octokit(jwt(key, other)).apps.getAuthenticated()).rejects.toMatchObject({ status: 401 });
    const forged = `${jwt(key).slice(0, -8)}AAAAAAAA`;
    await expect(octokit(forged).apps.getAuthenticated()).rejects.toMatchObject({ status: 401 });
    const { data } = await apps.createInstallationAccessToken({
      ...{ installation_id: 99, repositories: ['shop'], permissions: { issues: 'write' } },
    });
    expect(data.token.length).toBeGreaterThan(400);
    await octokit(data.token).issues.createComment({ ...shop, issue_number: 1, body: 'hello' });
    expect(double.repository().issues[0]?.comments[0]?.author).toEqual({ login: 'courier[bot]', type: 'Bot' });
    await expect(octokit(data.token).repos.get({ owner: 'acme', repo: 'other' })).rejects.toMatchObject({
      status: 404,
    });
    await expect(octokit(data.token).checks.create({ ...shop, name: 'x', head_sha: 'a' })).rejects.toMatchObject({
      status: 403,
    });
    await expect(octokit(data.token).apps.getAuthenticated()).rejects.toMatchObject({ status: 401 });
    const more = apps.createInstallationAccessToken({ installation_id: 99, permissions: { contents: 'write' } });
    await expect(more).rejects.toMatchObject({ status: 422 });
    const graphql = new Octokit({ auth: data.token, baseUrl: double.url }).graphql;
    await expect(graphql('{ repository(owner: "acme", name: "other") { id } }')).rejects.toThrow(/Could not resolve/);
    expect(await graphql('{ repository(owner: "acme", name: "shop") { id } }')).toMatchObject({ repository: {} });
    const unknown = apps.createInstallationAccessToken({
      installation_id: 99,
      repository_ids: [double.repository().id, 1],
    });
    await expect(unknown).rejects.toMatchObject({ status: 422 });
    expect(double.violations).toEqual([]);
  });

  it('hears of what happens: signed, in order, each delivery with an id of its own', async () => {
    const { received, url } = await aReceiver();
    const { double, octokit } = await start({ webhooks: { url, secret: 'hush' } });
    const { id } = double.act.comment('ada', '/courier help');
    double.act.editComment('eve', { id }, '- [x] done');
    await octokit(workflowToken).issues.createComment({ ...shop, issue_number: 1, body: 'by Courier' });
    double.act.close('ada');
    double.act.reopen('ada');
    double.act.label('ada', 'priority: high');
    double.act.unlabel('ada', 'priority: high');
    double.act.install('ada');
    const run = double.act.startRun({ workflow: 'courier.yml', event: 'schedule', login: 'ada' });
    double.act.moveRun(run, 'in_progress');
    double.act.moveRun(run, { conclusion: 'cancelled' });
    const check = await octokit(workflowToken).checks.create({ ...shop, name: 'Courier', head_sha: 'a'.repeat(40) });
    double.act.click('ada', { checkRun: check.data.id, button: 'stop' });
    await double.webhooks.settled();
    const told = received.map(({ headers, body }) => {
      const signature = createHmac('sha256', 'hush').update(body).digest('hex');
      expect(headers['x-hub-signature-256']).toBe(`sha256=${signature}`);
      const payload = JSON.parse(body);
      expect(payload.installation).toEqual({ id: 99 });
      return [headers['x-github-event'], payload.action, payload.sender.login];
    });
    expect(told).toEqual([
      ['issue_comment', 'created', 'ada'],
      ['issue_comment', 'edited', 'eve'],
      ['issue_comment', 'created', 'github-actions[bot]'],
      ['issues', 'closed', 'ada'],
      ['issues', 'reopened', 'ada'],
      ['issues', 'labeled', 'ada'],
      ['issues', 'unlabeled', 'ada'],
      ['installation', 'created', 'ada'],
      ['workflow_run', 'requested', 'ada'],
      ['workflow_run', 'in_progress', 'ada'],
      ['workflow_run', 'completed', 'ada'],
      ['check_run', 'created', 'github-actions[bot]'],
      ['check_run', 'requested_action', 'ada'],
    ]);
    expect(new Set(received.map(({ headers }) => headers['x-github-delivery'])).size).toBe(told.length);
    expect(JSON.parse(received[1]?.body ?? '')).toMatchObject({
      changes: { body: { from: '/courier help' } },
      comment: { id, body: '- [x] done', user: { login: 'ada', type: 'User' } },
      issue: { number: 1 },
      repository: { full_name: 'acme/shop', default_branch: 'main' },
    });
    expect(JSON.parse(received.at(-1)?.body ?? '').requested_action).toEqual({ identifier: 'stop' });
    expect(double.violations).toEqual([]);
  });

  it('finds deliveries that failed in the log, and has them sent again under the same id', async () => {
    const { received, url } = await aReceiver([500]);
    const { double, octokit } = await start({ webhooks: { url, secret: 'hush' } });
    double.act.comment('ada', 'one');
    double.act.comment('ada', 'two');
    await double.webhooks.settled();
    const { apps } = octokit(jwt(double.app?.privateKey ?? ''));
    const { data: newest } = await apps.listWebhookDeliveries({ per_page: 1 });
    expect(newest).toMatchObject([{ event: 'issue_comment', action: 'created', status: 'OK', status_code: 200 }]);
    const { data: older } = await apps.listWebhookDeliveries({ cursor: String(newest[0]?.id) });
    const [failed] = older;
    expect(failed).toMatchObject({ status: 'failed', status_code: 500, redelivery: false });
    await apps.redeliverWebhookDelivery({ delivery_id: failed?.id ?? 0 });
    await double.webhooks.settled();
    expect(received.map(({ headers }) => headers['x-github-delivery'])).toEqual([
      failed?.guid,
      newest[0]?.guid,
      failed?.guid,
    ]);
    expect((await apps.listWebhookDeliveries()).data[0]).toMatchObject({ guid: failed?.guid, redelivery: true });
    expect(double.violations).toEqual([]);
  });
});
