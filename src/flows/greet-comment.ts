import { parseCommands } from '../commands/parse-commands.ts';
import type { CommentKey } from '../events/comment-key.ts';
import type { GitHub } from './github-ports.ts';

/**
 * 👀 for a comment that an event told of, where a person asks for something in it: at once, before anything else is looked up.
 * @returns whether it has it.
 */
export async function greetComment(id: CommentKey, { comments }: Pick<GitHub, 'comments'>): Promise<boolean> {
  const comment = await comments.read(id);
  if (comment?.by !== 'person' || parseCommands(comment.body).length === 0) return false;
  await comments.react(id, 'eyes');
  return true;
}
