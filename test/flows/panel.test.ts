import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { parseConfig } from '../../src/config/parse-config.ts';
import { parseRequest } from '../../src/events/request.ts';
import { understandPanelEdit } from '../../src/events/understand-panel-edit.ts';
import { answerPanel } from '../../src/flows/answer-panel.ts';
import { tendQuestions } from '../../src/flows/ask-people.ts';
import { createExecutors } from '../../src/flows/command-executors.ts';
import { keepPanel } from '../../src/flows/keep-panel.ts';
import { keepRunLabel } from '../../src/flows/keep-run-label.ts';
import type { PanelPlace } from '../../src/flows/panel-place.ts';
import { endCommand } from '../../src/flows/status-comment.ts';
import { tendPanels } from '../../src/flows/tend-panels.ts';
import { isoTime } from '../../src/lib/clock.ts';
import { safe } from '../../src/publishing/safe-text.ts';
import { beginRun, parkRun } from '../../src/runs/issue-runs.ts';
import { Session } from '../../src/sessions/session.ts';
import { aFinding } from '../ledger/builders.ts';
import { aDiscovery } from '../sessions/builders.ts';
import { aCommentsBed, type CommentsBed, gate } from './comments-bed.ts';

const beds: CommentsBed[] = [];
afterEach(async () => {
  for (const { double } of beds.splice(0)) {
    expect(double.violations).toEqual([]);
    await double.close();
  }
});

const id = 'S20261122-100000-aaaa';
const written = '2026-11-22T10:30:00Z';
const questions = [
  {
    ...{ id: 'Q1', scan: 'audit', ref: 'q1', question: 'Which parser?', blocking: true, findings: ['F-0000000a'] },
    options: [{ label: 'The old one' }, { label: 'The new one' }],
  },
  {
    ...{ id: 'Q2', scan: 'audit', ref: 'q2', question: 'Which endpoints are public?', multiSelect: true },
    options: [{ label: '/health' }, { label: '/metrics' }, { label: '/admin' }],
  },
];
const assumptions = [{ id: 'A1', text: 'The old one is used.', questionId: 'Q1' }];
const parked: Partial<Session> = {
  ...{ phase: 'stopped', result: 'partial', stopReason: 'waiting_input' },
  parked: { at: '2026-11-22T10:05:00Z', questions: ['Q1'] },
};

async function aBed(
  over: Partial<Session> = parked,
  { visibility = 'private', asked = questions }: { visibility?: 'public' | 'private'; asked?: readonly unknown[] } = {},
) {
  const bed = await aCommentsBed({ visibility });
  beds.push(bed);
  const session = Session.parse({
    ...aDiscovery().session,
    raised: ['F-0000000a'],
    questions: asked,
    assumptions,
    ...over,
  });
  await bed.seed({ session });
  bed.clock.ahead = Date.parse('2026-11-22T10:06:00Z') - Date.now();
  const github = bed.connect();
  const remote = await github.repository();
  const place = (): PanelPlace => ({ github, store: bed.store, remote, gate, clock: bed.clock, actor: 'schedule' });
  const panelIssue = () => bed.repository.issues.find(({ title }) => title.startsWith('Questions of Courier'));
  const issue = () => {
    const found = panelIssue();
    if (!found) throw new Error('there is no issue of a session');
    return found;
  };
  const comment = () => {
    const found = issue().comments.find(({ body }) => body.includes('answered'));
    if (!found) throw new Error('there is no panel');
    return found;
  };
  let ticks = 0;
  /** What GitHub would deliver for an edit, and the edit itself. */
  function edit(login: string, change: (body: string) => string) {
    const panel = comment();
    const from = panel.body;
    ticks += 1;
    const at = isoTime(Date.parse('2026-11-22T11:00:00Z') + ticks * 1000);
    panel.body = change(from).replaceAll('\n', '\r\n');
    return {
      action: 'edited',
      issue: { number: issue().number },
      comment: { id: panel.id, body: panel.body, html_url: `https://github.test/c/${panel.id}`, updated_at: at },
      changes: { body: { from } },
      sender: { login, type: login.endsWith('[bot]') ? 'Bot' : 'User' },
    };
  }
  const config = parseConfig('', 'courier.yml');
  async function deliver(payload: unknown) {
    const understood = understandPanelEdit(payload);
    if (!understood) return undefined;
    const ports = { github: bed.connect(), gate, clock: bed.clock, config, workflow: 'courier.yml' };
    return answerPanel(understood, ports);
  }
  const click = (login: string, mark: string) => deliver(edit(login, (body) => toggle(body, mark)));
  const record = async () => {
    const found = await (await bed.ledger()).readSession(id, Session);
    if (!found || !('session' in found)) throw new Error('the record is gone');
    return found.session;
  };
  const runs = () => bed.repository.runs.filter(({ event }) => event === 'workflow_dispatch');
  const ticked = () =>
    [...comment().body.matchAll(/^- \[x\] <!-- courier:(?:answer )?(.*?) -->/gm)].map(([, mark]) => mark);
  return { ...bed, place, panelIssue, sessionIssue: issue, comment, edit, deliver, click, record, runs, ticked };
}

function toggle(body: string, mark: string): string {
  return body
    .split('\n')
    .map((line) =>
      line.includes(`<!-- courier:${mark} -->`)
        ? line.replace(/\[([ x])\]/, (_, box) => (box === 'x' ? '[ ]' : '[x]'))
        : line,
    )
    .join('\n');
}

describe('what people answer', () => {
  it('is remembered in the commit that puts it on record, in the place of what was assumed', async () => {
    const bed = await aBed({ ...parked, raised: [] });
    await keepPanel(id, bed.place());
    const before = bed.messages.length;
    await bed.click('tom', 'answer Q1 b');
    const memory = await (await bed.ledger()).readMemory();
    expect(memory.answers).toMatchObject([
      {
        session: id,
        id: 'Q1',
        question: 'Which parser?',
        options: ['The old one', 'The new one'],
        answer: 'The new one',
      },
    ]);
    expect(memory.answers[0]).toMatchObject({
      by: 'tom',
      at: '2026-11-22T11:00:01Z',
      from: expect.stringContaining('/c/'),
    });
    expect(memory.assumptions).toMatchObject([{ id: 'A1', state: 'superseded', reason: 'Q1 was answered by tom' }]);
    expect(bed.messages.slice(before)).toContain(`session ${id}: 1 answer`);
  });

  it('is put right by the next answer, and gone when it is taken back', async () => {
    const bed = await aBed({ ...parked, raised: [] });
    await keepPanel(id, bed.place());
    await bed.click('tom', 'answer Q1 b');
    await bed.click('tom', 'answer Q1 a');
    const { answers } = await (await bed.ledger()).readMemory();
    expect(answers).toMatchObject([{ answer: 'The old one', earlier: [{ answer: 'The new one' }] }]);
    await bed.click('tom', 'answer Q1 a');
    const { answers: left, assumptions: open } = await (await bed.ledger()).readMemory();
    expect(left).toEqual([]);
    expect(open.map(({ state }) => state)).toEqual(['proposed']);
  });

  it('about a security finding of a public repository is not remembered, as everybody could read it', async () => {
    const bed = await aBed({ ...parked, raised: [] }, { visibility: 'public' });
    const secret = aFinding({ id: 'F-0000000a', category: 'security' });
    await bed.seed({ findings: [secret] });
    await keepPanel(id, bed.place());
    await bed.click('tom', 'answer Q2 a');
    const { answers, assumptions: assumed } = await (await bed.ledger()).readMemory();
    expect(answers.map((answer) => answer.id)).toEqual(['Q2']);
    // A1 is about Q1, which is about the finding.
    expect(assumed).toEqual([]);
  });
});

describe('the issue of a session', () => {
  it('is there where people are needed, once, with one panel and its labels', async () => {
    const bed = await aBed();
    await Promise.all([keepPanel(id, bed.place()), keepPanel(id, bed.place())]);
    await keepPanel(id, bed.place());
    const { labels, comments, body, state, number } = bed.sessionIssue();
    expect(labels.toSorted()).toEqual(['courier', 'courier: awaiting-answer']);
    expect({ comments: comments.length, state }).toEqual({ comments: 1, state: 'open' });
    expect(body).toContain(`<!-- courier:session ${id} -->`);
    expect(body).toContain('#1');
    expect(bed.comment().body).toContain('0 of 2 answered');
    expect(bed.repository.issues.filter(({ title }) => title.startsWith('Questions'))).toHaveLength(1);
    const commits = bed.messages.length;
    await keepPanel(id, bed.place());
    expect(bed.messages.length).toBe(commits);
    expect((await bed.ledger()).sessionIssues).toMatchObject([{ session: id, number, open: true }]);
  });

  it('is not made where nothing is asked, nor where another open one asks the same', async () => {
    const quiet = await aBed({ phase: 'completed', result: 'complete' }, { asked: [] });
    await keepPanel(id, quiet.place());
    expect(quiet.panelIssue()).toBeUndefined();
    const bed = await aBed();
    await keepPanel(id, bed.place());
    const next = Session.parse({
      ...(await bed.record()),
      id: 'S20261123-100000-bbbb',
      phase: 'completed',
      stopReason: undefined,
      parked: undefined,
    });
    await bed.seed({ session: next });
    await keepPanel(next.id, bed.place());
    expect(bed.repository.issues.filter(({ title }) => title.startsWith('Questions'))).toHaveLength(1);
  });

  it('is found again where the answer to its creation was lost', async () => {
    const bed = await aBed();
    const { issues } = bed.place().github;
    const create: typeof issues.create = async (issue) => {
      await issues.create(issue);
      throw new Error('the line broke');
    };
    const broken = { ...bed.place(), github: { ...bed.place().github, issues: { ...issues, create } } };
    await expect(keepPanel(id, broken)).rejects.toThrow('the line broke');
    await keepPanel(id, bed.place());
    expect(bed.repository.issues.filter(({ title }) => title.startsWith('Questions'))).toHaveLength(1);
    expect(bed.comment().body).toContain('0 of 2 answered');
  });

  it('tells nothing of a question about a withheld finding on a public repository', async () => {
    const bed = await aBed({}, { visibility: 'public' });
    const { findings } = await bed.ledger();
    await bed.seed({
      findings: findings.map((finding) => ({
        ...finding,
        category: 'security' as const,
        origin: { kind: 'agent' as const, name: 'other' },
      })),
    });
    await keepPanel(id, bed.place());
    expect(bed.comment().body).toContain('Not shown here: Q1');
    expect(`${bed.sessionIssue().body}${bed.comment().body}`).not.toMatch(/parser|#1\b|old one/);
    expect(bed.comment().body).toContain('Which endpoints');
  });

  it('is left alone once a person closed it, and stays closed', async () => {
    const bed = await aBed();
    await keepPanel(id, bed.place());
    bed.sessionIssue().state = 'closed';
    await keepPanel(id, bed.place());
    expect(bed.sessionIssue().state).toBe('closed');
    expect((await bed.ledger()).sessionIssues).toMatchObject([{ open: false }]);
  });
});

describe('clicks on the panel', () => {
  it('count for who made them, one option only where one is asked for, and the session goes on when all is answered', async () => {
    const bed = await aBed();
    await keepPanel(id, bed.place());
    expect(await bed.click('tom', 'answer Q1 a')).toBe('answered');
    expect(await bed.click('wanda', 'answer Q1 b')).toBe('answered');
    expect(bed.ticked()).toEqual(['Q1 b']);
    expect((await bed.record()).answers).toMatchObject([{ question: 'Q1', text: 'The new one', by: 'wanda' }]);
    expect(bed.runs()).toEqual([]);
    await bed.click('tom', 'answer Q2 a');
    const [run, ...more] = bed.runs();
    expect(more).toEqual([]);
    const request = parseRequest(run?.inputs.request ?? '');
    expect(request).toMatchObject({ kind: 'answers', issue: bed.sessionIssue().number, session: id });
    expect(bed.comment().body).toMatch(/goes on with these answers/);
    expect(bed.sessionIssue().labels).toEqual(['courier']);
    const late = await bed.click('tom', 'answer Q2 c');
    expect({ late, runs: bed.runs().length }).toEqual({ late: 'answered', runs: 1 });
    const { audit } = { audit: await (await bed.ledger()).readAudit('2026-11-22T10:00:00Z') };
    expect(audit.map(({ action, actor }) => `${action} ${actor}`)).toContain('answer-question wanda');
    // That people are asked, and that they are not any more.
    expect(audit.filter(({ action }) => action === 'label-issue')).toMatchObject([
      { target: `#${bed.sessionIssue().number}` },
    ]);
  });

  it('send the session on with Submit where nothing blocks it, and say what blocks it else', async () => {
    const bed = await aBed();
    await keepPanel(id, bed.place());
    await bed.click('tom', 'submit');
    expect(bed.runs()).toEqual([]);
    expect(bed.comment().body).toMatch(/Submitted by tom, and the work still waits for Q1/);
    await bed.click('tom', 'answer Q1 a');
    expect(bed.runs()).toHaveLength(1);
    expect((await bed.record()).answers).toHaveLength(1);
  });

  it('say so where no workflow is there to go on', async () => {
    const bed = await aBed();
    await keepPanel(id, bed.place());
    const { github } = bed.place();
    const payload = bed.edit('tom', (body) => toggle(toggle(body, 'answer Q1 a'), 'submit'));
    const edit = understandPanelEdit(payload);
    if (!edit) throw new Error('no edit');
    const config = parseConfig('', 'courier.yml');
    const whole = { ...bed.connect(), ...github };
    await answerPanel(edit, { github: whole, gate, clock: bed.clock, config, workflow: 'gone.yml' });
    expect(bed.comment().body).toContain('It could not be sent on its way');
  });

  it('are taken back, with one sentence, where somebody may not answer; on a public repository without any', async () => {
    const bed = await aBed();
    await keepPanel(id, bed.place());
    const before = bed.comment().body;
    expect(await bed.click('rita', 'answer Q1 a')).toBe('refused');
    await bed.click('rita', 'answer Q1 b');
    expect(bed.comment().body).toBe(before);
    expect(
      bed
        .sessionIssue()
        .comments.map(({ body }) => body.split('\n')[0])
        .slice(1),
    ).toEqual(['What rita ticked was taken back: answering takes the role triage in this repository.']);
    const open = await aBed(parked, { visibility: 'public' });
    await keepPanel(id, open.place());
    await open.click('rita', 'answer Q1 a');
    expect(open.ticked()).toEqual([]);
    expect(open.sessionIssue().comments).toHaveLength(1);
  });

  it('mean nothing where an app made them, or the comment is not the panel that the ledger knows', async () => {
    const bed = await aBed();
    await keepPanel(id, bed.place());
    expect(await bed.click('helper[bot]', 'answer Q1 a')).toBeUndefined();
    const payload = bed.edit('tom', (body) => toggle(body, 'answer Q1 b'));
    expect(await bed.deliver({ ...payload, comment: { ...payload.comment, id: 99 } })).toBe('not-ours');
    expect(await bed.deliver({ ...payload, issue: { number: 1 } })).toBe('not-ours');
    expect((await bed.record()).answers).toEqual([]);
  });

  it('are not lost where the panel was written anew between click and delivery, nor counted twice', async () => {
    const bed = await aBed();
    await keepPanel(id, bed.place());
    const first = bed.edit('tom', (body) => toggle(body, 'answer Q1 a'));
    await keepPanel(id, bed.place());
    expect(bed.ticked()).toEqual([]);
    const second = bed.edit('wanda', (body) => toggle(body, 'answer Q2 b'));
    for (const payload of [second, first, first, second]) await bed.deliver(payload);
    expect(bed.ticked()).toEqual(['Q1 a', 'Q2 b']);
    expect((await bed.ledger().then((ledger) => ledger.readPanel(id)))?.acts).toHaveLength(2);
  });

  it('come, of ten people at once and in any order of deliveries, to what they come to one after the other', async () => {
    const marks = ['Q1 a', 'Q1 b', 'Q2 a', 'Q2 b', 'Q2 c'].map((mark) => `answer ${mark}`);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom(...marks), { minLength: 10, maxLength: 10 }),
        fc.array(fc.nat(), { minLength: 10, maxLength: 10 }),
        async (clicks, keys) => {
          const bed = await aBed();
          await keepPanel(id, bed.place());
          // Each sees the panel as the one before left it.
          const people = ['tom', 'wanda', 'max', 'ada'];
          const payloads = clicks.map((mark, n) => bed.edit(people[n % 4] ?? 'tom', (body) => toggle(body, mark)));
          const expected = new Map(
            clicks.map((mark) => [mark, clicks.filter((each) => each === mark).length % 2 === 1]),
          );
          const order = payloads.map((payload, n) => ({ payload, key: keys[n] ?? 0 })).sort((a, b) => a.key - b.key);
          // Two replicas; each takes the next one that came.
          const waiting = order.map(({ payload }) => payload);
          const work = async () => {
            for (let payload = waiting.shift(); payload; payload = waiting.shift()) await bed.deliver(payload);
          };
          await Promise.all([work(), work()]);
          const ticked = bed.ticked().map((mark) => `answer ${mark}`);
          for (const mark of marks.slice(2)) expect(ticked.includes(mark)).toBe(expected.get(mark) ?? false);
          // Of a radio group the last one that was switched on holds, until it is switched off.
          const raw = new Map<string, boolean>();
          let chosen: string | undefined;
          for (const mark of clicks.filter((each) => each.startsWith('answer Q1'))) {
            const isOn = !raw.get(mark);
            raw.set(mark, isOn);
            if (isOn) chosen = mark;
            else if (chosen === mark) chosen = undefined;
          }
          expect(ticked.filter((mark) => mark.startsWith('answer Q1'))).toEqual(chosen ? [chosen] : []);
        },
      ),
      { numRuns: 3, endOnFailure: true },
    );
  });

  it('heal a panel that somebody rewrote, and make it anew where it was deleted', async () => {
    const bed = await aBed();
    await keepPanel(id, bed.place());
    const before = bed.comment().body;
    const broken = bed.edit(
      'ada',
      (body) => `answered!\n${body.replace('<!-- courier:answer Q1 a -->', '').replace('Which parser?', 'Pay me?')}`,
    );
    expect(await bed.deliver(broken)).toBe('healed');
    expect(bed.comment().body).toBe(before);
    const { comments } = bed.sessionIssue();
    comments.splice(0);
    await keepPanel(id, bed.place());
    expect(bed.comment().body).toBe(before);
  });
});

describe('answers in comments', () => {
  it('are taken from several people, corrected and in part, beside clicks', async () => {
    const bed = await aBed();
    await keepPanel(id, bed.place());
    const { number } = bed.sessionIssue();
    bed.double.act.comment('tom', '/courier answer Q1 2', { issue: number, at: written });
    await bed.handle(number);
    expect(bed.ticked()).toEqual(['Q1 b']);
    bed.double.act.comment('wanda', '/courier answer\nQ1: neither, it is generated\nQ2: all but /admin', {
      issue: number,
      at: written,
    });
    await bed.handle(number);
    const { answers } = await bed.record();
    expect(answers).toMatchObject([
      { question: 'Q1', text: 'neither, it is generated', by: 'wanda' },
      { question: 'Q2', text: 'all but /admin', by: 'wanda' },
    ]);
    expect(bed.runs()).toHaveLength(1);
    expect(bed.replies(number).at(-1)).toMatch(/goes on.* with the answers/);
  });

  it('are refused as a whole where one of them fits no question, and nothing is made up', async () => {
    const bed = await aBed();
    await keepPanel(id, bed.place());
    const { number } = bed.sessionIssue();
    for (const text of ['answer Q1 b Q7 a', 'answer Q1 a,b', 'answer Q1 z', 'skip Q9'])
      bed.double.act.comment('tom', `/courier ${text}`, { issue: number, at: written });
    await bed.handle(number);
    expect((await bed.record()).answers).toEqual([]);
    expect(bed.replies(number).filter((reply) => /no question|one option|has the options/.test(reply))).toHaveLength(4);
  });

  it('skip what nobody knows, also from the issue of a finding that the session saw', async () => {
    const bed = await aBed();
    await keepPanel(id, bed.place());
    bed.double.act.comment('tom', '/courier skip Q1 Q2', { at: written });
    await bed.handle();
    expect((await bed.record()).answers).toMatchObject([{ question: 'Q1', by: 'tom' }, { question: 'Q2' }]);
    expect((await bed.record()).answers.every(({ text }) => text === undefined)).toBe(true);
    expect(bed.runs()).toHaveLength(1);
  });

  it('that come after the end are kept beside the record, which stays as it was, and the issue is closed', async () => {
    const bed = await aBed({ phase: 'completed', result: 'complete' });
    await keepPanel(id, bed.place());
    const before = await bed.record();
    const { number } = bed.sessionIssue();
    bed.double.act.comment('tom', '/courier answer Q1 a\n/courier skip Q2', { issue: number, at: written });
    await bed.handle(number);
    expect(await bed.record()).toEqual(before);
    expect(bed.replies(number).at(-1)).toMatch(/has ended: the answer is kept beside it/);
    expect(bed.comment().body).toContain('It takes the place of A1.');
    expect(bed.sessionIssue()).toMatchObject({ state: 'closed', labels: ['courier'] });
  });
});

describe('a session that no run takes up', () => {
  const quarter = 15 * 60_000 + 1000;
  const tendOnce = async (bed: Awaited<ReturnType<typeof aBed>>) => {
    bed.clock.ahead += quarter;
    const config = parseConfig('', 'courier.yml');
    await tendQuestions({ github: bed.connect(), gate, clock: bed.clock, config, workflow: 'courier.yml' });
  };

  it('is sent three times, then fails, and people are told once where they answered', async () => {
    const bed = await aBed();
    await keepPanel(id, bed.place());
    await bed.click('tom', 'answer Q1 b');
    await bed.click('tom', 'answer Q2 a');
    const { number } = bed.sessionIssue();
    for (const sent of [2, 3, 3, 3]) {
      await tendOnce(bed);
      expect(bed.runs()).toHaveLength(sent);
    }
    const record = await bed.record();
    expect(record).toMatchObject({ phase: 'failed', stopReason: 'error', result: 'failed' });
    expect(record.reasons.at(-1)).toBe('It was sent on its way 3 times with its answers, and no run took it up.');
    const told = bed.replies(number).filter((body) => body.includes('has failed'));
    expect(told).toHaveLength(1);
    expect(told[0]).toContain(
      `[The last run](${bed.double.serverUrl}/acme/shop/actions/runs/${bed.runs()[2]?.id}) says why`,
    );
    expect(told[0]).toContain(`\`/courier clone ${id}\` begins anew`);
    expect(bed.comment().body).toContain('The session has ended');
    expect(bed.sessionIssue().state).toBe('closed');
    expect((await (await bed.ledger()).readMemory()).answers).toHaveLength(2);
  });

  it('has three times anew where it went on and waits again', async () => {
    const bed = await aBed();
    await keepPanel(id, bed.place());
    await bed.click('tom', 'answer Q1 b');
    await bed.click('tom', 'answer Q2 a');
    for (let tried = 1; tried < 3; tried++) await tendOnce(bed);
    bed.clock.ahead += quarter;
    const at = isoTime(bed.clock.now());
    const rested = { ...(await bed.record()), parked: { at, questions: ['Q1'] } };
    await bed.seed({ session: rested });
    await tendOnce(bed);
    expect([bed.runs().length, (await bed.record()).phase]).toEqual([4, 'stopped']);
  });

  it('is not counted where no workflow could be started', async () => {
    const bed = await aBed();
    await keepPanel(id, bed.place());
    await bed.click('tom', 'answer Q1 b');
    const config = parseConfig('', 'courier.yml');
    const ports = { github: bed.connect(), gate, clock: bed.clock, config, workflow: 'gone.yml' };
    bed.double.act.comment('tom', '/courier answer Q2 a', { issue: bed.sessionIssue().number, at: written });
    await bed.handle(bed.sessionIssue().number, {
      executors: createExecutors({ github: ports.github, workflow: 'gone.yml' }),
    });
    for (let tried = 0; tried < 5; tried++) {
      bed.clock.ahead += quarter;
      await tendQuestions(ports);
    }
    expect((await bed.record()).phase).toBe('stopped');
    expect(bed.comment().body).toContain('It could not be sent on its way');
    await tendOnce(bed);
    expect(bed.runs()).toHaveLength(1);
  });

  it('gives back the issue that it worked on as a run, and says so where that was asked for', async () => {
    const bed = await aBed({ ...parked, raised: [] });
    bed.double.act.comment('wanda', '/courier run', { issue: 3, at: written });
    await bed.handle(3);
    const known = await (await bed.ledger()).readRuns(3);
    if (known?.asked?.comment === undefined) throw new Error('no run was asked for');
    const begun = beginRun(known, {
      ...{
        session: id,
        run: '',
        at: written,
        until: '2099-01-01T00:00:00Z',
        by: 'wanda',
        own: false,
        blueprint: 'fix',
      },
    });
    if ('refused' in begun) throw new Error(begun.refused);
    const { branch, base, head = '' } = known;
    const issueRun = {
      issue: 3,
      title: 'x',
      blueprint: 'fix',
      branch,
      base,
      head,
      steps: [],
      outcome: 'parked' as const,
    };
    await bed.seed({
      session: Session.parse({ ...(await bed.record()), kind: 'run', issueRun }),
      runs: parkRun(begun.runs, { session: id, until: '2099-01-01T00:00:00Z' }),
    });
    const [asking = expect.fail('no run')] = bed.runs();
    const at = { issue: 3, comment: known.asked.comment, index: 0 };
    const desk = { ...bed.place(), repositoryId: String(bed.repository.id) };
    await endCommand(at, { outcome: 'done', say: safe`It waits.`, run: asking.id, attempt: 1 }, desk);
    await keepPanel(id, bed.place());
    await keepRunLabel(3, desk);
    expect(bed.issue(3).labels).toEqual(['courier: awaiting-answer']);
    await bed.click('tom', 'answer Q1 b');
    await bed.click('tom', 'answer Q2 a');
    for (let tried = 0; tried < 4; tried++) await tendOnce(bed);
    const runs = await (await bed.ledger()).readRuns(3);
    expect([runs?.claim, runs?.attempts.map(({ outcome }) => outcome)]).toEqual([undefined, ['failed']]);
    expect(bed.issue(3).labels).toEqual(['courier: failed']);
    expect(bed.replies(3).at(-1)).toContain('`/courier retry` on #3 begins anew');
    expect(bed.reactions(Number(known.asked.comment))).toContain('confused');
  });
});

describe('questions that nobody answers', () => {
  const day = 24 * 3_600_000;
  const tend = (bed: Awaited<ReturnType<typeof aBed>>, ended: string[] = []) =>
    tendPanels({ sessions: [id], inactivityMs: day, salvage: async (session) => ended.push(session) }, bed.place());

  it('are reminded of once, after three days', async () => {
    const bed = await aBed({ ...parked, stopReason: 'inactivity' });
    await keepPanel(id, bed.place());
    bed.clock.ahead += 2 * day;
    await tend(bed);
    expect(bed.sessionIssue().comments).toHaveLength(1);
    bed.clock.ahead += 2 * day;
    await Promise.all([tend(bed), tend(bed)]);
    bed.clock.ahead += 30 * day;
    await tend(bed);
    expect(
      bed
        .sessionIssue()
        .comments.map(({ body }) => body.split(':')[0])
        .slice(1),
    ).toEqual(['A reminder, the only one']);
  });

  it('keep a session no longer than the configuration says, and bring it back all the same', async () => {
    const bed = await aBed({
      ...parked,
      parked: { at: '2026-11-22T10:05:00Z', questions: ['Q1'], sandbox: { kind: 'e2b', id: 'sbx' } },
    });
    await keepPanel(id, bed.place());
    const ended: string[] = [];
    await tend(bed, ended);
    expect(ended).toEqual([]);
    bed.clock.ahead += 2 * day;
    await tend(bed, ended);
    expect(ended).toEqual([id]);
    const { stopReason, parked: rest } = await bed.record();
    expect({ stopReason, sandbox: rest?.sandbox }).toEqual({ stopReason: 'inactivity', sandbox: undefined });
    await bed.click('tom', 'answer Q1 a');
    await bed.click('tom', 'submit');
    expect(bed.runs()).toHaveLength(1);
  });
});
