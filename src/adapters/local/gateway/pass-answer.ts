import { Buffer } from 'node:buffer';
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { type GatewayEvent, type GatewayProtocol, passHeaders, silenceOf } from '../../../sandboxes/gateway.ts';
import { toStreamError } from '../../../sandboxes/gateway-refusals.ts';
import type { Judgement } from '../../../sandboxes/gateway-retries.ts';
import { createEventSplitter, type EventSplitter, failsAtOnce } from '../../../sandboxes/gateway-stream.ts';
import { createUsageReader, type UsageReader } from '../../../sandboxes/gateway-usage.ts';
import { readBody } from './read-body.ts';
import { type Call, limits, type State } from './state.ts';

type Ended = Omit<Extract<GatewayEvent, { type: 'ended' }>, 'type' | 'call' | 'model'>;
type Broken = Extract<Judgement, { verdict: 'retry' }>;
type Answer = { incoming: IncomingMessage; protocol: GatewayProtocol; sent: number };

/** An answer that began well. @returns how it ended; or that nothing of it got to the program, so that the call may be sent again. */
export async function passAnswer(state: State, call: Call, answer: Answer): Promise<Ended | Broken> {
  const isStream = (answer.incoming.headers['content-type'] ?? '').startsWith('text/event-stream');
  const found = isStream ? await passStream(state, call, answer) : await passWhole(call, answer);
  const isBroken = 'verdict' in found ? found.why === 'silent' : found.outcome === 'cut' || found.outcome === 'silent';
  state.broken = isBroken ? state.broken + 1 : 0;
  return found;
}

async function passWhole({ response, gone }: Call, { incoming, protocol, sent }: Answer): Promise<Ended | Broken> {
  const late = setTimeout(() => incoming.destroy(), limits.answer_ms);
  const body = await readBody(incoming, limits.answer);
  clearTimeout(late);
  if (gone.aborted) return { outcome: 'abandoned', used: undefined };
  if (body === undefined) return brokenOff('The API broke off its answer.');
  const reader = createUsageReader({ protocol, stream: false });
  reader.add(body);
  response.writeHead(incoming.statusCode ?? 200, passHeaders(incoming.headers)).end(body);
  return { outcome: 'answered', used: reader.total(sent) };
}

type Copy = {
  reader: UsageReader;
  splitter: EventSplitter;
  silence: SilenceWatch;
  bytes: number;
  /** What a stream that began with an error said; nothing of it was passed on. */
  failure: ReturnType<typeof failsAtOnce>;
};

async function passStream(state: State, call: Call, answer: Answer): Promise<Ended | Broken> {
  const copy: Copy = {
    reader: createUsageReader({ protocol: answer.protocol, stream: true }),
    splitter: createEventSplitter(),
    silence: watchSilence(answer.incoming, silenceOf(state.spec)),
    bytes: 0,
    failure: undefined,
  };
  try {
    await copyEvents(call, answer.incoming, copy);
  } catch {
    // It broke off, or was ended: told apart below.
  } finally {
    copy.silence.stop();
  }
  return concludeStream(call, answer, copy);
}

async function copyEvents(call: Call, incoming: IncomingMessage, copy: Copy): Promise<void> {
  for await (const chunk of incoming) {
    copy.silence.wind();
    const data = Buffer.from(chunk);
    copy.bytes += data.length;
    const events = copy.splitter.add(data);
    if (events.length > 0) await passEvents(call, { incoming, copy, events });
    if (copy.failure || copy.bytes > limits.answer || call.response.destroyed) return;
  }
}

async function passEvents(
  { response }: Call,
  { incoming, copy, events }: { incoming: IncomingMessage; copy: Copy; events: Buffer },
): Promise<void> {
  if (!response.headersSent) {
    copy.failure = failsAtOnce(events);
    if (copy.failure) return;
    response.writeHead(incoming.statusCode ?? 200, passHeaders(incoming.headers));
  }
  copy.reader.add(events);
  if (!response.write(events)) await Promise.race([once(response, 'drain'), once(response, 'close')]);
}

function concludeStream(
  { response, gone }: Call,
  { protocol, sent }: Answer,
  { reader, splitter, silence, bytes, failure }: Copy,
): Ended | Broken {
  if (failure) return { verdict: 'retry', ...failure, retryAfterMs: undefined };
  const said = silence.isOver() ? 'The API fell silent.' : 'The API broke off its answer.';
  if (!response.headersSent && !gone.aborted) return brokenOff(said);
  const used = bytes === 0 ? undefined : reader.total(sent);
  const isWhole = reader.isWhole();
  if (gone.aborted || response.destroyed) return { outcome: isWhole ? 'answered' : 'abandoned', used };
  response.end(isWhole ? splitter.rest() : toStreamError(protocol, said));
  if (isWhole) return { outcome: 'answered', used };
  return { outcome: silence.isOver() ? 'silent' : 'cut', used };
}

function brokenOff(detail: string): Broken {
  return { verdict: 'retry', why: 'silent', detail, retryAfterMs: undefined };
}

type SilenceWatch = { wind: () => void; stop: () => void; isOver: () => boolean };

/** Ends an answer that says nothing any more. */
function watchSilence(incoming: IncomingMessage, silenceMs: number): SilenceWatch {
  let over = false;
  const end = () => {
    over = true;
    incoming.destroy();
  };
  let timer = setTimeout(end, silenceMs);
  return {
    wind() {
      clearTimeout(timer);
      timer = setTimeout(end, silenceMs);
    },
    stop: () => clearTimeout(timer),
    isOver: () => over,
  };
}
