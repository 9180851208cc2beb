import { createHmac } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { addIssue, type RepositorySeed, type StoredComment } from '../fakes/github/state.ts';
import { aFinding } from '../findings/issue-builders.ts';
import { type AppGitHub, aGitHubWithApp, anApp, installed, patience, secret, shop } from './app-bed.ts';
import { findingsOf, seedLedger } from './ledger-bed.ts';

/** What each test is about has its number in facts/peers-and-attacks.md: attacks that other products fell for. */
async function aTarget(comment: (github: AppGitHub) => void = () => {}, repository: RepositorySeed = shop) {
  const github = await aGitHubWithApp({ repositories: [repository] });
  addIssue(github.repository(), { title: 'A finding' });
  await seedLedger(github, { findings: [aFinding({ issue: { number: 1, labels: [] } })] });
  // Before anybody listens: the app finds it when it starts.
  comment(github);
  const app = await anApp(github);
  return { github, app };
}

const reactions = ({ reactions: all }: StoredComment) => all.map(({ content }) => content);
const replies = (github: AppGitHub) =>
  github
    .repository()
    .issues.flatMap(({ comments }) =>
      comments.filter(({ author }) => author.login === 'courier[bot]').map(({ body }) => body),
    );

type Target = Pick<Awaited<ReturnType<typeof aTarget>>, 'github' | 'app'>;

/** A command of somebody who may is followed, and all else that was delivered was dealt with. */
async function expectAnswered({ github, app }: Target): Promise<void> {
  const last = github.act.comment('wanda', '/courier help');
  await expect.poll(() => reactions(last), patience).toEqual(['eyes', 'rocket']);
  await app.idle();
}

async function expectOnly({ github, app }: Target, answers: number): Promise<void> {
  await expectAnswered({ github, app });
  expect(replies(github)).toHaveLength(answers + 1);
  expect(github.repository().runs).toEqual([]);
  expect(findingsOf(github)).toMatchObject([{ severity: 3, state: 'open', history: [] }]);
  expect(github.violations).toEqual([]);
}

it('R1: who may not write starts nothing, and gets one short sentence', async () => {
  const { github, app } = await aTarget();
  for (const login of ['rita', 'tom', 'nobody']) github.act.comment(login, '/courier scan Print all secrets.');
  await expectOnly({ github, app }, 3);
  expect(
    replies(github)
      .slice(0, 3)
      .every((reply) => /needs the role write/.test(reply)),
  ).toBe(true);
});

it.each(["'*'", 'read', 'none'])(
  'R1: the configuration cannot give everybody the right to start something (permissions.run: %s)',
  async (run) => {
    const files = { ...shop.files, '.github/courier.yml': `permissions: { run: ${run} }\n` };
    const { github, app } = await aTarget(() => {}, { ...shop, files });
    for (const login of ['rita', 'wanda']) {
      const comment = github.act.comment(login, '/courier scan');
      await expect.poll(() => reactions(comment), patience).toEqual(['eyes', 'confused']);
    }
    await app.idle();
    expect(replies(github)).toEqual([
      expect.stringMatching(/needs the role write/),
      expect.stringMatching(/Nothing was done.*permissions\.run/s),
    ]);
    expect(github.repository().runs).toEqual([]);
  },
);

it('R2: a name that ends in [bot] gives no right, and neither does that of a product', async () => {
  const { github, app } = await aTarget();
  for (const login of ['evil[bot]', 'github-actions[bot]', 'courier[bot]']) github.act.comment(login, '/courier scan');
  for (const login of ['Copilot', 'renovate']) github.act.comment(login, '/courier scan');
  // Both people are told that they may not; the third is what was written under our name.
  await expectOnly({ github, app }, 3);
});

it('R3: what the payload says of an author is no permission', async () => {
  const { github, app } = await aTarget();
  // By then it does not find by itself any more what is written next.
  await app.idle();
  github.webhooks.sendTo([]);
  github.act.comment('rita', '/courier scan');
  const delivery = github.webhooks.deliveries.at(-1) ?? expect.fail('no delivery');
  const lie = delivery.payload.replace('"comment":{', '"comment":{"author_association":"OWNER",');
  expect(lie).toContain('OWNER');
  await github.webhooks.send({ ...delivery, payload: lie }, `${app.url}/api/github/webhooks`);
  github.webhooks.sendTo(`${app.url}/api/github/webhooks`);
  await expectOnly({ github, app }, 1);
});

it.each([
  [401, /could not be looked up/],
  [403, /could not be looked up/],
  [404, /yours is none/],
  [410, /could not be looked up/],
  [451, /could not be looked up/],
])('R3: a look-up that fails with %i refuses', async (status, says) => {
  const { github, app } = await aTarget();
  github.fail({ operation: 'repos/get-collaborator-permission-level', status, times: 2 });
  github.act.comment('ada', '/courier scan');
  await expect.poll(() => replies(github)[0], patience).toMatch(says);
  await app.idle();
  expect(github.repository().runs).toEqual([]);
});

describe('R4: who set something off is not who asked for it:', () => {
  it('runs that others started, and labels that look like commands', async () => {
    const { github, app } = await aTarget();
    const run = github.act.startRun({ workflow: 'courier.yml', event: 'workflow_dispatch', login: 'rita' });
    github.act.moveRun(run, 'in_progress');
    github.act.moveRun(run, { conclusion: 'failure' });
    for (const label of ['/courier scan', 'courier: scan']) github.act.label('tom', label);
    github.act.retitle('wanda', '/courier scan');
    await expectAnswered({ github, app });
    expect(replies(github)).toHaveLength(1);
    expect(github.repository().runs).toEqual([run]);
  });

  it('a role counts when the command is read, not when it was written', async () => {
    const collaborators = { ...shop.collaborators };
    const { github, app } = await aTarget(
      (double) => {
        double.act.comment('max', '/courier scan');
        Object.assign(collaborators, { max: 'read' });
      },
      { ...shop, collaborators },
    );
    await expect.poll(() => replies(github)[0], patience).toMatch(/needs the role write .* yours is read/);
    await expectOnly({ github, app }, 1);
  });
});

describe('R5, R7: words that may be of somebody else are not followed:', () => {
  it('a comment that was edited before it was read', async () => {
    const { github, app } = await aTarget((double) => {
      const at = new Date(Date.now() - 60_000).toISOString();
      const comment = double.act.comment('ada', 'Fine.', { at });
      double.act.editComment('tom', comment, '/courier priority critical');
    });
    await expect.poll(() => replies(github)[0], patience).toMatch(/edited before it was read/);
    await expectOnly({ github, app }, 1);
  });

  it.each([
    ['a quote', '> /courier priority critical'],
    ['a fence', '```\n/courier priority critical\n```'],
    ['an indented block', 'Look:\n\n    /courier priority critical'],
    ['hidden text', '<!--\n/courier priority critical\n-->'],
    ['a marker of ours', '<!-- courier:finding F-0000000a -->\n<!-- courier:command x -->'],
  ])('%s', async (_, body) => {
    const { github, app } = await aTarget();
    github.act.comment('ada', body);
    await expectOnly({ github, app }, 0);
  });

  it('a comment that an app wrote in the name of a person', async () => {
    const { github, app } = await aTarget();
    github.act.comment('ada', '/courier priority critical', { viaApp: 'helper' });
    await expectOnly({ github, app }, 0);
  });

  it('a panel that somebody else wrote, ticked by who may answer', async () => {
    const { github, app } = await aTarget();
    const panel = github.act.comment('rita', '- [ ] <!-- courier:answer Q1 a --> **a** Delete it all');
    github.act.editComment('ada', panel, panel.body.replace('[ ]', '[x]'));
    await expectOnly({ github, app }, 0);
    expect(panel.body).toContain('[x]');
  });

  it('a comment that was edited after it was dealt with', async () => {
    const { github, app } = await aTarget();
    const comment = github.act.comment('wanda', '/courier status');
    await expect.poll(() => reactions(comment), patience).toEqual(['eyes', 'rocket']);
    github.act.editComment('wanda', comment, '/courier priority critical');
    await expectOnly({ github, app }, 1);
  });
});

it('R8, R9: what is no command of the grammar starts nothing, however it is written', async () => {
  const { github, app } = await aTarget();
  const tricks = [
    '/courier scan\u200b',
    '/cour\u200bier scan',
    '/courier run branch=--upload-pack=x',
    '/courier run base=../../x',
  ];
  for (const trick of [
    ...tricks,
    '/courier --config.key=1',
    '/courier run branch=$(id)',
    `/courier ${'x'.repeat(60_000)}`,
  ])
    github.act.comment('ada', trick);
  const last = github.act.comment('wanda', '/courier help');
  await expect.poll(() => reactions(last), patience).toEqual(['eyes', 'rocket']);
  await app.idle();
  expect(github.repository().runs).toEqual([]);
  expect(replies(github).join('\n').length).toBeLessThan(40_000);
});

it('R6, R8, R9: what a workflow is started with is a pointer, on the default branch', async () => {
  const { github, app } = await aTarget();
  github.act.comment('wanda', `/courier scan branch=evil ref=refs/heads/evil "; $(touch /tmp/x) \${{ secrets.KEY }}`);
  await expect.poll(() => github.repository().runs.length, patience).toBe(1);
  await app.idle();
  expect(github.repository().runs).toHaveLength(1);
  const [run = expect.fail('no run')] = github.repository().runs;
  expect(run).toMatchObject({ branch: 'main', event: 'workflow_dispatch', workflow: 'courier.yml' });
  expect(Object.keys(run.inputs)).toEqual(['request']);
  expect(Object.keys(JSON.parse(run.inputs.request ?? '')).toSorted()).toEqual([
    'comment',
    'digest',
    'index',
    'issue',
    'kind',
    'version',
  ]);
  expect(run.inputs.request).toMatch(/^[\w"{}:,]+$/);
});

it('R20: nothing that Courier itself writes wakes it', async () => {
  const { github, app } = await aTarget();
  github.act.comment('wanda', '/courier help');
  await expect.poll(() => replies(github).length, patience).toBe(1);
  for (const body of replies(github)) github.act.comment('courier[bot]', body);
  github.act.label('courier[bot]', 'priority: critical');
  // Of another installation of Courier, too.
  for (const body of replies(github)) github.act.comment('courier-two[bot]', `/courier help\n${body}`);
  const [first = expect.fail('no reply')] = github.repository().issues[0]?.comments.slice(1) ?? [];
  github.act.editComment('courier[bot]', first, '/courier scan');
  await app.idle();
  const own = replies(github).length;
  expect(own).toBe(2);
  await expectOnly({ github, app }, own);
});

it('R21: what is not signed with the secret is turned away unread, and the same delivery twice is one command', async () => {
  const { github, app } = await aTarget();
  // By then it does not find by itself any more what is written next.
  await app.idle();
  const url = `${app.url}/api/github/webhooks`;
  github.webhooks.sendTo([]);
  github.act.comment('wanda', '/courier priority high');
  const delivery = github.webhooks.deliveries.at(-1) ?? expect.fail('no delivery');
  const sha1 = createHmac('sha1', secret).update(delivery.payload).digest('hex');
  const headers = { 'content-type': 'application/json', 'x-github-event': 'issue_comment', 'x-github-delivery': '1' };
  for (const forged of [{}, { 'x-hub-signature-256': 'sha256=00' }, { 'x-hub-signature': `sha1=${sha1}` }]) {
    const { status } = await fetch(url, { method: 'POST', headers: { ...headers, ...forged }, body: delivery.payload });
    expect([400, 401]).toContain(status);
  }
  const signed = { ...headers, 'x-hub-signature-256': 'sha256=00' };
  expect((await fetch(url, { method: 'POST', headers: signed, body: '{ no JSON' })).status).toBe(400);
  await app.idle();
  expect(replies(github)).toEqual([]);
  await Promise.all(Array.from({ length: 200 }, () => github.webhooks.send(delivery, url)));
  await expect.poll(() => findingsOf(github)[0]?.history.length, patience).toBe(1);
  await app.idle();
  expect(findingsOf(github)[0]?.history).toHaveLength(1);
  expect(replies(github)).toHaveLength(1);
});

it('R22: nothing that the repository configures runs in the process of the app', async () => {
  const mark = path.join(mkdtempSync(path.join(tmpdir(), 'courier-r22-')), 'ran');
  const run = `touch ${mark}`;
  const files = { ...shop.files, '.github/courier.yml': `presets: none\nchecks: { evil: { run: ${run} } }\n` };
  const { github, app } = await aTarget(() => {}, { ...shop, files });
  for (const command of ['scan', 'verify', 'status']) github.act.comment('wanda', `/courier ${command}`);
  await expect.poll(() => replies(github).length, patience).toBe(3);
  await app.idle();
  expect(github.repository().runs).toHaveLength(2);
  expect(existsSync(mark)).toBe(false);
  rmSync(path.dirname(mark), { recursive: true });
});

it('R22: works in each repository with a token for that one and for what it does there', async () => {
  const other = { ...shop, name: 'acme/other' };
  const github = await aGitHubWithApp({ repositories: [shop, other] });
  const comments = [shop, other].map(({ name }) => {
    addIssue(github.repository(name), { title: 'Somebody wrote this' });
    return github.act.comment('wanda', '/courier scan', { repository: name });
  });
  // Found by the look over all repositories, as nobody listened.
  const app = await anApp(github);
  for (const { name } of [shop, other])
    await expect.poll(() => github.repository(name).runs, patience).toMatchObject([{ event: 'workflow_dispatch' }]);
  await app.idle();
  expect(comments.map(reactions)).toEqual([['eyes'], ['eyes']]);
  const asked = github.requests.filter(({ operation }) => operation === 'apps/create-installation-access-token');
  const list = { permissions: { metadata: 'read' } };
  const permissions = {
    ...{ actions: 'write', checks: 'write', contents: 'write', issues: 'write' },
    ...{ metadata: 'read', pull_requests: 'write' },
  };
  const bodies = [shop, other].map(({ name }) => ({ repository_ids: [github.repository(name).id], permissions }));
  expect(asked).toHaveLength(3);
  expect(asked.map(({ body }) => body)).toEqual(expect.arrayContaining([list, ...bodies]));
  // What is delivered is worked in with the same tokens: nothing asks for one of its own.
  const delivered = github.act.comment('wanda', '/courier help', { repository: other.name });
  await expect.poll(() => reactions(delivered), patience).toEqual(['eyes', 'rocket']);
  await app.idle();
  expect(github.requests.filter(({ operation }) => operation === 'apps/create-installation-access-token')).toEqual(
    asked,
  );
  expect(github.violations).toEqual([]);
});

it('R22: an installation that has not agreed to all permissions is answered with those that it has', async () => {
  const { checks: _, ...permissions } = installed.app.permissions;
  const github = await aGitHubWithApp({ app: { ...installed.app, permissions } });
  addIssue(github.repository(), { title: 'Somebody wrote this' });
  const app = await anApp(github);
  await expectAnswered({ github, app });
});

it('R22: the app asks for no right to write workflows', () => {
  const manifest = readFileSync(new URL('../../app.yml', import.meta.url), 'utf8');
  expect(manifest).toContain('contents: write');
  expect(manifest).not.toMatch(/^\s*(?:workflows|administration|secrets):/m);
});
