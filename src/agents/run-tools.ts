import type { z } from 'zod';
import type { Clock } from '../lib/clock.ts';
import type { Sandbox } from '../sandboxes/sandbox.ts';
import type { AgentEvent, AgentTask, RunContext } from './agent.ts';
import type { Fence } from './fence.ts';
import { findContradicted } from './find-contradicted.ts';
import type { Handover } from './handover.ts';
import type { ToolUse, UserBlock } from './model.ts';
import { whyNotOpen } from './open-matters.ts';
import { renderKindred, renderSettledAnswer } from './people.ts';
import { runBash } from './run-bash.ts';
import { takeVerdict } from './take-verdict.ts';
import { waysOf } from './task-kinds.ts';
import { type FinishInput, isToolName, type ToolName, toolInputs } from './tool-inputs.ts';
import { understandInput } from './tools.ts';

/** What the tools work with. */
export type CallBench = {
  sandbox: Sandbox;
  handover: Handover;
  /** What the session knows: known findings and files. */
  task: Pick<AgentTask, 'kind' | 'known' | 'files' | 'questions' | 'checks' | 'open' | 'settled'>;
  signal: AbortSignal;
  timeLeftMs: () => number;
  runCheck: RunContext['runCheck'];
  settledAnswer: RunContext['settledAnswer'];
  fence: Fence;
  /** Why no commands are run any more, if so; asked before each. */
  idle: () => string | undefined;
};

/** What the calls of one turn work with. */
export type Bench = CallBench & {
  clock: Clock;
  onEvent: (event: AgentEvent) => void;
  /** Takes each answer as soon as it is there. */
  answer: (result: UserBlock) => Promise<void>;
};

/** `waits`: the call stays open until somebody answers the question of that id. */
export type ToolAnswer = { ok: boolean; text: string; finish?: FinishInput; waits?: string };
/** What came of a turn's calls beside `finish`, and whether that is called. */
export type Rest = { failed: boolean; waiting: readonly string[]; finishing: boolean };
type Tool = (input: unknown, bench: CallBench, use: string) => Promise<ToolAnswer>;

const done = (text: string): ToolAnswer => ({ ok: true, text });
const refused = (text: string): ToolAnswer => ({ ok: false, text });

function contradictedBy(
  { contradicts }: { contradicts?: readonly string[] | undefined },
  { task }: CallBench,
): { contradicts?: string[] } | { refused: ToolAnswer } {
  if (contradicts === undefined || contradicts.length === 0) return {};
  const found = findContradicted(contradicts, task.settled);
  return 'refused' in found ? { refused: refused(`Nothing was done: ${found.refused}`) } : { contradicts: found.refs };
}

/** Said of a question for whose answer nobody waits. */
export const unanswered = 'No answer will come in this session.';

const tools = {
  bash: define('bash', toolInputs.bash, async (input, bench) => {
    const idle = bench.idle();
    if (idle) return refused(`Not run: ${idle}`);
    return runBash(input, { sandbox: bench.sandbox, signal: bench.signal, timeLeftMs: bench.timeLeftMs() });
  }),
  report_finding: define('report_finding', toolInputs.report_finding, async (input, { handover }, use) =>
    done(`Stored as ${await handover.reportFinding(input, use)}.`),
  ),
  update_finding: define('update_finding', toolInputs.update_finding, async (input, { handover, task }, use) => {
    if (input.id.startsWith('F-')) {
      const taken = takeVerdict(input, task);
      if ('refused' in taken) return refused(taken.refused);
      await handover.recordVerdict(taken.verdict, use);
      return done(`Stored: your verdict on ${input.id} is ${taken.verdict.verdict}.`);
    }
    if (input.verdict !== undefined)
      return refused(
        `Nothing was done: a verdict is for known findings (F-…). ${input.id} is your own of this session: change what is wrong about it (description, priority, confidence).`,
      );
    return (await handover.updateFinding(input, use))
      ? done(`Stored: ${input.id} is changed.`)
      : refused(`There is no finding ${input.id} in this session; ${reported(handover.count())}.`);
  }),
  ask_question: define(
    'ask_question',
    toolInputs.ask_question,
    async (input, { handover, task, settledAnswer, fence }, use) => {
      const { question, options = [] } = input;
      const settled = settledAnswer?.({ question, options });
      if (settled?.kindred !== undefined) return refused(renderKindred(settled, settled.kindred, fence));
      if (settled) {
        // Nobody is asked again, so nothing waits.
        const answered = { by: settled.ref, answer: settled.answer };
        const id = await handover.askQuestion({ ...input, blocking: false, settled: answered }, use);
        return done(`Stored as ${id}. ${renderSettledAnswer(settled, fence)}`);
      }
      const id = await handover.askQuestion(input, use);
      const waits = input.blocking === true && task.questions === 'block';
      return waits ? { ...done(`Stored as ${id}.`), waits: id } : done(`Stored as ${id}. ${unanswered}`);
    },
  ),
  record_assumption: define('record_assumption', toolInputs.record_assumption, async (input, bench, use) => {
    const named = contradictedBy(input, bench);
    if ('refused' in named) return named.refused;
    return done(`Stored as ${await bench.handover.recordAssumption({ ...input, ...named }, use)}.`);
  }),
  run_check: define('run_check', toolInputs.run_check, async ({ name }, { idle, task, runCheck, signal }) => {
    const why = idle();
    if (why) return refused(`Not run: ${why}`);
    const { checks = [] } = task;
    if (runCheck && checks.includes(name)) return done(await runCheck(name, signal));
    const there = checks.length > 0 ? `there are: ${checks.join(', ')}` : 'there are none here';
    return refused(`There is no check of that name; ${there}.`);
  }),
  answer: define('answer', toolInputs.answer, async (input, { handover }, use) => {
    await handover.recordAnswer(input, use);
    return done('Stored. It replaces what was answered before.');
  }),
  propose_assumption: define('propose_assumption', toolInputs.propose_assumption, async (input, bench, use) => {
    const why = whyNotOpen(input, bench.task.open);
    if (why !== undefined) return refused(`Nothing was done: ${why}`);
    const named = contradictedBy(input, bench);
    if ('refused' in named) return named.refused;
    return done(`Stored as ${await bench.handover.propose({ ...input, ...named }, use)}.`);
  }),
  withdraw_question: define('withdraw_question', toolInputs.withdraw_question, async (input, bench, use) => {
    const why = whyNotOpen(input, bench.task.open);
    if (why !== undefined) return refused(`Nothing was done: ${why}`);
    await bench.handover.withdraw(input, use);
    return done(`Stored: nobody is asked ${input.questionId} any more, provided that your quotes stand in the files.`);
  }),
  deliver: define('deliver', toolInputs.deliver, async (input, { handover }, use) => {
    await handover.recordWork({ work: input }, use);
    return done('Stored: the files as they are when the session ends. It replaces what was delivered before.');
  }),
  judge: define('judge', toolInputs.judge, async (input, { handover }, use) => {
    await handover.recordWork({ judgement: input }, use);
    return done(`Stored: your verdict is ${input.verdict}.`);
  }),
  score: define('score', toolInputs.score, async (input, { handover }, use) => {
    await handover.recordWork({ score: input }, use);
    return done('Stored.');
  }),
  finish: define('finish', toolInputs.finish, async (input) => ({
    ok: true,
    text: 'The session ends.',
    finish: input,
  })),
} as const satisfies Record<ToolName, Tool>;

/**
 * Runs all tool calls of one turn side by side, `finish` after the rest. A call that waits for a person, and a `finish` that is taken, get no
 * answer.
 *
 * @param obstacle asked once the rest is done: why the session may not end yet
 * @returns ids of the questions that wait, and the input of `finish` where it was called, understood and taken
 */
export async function runTools(
  uses: readonly ToolUse[],
  bench: Bench,
  obstacle: (rest: Rest) => Promise<string | undefined>,
): Promise<{ finish: FinishInput | undefined; waiting: readonly string[] }> {
  const run = async (use: ToolUse) => settle(use, await runTool(use, bench), bench);
  const rest = await Promise.all(uses.filter(({ name }) => name !== 'finish').map(run));
  const waiting = rest.flatMap(({ waits }) => waits ?? []);
  const last = uses.filter(({ name }) => name === 'finish');
  const why = await obstacle({ failed: rest.some(({ ok }) => !ok), waiting, finishing: last.length > 0 });
  if (why === undefined)
    return { waiting, finish: (await Promise.all(last.map(run))).find(({ finish }) => finish)?.finish };
  for (const use of last) await settle(use, refused(`Not finished: ${why}`), bench);
  return { waiting, finish: undefined };
}

async function settle({ id }: ToolUse, answer: ToolAnswer, bench: Bench): Promise<ToolAnswer> {
  const { ok, text, finish, waits } = answer;
  if (!finish && waits === undefined) await bench.answer({ type: 'tool-result', toolUseId: id, text, isError: !ok });
  return answer;
}

async function runTool(use: ToolUse, bench: Bench): Promise<ToolAnswer> {
  const { id, name, input } = use;
  bench.onEvent({ type: 'tool-use', tool: name, input, id });
  const start = bench.clock.now();
  const answer = await callTool(use, bench);
  bench.onEvent({ type: 'tool-result', id, ok: answer.ok, output: answer.text, durationMs: bench.clock.now() - start });
  return answer;
}

/** One call of one tool of the session's kind, without a word to anybody else. */
export async function callTool(
  { id, name, input }: Pick<ToolUse, 'id' | 'name' | 'input'>,
  bench: CallBench,
): Promise<ToolAnswer> {
  const { tools: there } = waysOf(bench.task);
  const isThere = isToolName(name) && there.includes(name);
  return isThere ? tools[name](input, bench, id) : refused(unknownTool(name, there));
}

function define<Input>(
  name: ToolName,
  schema: z.ZodType<Input>,
  run: (input: Input, bench: CallBench, use: string) => Promise<ToolAnswer>,
): Tool {
  return async (input, bench, use) => {
    const understood = understandInput({ name, schema }, input);
    return 'refused' in understood ? refused(understood.refused) : run(understood.input, bench, use);
  };
}

function unknownTool(name: string, there: readonly ToolName[]): string {
  return `There is no tool ${name.slice(0, 60)}. There are: ${there.join(', ')}.`;
}

function reported(count: number): string {
  return count === 0 ? 'none has been reported yet' : `reported so far: r1 to r${count}`;
}
