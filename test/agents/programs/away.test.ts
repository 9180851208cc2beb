import { describe, expect, it, vi } from 'vitest';
import type { AgentEvent, AgentTask, RunContext } from '../../../src/agents/agent.ts';
import type { JournalEntry } from '../../../src/agents/journal.ts';
import { workingTime } from '../../../src/agents/limits.ts';
import { createProgramAgent } from '../../../src/agents/programs/create-program-agent.ts';
import type { Program, ProgramEnd, ProgramEvent } from '../../../src/agents/programs/program.ts';
import { systemClock } from '../../../src/lib/clock.ts';
import type { Sandbox } from '../../../src/sandboxes/sandbox.ts';
import { createFakeSandbox, type FakeSandbox } from '../../fakes/sandbox.ts';
import { aFinding, aTask } from '../scripted-session.ts';

/** What the program does in one run: what it tells, what it writes, and how it ends; and what happens while it is prepared. */
type Run = {
  prepared?: () => void;
  tells?: readonly ProgramEvent[];
  writes?: Readonly<Record<string, string>>;
  end?: ProgramEnd;
};
type Can = Partial<Program['can'] & Pick<Program, 'totals'>>;

const done: ProgramEnd = { end: 'done', text: 'That was all.' };
const thread: ProgramEvent = { type: 'thread', id: 'a-thread' };
const lines = (...objects: object[]) => objects.map((each) => `${JSON.stringify(each)}\n`).join('');
const finish = lines({ summary: 'Looked at all of it.', verdict: 'complete' });
const found = lines({ id: 'r1', ...aFinding });
const blocking = { id: 'q1', question: 'Is it public?', blocking: true };
const used = (inputTokens: number, costUsd?: number): ProgramEvent => ({
  type: 'used',
  usage: { inputTokens, outputTokens: 0, cacheReadTokens: 0, cacheWriteTokens: 0 },
  ...(costUsd === undefined ? {} : { costUsd }),
});
const calls = (count: number): ProgramEvent[] =>
  Array.from({ length: count }, (_, index) => ({ type: 'call', id: `${index}` }) as const);

const gateway = {
  ...{ url: 'https://api.anthropic.com', key: 'the-token', hosted: false, authorities: '/etc/authorities' },
};

/** A program in a sandbox from which this host is not reached, without the program: what it would do is scripted. */
function aSession(
  runs: readonly Run[],
  { totals = false, ...can }: Can = {},
  { gatewayProblem }: Pick<Sandbox, 'gatewayProblem'> = {},
) {
  const said: { message: string; thread: string | undefined; maxCalls: number; budgetUsd: number | undefined }[] = [];
  const ends: ProgramEnd[] = [];
  const inside: FakeSandbox = createFakeSandbox();
  const removed: string[] = [];
  const begun: number[] = [];
  const program: Program = {
    tool: 'claude-code',
    vendorOf: () => 'anthropic',
    can: { resume: true, interrupt: true, cost: true, ...can },
    totals,
    start({ message, thread: goesOn, maxCalls, budgetUsd, system }) {
      said.push({ message: `${system}\n${message}`, thread: goesOn, maxCalls, budgetUsd });
      runs[said.length - 1]?.prepared?.();
      return { args: [], env: {}, files: [], stdin: '' };
    },
    createReader: () => ({
      read: (line) => [JSON.parse(line)],
      end: () => ends.shift() ?? { end: 'cut', reason: 'There is no such run.' },
    }),
  };
  const sandbox: Sandbox = {
    ...inside,
    out: '/home/user',
    ...(gatewayProblem === undefined ? { gateway } : { gatewayProblem }),
    program: { command: ['/opt/program'], version: '1.2.3' },
    async exec(command, options) {
      const result = { exitCode: 0, stdout: '', stderr: '', timedOut: false, truncated: false, durationMs: 1 };
      if (command[0] === 'rm') {
        for (const path of command.slice(2)) await inside.writeFile(path, '');
        removed.push(...command.slice(2));
        return result;
      }
      expect(options.env).toEqual({ NODE_EXTRA_CA_CERTS: '/etc/authorities', SSL_CERT_FILE: '/etc/authorities' });
      const { tells = [], writes = {}, end = done } = runs[said.length - 1] ?? {};
      ends.push(end);
      begun.push(said.length);
      for (const [file, text] of Object.entries(writes)) await inside.appendFile(`/home/user/${file}`, text);
      for (const event of [thread, ...tells])
        options.onOutput?.({ stream: 'stdout', text: `${JSON.stringify(event)}\n` });
      return result;
    },
  };
  const events: AgentEvent[] = [];
  const journal: JournalEntry[] = [];
  const agent = createProgramAgent(program, {
    clock: systemClock,
    access: { anthropic: { upstream: 'https://api.anthropic.com', key: 'sk-real' } },
    serveTools: () => async () => new Response(),
  });
  return {
    ...{ said, events, journal, removed, inside, begun },
    run: (task: Partial<AgentTask> = {}, context: Partial<RunContext> = {}) =>
      agent.run(aTask({ model: 'claude-sonnet-5-5', ...task }), {
        ...{ sandbox, outfit: undefined, signal: new AbortController().signal },
        onEvent: (event) => events.push(event),
        journal: { append: async (entry) => void journal.push(entry) },
        ...context,
      }),
  };
}

describe('a program in a sandbox that does not reach this host', () => {
  it('hands over in files, which the host keeps, and is done when it wrote so', async () => {
    const asked = lines({ questions: [{ id: 'q1', question: 'Why?' }] });
    const session = aSession([{ writes: { 'issues.json': found, 'questions.json': asked, 'finish.json': finish } }]);
    expect(await session.run()).toMatchObject({
      ending: 'finished',
      finalText: 'Looked at all of it.',
      handedOver: [
        { file: 'issues.json', line: { id: 'r1', title: aFinding.title } },
        { file: 'questions.json', line: { questions: [{ id: 'q1' }] } },
      ],
    });
    expect(session.events).toContainEqual(expect.objectContaining({ type: 'handed-over', file: 'issues.json' }));
    expect(session.journal).toContainEqual(expect.objectContaining({ type: 'handed-over', file: 'issues.json' }));
    expect(session.said[0]?.message).toContain('append `{"id":"r1", …INPUT}` to /home/user/issues.json');
    expect(session.said[0]?.message).toContain('/home/user/finish.json');
  });

  it('has looked at all and found nothing where it says so, and says that in the file too', async () => {
    const session = aSession([{ writes: { 'finish.json': finish } }]);
    expect(await session.run()).toMatchObject({ ending: 'finished' });
    expect(session.inside.text('/home/user/issues.json')).toBe('{"issues":[]}\n');
  });

  it('leaves a file of another form to whoever reads it in the end', async () => {
    const whole = JSON.stringify({ issues: [aFinding] }, null, 2);
    const session = aSession([{ writes: { 'issues.json': whole, 'finish.json': finish } }]);
    expect(await session.run()).toMatchObject({ ending: 'finished', handedOver: [] });
    expect(session.inside.text('/home/user/issues.json')).toBe(whole);
  });

  it('is reminded once where it ends without the last file, and not believed after that', async () => {
    const reminded = aSession([{}, { writes: { 'finish.json': finish } }]);
    expect(await reminded.run()).toMatchObject({ ending: 'finished' });
    expect(reminded.said[1]).toMatchObject({ message: expect.stringContaining('finish.json is not there') });
    expect(reminded.removed.filter((path) => path.endsWith('finish.json'))).toHaveLength(2);
    expect(await aSession([{}, {}]).run()).toMatchObject({
      ending: 'unfinished',
      reason: 'The agent stopped without calling finish, also after a reminder.',
    });
    expect(await aSession([{}], { resume: false }).run()).toMatchObject({ ending: 'unfinished' });
  });

  it('is unfinished where it looked at a part, and where it never came to its own end', async () => {
    const partial = lines({ summary: 'Only src.', verdict: 'partial' });
    expect(await aSession([{ writes: { 'issues.json': found, 'finish.json': partial } }]).run()).toMatchObject({
      ending: 'unfinished',
      reason: expect.stringContaining('Only src.'),
    });
    const end: ProgramEnd = { end: 'failed', reason: 'API Error', status: 529 };
    expect(await aSession([{ writes: { 'finish.json': finish }, end }]).run()).toMatchObject({ ending: 'unfinished' });
  });

  it('rests at a question that must be answered, also where it says that it is done, and goes on with the answer', async () => {
    const asked = { 'questions.json': lines({ questions: [blocking] }), 'finish.json': finish };
    const session = aSession([{ writes: asked }, { writes: { 'issues.json': found, 'finish.json': finish } }]);
    expect(await session.run({ questions: 'block' })).toMatchObject({ ending: 'parked', questions: ['q1'] });
    const answers = [{ questionId: 'q1', from: 'maria', text: 'It is.' }];
    const resume = { from: 'journal', entries: session.journal, sandbox: 'kept', answers } as const;
    expect(await session.run({ questions: 'block' }, { resume })).toMatchObject({ ending: 'finished' });
    expect(session.said[1]).toMatchObject({ thread: 'a-thread', message: expect.stringContaining('It is.') });
    expect(session.inside.text('/home/user/questions.json')).toBe(lines({ questions: [blocking] }));
  });

  it('is counted by its own word, and ended at the limit of its turns with a run to write down what it has', async () => {
    const session = aSession([
      { tells: calls(5), end: { end: 'interrupted' } },
      { tells: calls(2), writes: { 'issues.json': found } },
    ]);
    expect(await session.run({ maxIterations: 3 })).toMatchObject({
      ...{ ending: 'limited', stopReason: 'iterations', iterations: 3 },
      handedOver: [{ line: { id: 'r1' } }],
    });
    expect(session.said[1]).toMatchObject({ maxCalls: 3, message: expect.stringContaining('this is your last turn') });
  });

  it('is not begun where somebody stops it while it is prepared, and what it was to hear is still to be said', async () => {
    const stop = new AbortController();
    const session = aSession([{}, { prepared: () => stop.abort() }, {}]);
    expect(await session.run({}, { stop: stop.signal })).toMatchObject({ ending: 'stopped', stopReason: 'user' });
    expect(session.begun).toEqual([1]);
    expect(session.said[1]?.message).toContain('You ended your turn, and');
    expect(session.journal.map(({ type }) => type).filter((type) => type === 'said' || type === 'sent')).toEqual([
      ...['sent', 'said'],
    ]);
  });

  it('wraps up where its time ends while it is prepared, and hears then what it was to hear', async () => {
    const session = aSession([{}, { prepared: () => vi.advanceTimersByTime(workingTime(3_600_000)) }, {}]);
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      expect(await session.run({ timeoutMs: 3_600_000 })).toMatchObject({ ending: 'limited', stopReason: 'timeout' });
    } finally {
      vi.useRealTimers();
    }
    expect(session.begun).toEqual([1, 3]);
    expect(session.said[2]?.message).toContain(session.said[1]?.message);
    expect(session.said[2]?.message).toContain('Writing the files that your notes name is all that is left to do.');
  });

  it('is ended where what it tells has used up the budget', async () => {
    const session = aSession([{ tells: [used(10, 1.5), used(20, 2.5)], end: { end: 'interrupted' } }]);
    expect(await session.run({ budgetUsd: 2 })).toMatchObject({
      ...{ ending: 'limited', stopReason: 'budget', costUsd: 2.5 },
      usage: { inputTokens: 20 },
    });
  });

  it.each([
    { totals: false, tokens: 40 },
    { totals: true, tokens: 30 },
  ])('counts what it used once, whether it tells it for a run or for the conversation: $totals', async (each) => {
    const can = { totals: each.totals, cost: false };
    const runs = [{ tells: [used(5), used(10)] }, { tells: [used(30)], writes: { 'finish.json': finish } }];
    expect(await aSession(runs, can).run()).toMatchObject({ usage: { inputTokens: each.tokens } });
  });

  it('has a part of the budget where others work beside it', async () => {
    const session = aSession([{ writes: { 'finish.json': finish } }]);
    await session.run({ budgetUsd: 4, part: { number: 1, count: 4 } });
    expect(session.said[0]?.budgetUsd).toBe(1);
  });

  it('answers a question, and is reminded where the answer lacks', async () => {
    const answer = { text: 'By the search [1].', citations: [] };
    const session = aSession([
      { writes: { 'finish.json': finish } },
      { writes: { 'answers.json': lines({ answer }), 'finish.json': finish } },
    ]);
    expect(await session.run({ kind: 'ask' })).toMatchObject({
      ...{ ending: 'finished', handedOver: [{ file: 'answers.json', line: { answer } }] },
    });
    expect(session.said[1]?.message).toContain('Nothing comes of this session without `answer`');
  });

  it.each(['plan', 'implement', 'judge', 'evaluate'] as const)('does no role of a run: %s', async (kind) => {
    const session = aSession([]);
    expect(await session.run({ kind })).toMatchObject({
      ending: 'failed',
      reason: expect.stringMatching(/does no runs at E2B.*sandbox\.provider to local/),
    });
    expect(session.said).toEqual([]);
  });

  it('does nothing without a way to its model, and says what to do about it', async () => {
    const gatewayProblem = 'Not in your plan. (Use the local sandbox.)';
    const session = aSession([], {}, { gatewayProblem });
    expect(await session.run()).toMatchObject({ ending: 'failed', reason: expect.stringContaining(gatewayProblem) });
  });

  it('tells what is not known there', async () => {
    const tells = async (cost: boolean) => {
      const session = aSession([{ writes: { 'finish.json': finish } }], { cost });
      await session.run();
      return session.events.flatMap((event) => (event.type === 'notice' ? [event.text] : [])).join();
    };
    expect(await tells(true)).toMatch(/by its own word.*ends itself at the budget/);
    expect(await tells(false)).toMatch(/by its own word.*may spend more than the budget/);
  });
});
