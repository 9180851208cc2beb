import type Anthropic from '@anthropic-ai/sdk';
import type { Model, ModelRequest, ModelTurn, RespondOptions } from '../../agents/model.ts';
import type { Usage } from '../../agents/usage.ts';
import type { Clock } from '../../lib/clock.ts';
import { traitsOf } from './model-traits.ts';
import { toModelError } from './to-model-error.ts';
import { toRequest } from './to-request.ts';
import { toLostUsage, toTurn } from './to-turn.ts';
import { watchStream } from './watch-stream.ts';

const publicUrl = 'https://api.anthropic.com';

/**
 * Claude through `@anthropic-ai/sdk`, which is loaded with the first turn.
 *
 * @param options.baseUrl what ANTHROPIC_BASE_URL says; default the public API
 * @param options.idleMs milliseconds without a byte (pings count) after which a turn is given up; default 90 s
 */
export function createAnthropicModel(
  options: { apiKey: string; baseUrl?: string; idleMs?: number },
  { clock }: { clock: Clock },
): Model {
  const { apiKey, idleMs = 90_000 } = options;
  const url = options.baseUrl || publicUrl;
  return {
    async respond(request, { signal, ...listeners }) {
      const sdk = await import('@anthropic-ai/sdk');
      const watchdog = watchStream(idleMs);
      const client = new sdk.default({
        apiKey,
        baseURL: url,
        fetch: watchdog.fetch,
        // Turns are retried by the loop, which also sees streams that break in the middle.
        maxRetries: 0,
        // Nothing of it may reach the standard output, which belongs to --json.
        logLevel: 'off',
        openTelemetry: false,
      });
      const either = AbortSignal.any([signal, watchdog.signal]);
      const stream = openStream(client, request, either);
      try {
        return await readTurn(stream, listeners);
      } catch (error) {
        const ended = whyEnded(signal, watchdog.signal);
        const usage = usageOf(stream);
        throw toModelError(error, { sdk, model: request.model, url, ended, idleMs, usage, now: clock.now() });
      } finally {
        watchdog.stop();
      }
    },
    contextOf: (model) => traitsOf(model).context,
    ignored,
  };
}

type Stream = ReturnType<Anthropic['beta']['messages']['stream']>;

function openStream(client: Anthropic, request: ModelRequest, signal: AbortSignal): Stream {
  const { body, headers } = toRequest(request);
  return client.beta.messages.stream(body, { headers, signal });
}

async function readTurn(
  stream: Stream,
  { onText, onThinking, onProgress }: Omit<RespondOptions, 'signal'>,
): Promise<ModelTurn> {
  if (onProgress) stream.on('streamEvent', () => onProgress());
  if (onText) stream.on('text', (piece: string) => onText(piece));
  if (onThinking) stream.on('thinking', (piece: string) => onThinking(piece));
  return toTurn(await stream.finalMessage());
}

function usageOf(stream: Stream): Usage | undefined {
  const message = stream.currentMessage;
  return message && toLostUsage(message);
}

function whyEnded(caller: AbortSignal, watchdog: AbortSignal): 'aborted' | 'stalled' | undefined {
  if (caller.aborted) return 'aborted';
  return watchdog.aborted ? 'stalled' : undefined;
}

function ignored({ model, temperature }: Pick<ModelRequest, 'model' | 'temperature'>): string[] {
  if (temperature === undefined) return [];
  if (!traitsOf(model).temperature) return [`temperature has no effect: ${model} does not take one.`];
  const capped = temperature > 1 ? [`temperature ${temperature} is sent as 1, the most that ${model} takes.`] : [];
  return [...capped, `effort has little effect: with a temperature, ${model} answers without thinking.`];
}
