import { z } from 'zod';

const tokens = z.number().int().min(0).catch(0).optional();
/** The names of all vendors: no two mean different things by the same one. */
const Usage = z.looseObject({
  input_tokens: tokens,
  cache_creation_input_tokens: tokens,
  cache_read_input_tokens: tokens,
  prompt_tokens: tokens,
  promptTokenCount: tokens,
  output_tokens: tokens,
  completion_tokens: tokens,
  candidatesTokenCount: tokens,
  thoughtsTokenCount: tokens,
});
const holder = { usage: Usage.nullish().catch(undefined), usageMetadata: Usage.nullish().catch(undefined) };
const Message = z.looseObject({
  ...holder,
  message: z.looseObject(holder).nullish().catch(undefined),
  response: z.looseObject(holder).nullish().catch(undefined),
});

export type CallUsage = { input: number; output: number; estimated: boolean };

/** Reads along an answer of a model's API. */
export type UsageReader = {
  add(chunk: Uint8Array): void;
  /** `complete: false`: the answer was cut. `sent`: bytes of the request. */
  total(end: { complete: boolean; sent: number }): CallUsage;
};

// A longer piece of JSON is read for nothing but its length.
const longest = 32 << 20;
const longestLine = 1 << 20;
const bytesPerToken = 4;

/**
 * Counts are cumulative in every API, so the largest of each counts. Where none is told, for an API need not, or where the answer was cut
 * before, the number of events or bytes stands in: never less than what is likely.
 */
export function createUsageReader({ stream }: { stream: boolean }): UsageReader {
  const decoder = new TextDecoder();
  const most = { input: 0, output: 0, told: false, events: 0, bytes: 0 };
  let rest = '';
  const read = (json: string) => {
    const found = usageIn(json);
    if (!found) return;
    most.told = true;
    most.input = Math.max(most.input, found.input);
    most.output = Math.max(most.output, found.output);
  };
  const readLines = () => {
    const lines = rest.split(/\r?\n/);
    rest = lines.pop() ?? '';
    for (const line of lines) {
      if (!line.startsWith('data:')) continue;
      most.events += 1;
      read(line.slice(5));
    }
  };
  return {
    add(chunk) {
      most.bytes += chunk.length;
      rest += decoder.decode(chunk, { stream: true });
      if (stream) readLines();
      if (rest.length > (stream ? longestLine : longest)) rest = '';
    },
    total({ complete, sent }) {
      if (stream) rest += '\n';
      if (stream) readLines();
      else read(rest);
      const told = most.told && complete;
      const guessed = stream ? most.events : Math.ceil(most.bytes / bytesPerToken);
      return {
        input: most.told ? most.input : Math.ceil(sent / bytesPerToken),
        output: told ? most.output : Math.max(most.output, guessed),
        estimated: !told,
      };
    },
  };
}

function usageIn(json: string): { input: number; output: number } | undefined {
  if (!/"usage(Metadata)?"/.test(json)) return undefined;
  const parsed = parse(json);
  // Google streams an array where nobody asks for events.
  const messages = (Array.isArray(parsed) ? parsed : [parsed]).flatMap((item) => {
    const message = Message.safeParse(item);
    return message.success ? [message.data, message.data.message, message.data.response] : [];
  });
  const found = messages.flatMap((message) => [message?.usage, message?.usageMetadata]).filter((usage) => !!usage);
  if (found.length === 0) return undefined;
  const sums = found.map((usage) => ({
    input: sum([
      usage.input_tokens,
      usage.cache_creation_input_tokens,
      usage.cache_read_input_tokens,
      usage.prompt_tokens,
      usage.promptTokenCount,
    ]),
    output: sum([usage.output_tokens, usage.completion_tokens, usage.candidatesTokenCount, usage.thoughtsTokenCount]),
  }));
  return { input: Math.max(...sums.map((each) => each.input)), output: Math.max(...sums.map((each) => each.output)) };
}

function sum(numbers: readonly (number | undefined)[]): number {
  return numbers.reduce<number>((total, number) => total + (number ?? 0), 0);
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
