import { programPackages } from '../../sandboxes/program-package.ts';
import type { AgentTask } from '../agent.ts';
import type { Prompt } from '../prompt.ts';
import { waysOf } from '../task-kinds.ts';
import { isToolName } from '../tool-inputs.ts';
import { toolSpecsFor } from '../tools.ts';
import { tellWithheld } from './agent-files.ts';
import { finishFile, handedPlaces } from './handed-files.ts';
import type { Program, ProgramPlace } from './program.ts';
import type { ProgramState } from './program-state.ts';

/** The prompt of a session with what the program has to know of its place: its own shell, and Courier's tools. */
export function withProgramNotes(
  prompt: Prompt,
  task: AgentTask,
  { program, place, out }: { program: Program; place: ProgramPlace; out: string },
): Prompt {
  const notes = [
    '# Your tools',
    `You are ${programPackages[program.tool].title}, run by Courier without anybody at the terminal. Look at the repository with your own tools; where these notes say \`bash\`, that is your shell. Nobody reads what you print: what counts is what you hand over.`,
    place.toolsUrl === undefined ? renderFiles(task, out) : renderTools(task),
    tellWithheld(out),
  ];
  return { ...prompt, system: [...prompt.system, notes.join('\n\n')] };
}

function renderTools(task: AgentTask): string {
  const names = waysOf(task).tools.filter((name) => name !== 'bash');
  return `You hand over with the tools of the MCP server \`courier\`: ${names.map((name) => `\`${name}\``).join(', ')}. You may see their names with a prefix (\`mcp__courier__${names[0]}\` or alike). They are there from the beginning; call them directly.`;
}

function renderFiles(task: AgentTask, out: string): string {
  const lines = toolSpecsFor(task).flatMap(({ name, inputSchema }) => {
    const place = isToolName(name) ? handedPlaces[name] : undefined;
    if (!place) return [];
    const { file, as, key } = place;
    if (as === 'verdict') {
      return [
        `- To give your verdict on a known finding (\`update_finding\`) append \`{"known":"F-…","verdict":"present|fixed|unsure","evidence":[{"path":…,"quote":…}],"reason":…}\` to ${out}/${file}.`,
      ];
    }
    const line = { finding: '{"id":"r1", …INPUT}', list: `{"${key}":[{"id":…, …INPUT}]}`, one: `{"${key}":INPUT}` }[as];
    return [`- For \`${name}\` append \`${line}\` to ${out}/${file}, where INPUT fits ${JSON.stringify(inputSchema)}`];
  });
  return [
    'The tools that these notes name are not there in this session. What you would hand over with them you write into files, at once, one JSON object to a line: append (`>>`, with a quoted here-document), never rewrite, and no other line.',
    lines.join('\n'),
    'Give each finding, question and assumption an id of its own, in order (r1, r2, …; q1, …; a1, …). To change one, append all of it again under its id: the last one holds.',
    ...(task.questions === 'block'
      ? ['After a question with `blocking: true`, end your turn: the answer will be your next message.']
      : []),
    `In the place of \`finish\`, write one line \`{"summary":…,"verdict":"complete"}\` (\`partial\` where a part was not examined) to ${out}/${finishFile}, as the very last thing, and end with a closing sentence. Without it the session counts as broken off.`,
  ].join('\n\n');
}

/** For a program that ended too early, where it cannot call `finish`. */
export function renderFileReminder({ task, sandbox: { out } }: Pick<ProgramState, 'task' | 'sandbox'>): string {
  const { answers } = waysOf(task);
  const lacking = answers === undefined ? '' : ` Nothing comes of this session without \`${answers}\` in its file.`;
  return `You ended your turn, and ${out}/${finishFile} is not there or something lacks, so the session counts as broken off.${lacking} If work is left, go on with it. If all is examined and written down, write ${out}/${finishFile}.`;
}
