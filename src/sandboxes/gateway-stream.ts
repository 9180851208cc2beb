import { Buffer } from 'node:buffer';
import { z } from 'zod';
import type { GatewayRefusal } from './gateway.ts';

const longestEvent = 4 << 20;

export type EventSplitter = {
  /** @returns the bytes of all events that are whole by now. */
  add(chunk: Uint8Array): Buffer;
  /** What came after the last event. */
  rest(): Buffer;
};

/** Whole events of a stream: the half of one, which no client can read, is kept back, so that another end can be put to it. */
export function createEventSplitter(): EventSplitter {
  let held: Buffer = Buffer.alloc(0);
  return {
    add(chunk) {
      const all = Buffer.concat([held, chunk]);
      const end = all.length > longestEvent ? all.length : endOf(all);
      held = all.subarray(end);
      return all.subarray(0, end);
    },
    rest: () => held,
  };
}

/** Where the last event ends, at a blank line. */
function endOf(bytes: Buffer): number {
  const ends = ['\n\n', '\r\n\r\n', '\r\r'].map((blank) => {
    const at = bytes.lastIndexOf(blank);
    return at < 0 ? 0 : at + blank.length;
  });
  return Math.max(...ends);
}

const ErrorEvent = z.looseObject({
  error: z.looseObject({ type: z.string().optional(), message: z.string().catch('') }),
});
const passing: ReadonlyMap<string | undefined, GatewayRefusal> = new Map<string, GatewayRefusal>([
  ['overloaded_error', 'overloaded'],
  ['rate_limit_error', 'rate-limit'],
  ['api_error', 'server'],
  ['timeout_error', 'server'],
  ['server_error', 'server'],
]);

/** What a stream that begins with an error says, where another attempt may do better. */
export function failsAtOnce(events: Uint8Array): { why: GatewayRefusal; detail: string } | undefined {
  const text = Buffer.from(events.subarray(0, 20_000)).toString('utf8');
  const [, json = ''] = /^(?:event: ?error\r?\n)?data: ?(\{.*)/.exec(text) ?? [];
  if (!json.includes('"error"')) return undefined;
  const found = ErrorEvent.safeParse(parse(json)).data?.error;
  const why = found && passing.get(found.type);
  return why && { why, detail: `The API failed as it began: ${found.type} ${found.message}`.slice(0, 400) };
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
