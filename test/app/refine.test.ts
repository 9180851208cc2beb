import { expect, it } from 'vitest';
import { keepPanel } from '../../src/flows/keep-panel.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { createGate } from '../../src/publishing/gate.ts';
import { Session } from '../../src/sessions/session.ts';
import { connectTo } from '../acceptance/commands-bed.ts';
import { aDiscovery } from '../sessions/builders.ts';
import { aGitHubWithApp, anApp, patience, shop } from './app-bed.ts';
import { seedLedger } from './ledger-bed.ts';

const question = { id: 'Q1', scan: 'audit', ref: 'q1', question: 'Which parser?', findings: [] };
const mark = '<!-- courier:answering-session -->';
const box = `- [ ] ${mark}`;
const answering = 'An answering session';

/** A session that has ended and asked, with its panel, in a repository with the app. */
async function aPanel(files: Readonly<Record<string, string>> = shop.files ?? {}) {
  const github = await aGitHubWithApp({ repositories: [{ ...shop, files, visibility: 'private' }] });
  const session = Session.parse({ ...aDiscovery().session, phase: 'completed', questions: [question] });
  await seedLedger(github, { session });
  const connected = await connectTo(github);
  await keepPanel(session.id, {
    ...connected,
    gate: createGate({ secrets: [] }),
    clock: systemClock,
    actor: 'schedule',
  });
  const issue = github.repository().issues.at(-1);
  const panel = issue?.comments[0];
  if (!issue || !panel) throw new Error('there is no panel');
  const app = await anApp(github);
  const tick = (login: string, body = panel.body) =>
    github.act.editComment(login, panel, body.replace(box, `- [x] ${mark}`));
  const runs = () => github.repository().runs.filter(({ event }) => event === 'workflow_dispatch');
  return { github, app, session, issue, panel, tick, runs };
}

it('starts an answering session for who ticks the box, says so, and once', async () => {
  const { github, app, session, panel, tick, runs } = await aPanel();
  expect(panel.body).toContain(box);
  const shown = panel.body;
  tick('tom');
  tick('wanda', shown);
  await expect.poll(() => panel.body, patience).toMatch(/\[An answering session\]\(\S+\/actions\/runs\/\d+\)/);
  await app.idle();
  expect(panel.body).toContain(`/actions/runs/${runs()[0]?.id}`);
  expect(panel.body).not.toContain(mark);
  expect(runs().map(({ inputs }) => JSON.parse(inputs.request ?? ''))).toEqual([
    { version: 1, kind: 'answer-session', session: session.id },
  ]);
  expect(github.violations).toEqual([]);
});

it('takes the tick of somebody who may not answer back, with a sentence', async () => {
  const { app, panel, issue, tick, runs } = await aPanel();
  tick('rita');
  await expect.poll(() => issue.comments.length, patience).toBe(2);
  await app.idle();
  expect(issue.comments[1]?.body).toMatch(/What rita ticked was taken back: answering takes the role triage/);
  expect(panel.body).toContain(box);
  expect(runs()).toEqual([]);
});

it('starts none where one is at work already, and says so', async () => {
  const { github, app, session, panel, tick, runs } = await aPanel();
  const run = 'https://github.test/acme/shop/actions/runs/7';
  const working = Session.parse({
    ...{ ...aDiscovery().session, id: 'S20261122-110000-bbbb', kind: 'answer', phase: 'running', run },
    ...{ result: undefined, endedAt: undefined, answering: { session: session.id } },
    startedAt: new Date().toISOString(),
    deadline: new Date(Date.now() + 3_600_000).toISOString(),
  });
  const spend = [{ session: working.id, at: working.startedAt, usd: 5, settled: false }];
  await seedLedger(github, { session: working, spend });
  tick('tom');
  await expect.poll(() => panel.body, patience).toContain(`[${answering}](${run})`);
  await app.idle();
  expect(panel.body).not.toContain(mark);
  expect(runs()).toEqual([]);
});

it('says why it could not be started, and shows the box again', async () => {
  const { app, panel, tick, runs } = await aPanel({ 'README.md': '#\n' });
  tick('tom');
  await expect
    .poll(() => panel.body, patience)
    .toContain('**The answering session could not be started:** courier.yml');
  await app.idle();
  expect(panel.body).toContain(box);
  expect(runs()).toEqual([]);
});
