import { expect, it } from 'vitest';
import { keepPanel } from '../../src/flows/keep-panel.ts';
import { readLedger } from '../../src/ledger/read-ledger.ts';
import { updateLedger } from '../../src/ledger/update-ledger.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { createGate } from '../../src/publishing/gate.ts';
import { Session } from '../../src/sessions/session.ts';
import { aDiscovery } from '../sessions/builders.ts';
import { bundleWithoutOctokit } from './bundle-without-octokit.ts';
import { aCommandsBed, type CommandsBed, connectTo } from './commands-bed.ts';

const questions = [
  { id: 'Q1', scan: 'audit', ref: 'q1', question: 'Which parser?', options: [{ label: 'Old' }, { label: 'New' }] },
  { id: 'Q2', scan: 'audit', ref: 'q2', question: 'Is it public?', options: [{ label: 'Yes' }, { label: 'No' }] },
].map((question) => ({ ...question, blocking: true, findings: [] }));

/** A session that waits for two answers, with its issue and panel. */
async function aPanel() {
  const bed = await aCommandsBed();
  const { github: double } = bed;
  const { github, store, remote } = await connectTo(double);
  const waiting = { phase: 'stopped', result: 'partial', stopReason: 'waiting_input' } as const;
  const parked = { at: new Date().toISOString(), questions: ['Q1', 'Q2'] };
  const session = Session.parse({ ...aDiscovery().session, ...waiting, parked, questions });
  await updateLedger(store, 'seed', () => ({ session }), { repositoryId: remote.id });
  const gate = createGate({ secrets: [] });
  await keepPanel(session.id, { github, store, remote, gate, clock: systemClock, actor: 'schedule' });
  const issue = double.repository().issues.find(({ title }) => title.startsWith('Questions of Courier'));
  const comment = issue?.comments.find(({ body }) => body.includes('<!-- courier:answer '));
  if (!issue || !comment) throw new Error('there is no panel');
  const acts = async () => {
    const ledger = await readLedger(await store.read(), { repositoryId: remote.id });
    return (await ledger.readPanel(session.id))?.acts ?? [];
  };
  return { ...bed, issue, comment, acts };
}

/** What GitHub tells a workflow of an edit: `from` is what that person had before them. */
function edited({ issue, comment }: Awaited<ReturnType<typeof aPanel>>, login: string, mark: string) {
  const from = comment.body;
  const body = from.replace(`- [ ] <!-- courier:${mark} -->`, `- [x] <!-- courier:${mark} -->`);
  if (body === from) throw new Error(`there is no box ${mark}`);
  comment.body = body;
  const shown = { id: comment.id, body, user: comment.author, html_url: `https://github.test/c/${comment.id}` };
  return {
    name: 'issue_comment',
    payload: {
      action: 'edited',
      issue: { number: issue.number },
      comment: { ...shown, updated_at: new Date().toISOString() },
      changes: { body: { from } },
      sender: { login, type: 'User' },
    },
  };
}

const step = { inputs: { mode: 'command' } };

it('two people click on the panel at the same moment without the app, and both are counted', async () => {
  const bed = await aPanel();
  const before = bed.comment.body;
  const first = edited(bed, 'tom', 'answer Q1 b');
  // The other one had not seen that yet.
  bed.comment.body = before;
  const second = edited(bed, 'wanda', 'answer Q2 a');
  const steps = await Promise.all([bed.onEvent(first, step), bed.onEvent(second, { ...step, run: 501 })]);
  for (const { code, log, outputs } of steps) expect([code, outputs.result], log).toEqual([0, 'complete']);
  const acts = (await bed.acts()).map(({ by, ...act }) => [by, 'question' in act ? act.question : '']);
  expect(acts.toSorted()).toEqual([
    ['tom', 'Q1'],
    ['wanda', 'Q2'],
  ]);
  expect(bed.comment.body).toContain('- [x] <!-- courier:answer Q1 b -->');
  expect(bed.comment.body).toContain('- [x] <!-- courier:answer Q2 a -->');
  expect(bed.comment.body).toMatch(/2 of 2 answered/);
  expect(bed.github.violations).toEqual([]);
});

it('a click of somebody who may not answer is taken back, with a sentence to them', async () => {
  const bed = await aPanel();
  const { code, log } = await bed.onEvent(edited(bed, 'rita', 'answer Q1 a'), step);
  expect(code, log).toBe(0);
  expect(await bed.acts()).toEqual([]);
  expect(bed.comment.body).toContain('- [ ] <!-- courier:answer Q1 a -->');
  expect(bed.issue.comments.at(-1)?.body).toMatch(/What rita ticked was taken back: answering takes the role triage/);
});

it('the box for an answering session starts the workflow without the app, too', async () => {
  const bed = await aPanel();
  const { code, log } = await bed.onEvent(edited(bed, 'tom', 'answering-session'), step);
  expect(code, log).toBe(0);
  const [run, ...others] = bed.github.repository().runs.filter(({ event }) => event === 'workflow_dispatch');
  expect(JSON.parse(run?.inputs.request ?? '')).toMatchObject({ kind: 'answer-session' });
  expect(others).toEqual([]);
  expect(bed.comment.body).toContain(
    `[An answering session](${bed.github.serverUrl}/acme/shop/actions/runs/${run?.id})`,
  );
  expect(bed.github.violations).toEqual([]);
});

it.each([
  ['a status comment of ours', 'Done.\n\n<!-- courier:comment 0123456789abcdef -->', 'wanda'],
  ['a panel that Courier wrote', '- [ ] <!-- courier:answer Q1 a --> **a** Old', 'github-actions[bot]'],
])('an edit of %s asks GitHub nothing and does not load its client', async (_, body, login) => {
  const bed = await aCommandsBed();
  const user = { login: 'github-actions[bot]', type: 'Bot' };
  const comment = { id: 5, body, user, html_url: 'https://github.test/c/5', updated_at: '2026-11-21T10:00:00Z' };
  const sender = { login, type: login.endsWith('[bot]') ? 'Bot' : 'User' };
  const payload = { action: 'edited', issue: { number: 1 }, comment, changes: { body: { from: 'x' } }, sender };
  const { code, log, outputs } = await bed.onEvent(
    { name: 'issue_comment', payload },
    { ...step, dist: bundleWithoutOctokit() },
  );
  expect([code, outputs.result], log).toEqual([0, 'skipped']);
  expect(bed.github.requests).toEqual([]);
});

const stateOf = async ({ github }: CommandsBed) => {
  const files = Object.entries(github.files('acme/shop', 'courier-ledger'));
  return files
    .flatMap(([path, text]) => (path.startsWith('findings/') ? JSON.parse(text) : []))
    .map(({ state }) => state);
};

it('what a person does to the issue of a finding is in the ledger at once without the app', async () => {
  const bed = await aCommandsBed();
  expect(await stateOf(bed)).toEqual(['open']);
  bed.github.act.close('wanda', { issue: 1, reason: 'not_planned' });
  const acted = (action: string, login: string) => ({
    name: 'issues',
    payload: {
      action,
      issue: { number: 1, body: '' },
      sender: { login, type: login.endsWith('[bot]') ? 'Bot' : 'User' },
    },
  });
  // What a bot labels is none of our business.
  const bot = await bed.onEvent(acted('labeled', 'helper[bot]'), step);
  expect([bot.outputs.result, await stateOf(bed)], bot.log).toEqual(['skipped', ['open']]);
  const { code, log, outputs } = await bed.onEvent(acted('closed', 'wanda'), step);
  expect([code, outputs.result], log).toEqual([0, 'complete']);
  expect(await stateOf(bed)).toEqual(['ignored']);
  expect(bed.github.violations).toEqual([]);
});
