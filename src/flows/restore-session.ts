import { UserError } from '../lib/errors.ts';
import { checkpointFile, digestOf, transcriptFile, understandCheckpoint, vouchesFor } from '../sessions/checkpoint.ts';
import type { Restored } from '../sessions/restored.ts';
import type { Session } from '../sessions/session.ts';
import type { Output } from './ports.ts';

const most = { checkpoint: 5_000_000, transcript: 500_000_000, output: 50_000_000 } as const;

/**
 * Reads back what a session that rests had left. Files that are gone (an artifact expires) leave its record; files that are not what it left
 * are never used.
 *
 * @throws UserError for a checkpoint, transcript or output that somebody changed.
 */
export async function restoreSession(
  session: Session,
  { folder, repositoryId }: { folder: Pick<Output, 'read' | 'folder'>; repositoryId: string | undefined },
): Promise<Restored> {
  const text = await folder.read(checkpointFile, { maxBytes: most.checkpoint });
  if (text === undefined) return { from: 'record', why: 'Its files are not here any more.' };
  const expected = { session: session.id, digest: session.artifact?.digest, repositoryId };
  const understood = understandCheckpoint(text, expected);
  if ('refused' in understood)
    throw changed(session, `its ${checkpointFile} was not used: ${understood.refused}`, folder);
  const { checkpoint } = understood;
  const transcript = await folder.read(transcriptFile, { maxBytes: most.transcript });
  if (transcript === undefined) return { from: 'record', why: 'Its transcript was not kept.' };
  if (!vouchesFor(checkpoint, transcript))
    throw changed(session, `its ${transcriptFile} is not the one that it left`, folder);
  const outputs: Record<string, string> = {};
  for (const [name, digest] of Object.entries(checkpoint.files)) {
    const output = await folder.read(name, { maxBytes: most.output });
    if (output === undefined || digestOf(output) !== digest)
      throw changed(session, `its ${name} is not the one that it left`, folder);
    outputs[name] = output;
  }
  return { from: 'journal', checkpoint, transcript, outputs };
}

function changed({ id }: Session, what: string, { folder }: Pick<Output, 'folder'>): UserError {
  return new UserError(
    `Session ${id} was not resumed: ${what}. Bring its files to ${folder} as they were, or remove that folder to go on from the record alone.`,
  );
}
