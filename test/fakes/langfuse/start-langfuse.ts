import { createServer } from 'node:http';
import { z } from 'zod';

const Metadata = z.record(z.string(), z.unknown());
const envelope = { id: z.string().min(1), timestamp: z.iso.datetime({ offset: true }) };

/** What Langfuse's public API takes of a batch, as far as Courier uses it: docs of `POST /api/public/ingestion`. */
const Event = z.discriminatedUnion('type', [
  z.strictObject({
    ...envelope,
    type: z.literal('trace-create'),
    body: z.strictObject({
      id: z.string().min(1),
      sessionId: z.string().max(200).optional(),
      timestamp: z.iso.datetime({ offset: true }).optional(),
      name: z.string().optional(),
      metadata: Metadata.optional(),
      tags: z.array(z.string()).optional(),
    }),
  }),
  z.strictObject({
    ...envelope,
    type: z.literal('score-create'),
    body: z.strictObject({
      id: z.string().optional(),
      // An empty one is refused, an absent one is not.
      traceId: z.string().min(1).optional(),
      name: z.string().min(1),
      value: z.union([z.literal(0), z.literal(1)]),
      dataType: z.literal('BOOLEAN'),
      metadata: Metadata.optional(),
      comment: z.string().optional(),
    }),
  }),
]);
type Event = z.infer<typeof Event>;

export type LangfuseDouble = Awaited<ReturnType<typeof startLangfuse>>;

/** Langfuse on loopback: keeps traces and scores by their ids, an event that it knows is dropped. */
export async function startLangfuse({ publicKey = 'pk-lf-test-0001', secretKey = 'sk-lf-test-0001' } = {}) {
  const traces = new Map<string, Event['body']>();
  const scores = new Map<string, Event['body']>();
  const known = new Set<string>();
  const answers: { status: number; body: string }[] = [];
  const requests: { path: string; body: string }[] = [];
  const wanted = `Basic ${Buffer.from(`${publicKey}:${secretKey}`).toString('base64')}`;

  function take(event: unknown): { id: string; status: number } {
    const parsed = Event.safeParse(event);
    const id = z.object({ id: z.string() }).safeParse(event).data?.id ?? '';
    if (!parsed.success) return { id, status: 400 };
    if (known.has(id)) return { id, status: 201 };
    known.add(id);
    const { type, body } = parsed.data;
    (type === 'trace-create' ? traces : scores).set(body.id ?? id, body);
    return { id, status: 201 };
  }

  function answer(path: string, authorization: string | undefined, body: string): { status: number; body: string } {
    const next = answers.shift();
    if (next) return next;
    if (path !== '/api/public/ingestion') return { status: 404, body: '{}' };
    if (authorization !== wanted) return { status: 401, body: '{"message":"Invalid credentials."}' };
    const { batch } = z.object({ batch: z.array(z.unknown()) }).parse(JSON.parse(body));
    const taken = batch.map(take);
    const errors = taken
      .filter(({ status }) => status >= 400)
      .map((each) => ({ ...each, message: 'Invalid request data' }));
    return { status: 207, body: JSON.stringify({ successes: taken.filter(({ status }) => status < 400), errors }) };
  }

  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString('utf8');
      const path = request.url ?? '';
      requests.push({ path, body });
      const given = answer(path, request.headers.authorization, body);
      response.writeHead(given.status, { 'content-type': 'application/json' }).end(given.body);
    });
  });
  // Only clients end connections: where both may, a request can meet one that is just being ended, and has no answer.
  server.keepAliveTimeout = 0;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    publicKey,
    secretKey,
    traces,
    scores,
    requests,
    /** The next answer, whatever is asked. */
    answerNext: (status: number, body = '{}') => void answers.push({ status, body }),
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
