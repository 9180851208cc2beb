import { plainJson } from '../publishing/plain-json.ts';
import { type EventBody, eventsVersion, type SessionEvent } from './session-event.ts';

/** Characters of one text in an event. */
export const longestText = 64 * 1024;
/** Bytes of one line; a larger answer is left out and counted, larger texts are cut further. */
export const longestLine = 1 << 20;
const longestTextOfLargeLine = 2000;

export type EventLog = {
  /** The next event, as it may be written and shown. */
  next(body: EventBody, when: { at: number; scan?: string | undefined }): SessionEvent;
};

/**
 * Numbers events and makes them fit to be kept: without secrets, bounded, and, where everybody can read them, without what was read or
 * found.
 *
 * @param options.clean takes secrets out of a text
 * @param options.withheld on a public repository
 */
export function createEventLog(options: {
  session: string;
  clean: (text: string) => string;
  withheld: boolean;
}): EventLog {
  let seq = 0;
  return {
    next(body, { at, scan }) {
      const told = options.withheld ? withoutDetails(body) : body;
      const event = bounded({
        version: eventsVersion,
        seq,
        at: new Date(at).toISOString(),
        session: options.session,
        ...(scan === undefined ? {} : { scan }),
        ...cleaned(told, options.clean),
      });
      seq += 1;
      return event;
    },
  };
}

function cleaned(body: EventBody, clean: (text: string) => string): EventBody {
  // Only texts change, and no kind or state of ours holds a secret.
  const fields = Object.entries(body).map(([key, value]) => [key, key === 'type' ? value : plainJson(value, clean)]);
  return { ...body, ...Object.fromEntries(fields) };
}

/** Names of tools, counts, durations and cost stay. Kinds are named one by one, so that a new one tells nothing by accident. */
function withoutDetails(body: EventBody): EventBody {
  switch (body.type) {
    case 'message':
    case 'thinking':
    case 'notice':
      return { type: body.type };
    case 'tool-use':
      return { type: body.type, tool: body.tool, id: body.id };
    case 'tool-result':
      return { type: body.type, id: body.id, ok: body.ok, durationMs: body.durationMs };
    case 'handed-over':
      return { type: body.type, file: body.file };
    case 'heard':
      return { type: body.type, id: body.id, from: body.from };
    case 'retry':
      return { type: body.type, attempt: body.attempt, waitMs: body.waitMs };
    case 'recorded':
      return { type: body.type, what: body.what, about: '' };
    case 'check': {
      const { reason: _, ...rest } = body;
      return rest;
    }
    case 'agent-started': {
      const { workspace: _, out: __, setupProblem: ___, ...rest } = body;
      return rest;
    }
    case 'agent-ended': {
      const { finalText: _, reason: __, hint: ___, ...rest } = body;
      return rest;
    }
    case 'session-started':
    case 'iteration':
    case 'model-call':
    case 'planned':
    case 'wrote':
    case 'session-ended':
      return body;
  }
}

function bounded(event: SessionEvent): SessionEvent {
  const cut = withShortTexts(event, longestText);
  const bytes = Buffer.byteLength(JSON.stringify(cut));
  if (bytes <= longestLine) return cut;
  if (cut.type === 'recorded') {
    const { answer: _, ...rest } = cut;
    return { ...rest, about: shortened(rest.about, longestTextOfLargeLine), omittedBytes: bytes };
  }
  if (cut.type === 'tool-use') {
    const { input: _, ...rest } = cut;
    return { ...rest, input: `(${bytes} bytes, not kept)` };
  }
  return withShortTexts(cut, longestTextOfLargeLine);
}

/** An answer is kept whole or not at all: the parts of one that was cut would be something that nobody said. */
function withShortTexts(event: SessionEvent, limit: number): SessionEvent {
  if (event.type === 'recorded') return event;
  const fields = Object.entries(event).map(([key, value]) => [key, plainJson(value, (text) => shortened(text, limit))]);
  return { ...event, ...Object.fromEntries(fields) };
}

function shortened(text: string, limit: number): string {
  if (text.length <= limit) return text;
  let end = limit;
  const last = text.charCodeAt(end - 1);
  if (last >= 0xd800 && last <= 0xdbff) end -= 1;
  return `${text.slice(0, end)}… (${text.length - end} more characters)`;
}
