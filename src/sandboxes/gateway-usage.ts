import type { GatewayProtocol, GatewayUsage } from './gateway.ts';
import { type Counts, readMessages } from './gateway-usage-words.ts';

/** Reads along an answer of a model's API. */
export type UsageReader = {
  add(chunk: Uint8Array): void;
  /** Whether the answer has come to the end that its API gives it: one that was cut has not, however politely the connection was closed. */
  isWhole(): boolean;
  /** `sent`: bytes of the request. */
  total(sent: number): GatewayUsage;
};

// A longer piece of JSON is read for nothing but its length.
const longest = 32 << 20;
const longestLine = 4 << 20;
const bytesPerToken = 4;
/** What is around the words of an event. */
const frameBytes = 150;

/**
 * Counts are cumulative in every API, so the largest of each holds. Where none is told, for an API need not, or where the answer was cut before,
 * what came stands in: never less than what is likely.
 */
export function createUsageReader({ protocol, stream }: { protocol: GatewayProtocol; stream: boolean }): UsageReader {
  const decoder = new TextDecoder();
  const most: Counts = { input: 0, output: 0, read: 0, write: 0, reasoning: 0 };
  const seen = { told: false, final: false, guessed: 0, bytes: 0, skipping: false };
  let rest = '';
  const read = (json: string) => {
    for (const { counts, final } of readMessages(protocol, json)) {
      seen.final ||= final ?? false;
      if (!counts) continue;
      seen.told = true;
      for (const name of ['input', 'output', 'read', 'write', 'reasoning'] as const)
        most[name] = Math.max(most[name], counts[name]);
    }
  };
  const readLine = (line: string) => {
    if (!line.startsWith('data:')) return;
    seen.guessed += Math.max(1, Math.ceil((line.length - frameBytes) / bytesPerToken));
    if (line.slice(5).trim() === '[DONE]') seen.final = true;
    else read(line.slice(5));
  };
  const readLines = () => {
    const lines = rest.split(/\r?\n/);
    rest = lines.pop() ?? '';
    // The end of one that was too long to be read.
    const whole = seen.skipping ? lines.slice(1) : lines;
    if (lines.length > 0) seen.skipping = false;
    for (const line of whole) readLine(line);
  };
  const take = (text: string) => {
    rest += text;
    if (stream) readLines();
    if (rest.length <= (stream ? longestLine : longest)) return;
    seen.guessed += Math.ceil(rest.length / bytesPerToken);
    seen.skipping = true;
    rest = '';
  };
  return {
    add(chunk) {
      seen.bytes += chunk.length;
      take(decoder.decode(chunk, { stream: true }));
    },
    isWhole: () => !stream || seen.final,
    total(sent) {
      if (stream) take('\n');
      else read(rest);
      const isSure = seen.told && (!stream || seen.final);
      const guessed = stream ? seen.guessed : Math.ceil(seen.bytes / bytesPerToken);
      return {
        usage: {
          inputTokens: seen.told ? Math.max(0, most.input - most.read - most.write) : Math.ceil(sent / bytesPerToken),
          outputTokens: isSure ? most.output : Math.max(most.output, guessed),
          cacheReadTokens: most.read,
          cacheWriteTokens: most.write,
        },
        reasoningTokens: most.reasoning,
        estimated: !isSure,
      };
    },
  };
}
