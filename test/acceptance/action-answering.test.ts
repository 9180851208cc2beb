import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Script, ScriptedReply } from '../fakes/anthropic/script.ts';
import type { AnthropicDouble } from '../fakes/anthropic/start-anthropic.ts';
import { addIssue } from '../fakes/github/state.ts';
import { aBed, agentStep, type Bed, leftOut, sandboxed } from './bed.ts';
import { eventOf } from './commands-bed.ts';
import { killWhen } from './killed-step.ts';

const workflow = `on:
  issue_comment:
  workflow_dispatch:
    inputs:
      request: { type: string }
`;
const files = {
  'src/price.js':
    '// All amounts are whole cents.\nexports.total = (items) => items.reduce((sum, item) => sum + item.cents, 0);\n',
  'docs/retries.md': 'A payment is tried three times, then it is dropped.\n',
  '.github/workflows/courier.yml': workflow,
  '.github/courier.yml': 'presets: none\n',
};
const call = (name: string, input: object) => ({ toolUses: [{ name, input }] });
const finish = call('finish', { summary: 'All looked into.' });

const questions = [
  'Are prices cents?',
  'Who calls this?',
  'May a payment be lost?',
  'Is this public?',
  'Which currency?',
];
const asks: ScriptedReply[] = [
  { toolUses: questions.map((question) => ({ name: 'ask_question', input: { question } })) },
  call('record_assumption', { text: 'Prices may be fractions.', questionId: 'q1', basis: 'A guess.' }),
  finish,
];
const cents = { path: 'src/price.js', quote: '// All amounts are whole cents.' };
const retries = { path: 'docs/retries.md', quote: 'A payment is tried three times, then it is dropped.' };
const proposal = (input: object) => ({
  name: 'propose_assumption',
  input: { basis: [cents], confidence: 0.9, ...input },
});
const answers: ScriptedReply[] = [
  call('bash', { command: 'cat src/price.js docs/retries.md' }),
  {
    toolUses: [
      proposal({ questionId: 'Q1', assumption: 'A1', text: 'Prices are whole cents.' }),
      proposal({ questionId: 'Q2', text: 'Only the shop calls it.', confidence: 0.4 }),
      proposal({
        questionId: 'Q4',
        text: 'It is internal.',
        basis: [cents, { path: 'src/price.js', quote: 'made up();' }],
      }),
      proposal({ questionId: 'Q5', text: 'The currency is the euro.' }),
      { name: 'withdraw_question', input: { questionId: 'Q3', answer: 'Yes, after three tries.', basis: [retries] } },
    ],
  },
  finish,
];

/** Each request to the agent that it is for, turn by turn. */
function byKind(scan: readonly ScriptedReply[], answering: readonly ScriptedReply[]): Script {
  const turns = { scan: 0, answering: 0 };
  return (request) => {
    const isAnswering = JSON.stringify(request.system).includes('You review questions');
    return (isAnswering ? answering[turns.answering++] : scan[turns.scan++]) ?? finish;
  };
}

/** A comment, and the run that it is handed to. */
async function onComment(bed: Bed, model: AnthropicDouble, text: string) {
  const issue = addIssue(bed.github.repository(), { title: 'Somebody wrote this' });
  const comment = bed.github.act.comment('wanda', text, { issue: issue.number });
  const on = await bed.run({ event: eventOf(comment, issue.number), env: runEnvironment(500) });
  expect(on.code, on.log).toBe(0);
  const started = bed.github.repository().runs.at(-1);
  const step = agentStep(model, { prompt: '', request: started?.inputs.request ?? '' });
  const run = runEnvironment(started?.id ?? 0);
  return bed.run({ ...step, event: { name: 'workflow_dispatch' }, env: { ...step.env, ...run } });
}

function runEnvironment(run: number): Record<string, string> {
  const ref = 'acme/shop/.github/workflows/courier.yml@refs/heads/main';
  return { GITHUB_RUN_ID: String(run), GITHUB_RUN_ATTEMPT: '1', GITHUB_WORKFLOW_REF: ref };
}

const people = { tom: 'triage', rita: 'read' } as const;

async function aSessionThatAsked(over: Readonly<Record<string, string>> = {}, script: readonly ScriptedReply[] = asks) {
  const bed = await aBed({ ...files, ...over }, { visibility: 'private', collaborators: { ...people } });
  const scan = await bed.run(agentStep(await bed.model([...script])));
  expect(scan.code, scan.log).toBe(0);
  const issue = bed.github.repository().issues.at(-1);
  const panel = () => issue?.comments.find(({ body }) => body.includes('courier:submit'))?.body ?? '';
  const ledger = (path: string): unknown => {
    const found = Object.entries(bed.github.files('acme/shop', 'courier-ledger')).find(([name]) => name.endsWith(path));
    return JSON.parse(found?.[1] ?? 'null');
  };
  return { bed, scan, issue, panel, ledger, session: scan.outputs['session-id'] ?? '' };
}

const waiting = 'presets: none\nscans: { audit: { prompt: Look for flaws., questions: block } }\n';

const asked = (session: string) => JSON.stringify({ version: 1, kind: 'answer-session', session });
const dispatched = { event: { name: 'workflow_dispatch' } };

describe.skipIf(!sandboxed)(`an answering session in a workflow${leftOut}`, () => {
  it('proposes four assumptions, withdraws a question, and people see both', async () => {
    const { bed, panel, ledger, session } = await aSessionThatAsked();
    const model = await bed.model(answers);
    const step = await bed.run({ ...agentStep(model, { prompt: '', request: asked(session) }), ...dispatched });
    expect([step.code, step.outputs.result, step.outputs.assumptions], step.log).toEqual([0, 'complete', '4']);
    const system = JSON.stringify(model.requests[0]?.body.system);
    expect(system).toContain('You review questions for Courier');
    for (const question of questions) expect(system).toContain(question);
    expect(step.summary).toContain('4 assumptions proposed, 1 question withdrawn');
    const record = ledger(`/${step.outputs['session-id']}.json`);
    expect(record).toMatchObject({
      kind: 'answer',
      phase: 'completed',
      priorSessions: [session],
      answering: { session, withdrawn: [{ question: 'Q3', answer: 'Yes, after three tries.' }] },
    });
    const memory = ledger('assumptions.json');
    expect(memory).toMatchObject({
      assumptions: [
        { id: 'A1', session, revision: 2, text: 'Prices are whole cents.', questionId: 'Q1', confidence: 0.9 },
        { id: 'A2', revision: 1, text: 'Only the shop calls it.', questionId: 'Q2', confidence: 0.4 },
        { id: 'A3', text: 'It is internal.', evidence: [{ path: 'src/price.js', startLine: 1 }] },
        { id: 'A4', text: 'The currency is the euro.' },
      ],
    });
    expect(panel()).toContain('0 of 5 answered, 1 withdrawn');
    expect(panel()).toContain('Yes, after three tries. (docs/retries.md:1)');
    expect(bed.github.violations).toEqual([]);
  });

  it('rejects what is invented, lists it, and is failed where the agent never finished', async () => {
    const { bed, ledger, session } = await aSessionThatAsked();
    const invented: Script = [
      {
        toolUses: [
          proposal({
            questionId: 'Q2',
            text: 'Nobody.',
            basis: [{ path: 'src/price.js', quote: 'nobody calls this' }],
          }),
        ],
      },
      finish,
    ];
    const request = asked(session);
    const first = await bed.run({ ...agentStep(await bed.model(invented), { prompt: '', request }), ...dispatched });
    expect([first.code, first.outputs.assumptions], first.log).toEqual([0, '0']);
    expect(first.summary).toMatch(/Proposal for Q2: Nobody.*not in src\/price\.js/);
    expect(ledger('assumptions.json')).toMatchObject({ assumptions: [{ id: 'A1', revision: 1 }] });
    const silent: Script = [{ text: 'Done.' }, { text: 'Done.' }];
    const second = await bed.run({ ...agentStep(await bed.model(silent), { prompt: '', request }), ...dispatched });
    expect([second.code, second.outputs.result]).toEqual([1, 'failed']);
    expect(second.log).toContain('without calling finish');
  });

  it.each(['a scan', 'a scan that a comment asked for'])(
    'starts by itself after %s, in the same job',
    async (which) => {
      const bed = await aBed(
        { ...files, '.github/courier.yml': 'presets: none\nansweringAgent: { auto: true, effort: low }\n' },
        { collaborators: { wanda: 'write' } },
      );
      const model = await bed.model(byKind(asks, answers));
      const step =
        which === 'a scan'
          ? await bed.run(agentStep(model))
          : await onComment(bed, model, '/courier scan Look for flaws.');
      expect([step.code, step.outputs.result, step.outputs.questions], step.log).toEqual([0, 'complete', '5']);
      expect(step.summary).toContain('4 assumptions proposed, 1 question withdrawn');
      const efforts = model.requests.map(({ body }) => JSON.stringify(body).includes('"effort":"low"'));
      expect([efforts[0], efforts.at(-1)]).toEqual([false, true]);
      // Its files are where its record says: with those of the session that it followed.
      const records = Object.entries(bed.github.files('acme/shop', 'courier-ledger')).flatMap(([path, text]) =>
        path.startsWith('sessions/') ? JSON.parse(text) : [],
      );
      const record = records.find(({ kind }) => kind === 'answer');
      const name = `courier-session-${step.outputs['session-id']}`;
      expect(record?.artifact).toMatchObject({ name, folder: 'answering-session' });
      const folder = path.join(path.dirname(step.outputs['session-path'] ?? ''), 'answering-session');
      const kept = [folder, path.join(step.outputs['session-path'] ?? '', 'answering-session')].find(existsSync) ?? '';
      expect(readdirSync(kept)).toEqual(expect.arrayContaining(['session.json', 'events.ndjson', 'report.md']));
      expect(bed.github.violations).toEqual([]);
    },
  );

  it('is asked for in a comment by who may answer', async () => {
    const { bed, issue, session } = await aSessionThatAsked();
    const comment = bed.github.act.comment('tom', '/courier answer-session', { issue: issue?.number ?? 0 });
    const { id, body, author } = comment;
    const payload = {
      action: 'created',
      issue: { number: issue?.number },
      comment: { id, body, user: author },
      sender: author,
    };
    const run = {
      GITHUB_RUN_ID: '500',
      GITHUB_RUN_ATTEMPT: '1',
      GITHUB_WORKFLOW_REF: 'acme/shop/.github/workflows/courier.yml@refs/heads/main',
    };
    const on = await bed.run({ event: { name: 'issue_comment', payload }, env: run });
    expect(on.code, on.log).toBe(0);
    const started = bed.github.repository().runs.at(-1);
    const step = agentStep(await bed.model(answers), { prompt: '', request: started?.inputs.request ?? '' });
    const done = await bed.run({
      ...step,
      ...dispatched,
      env: { ...step.env, ...run, GITHUB_RUN_ID: String(started?.id) },
    });
    expect([done.code, done.outputs.assumptions], done.log).toEqual([0, '4']);
    const told = issue?.comments.map(({ body: text }) => text).join('\n') ?? '';
    expect(told).toContain(`Answering session for ${session}`);
  });

  it('that is killed loses nothing of what its agent had handed over', async () => {
    const { bed, ledger, session } = await aSessionThatAsked();
    const [look = finish, propose = finish] = answers;
    const model = await bed.model([look, propose, call('bash', { command: 'sleep 60' })]);
    const step = { ...agentStep(model, { prompt: '', request: asked(session) }), ...dispatched };
    const killed = await bed.run({ ...step, onSpawn: killWhen(model, 3, 'SIGKILL') });
    expect(killed.code).toBeNull();
    const id = killed.outputs['session-id'];
    expect(ledger('assumptions.json')).toMatchObject({ assumptions: [{ id: 'A1', revision: 1 }] });
    await bed.run({ ...step, runnerTemp: killed.runnerTemp, post: true });
    const record = ledger(`/${id}.json`);
    expect(record).toMatchObject({ phase: 'killed', result: 'partial', kind: 'answer' });
    expect(JSON.stringify(record)).toContain('5 proposals and withdrawals that its agent had reported were salvaged.');
    expect(record).toMatchObject({ answering: { session, withdrawn: [{ question: 'Q3' }] } });
    expect(ledger('assumptions.json')).toMatchObject({
      assumptions: [
        { id: 'A1', revision: 2, text: 'Prices are whole cents.' },
        { id: 'A2' },
        { id: 'A3' },
        { id: 'A4' },
      ],
    });
    expect(bed.github.violations).toEqual([]);
  });

  it('that withdraws what a session waits for sends it on its way, and it ends', async () => {
    const bed = await aBed({ ...files, '.github/courier.yml': waiting });
    const blocking = { question: 'May a payment be lost?', blocking: true };
    const model = await bed.model(
      byKind(
        [call('ask_question', blocking), finish],
        [call('withdraw_question', { questionId: 'Q1', answer: 'Yes, after three tries.', basis: [retries] }), finish],
      ),
    );
    const parked = await bed.run(agentStep(model, { prompt: '' }));
    expect([parked.code, parked.outputs.phase], parked.log).toEqual([0, 'stopped']);
    const session = parked.outputs['session-id'] ?? '';
    const env = runEnvironment(900);
    const step = agentStep(model, { prompt: '', request: asked(session) });
    const answered = await bed.run({ ...step, ...dispatched, env: { ...step.env, ...env } });
    expect([answered.code, answered.outputs.result], answered.log).toEqual([0, 'complete']);
    const [run, ...more] = bed.github.repository().runs.filter(({ event }) => event === 'workflow_dispatch');
    expect(more).toEqual([]);
    const request = run?.inputs.request ?? '';
    expect(JSON.parse(request)).toMatchObject({ kind: 'answers', session, comments: [] });
    const next = agentStep(model, { prompt: '', request, 'session-path': parked.outputs['session-path'] ?? '' });
    const resumed = await bed.run({ ...next, ...dispatched, env: { ...next.env, ...runEnvironment(run?.id ?? 0) } });
    expect([resumed.outputs['session-id'], resumed.outputs.phase], resumed.log).toEqual([session, 'completed']);
    expect(bed.github.violations).toEqual([]);
  });

  it('is told of in the issue of the finding that hung on what the repository answers', async () => {
    const { bed, session } = await aSessionThatAsked({}, [
      call('report_finding', {
        title: 'Totals may be off',
        description: 'Sums of fractions.',
        category: 'bug',
        priority: 'medium',
        evidence: [{ path: 'src/price.js', quote: '// All amounts are whole cents.' }],
      }),
      call('ask_question', { question: 'Are prices cents?', findings: ['r1'] }),
      call('record_assumption', { text: 'Prices may be fractions.', questionId: 'q1', findings: ['r1'] }),
      finish,
    ]);
    const withdraw = call('withdraw_question', { questionId: 'Q1', answer: 'They are.', basis: [cents] });
    const model = await bed.model([withdraw, finish]);
    const step = await bed.run({ ...agentStep(model, { prompt: '', request: asked(session) }), ...dispatched });
    expect(step.code, step.log).toBe(0);
    const issue = bed.github.repository().issues.find(({ title }) => title.includes('Totals may be off'));
    expect(issue?.body).toContain('### What it hangs on');
    expect(issue?.body).toMatch(
      /withdrawn by answering agent: Prices may be fractions\. → The repository answers Q1: They are\./,
    );
  });
});
