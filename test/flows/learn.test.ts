import { afterEach, expect, it } from 'vitest';
import { sendFeedback } from '../../src/flows/send-feedback.ts';
import { readLedger } from '../../src/ledger/read-ledger.ts';
import { ExternalError } from '../../src/lib/errors.ts';
import { silentLog } from '../../src/lib/log.ts';
import { createGate } from '../../src/publishing/gate.ts';
import type { Feedback } from '../../src/sessions/feedback.ts';
import { type GitHubDouble, startGitHub } from '../fakes/github/github.ts';
import { react } from '../fakes/github/people.ts';
import { complaint, connectTo, createTestClock, publishSession, settingsWith } from './publish-bed.ts';

const doubles: GitHubDouble[] = [];
afterEach(async () => {
  for (const double of doubles.splice(0)) {
    expect(double.violations).toEqual([]);
    await double.close();
  }
});

const collaborators = { tom: 'triage', wanda: 'write' } as const;
const byAgent = complaint('total', { origin: { kind: 'agent', name: 'bugs' }, category: 'quality' });

async function aRepository(visibility: 'public' | 'private' = 'private') {
  const double = await startGitHub({
    repositories: [{ name: 'acme/shop', files: { 'a.js': '1' }, collaborators, visibility }],
  });
  doubles.push(double);
  const running = { double, clock: createTestClock() };
  const learnings = async () => {
    const store = connectTo(running).ledger('courier-ledger');
    return (await readLedger(await store.read())).readLearnings();
  };
  const thumbsDown = () => {
    const [issue] = double.repository().issues;
    for (const login of ['tom', 'wanda', 'mallory']) if (issue) react(issue, { login, type: 'User' }, '-1');
  };
  return { double, running, learnings, thumbsDown };
}

it('comes from thumbs to a proposed learning in the commit of the next scan, and is left as it is by the one after', async () => {
  const { double, running, learnings, thumbsDown } = await aRepository();
  await publishSession([byAgent], running);
  expect((await learnings()).learnings).toEqual([]);
  thumbsDown();
  const commits = double.commits('acme/shop', 'courier-ledger').length;
  await publishSession([byAgent], running);
  expect(double.commits('acme/shop', 'courier-ledger')).toHaveLength(commits + 1);
  const { learnings: learned } = await learnings();
  expect(learned).toMatchObject([{ id: 'L1', state: 'proposed', why: expect.stringMatching(/^2 people said so/) }]);
  await publishSession([byAgent], running);
  expect((await learnings()).learnings).toEqual(learned);
});

it('changes no severity and hides nothing', async () => {
  const { running, thumbsDown } = await aRepository();
  await publishSession([byAgent], running);
  thumbsDown();
  await publishSession([byAgent], running);
  const { recorded } = await publishSession([byAgent], running);
  const { severity, title } = byAgent;
  expect(recorded.applied.findings[0]).toMatchObject({ severity, title, state: 'open' });
  expect(recorded.applied.ignored).toEqual([]);
});

it('learns nothing from security findings of a public repository', async () => {
  const { double, running, learnings } = await aRepository('public');
  await publishSession([{ ...byAgent, category: 'security' }], running);
  expect(double.repository().issues).toEqual([]);
  expect((await learnings()).learnings).toEqual([]);
});

it('sends what people said to where the configuration wants it, and tells of a failure without failing', async () => {
  const { running, thumbsDown } = await aRepository();
  await publishSession([byAgent], running);
  thumbsDown();
  const { recorded } = await publishSession([byAgent], running);
  const remote = await connectTo(running).repository();
  const sent: Feedback[] = [];
  const langfuse = { baseUrl: 'https://langfuse.test', publicKey: 'env', secretKey: 'env' } as const;
  const settings = settingsWith({ feedback: { langfuse } });
  const ports = { clock: running.clock, log: silentLog, gate: createGate({ secrets: [] }) };
  const send = (connectFeedback: NonNullable<Parameters<typeof sendFeedback>[2]['connectFeedback']>) =>
    sendFeedback(recorded, { settings, remote }, { ...ports, connectFeedback });
  expect(await send(async () => ({ send: async (feedback) => void sent.push(feedback) }))).toBeUndefined();
  expect(sent[0]?.scores.map(({ value }) => value)).toEqual(['down', 'down']);
  expect(sent[0]?.traces.map(({ session }) => session)).toEqual([recorded.applied.findings[0]?.firstSeen.session]);
  const down = async () => ({
    send: async () => {
      throw new ExternalError('Langfuse answered with status 503.', { hint: 'Later.' });
    },
  });
  expect(await send(down)).toBe('Ratings were not sent to Langfuse: Langfuse answered with status 503. Later.');
  expect(await send(async () => ({ missing: ['LANGFUSE_SECRET_KEY'] }))).toMatch(/LANGFUSE_SECRET_KEY is not set/);
});
