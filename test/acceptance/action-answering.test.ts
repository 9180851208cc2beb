import { describe, expect, it } from 'vitest';
import type { Script } from '../fakes/anthropic/script.ts';
import { aBed, agentStep, leftOut, sandboxed } from './bed.ts';

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
const asks: Script = [
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
const answers: Script = [
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

const people = { tom: 'triage', rita: 'read' } as const;

async function aSessionThatAsked(over: Readonly<Record<string, string>> = {}) {
  const bed = await aBed({ ...files, ...over }, { visibility: 'private', collaborators: { ...people } });
  const scan = await bed.run(agentStep(await bed.model(asks)));
  expect([scan.code, scan.outputs.questions], scan.log).toEqual([0, '5']);
  const issue = bed.github.repository().issues.at(-1);
  const panel = () => issue?.comments.find(({ body }) => body.includes('courier:submit'))?.body ?? '';
  const ledger = (path: string): unknown => {
    const found = Object.entries(bed.github.files('acme/shop', 'courier-ledger')).find(([name]) => name.endsWith(path));
    return JSON.parse(found?.[1] ?? 'null');
  };
  return { bed, scan, issue, panel, ledger, session: scan.outputs['session-id'] ?? '' };
}

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

  it('starts by itself after a scan where the configuration says so, in the same job', async () => {
    const bed = await aBed({
      ...files,
      '.github/courier.yml': 'presets: none\nansweringAgent: { auto: true, effort: low }\n',
    });
    const both: Script = (request, index) => {
      const isAnswering = JSON.stringify(request.system).includes('You review questions');
      const script = isAnswering ? answers : asks;
      const turn = isAnswering ? index - asks.length : index;
      return (Array.isArray(script) ? script[turn] : undefined) ?? finish;
    };
    const model = await bed.model(both);
    const step = await bed.run(agentStep(model));
    expect([step.code, step.outputs.result, step.outputs.questions], step.log).toEqual([0, 'complete', '5']);
    expect(step.summary).toContain('4 assumptions proposed, 1 question withdrawn');
    const efforts = model.requests.map(({ body }) => JSON.stringify(body).includes('"effort":"low"'));
    expect([efforts[0], efforts.at(-1)]).toEqual([false, true]);
  });

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
});
