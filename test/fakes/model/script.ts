import type { ScriptedError, ScriptedReply } from '../anthropic/script.ts';

/** How a scripted model is spoken to; Anthropic's has a double of its own. */
export type Dialect = 'openai-responses' | 'openai-chat' | 'gemini';

/** What the model says in one turn. A tool use whose input is a text is one of a tool that takes text (Responses alone knows such). */
export type ModelReply = Omit<ScriptedReply, 'stopDetails' | 'compaction' | 'stopReason' | 'pingEveryMs'> & {
  /** Default: what the vendor says after tool uses, or at the end. */
  stopReason?: string;
  /** Default: a token for four bytes of `thinking`. They are among `outputTokens`. */
  reasoningTokens?: number;
};

export type ModelTurn = ModelReply | ScriptedError;

/** A request, in words that all vendors share. */
export type ModelRequest = {
  model: string;
  stream: boolean;
  /** Names of what is offered; of those in a namespace also that, before a dot. */
  tools: readonly string[];
  /** Texts of the user and of the system, in their order. */
  texts: readonly string[];
  /** Results of tools, in their order. */
  results: readonly { name: string | undefined; output: string }[];
  maxTokens: number | undefined;
  raw: unknown;
};

/** Turns in the order of the requests (retries are requests too), or what to say to each request; the index counts from 0. */
export type ModelScript = readonly ModelTurn[] | ((request: ModelRequest, index: number) => ModelTurn);

export type Refusal = { status: number; type: string; message: string };
export type Usage = { input: number; cached: number; output: number; reasoning: number };

/** What an answer is made from. */
export type Speech = {
  request: ModelRequest;
  reply: ModelReply;
  usage: Usage;
  /** New for each answer. */
  id: string;
  nextId: (kind: string) => string;
};

/** How one vendor is spoken to, and speaks. */
export type Speaker = {
  /** The key of a call. */
  keyOf: (call: { headers: Readonly<Record<string, string | string[] | undefined>>; url: URL }) => string | undefined;
  /** A call of the model; what is no such call is answered here and now, or not known. */
  understand: (call: {
    method: string;
    url: URL;
    body: unknown;
  }) => { request: ModelRequest } | { refusal: Refusal } | { answer: object };
  /** The events of a stream, each as it is sent. */
  toEvents: (speech: Speech) => string[];
  /** The same in one piece. */
  toWhole: (speech: Speech) => object;
  toError: (refusal: Refusal & { details?: object }) => object;
  /** An error inside a stream. */
  errorEvent: (speech: Speech) => string;
};

/** In three pieces, wherever that cuts. */
export function split(text: string): string[] {
  const characters = [...text];
  const size = Math.max(1, Math.ceil(characters.length / 3));
  return [0, 1, 2]
    .map((part) => characters.slice(part * size, (part + 1) * size).join(''))
    .filter((piece) => piece !== '');
}

export function event(value: object, name?: string): string {
  return `${name === undefined ? '' : `event: ${name}\n`}data: ${JSON.stringify(value)}\n\n`;
}

export const invalid = (message: string): Refusal => ({ status: 400, type: 'invalid_request_error', message });
