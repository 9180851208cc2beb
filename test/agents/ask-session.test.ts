import { describe, expect, it } from 'vitest';
import { bash, finish, linesOf, report, runScripted } from './scripted-session.ts';

const answer = (text: string, citations: unknown[] = []) => ({
  toolUses: [{ name: 'answer', input: { text, citations } }],
});
const askTask = { kind: 'ask' as const, prompt: 'Why does the search fail?', scan: 'ask' };

describe('a session that investigates', () => {
  it('reads another guide, has its own tools, and hands over its answer, of which the last one holds', async () => {
    const { result, api, sandbox } = await runScripted(
      [bash('ls'), answer('A first thought.'), answer('Because of [1].', ['F-abcd2345']), finish()],
      { task: askTask },
    );
    expect(result).toMatchObject({ ending: 'finished' });
    const [first] = api.requests;
    expect(first?.body.tools?.map(({ name }) => name)).toEqual(['bash', 'run_check', 'answer', 'finish']);
    expect(JSON.stringify(first?.body.system)).toContain('You investigate a software repository');
    expect(JSON.stringify(first?.body.messages)).toContain('Investigate, call answer with citations');
    const lines = result.handedOver?.map(({ file, line }) => [file, line]);
    expect(lines).toEqual([
      ['answers.json', { answer: { text: 'A first thought.', citations: [] } }],
      ['answers.json', { answer: { text: 'Because of [1].', citations: [{ finding: 'F-abcd2345' }] } }],
    ]);
    expect(linesOf(sandbox, 'answers.json')).toHaveLength(2);
    expect(linesOf(sandbox, 'issues.json')).toBeUndefined();
  });

  it('may not report findings', async () => {
    const { result, events } = await runScripted([report(), answer('It does not.'), finish()], { task: askTask });
    expect(result.handedOver?.map(({ file }) => file)).toEqual(['answers.json']);
    expect(events).toContainEqual(
      expect.objectContaining({
        type: 'tool-result',
        ok: false,
        output: expect.stringContaining('no tool report_finding'),
      }),
    );
  });

  it('is told once that it has not answered, and is let go then', async () => {
    const { result, events } = await runScripted([finish(), answer('It does.'), finish()], { task: askTask });
    expect(result).toMatchObject({ ending: 'finished', iterations: 3 });
    expect(events).toContainEqual(
      expect.objectContaining({ type: 'tool-result', ok: true, output: expect.stringContaining('Stored') }),
    );
    const silent = await runScripted([finish(), finish()], { task: askTask });
    expect(silent.result).toMatchObject({ ending: 'finished', iterations: 2, handedOver: [] });
  });

  it('runs the checks that it is told of, and no others', async () => {
    const ran: string[] = [];
    const check = (name: string) => ({ toolUses: [{ name: 'run_check', input: { name } }] });
    const { events } = await runScripted([check('types'), check('rm -rf /'), answer('Fine.'), finish()], {
      task: { ...askTask, checks: ['types'] },
      runCheck: async (name) => {
        ran.push(name);
        return `${name}: clean`;
      },
    });
    expect(ran).toEqual(['types']);
    const outputs = events.flatMap((event) => (event.type === 'tool-result' ? [event.output] : []));
    expect(outputs).toContain('types: clean');
    expect(outputs).toContain('There is no check of that name; there are: types.');
  });

  it('has one turn to answer at its limit', async () => {
    const { result, api } = await runScripted([bash('ls'), answer('As far as I came: yes.')], {
      task: { ...askTask, maxIterations: 1 },
    });
    expect(result).toMatchObject({ ending: 'limited', stopReason: 'iterations' });
    expect(result.handedOver).toHaveLength(1);
    expect(JSON.stringify(api.requests[1]?.body.messages)).toContain('Call answer now with what you can prove');
  });
});
