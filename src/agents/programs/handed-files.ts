import { messageOf } from '../../lib/errors.ts';
import type { HandedOver } from '../journal.ts';
import { record } from '../loop-state.ts';
import { type FinishInput, type ToolName, toolInputs } from '../tool-inputs.ts';
import { openQuestions } from './begin-program.ts';
import type { ProgramState } from './program-state.ts';

type Place = { file: HandedOver['file']; as: 'finding' | 'verdict' | 'list' | 'one'; key?: string };

/** Where what a tool takes is written by a program that cannot reach the host. */
export const handedPlaces: Partial<Readonly<Record<ToolName, Place>>> = {
  report_finding: { file: 'issues.json', as: 'finding' },
  update_finding: { file: 'issues.json', as: 'verdict' },
  ask_question: { file: 'questions.json', as: 'list', key: 'questions' },
  record_assumption: { file: 'questions.json', as: 'list', key: 'assumptions' },
  propose_assumption: { file: 'questions.json', as: 'list', key: 'proposals' },
  withdraw_question: { file: 'questions.json', as: 'list', key: 'withdrawals' },
  answer: { file: 'answers.json', as: 'one', key: 'answer' },
};

/** What stands in for the call of `finish`. */
export const finishFile = 'finish.json';

const files = [...new Set(Object.values(handedPlaces).map(({ file }) => file))];
/** What is read while the program works; at its end all of it is, whatever its size. */
const mostBytes = 4 << 20;
const betweenMs = 15_000;

/**
 * Takes over what the program has written since it was last looked at: from then on the host has it, whatever becomes of the sandbox. A file of
 * another form than a JSON object to a line is left as it is, for whoever reads it in the end.
 */
async function takeFiles(state: ProgramState): Promise<void> {
  const { sandbox } = state;
  for (const file of files) {
    const bytes = await sandbox.readFile(`${sandbox.out}/${file}`, { maxBytes: mostBytes });
    const known = new Set(
      state.handedOver.filter((each) => each.file === file).map(({ line }) => JSON.stringify(line)),
    );
    for (const line of linesIn(new TextDecoder().decode(bytes)) ?? []) {
      if (known.has(JSON.stringify(line))) continue;
      state.onEvent({ type: 'handed-over', file, line });
      await record(state, { type: 'handed-over', file, line });
    }
  }
}

/** The objects of a file that has one to a line, but for a last line that is still being written. */
function linesIn(text: string): Record<string, unknown>[] | undefined {
  const rows = text.split('\n');
  const unended = rows.pop() ?? '';
  const lines = rows.filter((row) => row.trim() !== '').map(objectIn);
  const last = objectIn(unended);
  return lines.every((line) => line !== undefined) ? [...lines, ...(last ? [last] : [])] : undefined;
}

function objectIn(row: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(row);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

/** Looks at the files of a program at work, now and then. What fails is seen the next time. */
export function watchFiles(state: ProgramState): () => void {
  let lastAt = Number.NEGATIVE_INFINITY;
  let looking = Promise.resolve();
  return () => {
    if (state.hosted || state.clock.now() - lastAt < betweenMs) return;
    lastAt = state.clock.now();
    looking = looking.then(() => takeFiles(state)).catch(() => undefined);
    state.looking = looking;
  };
}

/** After a run: all that was handed over, the questions that it waits for, and whether it finished. */
export async function hearFiles(state: ProgramState): Promise<void> {
  if (state.hosted) return;
  await state.looking;
  try {
    await takeFiles(state);
    state.finish = state.wrapUp ? undefined : await readFinish(state);
  } catch (error) {
    state.onEvent({ type: 'notice', text: `What the agent tool wrote could not be read yet: ${messageOf(error)}` });
  }
  if (state.finish?.summary) state.lastText = state.finish.summary;
  if (state.task.questions !== 'block' || state.wrapUp) return;
  state.waiting = openQuestions(state, []);
  if (state.waiting.length > 0) state.finish = undefined;
}

async function readFinish({ sandbox }: ProgramState): Promise<FinishInput | undefined> {
  const bytes = await sandbox.readFile(`${sandbox.out}/${finishFile}`, { maxBytes: 1 << 20 });
  const said = objectIn(new TextDecoder().decode(bytes));
  return said && toolInputs.finish.safeParse(said).data;
}

/** Whether a file holds anything, in whatever form. */
export async function wrote({ sandbox }: ProgramState, file: HandedOver['file']): Promise<boolean> {
  // What is too large to be read is there.
  const there = sandbox.readFile(`${sandbox.out}/${file}`, { maxBytes: mostBytes }).catch(() => new Uint8Array(1));
  return ((await there)?.length ?? 0) > 0;
}
