import { messageOf } from '../../lib/errors.ts';
import { programPackages } from '../../sandboxes/program-package.ts';
import type { AgentEnding } from '../ending.ts';
import { record } from '../loop-state.ts';
import type { ConversationRow } from './program.ts';
import { maySayMore, type ProgramState } from './program-state.ts';

const most = { bytes: 32 << 20, milliseconds: 120_000 } as const;

/** What a session that rests needs to go on where it was in another sandbox: its conversation, in the program's own words. Never rejects. */
export async function keepConversation(state: ProgramState, { ending }: AgentEnding): Promise<void> {
  const { program, thread, installed, onEvent } = state;
  if ((ending !== 'parked' && ending !== 'stopped') || !program.carry || !thread || !maySayMore(state)) return;
  try {
    const rows = await takeOut(state, thread.id);
    const { tool } = program;
    await record(state, { type: 'conversation', tool, version: installed.version, id: thread.id, rows: [...rows] });
  } catch (error) {
    const text = `Its conversation could not be kept for another machine: ${messageOf(error)}`;
    onEvent({ type: 'notice', text });
  }
}

async function takeOut({ program, place, sandbox }: ProgramState, id: string): Promise<readonly ConversationRow[]> {
  const { carry } = program;
  const taking = carry?.take(id, place);
  if (!carry || !taking) throw new Error('the program gave it a name that it never gives.');
  const { argv, env } = taking;
  const { exitCode, stdout, truncated } = await sandbox.exec(argv, {
    ...{ cwd: place.workspace, env, timeoutMs: most.milliseconds, maxOutputBytes: most.bytes },
  });
  if (truncated) throw new Error(`it is longer than ${most.bytes >> 20} MiB.`);
  const rows = carry.sift(parseRows(stdout), id, place);
  if (exitCode !== 0 || !rows) throw new Error('it was not there, or cannot be read.');
  return rows;
}

/** Lines of JSON, or one value in several lines. */
function parseRows(text: string): unknown[] {
  try {
    return [JSON.parse(text)];
  } catch {
    return text.split('\n').flatMap((line): unknown[] => {
      try {
        return [JSON.parse(line)];
      } catch {
        return [];
      }
    });
  }
}

/**
 * Lays the conversation that a session brought along where the program looks for it. What comes back is held against what the program's
 * conversations are made of, like anything that a stranger may have written.
 *
 * @returns why it is not there, a sentence; `undefined` where it is
 */
export async function layDown(state: ProgramState): Promise<string | undefined> {
  const { program, conversation, installed, thread, place, sandbox, signal } = state;
  const { title } = programPackages[program.tool];
  if (!program.carry) return `${title} cannot take a conversation along.`;
  if (!conversation || conversation.tool !== program.tool || conversation.id !== thread?.id)
    return 'The conversation was not kept.';
  if (conversation.version !== installed.version)
    return `The conversation is one of ${title} ${conversation.version}, and this is ${installed.version}.`;
  const rows = program.carry.sift(conversation.rows, conversation.id, place);
  const laying = rows && program.carry.lay(conversation.id, place);
  if (!rows || !laying) return 'What was kept of the conversation is not one.';
  await sandbox.writeFile(laying.path, rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
  if (!laying.afterwards) return undefined;
  const { argv, env } = laying.afterwards;
  const { exitCode, stderr } = await sandbox.exec(argv, {
    ...{ cwd: place.workspace, env, timeoutMs: most.milliseconds, signal },
  });
  return exitCode === 0 ? undefined : `${title} did not take the conversation: ${stderr.slice(-300)}`;
}
