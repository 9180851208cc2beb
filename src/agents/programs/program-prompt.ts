import { programPackages } from '../../sandboxes/program-package.ts';
import type { AgentTask } from '../agent.ts';
import type { Prompt } from '../prompt.ts';
import { waysOf } from '../task-kinds.ts';
import { toolSpecsFor } from '../tools.ts';
import { tellWithheld } from './agent-files.ts';
import type { Program, ProgramPlace } from './program.ts';

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

/** Where each of them lands, for a program that cannot reach the host. */
const files: Readonly<Record<string, { file: string; wrap?: string }>> = {
  report_finding: { file: 'issues.json' },
  ask_question: { file: 'questions.json', wrap: 'questions' },
  record_assumption: { file: 'questions.json', wrap: 'assumptions' },
  propose_assumption: { file: 'questions.json', wrap: 'proposals' },
  answer: { file: 'answers.json', wrap: 'answer' },
  deliver: { file: 'work.json', wrap: 'work' },
  judge: { file: 'work.json', wrap: 'judgement' },
  score: { file: 'work.json', wrap: 'score' },
};

function renderFiles(task: AgentTask, out: string): string {
  const lines = toolSpecsFor(task).flatMap(({ name, inputSchema }) => {
    const place = files[name];
    if (!place) return [];
    const isList = place.wrap?.endsWith('s') === true && place.wrap !== 'answers';
    const shape = isList ? `{"${place.wrap}":[INPUT]}` : `{"${place.wrap}":INPUT}`;
    return [
      `- For \`${name}\` append a line ${place.wrap ? `\`${shape}\`` : '`INPUT`'} to ${out}/${place.file}, where INPUT fits ${JSON.stringify(inputSchema)}`,
    ];
  });
  return [
    'The tools that these notes name are not there in this session. Write what you would hand over with them into files instead, at once and one JSON object to a line (append; never rewrite):',
    lines.join('\n'),
    `If you looked and there is nothing to report, write the one line \`{"issues":[]}\` to ${out}/issues.json. In the place of \`finish\`, end your last message with a summary.`,
  ].join('\n\n');
}
