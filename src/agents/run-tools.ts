import type { z } from 'zod';
import type { Clock } from '../lib/clock.ts';
import type { Sandbox } from '../sandboxes/sandbox.ts';
import type { AgentEvent, AgentTask } from './agent.ts';
import type { Handover } from './handover.ts';
import type { ToolUse, UserBlock } from './model.ts';
import { runBash } from './run-bash.ts';
import { takeVerdict } from './take-verdict.ts';
import { type FinishInput, isToolName, type ToolName, toolInputs } from './tool-inputs.ts';
import { toolSpecs, understandInput } from './tools.ts';

/** What the tools work with. */
export type Bench = {
  sandbox: Sandbox;
  handover: Handover;
  /** What the session knows: known findings and files. */
  task: Pick<AgentTask, 'known' | 'files'>;
  signal: AbortSignal;
  clock: Clock;
  onEvent: (event: AgentEvent) => void;
  timeLeftMs: () => number;
  /** In the wrap-up turn nothing is investigated any more. */
  wrappingUp: boolean;
};

type Answer = { ok: boolean; text: string; finish?: FinishInput };
type Tool = (input: unknown, bench: Bench) => Promise<Answer>;

const done = (text: string): Answer => ({ ok: true, text });
const refused = (text: string): Answer => ({ ok: false, text });

const tools = {
  bash: define('bash', toolInputs.bash, async (input, bench) => {
    if (bench.wrappingUp) return refused('Not run: the session is at its limit. Report what you have and call finish.');
    return runBash(input, { sandbox: bench.sandbox, signal: bench.signal, timeLeftMs: bench.timeLeftMs() });
  }),
  report_finding: define('report_finding', toolInputs.report_finding, async (input, { handover }) =>
    done(`Stored as ${await handover.reportFinding(input)}.`),
  ),
  update_finding: define('update_finding', toolInputs.update_finding, async (input, { handover, task }) => {
    if (input.id.startsWith('F-')) {
      const taken = takeVerdict(input, task);
      if ('refused' in taken) return refused(taken.refused);
      await handover.recordVerdict(taken.verdict);
      return done(`Stored: your verdict on ${input.id} is ${taken.verdict.verdict}.`);
    }
    if (input.verdict !== undefined)
      return refused(
        `Nothing was done: a verdict is for known findings (F-…). ${input.id} is your own of this session: change what is wrong about it (description, priority, confidence).`,
      );
    return (await handover.updateFinding(input))
      ? done(`Stored: ${input.id} is changed.`)
      : refused(`There is no finding ${input.id} in this session; ${reported(handover.count())}.`);
  }),
  ask_question: define('ask_question', toolInputs.ask_question, async (input, { handover }) =>
    done(`Stored as ${await handover.askQuestion(input)}. No answer will come in this session.`),
  ),
  record_assumption: define('record_assumption', toolInputs.record_assumption, async (input, { handover }) =>
    done(`Stored as ${await handover.recordAssumption(input)}.`),
  ),
  finish: define('finish', toolInputs.finish, async (input) => ({
    ok: true,
    text: 'The session ends.',
    finish: input,
  })),
} as const satisfies Record<ToolName, Tool>;

/**
 * Runs all tool calls of one turn side by side, `finish` after the rest.
 *
 * @returns one result per call, in the calls' order, and the input of `finish` where it was called and understood
 */
export async function runTools(
  uses: readonly ToolUse[],
  bench: Bench,
): Promise<{ results: readonly UserBlock[]; finish: FinishInput | undefined }> {
  const answers = new Map<string, Answer>();
  const run = async (use: ToolUse) => answers.set(use.id, await runTool(use, bench));
  await Promise.all(uses.filter(({ name }) => name !== 'finish').map(run));
  // A finding that was refused beside `finish` would be lost with the session: the model gets to see it first.
  const allDone = [...answers.values()].every(({ ok }) => ok);
  for (const use of uses.filter(({ name }) => name === 'finish')) {
    if (allDone || bench.wrappingUp) await run(use);
    else
      answers.set(use.id, refused('Not finished: a call beside it failed. See to it, then call finish again, alone.'));
  }
  const results = uses.map(({ id }): UserBlock => {
    const { ok, text } = answers.get(id) ?? refused('The call was not run.');
    return { type: 'tool-result', toolUseId: id, text, isError: !ok };
  });
  const finish = [...answers.values()].find((answer) => answer.finish)?.finish;
  return { results, finish };
}

async function runTool(use: ToolUse, bench: Bench): Promise<Answer> {
  const { id, name, input } = use;
  bench.onEvent({ type: 'tool-use', tool: name, input, id });
  const start = bench.clock.now();
  const answer = isToolName(name) ? await tools[name](input, bench) : refused(unknownTool(name));
  bench.onEvent({ type: 'tool-result', id, ok: answer.ok, output: answer.text, durationMs: bench.clock.now() - start });
  return answer;
}

function define<Input>(
  name: ToolName,
  schema: z.ZodType<Input>,
  run: (input: Input, bench: Bench) => Promise<Answer>,
): Tool {
  return async (input, bench) => {
    const understood = understandInput({ name, schema }, input);
    return 'refused' in understood ? refused(understood.refused) : run(understood.input, bench);
  };
}

function unknownTool(name: string): string {
  return `There is no tool ${name.slice(0, 60)}. There are: ${toolSpecs.map((tool) => tool.name).join(', ')}.`;
}

function reported(count: number): string {
  return count === 0 ? 'none has been reported yet' : `reported so far: r1 to r${count}`;
}
