import { z } from 'zod';
import type { AgentTask } from './agent.ts';
import type { ToolSpec } from './model.ts';
import { waysOf } from './task-kinds.ts';
import { tolerateInput } from './tolerate-input.ts';
import { type ToolName, toolInputs } from './tool-inputs.ts';

const descriptions = {
  bash: 'Runs a command in the sandbox: a private copy of the repository without a network. The answer is its exit code and output; of a long output the first 20,000 and the last 10,000 characters are kept, so narrow it (grep -n, sed -n 1,80p, head). Several independent commands may be called in one turn and run side by side.',
  report_finding:
    'Reports one problem, at once when you have proof of it. The answer is its id in this session. It is stored right away and is not lost when the session breaks off.',
  update_finding:
    'Changes a finding of this session: only the fields that are given, each replaced as a whole. Use it when you learn more, instead of reporting the same problem twice. With the id of a known finding it takes your verdict on that one: verdict, evidence and reason.',
  ask_question:
    'Puts a question to the maintainers, for what the repository cannot tell you and on which a finding hangs. Nobody answers during this session, unless your notes say so: go on with an assumption. The answer is the id of the question.',
  record_assumption:
    'Notes what you took to be so without an answer, where a finding, or its absence, depends on it. Maintainers will approve or correct it.',
  run_check:
    'Runs one of the checks of the project that your notes name, as they run in a scan, and tells what it found. It takes as long as the check takes.',
  answer:
    'Gives the answer to the question, with what it rests on. It is stored right away; calling it again replaces it as a whole. The host compares each quote with the file, and the reader sees which citations held.',
  propose_assumption:
    'Proposes an assumption for people to approve, correct or decline: for an open question (questionId), in the place of a proposed assumption (assumption), or both. The answer is its id in this session. It is stored right away; what you propose again for the same question or assumption takes the place of what you proposed before.',
  withdraw_question:
    'Takes back an open question that the repository itself answers, so that nobody is asked. Only where its files leave no doubt; else propose an assumption.',
  deliver:
    'Hands over the files of the sandbox as they are now, with what the pull request says about them. It is stored right away; calling it again replaces it as a whole. The session goes on, so that you may still correct something: then call it again.',
  judge: 'Gives your verdict on the change. Calling it again replaces it as a whole.',
  score: 'Gives your scores by the rubric. Calling it again replaces them as a whole.',
  finish:
    'Ends the session. Call it once, alone, when what was asked has been examined and everything worth filing is reported. Without it the session counts as broken off.',
} as const satisfies Record<ToolName, string>;

/** The tools of a session's kind, in a fixed order: byte-identical in every turn, or the prompt cache is lost. */
export function toolSpecsFor(task: Pick<AgentTask, 'kind'>): readonly ToolSpec[] {
  return waysOf(task).tools.map(spec);
}

function spec(name: ToolName): ToolSpec {
  const { $schema: _, ...inputSchema } = z.toJSONSchema(toolInputs[name], { io: 'input' });
  return { name, description: descriptions[name], inputSchema };
}

/** The input as its schema has it, or sentences that tell the model what to change. */
export function understandInput<Input>(
  { name, schema }: { name: ToolName; schema: z.ZodType<Input> },
  input: unknown,
): { input: Input } | { refused: string } {
  const result = schema.safeParse(tolerateInput(name, input));
  if (result.success) return { input: result.data };
  const problems = result.error.issues.map(({ path, message }) => `- ${path.join('.') || 'input'}: ${message}`);
  return {
    refused: `The input of ${name} does not fit; nothing was done. Change this and call it again:\n${problems.join('\n')}`,
  };
}
