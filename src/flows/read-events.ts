import { parseLines } from '../lib/ndjson.ts';
import { eventsFile, type SessionEvent, understandEvent } from '../sessions/session-event.ts';
import type { Output } from './ports.ts';

// A session's events are far smaller; beyond this it is nothing that Courier wrote.
const largest = 256 << 20;

/** The events that a session left in its folder, in their order; what cannot be read is passed over. */
export async function readEvents(folder: Pick<Output, 'read'>): Promise<readonly SessionEvent[]> {
  const text = await folder.read(eventsFile, { maxBytes: largest });
  return text === undefined ? [] : parseLines(text, understandEvent).values;
}
