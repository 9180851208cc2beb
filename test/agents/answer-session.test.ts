import { describe, expect, it } from 'vitest';
import type { AgentTask } from '../../src/agents/agent.ts';
import { bash, finish, linesOf, report, runScripted } from './scripted-session.ts';

const quote = { path: 'src/app.ts', startLine: 3, quote: 'const cents = 100;' };
const propose = (input: object) => ({
  toolUses: [
    { name: 'propose_assumption', input: { text: 'Prices are cents.', basis: [quote], confidence: 0.8, ...input } },
  ],
});
const withdraw = (questionId: string, input: object = {}) => ({
  toolUses: [
    { name: 'withdraw_question', input: { questionId, answer: 'The file says so.', basis: [quote], ...input } },
  ],
});
const task: Partial<AgentTask> = {
  kind: 'answer',
  scan: 'answer S20261121-213119-ab12',
  prompt: 'Look into Q1, Q2 and A1.',
  open: { questions: ['Q1', 'Q2'], assumptions: ['A1'] },
  briefing: [
    { title: 'Open questions', intro: 'As they were asked.', documents: [{ label: 'Q1', text: 'Are prices cents?' }] },
  ],
};

describe('a session that answers', () => {
  it('reads another guide, only looks, and hands over proposals and withdrawals', async () => {
    const { result, api, sandbox } = await runScripted(
      [bash('git log -1'), propose({ questionId: 'Q1' }), propose({ assumption: 'A1' }), withdraw('Q2'), finish()],
      { task },
    );
    expect(result).toMatchObject({ ending: 'finished' });
    const [first] = api.requests;
    expect(first?.body.tools?.map(({ name }) => name)).toEqual([
      'bash',
      'propose_assumption',
      'withdraw_question',
      'finish',
    ]);
    expect(JSON.stringify(first?.body.system)).toContain('You review questions for Courier');
    expect(JSON.stringify(first?.body.system)).toContain('Are prices cents?');
    expect(linesOf(sandbox, 'questions.json')).toEqual([
      { proposals: [{ id: 'p1', questionId: 'Q1', text: 'Prices are cents.', basis: [quote], confidence: 0.8 }] },
      { proposals: [{ id: 'p2', assumption: 'A1', text: 'Prices are cents.', basis: [quote], confidence: 0.8 }] },
      { withdrawals: [{ questionId: 'Q2', answer: 'The file says so.', basis: [quote] }] },
    ]);
    expect(linesOf(sandbox, 'issues.json')).toBeUndefined();
  });

  it.each<[string, object, RegExp]>([
    ['another question', propose({ questionId: 'Q7' }), /Q7 is no open question. There are: Q1, Q2\./],
    ['another assumption', propose({ assumption: 'A9' }), /A9 is no proposed assumption. There is: A1\./],
    ['nothing', propose({}), /say what it is for/],
    ['a question that was not asked', withdraw('Q3'), /Q3 is no open question/],
    ['no quote', propose({ questionId: 'Q1', basis: [] }), /does not fit/],
    ['a path that leads out', propose({ questionId: 'Q1', basis: [{ ...quote, path: '../x' }] }), /does not fit/],
    ['no confidence', propose({ questionId: 'Q1', confidence: undefined }), /does not fit/],
    ['a finding', report(), /There is no tool report_finding/],
  ])('may not hand over what is about %s', async (_, turn, why) => {
    const { result, events } = await runScripted([turn, finish()], { task });
    const [refused] = events.filter((event) => event.type === 'tool-result');
    expect(refused).toMatchObject({ ok: false, output: expect.stringMatching(why) });
    expect(result.handedOver?.map(({ line }) => line)).toEqual([{ proposals: [] }]);
  });

  it('takes a percentage, small letters and the usual other names', async () => {
    const use = { question: 'q1', evidence: { file: 'src/app.ts', line: 3, code: 'x();' }, basis: undefined };
    const { sandbox } = await runScripted([propose({ ...use, confidence: 80 }), finish()], { task });
    expect(linesOf(sandbox, 'questions.json')).toMatchObject([
      {
        proposals: [
          { questionId: 'Q1', confidence: 0.8, basis: [{ path: 'src/app.ts', startLine: 3, quote: 'x();' }] },
        ],
      },
    ]);
  });

  it('says with an empty list that it looked and has nothing to propose; without finish it says nothing', async () => {
    expect(linesOf((await runScripted([finish()], { task })).sandbox, 'questions.json')).toEqual([{ proposals: [] }]);
    const silent = await runScripted([{ text: 'Done.' }, { text: 'Done.' }], { task });
    expect(silent.result.ending).toBe('unfinished');
    expect(linesOf(silent.sandbox, 'questions.json')).toBeUndefined();
  });
});
