import { afterEach, describe, expect, it } from 'vitest';
import { parseConfig } from '../../src/config/parse-config.ts';
import type { GitHub } from '../../src/flows/github-ports.ts';
import { createLedgerMailbox } from '../../src/flows/ledger-mailbox.ts';
import { updateLedger } from '../../src/ledger/update-ledger.ts';
import { isoTime } from '../../src/lib/clock.ts';
import { silentLog } from '../../src/lib/log.ts';
import type { PanelAct } from '../../src/questions/panel.ts';
import { Question } from '../../src/questions/question.ts';
import { Session } from '../../src/sessions/session.ts';
import { aCommentsBed, type CommentsBed, gate } from './comments-bed.ts';

const beds: CommentsBed[] = [];
afterEach(async () => {
  for (const { double } of beds.splice(0)) {
    expect(double.violations).toEqual([]);
    await double.close();
  }
});

const id = 'S20261121-100000-aaaa';
const dashboard = 2;
const { permissions, ledger } = parseConfig('', 'courier.yml');

/** A session that is under way, on the ledger's branch; whatever happens in the bed happens after it began. */
async function aBed(began = isoTime(Date.now() - 60_000)) {
  const bed = await aCommentsBed();
  beds.push(bed);
  // Time passes by `later` alone, however long a line takes: what is looked for every so often depends on it.
  const start = Date.now();
  bed.clock.now = () => start + bed.clock.ahead;
  const github = bed.connect({ store: 'branch' });
  const session = Session.parse({
    ...{ version: 1, id, kind: 'scan', displayName: 'Scan', trigger: 'schedule', repository: 'acme/shop' },
    ...{ phase: 'running', reasons: [], startedAt: began, agents: [], checks: [], raised: [] },
    ...{ updated: [], resolved: [], reopened: [], rejected: [], questions: [], assumptions: [] },
    usage: { inputTokens: 0, outputTokens: 0, cacheReadTokens: 0, cacheWriteTokens: 0 },
  });
  const remote = await github.repository();
  await updateLedger(
    github.ledger(ledger.branch),
    'seed',
    () => ({
      session,
      dashboard: {
        version: 1,
        issue: { number: dashboard, url: 'https://github.test/acme/shop/issues/2' },
        sessions: [],
      },
    }),
    { repositoryId: remote.id },
  );
  const warnings: string[] = [];
  type Over = { heard?: ReadonlySet<string> | undefined; resumedAt?: string[]; github?: GitHub } & Partial<
    Pick<Session, 'questions' | 'answers'>
  >;
  const open = ({ questions = [], answers = [], ...over }: Over = {}) =>
    createLedgerMailbox(
      {
        session: { ...session, resumedAt: over.resumedAt ?? [], questions, answers },
        branch: ledger.branch,
        remote,
        permissions,
        heard: 'heard' in over ? over.heard : new Set(),
      },
      {
        github: over.github ?? bed.connect({ store: 'branch' }),
        clock: bed.clock,
        log: { ...silentLog, warn: (text) => warnings.push(text) },
        gate,
      },
    );
  /** Somebody writes it, and the app deals with it. */
  async function say(body: string, by = 'wanda') {
    const comment = bed.double.act.comment(by, body, { issue: dashboard });
    await bed.handle(dashboard, { github });
    return comment;
  }
  const later = () => {
    bed.clock.ahead += 5000;
  };
  return { ...bed, open, say, later, warnings };
}

describe('answers to a session that a workflow runs', () => {
  it('are given to it once, where it knows another one or none', async () => {
    const { connect, open, later, clock } = await aBed();
    const asked = (number: string) =>
      Question.parse({ id: number, scan: 'audit', ref: number.toLowerCase(), question: 'Which?' });
    const say = (question: string, text: string, at: string): PanelAct => ({
      ...{ kind: 'say', question, text, by: 'tom', at, from: 'https://github.test/c/7', comment: 7 },
    });
    const before = { question: 'Q1', text: 'the old one', by: 'tom', at: '2026-11-21T10:00:00Z', from: 'cli' };
    const github = connect({ store: 'branch' });
    const { id: repositoryId } = await github.repository();
    const put = (acts: PanelAct[]) =>
      updateLedger(
        github.ledger(ledger.branch),
        'answers',
        () => ({ panel: { version: 1, session: id, openedAt: '', acts, closed: false } }),
        { repositoryId },
      );
    const heard = [say('Q1', 'the old one', '2026-11-21T10:00:00Z')];
    await put(heard);
    const mailbox = open({ questions: ['Q1', 'Q2', 'Q3'].map(asked), answers: [before] });
    expect(await mailbox.read()).toEqual([]);
    const fresh = [say('Q1', 'the new one', '2026-11-21T10:10:00Z'), say('Q2', 'both', '2026-11-21T10:11:00Z')];
    await put([...heard, ...fresh]);
    later();
    expect(await mailbox.read()).toMatchObject([
      { from: 'tom', kind: 'tell', text: 'the new one', answers: { scan: 'audit', ref: 'q1' } },
      { text: 'both', answers: { scan: 'audit', ref: 'q2' } },
    ]);
    await put([...heard, ...fresh, say('Q9', 'nobody asked', isoTime(clock.now()))]);
    later();
    expect(await mailbox.read()).toEqual([]);
  });
});

describe('what people write to a session that a workflow runs', () => {
  it('is given to it once, with the words as they stand, from wherever it was written', async () => {
    const { open, say, later, double } = await aBed();
    const mailbox = open();
    expect(await mailbox.read()).toEqual([]);
    await say('/courier tell Look at src/pay first.');
    await say('/courier stop\n/courier kill', 'max');
    later();
    expect(await mailbox.read()).toMatchObject([
      { from: 'wanda', kind: 'tell', text: 'Look at src/pay first.' },
      { from: 'max', kind: 'stop', text: '' },
      { from: 'max', kind: 'kill', text: '' },
    ]);
    double.forget();
    later();
    expect(await mailbox.read()).toEqual([]);
    expect(double.requests.map(({ operation, status }) => [operation, status])).toEqual([['git/get-ref', 304]]);
  });

  it('is looked for every five seconds at most', async () => {
    const { open, say, later, double } = await aBed();
    const mailbox = open();
    await mailbox.read();
    await say('/courier stop');
    double.forget();
    expect(await mailbox.read()).toEqual([]);
    expect(double.requests).toEqual([]);
    later();
    expect(await mailbox.read()).toMatchObject([{ kind: 'stop' }]);
  });

  it('does not count when it was edited or deleted since, or its author may not any more', async () => {
    const { open, say, later, repository, issue, warnings } = await aBed();
    const edited = await say('/courier tell First words.');
    const deleted = await say('/courier stop');
    await say('/courier kill', 'max');
    const { comments } = issue(dashboard);
    for (const comment of comments) if (comment.id === edited.id) comment.body = '/courier tell Other words.';
    comments.splice(0, comments.length, ...comments.filter((comment) => comment.id !== deleted.id));
    repository.collaborators = { ...repository.collaborators, max: 'read' };
    const mailbox = open();
    later();
    expect(await mailbox.read()).toEqual([]);
    expect(warnings).toMatchObject([
      expect.stringMatching(/^What wanda wrote to the session does not count: The comment was edited\.$/),
      expect.stringMatching(/wanda .* was deleted\.$/),
      expect.stringMatching(/max .*needs the role write.*yours is read/),
    ]);
  });

  it('is given to it later, and still once, where GitHub failed in the middle', async () => {
    const { open, say, later, double } = await aBed();
    await say('/courier tell One.');
    await say('/courier tell Two.');
    const mailbox = open();
    double.fail({ operation: 'issues/get-comment', after: 1, status: 403 });
    await expect(mailbox.read()).rejects.toThrow(/403/);
    later();
    expect((await mailbox.read()).map(({ text }) => text)).toEqual(['One.', 'Two.']);
    later();
    expect(await mailbox.read()).toEqual([]);
  });
});

describe('a session that was resumed', () => {
  it('is not stopped by what stopped its earlier part, and hears what no agent was told then', async () => {
    const { open, say, later } = await aBed();
    const heard = await say('/courier tell Heard.');
    await say('/courier tell Never heard.');
    await say('/courier stop');
    later();
    const [first] = await open().read();
    expect(first?.id).toContain(String(heard.id));
    const resumedAt = [isoTime(Date.now() + 60_000)];
    later();
    const told = await open({ resumedAt, heard: new Set([first?.id ?? '']) }).read();
    expect(told.map(({ text }) => text)).toEqual(['Never heard.']);
    // Where its transcript is gone, nobody knows what was told.
    expect(await open({ resumedAt, heard: undefined }).read()).toEqual([]);
  });
});
