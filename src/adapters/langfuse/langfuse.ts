import { z } from 'zod';
import type { FeedbackSink, Score, Trace } from '../../flows/ports.ts';
import { ExternalError, messageOf } from '../../lib/errors.ts';
import { sha256 } from '../../lib/hash.ts';

export type LangfuseOptions = {
  baseUrl: string;
  publicKey: string;
  secretKey: string;
  /** Milliseconds that an answer may take; 15 seconds unless told. */
  timeoutMs?: number;
};

// Langfuse takes 3.5 MB at once; an event of ours is a few hundred bytes.
const mostEvents = 500;

/** A batch answers 207 whatever came of its events: each is told of on its own. */
const Ingested = z.object({
  errors: z.array(z.object({ id: z.string().optional(), status: z.number(), message: z.string().nullish() })),
});

type Event = { id: string; type: 'trace-create' | 'score-create'; timestamp: string; body: Record<string, unknown> };

/**
 * Langfuse by its public ingestion API (`POST /api/public/ingestion`, basic authentication with the public and the secret key). The ids of
 * events, traces and scores are made of what they are about: what is sent again is there once.
 */
export function createLangfuse({ baseUrl, publicKey, secretKey, timeoutMs = 15_000 }: LangfuseOptions): FeedbackSink {
  const address = `${baseUrl.replace(/\/+$/, '')}/api/public/ingestion`;
  const authorization = `Basic ${Buffer.from(`${publicKey}:${secretKey}`).toString('base64')}`;

  async function post(batch: readonly Event[]): Promise<void> {
    const response = await reach(address, {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/json' },
      body: JSON.stringify({ batch }),
      // A redirect would carry the keys elsewhere.
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
    });
    if (!response.ok) throw refused(response.status);
    const ingested = Ingested.safeParse(await response.json().catch(() => undefined));
    if (!ingested.success) throw new ExternalError('Langfuse answered with something that is no answer of its API.');
    const [first] = ingested.data.errors;
    if (!first) return;
    throw new ExternalError(
      `Langfuse did not take ${ingested.data.errors.length} of ${batch.length} events (${first.status}).`,
    );
  }

  return {
    async send({ traces, scores }) {
      // Traces first: a score is linked to one.
      const events = [...traces.map(toTraceEvent), ...scores.map(toScoreEvent)];
      for (let start = 0; start < events.length; start += mostEvents)
        await post(events.slice(start, start + mostEvents));
    },
  };
}

async function reach(address: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(address, init);
  } catch (error) {
    // Its message may hold the address only; the cause is for the log of whoever runs it.
    throw new ExternalError(`Langfuse could not be reached: ${messageOf(error)}`, {
      cause: error,
      hint: 'Look at `feedback.langfuse.baseUrl`.',
    });
  }
}

function refused(status: number): ExternalError {
  const isKey = status === 401 || status === 403;
  return new ExternalError(`Langfuse answered with status ${status}.`, {
    hint: isKey
      ? 'Look at LANGFUSE_PUBLIC_KEY and LANGFUSE_SECRET_KEY: they belong to one project at `feedback.langfuse.baseUrl`.'
      : 'Ratings are sent again by the next scan.',
  });
}

function toTraceEvent({ session, at, name, metadata }: Trace): Event {
  const body = { id: session, sessionId: session, timestamp: at, name, metadata, tags: ['courier'] };
  return toEvent('trace-create', at, body);
}

function toScoreEvent({ id, session, at, name, value, metadata }: Score): Event {
  const body = { id, traceId: session, name, value: value === 'up' ? 1 : 0, dataType: 'BOOLEAN', metadata };
  return toEvent('score-create', at, body);
}

/** The same event has the same id, by which Langfuse drops the second one; changed, it is another event about the same thing. */
function toEvent(type: Event['type'], timestamp: string, body: Event['body']): Event {
  return { id: sha256(JSON.stringify([type, timestamp, body])).slice(0, 32), type, timestamp, body };
}
