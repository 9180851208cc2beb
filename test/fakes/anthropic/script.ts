import type { RefusalStopDetails, StopReason } from '@anthropic-ai/sdk/resources/messages/messages';
import type { AcceptedRequest } from './check-request.ts';

/** What the model says in one turn. */
export type ScriptedReply = {
  thinking?: string;
  text?: string;
  toolUses?: readonly { name: string; input: unknown; id?: string }[];
  /** Default: `tool_use` with tool uses, else `end_turn`. With `max_tokens` the last tool's input is cut in the middle. */
  stopReason?: StopReason | (string & {});
  stopDetails?: Pick<RefusalStopDetails, 'category' | 'explanation'>;
  /** What the service writes where it has to compact the transcript; `null`: it fails to. Default: a sentence. */
  compaction?: string | null;
  /** Default: about a token per four bytes of what is said. */
  outputTokens?: number;
  /** Events that are sent before something happens to the stream; 0 is right after the headers. */
  breakAfterEvents?: number;
  /** `reset` (default) drops the connection, `end` closes it as if all were said, `error` sends an error event. */
  breakBy?: 'reset' | 'end' | 'error';
  stallAfterEvents?: number;
  /** Pings while it stalls, as the real service sends them. */
  pingEveryMs?: number;
  /** Before the headers. */
  delayMs?: number;
  /** It is said only then. */
  until?: Promise<void>;
};

/** An answer that is no stream. `type` is the body's `error.type`. */
export type ScriptedError = {
  error: {
    status: number;
    type?: string;
    message?: string;
    details?: object;
    headers?: Readonly<Record<string, string>>;
  };
};

export type ScriptedTurn = ScriptedReply | ScriptedError;

/** Turns in the order of the requests (retries are requests too), or what to say to each request; the index counts from 0. */
export type Script = readonly ScriptedTurn[] | ((request: AcceptedRequest, index: number) => ScriptedTurn);
