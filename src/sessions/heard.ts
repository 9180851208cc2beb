import type { Restored } from './restored.ts';
import type { Session } from './session.ts';
import { readTranscript } from './transcript.ts';

/** Ids of the messages from people that the session's agents were told before it rested; `undefined` where nobody knows any more. */
export function heardBefore(
  restored: Restored,
  { session, key }: { session: Pick<Session, 'id'>; key: string | undefined },
): ReadonlySet<string> | undefined {
  if (restored.from === 'record') return undefined;
  const { checkpoint, transcript } = restored;
  const entries = checkpoint.scans.flatMap(
    ({ name }) => readTranscript(transcript, name, { session: session.id, key }).entries,
  );
  return new Set(entries.flatMap((entry) => (entry.type === 'said' ? (entry.heard ?? []) : [])));
}
