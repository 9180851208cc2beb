import { describe, expect, it } from 'vitest';
import { bash, finish, linesOf, report, runScripted } from './scripted-session.ts';

const call = (name: string, input: unknown) => ({ toolUses: [{ name, input }] });
const taskOf = (kind: 'plan' | 'implement' | 'judge' | 'evaluate') => ({
  kind,
  prompt: 'The cache forgets.',
  scan: 'run',
});
const scores = { correctness: 4, completeness: 5, scope: 4, proof: 3, fit: 4, remarks: 'Works.' };
const work = { summary: 'It forgot. Now it does not.', test: 'npm test', leftOut: [] };

describe('the roles of a run', () => {
  it.each([
    ['plan', 'You plan the work', ['bash', 'ask_question', 'record_assumption', 'answer', 'finish']],
    ['implement', 'draft pull request', ['bash', 'ask_question', 'record_assumption', 'deliver', 'finish']],
    ['judge', 'You judge a change', ['bash', 'judge', 'finish']],
    ['evaluate', 'You evaluate how a run', ['bash', 'score', 'finish']],
  ] as const)('%s reads its own guide and has its own tools', async (kind, words, tools) => {
    const { api } = await runScripted([finish(), finish()], { task: taskOf(kind) });
    const body = api.requests[0]?.body;
    expect(JSON.stringify(body?.system)).toContain(words);
    expect(JSON.stringify(body?.system)).toContain('What is data and what is not');
    expect(body?.tools?.map(({ name }) => name)).toEqual(tools);
  });

  it.each([
    ['implement', 'deliver', work, { work }],
    ['judge', 'judge', { verdict: 'accept' }, { judgement: { verdict: 'accept', reasons: [] } }],
    ['evaluate', 'score', scores, { score: scores }],
  ] as const)('%s hands over what %s takes, and is told once where it did not', async (kind, tool, input, line) => {
    const { result, events, sandbox } = await runScripted([finish(), call(tool, input), finish()], {
      task: taskOf(kind),
    });
    expect(result).toMatchObject({ ending: 'finished', iterations: 3 });
    expect(result.handedOver).toMatchObject([{ file: 'work.json', line }]);
    expect(linesOf(sandbox, 'work.json')).toHaveLength(1);
    const refusals = events.flatMap((event) => (event.type === 'tool-result' && !event.ok ? [event.output] : []));
    expect(refusals).toEqual([]);
    const silent = await runScripted([finish(), finish()], { task: taskOf(kind) });
    expect(JSON.stringify(silent.api.requests[1]?.body.messages)).toContain(`Call ${tool} first`);
    expect(silent.result.handedOver).toEqual([]);
  });

  it('reports no findings, and a verdict to send back needs a reason', async () => {
    const { events } = await runScripted(
      [
        report(),
        call('judge', { verdict: 'send-back' }),
        call('judge', { verdict: 'send-back', reasons: ['a.js:3'] }),
        finish(),
      ],
      { task: taskOf('judge') },
    );
    const outputs = events.flatMap((event) => (event.type === 'tool-result' && !event.ok ? [event.output] : []));
    expect(outputs[0]).toContain('no tool report_finding');
    expect(outputs[1]).toContain('reasons: send-back needs a reason');
    expect(outputs).toHaveLength(2);
  });

  it('has one turn to hand over at its limit', async () => {
    const { result, api } = await runScripted(
      [bash('ls'), call('deliver', { summary: 'As far as I came.', unchanged: 'No time.' })],
      {
        task: { ...taskOf('implement'), maxIterations: 1 },
      },
    );
    expect(result).toMatchObject({ ending: 'limited', stopReason: 'iterations' });
    expect(result.handedOver).toHaveLength(1);
    expect(JSON.stringify(api.requests[1]?.body.messages)).toContain('call deliver now');
  });
});
