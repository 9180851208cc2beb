import { describe, expect, it } from 'vitest';
import { createFakeSandbox } from '../fakes/sandbox.ts';
import { aFinding, bash, finish, linesOf, report, runScripted } from './scripted-session.ts';

const looking = () => createFakeSandbox({ commands: { 'grep -n query src/app.ts': { stdout: '3: db.query(q)\n' } } });

describe('a session', () => {
  it('looks, reports, and ends with finish', async () => {
    const { result, issues, api, events } = await runScripted(
      [{ thinking: 'Look first.', text: 'Searching.', ...bash('grep -n query src/app.ts') }, report(), finish()],
      { sandbox: looking() },
    );
    expect(result).toMatchObject({ ending: 'finished', iterations: 3, finalText: 'Looked at all of it.' });
    expect(issues).toEqual([{ id: 'r1', ...aFinding }]);
    expect(api.refused).toEqual([]);
    expect(api.requests[1]?.body.messages.at(-1)?.content).toMatchObject([
      { type: 'tool_result', content: 'exit code 0\n3: db.query(q)\n' },
    ]);
    expect(events.map(({ type }) => type).slice(0, 6)).toEqual([
      'iteration',
      'thinking',
      'message',
      'usage',
      'tool-use',
      'tool-result',
    ]);
  });

  it('keeps what was reported when nothing follows', async () => {
    const { result, issues } = await runScripted([report(), { error: { status: 401, type: 'authentication_error' } }]);
    expect(result.ending).toBe('failed');
    expect(issues).toHaveLength(1);
  });

  it('says «looked, clean» by an empty list, and nothing at all when it did not get to the end', async () => {
    expect((await runScripted([finish()])).issues).toEqual([{ issues: [] }]);
    expect((await runScripted([{ text: 'Hm.' }, { text: 'Hm.' }])).issues).toBeUndefined();
  });

  it('does not count as finished when the agent says that a part was left out', async () => {
    const { result, issues } = await runScripted([finish({ summary: 'Only src.', verdict: 'partial' })]);
    expect(result).toMatchObject({ ending: 'unfinished', reason: 'The agent examined only a part: Only src.' });
    expect(issues).toBeUndefined();
  });

  it('writes the merged finding again under its id when it is updated', async () => {
    const { issues } = await runScripted([
      report(),
      { toolUses: [{ name: 'update_finding', input: { id: 'r1', priority: 'critical', actual: 'It drops tables.' } }] },
      finish(),
    ]);
    expect(issues).toEqual([
      { id: 'r1', ...aFinding },
      { id: 'r1', ...aFinding, priority: 'critical', actual: 'It drops tables.' },
    ]);
  });

  it('hands over questions and assumptions as they come', async () => {
    const { sandbox } = await runScripted([
      {
        toolUses: [
          { name: 'ask_question', input: { question: 'Is the API public?', options: [{ label: 'yes' }] } },
          { name: 'record_assumption', input: { text: 'It is public.', questionId: 'q1', confidence: 0.7 } },
        ],
      },
      finish(),
    ]);
    expect(linesOf(sandbox, 'questions.json')).toEqual([
      { questions: [{ id: 'q1', question: 'Is the API public?', options: [{ label: 'yes' }] }] },
      { assumptions: [{ id: 'a1', text: 'It is public.', questionId: 'q1', confidence: 0.7 }] },
    ]);
  });
});

describe('tool calls', () => {
  it('run side by side and are answered in one message, in their order', async () => {
    const slow = { takesMs: 120, stdout: 'slow\n' };
    const sideBySide: number[] = [];
    const counted = () => {
      sideBySide.push(sandbox.running());
      return slow;
    };
    const sandbox = createFakeSandbox({ commands: { a: counted, b: counted, c: { stdout: 'fast\n' } } });
    const { api, result } = await runScripted(
      [{ toolUses: ['a', 'b', 'c'].map((command) => ({ name: 'bash', input: { command } })) }, finish()],
      { sandbox },
    );
    expect(result.ending).toBe('finished');
    expect(sideBySide).toEqual([1, 2]);
    expect(sandbox.commands).toEqual(['a', 'b', 'c']);
    expect(api.requests[1]?.body.messages.at(-1)?.content).toMatchObject([
      { tool_use_id: 'toolu_1', content: 'exit code 0\nslow\n' },
      { tool_use_id: 'toolu_2', content: 'exit code 0\nslow\n' },
      { tool_use_id: 'toolu_3', content: 'exit code 0\nfast\n' },
    ]);
  });

  it('with bad input are refused with what to change, and the session goes on', async () => {
    const { api, issues } = await runScripted([
      report({ title: 'x', evidence: [{ path: '../etc/passwd', quote: 'root' }] }),
      report(),
      finish(),
    ]);
    const [answer] = contentOf(api.requests[1]);
    expect(answer).toMatchObject({ is_error: true });
    expect(String(answer?.content)).toContain('nothing was done');
    expect(String(answer?.content)).toContain('- description: Invalid input: expected string');
    expect(String(answer?.content)).toContain('evidence.0.path: must be relative to the root of the repository');
    expect(issues).toHaveLength(1);
  });

  it('of an unknown name or finding are refused with what there is', async () => {
    const { api } = await runScripted([
      {
        toolUses: [
          { name: 'read_file', input: {} },
          { name: 'update_finding', input: { id: 'r7', title: 'x' } },
        ],
      },
      finish(),
    ]);
    const answers = contentOf(api.requests[1]).map(({ content }) => content);
    expect(answers[0]).toMatch(/^There is no tool read_file\. There are: bash, report_finding/);
    expect(answers[1]).toBe('There is no finding r7 in this session; none has been reported yet.');
  });

  it('take no verdict on a finding of the session', async () => {
    const { api, issues } = await runScripted([
      report(),
      { toolUses: [{ name: 'update_finding', input: { id: 'r1', verdict: 'fixed' } }] },
      finish(),
    ]);
    expect(contentOf(api.requests[2])[0]).toMatchObject({
      is_error: true,
      content: expect.stringMatching(/^Nothing was done: a verdict is for known findings \(F-…\)\. r1 is your own/),
    });
    expect(issues).toHaveLength(1);
  });

  it('take a verdict on a known finding, and write it beside the findings', async () => {
    const known = [
      { id: 'F-abcd2345', title: 'Old', location: { path: 'src/a.js' } },
      { id: 'F-abcd2346', title: 'Removed', location: { path: 'src/gone.js' } },
    ];
    const verdict = (input: object) => ({ toolUses: [{ name: 'update_finding', input }] });
    const evidence = [{ path: 'src/a.js', quote: 'safe()' }];
    const { api, issues } = await runScripted(
      [
        verdict({ id: 'F-abcd2345', verdict: 'fixed' }),
        verdict({ id: 'F-abcd2345', title: 'Other words' }),
        verdict({ id: 'F-abcd9999', verdict: 'fixed', evidence }),
        verdict({ id: 'F-abcd2346', verdict: 'fixed' }),
        verdict({ id: 'f-abcd2345', verdict: 'Resolved', evidence, reason: 'It is checked.' }),
        verdict({ id: 'F-abcd2346', verdict: 'unsure' }),
        finish(),
      ],
      { task: { known, files: ['src/a.js'] } },
    );
    const answers = api.requests.slice(1).map((request) => contentOf(request)[0]);
    expect(answers.map((answer) => String(answer?.content))).toEqual([
      expect.stringMatching(/^Quote the code as it is now, from src\/a\.js, as evidence/),
      expect.stringMatching(/^F-abcd2345 is a known finding: .* call report_finding with known: "F-abcd2345"\.$/),
      expect.stringMatching(/^There is no known finding F-abcd9999\./),
      expect.stringMatching(/^The file of F-abcd2346 is gone\. Say in reason where its code went/),
      'Stored: your verdict on F-abcd2345 is fixed.',
      'Stored: your verdict on F-abcd2346 is unsure.',
    ]);
    expect(answers.map((answer) => answer?.is_error === true)).toEqual([true, true, true, true, false, false]);
    expect(issues).toEqual([
      { known: 'F-abcd2345', verdict: 'fixed', evidence, reason: 'It is checked.' },
      { known: 'F-abcd2346', verdict: 'unsure', evidence: [] },
      { issues: [] },
    ]);
  });

  it('do not end the session when a finding beside finish was refused', async () => {
    const { result, issues, api } = await runScripted([
      {
        toolUses: [
          { name: 'finish', input: { summary: 'Done.' } },
          { name: 'report_finding', input: {} },
        ],
      },
      report(),
      finish(),
    ]);
    expect(contentOf(api.requests[1])[0]).toMatchObject({ is_error: true });
    expect(result).toMatchObject({ ending: 'finished', iterations: 3 });
    expect(issues).toHaveLength(1);
  });

  it('that fail because the sandbox is gone end the session with that reason', async () => {
    const sandbox = createFakeSandbox();
    await sandbox.kill();
    const { result } = await runScripted([bash('ls')], { sandbox });
    expect(result).toMatchObject({ ending: 'failed', reason: 'The sandbox failed: The sandbox is gone.' });
  });
});

describe('an agent that stops talking', () => {
  it('is reminded once of finish, and may then go on', async () => {
    const { result, api } = await runScripted([{ text: 'I am done.' }, report(), finish()]);
    expect(contentOf(api.requests[1])[0]).toMatchObject({
      type: 'text',
      text: expect.stringContaining('without calling finish'),
    });
    expect(result.ending).toBe('finished');
  });

  it('ends unfinished after the reminder', async () => {
    const { result, api } = await runScripted([{ text: 'Done.' }, { text: 'Really done.' }]);
    expect(result).toMatchObject({ ending: 'unfinished', finalText: 'Really done.' });
    expect(api.requests).toHaveLength(2);
  });

  it('is reminded too when it only thought', async () => {
    const { result, api } = await runScripted([{ thinking: 'Nothing to say.' }, finish()]);
    expect(api.refused).toEqual([]);
    expect(result.ending).toBe('finished');
  });

  it('that is cut off at the length limit goes on, its half tool call unrun', async () => {
    const { result, api, issues } = await runScripted([
      { thinking: 'Long.', ...report(), stopReason: 'max_tokens' },
      report(),
      finish(),
    ]);
    expect(contentOf(api.requests[1])).toMatchObject([
      { type: 'tool_result', is_error: true, content: 'Not run: the reply was cut off.' },
      { type: 'text', text: expect.stringContaining('cut off') },
    ]);
    expect(api.refused).toEqual([]);
    expect(issues).toHaveLength(1);
    expect(result.ending).toBe('finished');
  });

  it('is continued at most twice in a row', async () => {
    const cut = { text: 'And so on', stopReason: 'max_tokens' };
    const { result, api } = await runScripted([cut, cut, cut, finish()]);
    expect(result).toMatchObject({ ending: 'unfinished', reason: expect.stringContaining('Raise maxTokens') });
    expect(api.requests).toHaveLength(3);
  });

  it('that pauses gets its transcript back as it is', async () => {
    const { result, api } = await runScripted([{ text: 'Wait.', stopReason: 'pause_turn' }, finish()]);
    expect(api.refused).toEqual([]);
    expect(api.requests[1]?.body.messages.map(({ role }) => role)).toEqual(['user', 'assistant']);
    expect(result.ending).toBe('finished');
  });

  it('for a reason that nobody knows yet is treated like one that ended its turn', async () => {
    const { result } = await runScripted([{ text: 'Hm', stopReason: 'new_reason' }, finish()]);
    expect(result.ending).toBe('finished');
  });
});

function contentOf(request: { body: { messages: readonly { content: unknown }[] } } | undefined) {
  const content = request?.body.messages.at(-1)?.content;
  return (Array.isArray(content) ? content : []) as { type: string; content?: unknown; is_error?: boolean }[];
}
