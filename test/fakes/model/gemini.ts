import { z } from 'zod';
import {
  event,
  invalid,
  type ModelRequest,
  type Refusal,
  type Speaker,
  type Speech,
  split,
  type Usage,
} from './script.ts';

const Part = z.looseObject({
  text: z.string().optional(),
  functionCall: z.looseObject({ name: z.string(), id: z.string().optional() }).optional(),
  functionResponse: z.looseObject({ name: z.string(), response: z.looseObject({}) }).optional(),
});
const Content = z.looseObject({ role: z.enum(['user', 'model']).optional(), parts: z.array(Part).min(1) });
const Request = z.looseObject({
  contents: z.array(Content).min(1),
  systemInstruction: z.looseObject({ parts: z.array(Part) }).optional(),
  generationConfig: z.looseObject({ maxOutputTokens: z.int().min(1).optional() }).optional(),
  tools: z
    .array(z.looseObject({ functionDeclarations: z.array(z.looseObject({ name: z.string() })).optional() }))
    .optional(),
});
type Request = z.infer<typeof Request>;

/** Gemini's generateContent and streamGenerateContent, the latter as events. */
export const gemini: Speaker = {
  keyOf: ({ headers, url }) => String(headers['x-goog-api-key'] ?? url.searchParams.get('key') ?? ''),
  understand({ method, url, body }) {
    const path = /^\/v1(?:beta)?\/models\/([\w.-]+):(generateContent|streamGenerateContent|countTokens)$/.exec(
      url.pathname,
    );
    const [, model = '', verb] = (method === 'POST' && path) || [];
    if (verb === undefined)
      return { refusal: { status: 404, type: 'NOT_FOUND', message: `${method} ${url.pathname} is not here` } };
    const parsed = Request.safeParse(body);
    if (verb === 'countTokens') return { answer: { totalTokens: Math.ceil(JSON.stringify(body ?? '').length / 4) } };
    if (!parsed.success) return { refusal: invalid(z.prettifyError(parsed.error)) };
    const stream = verb === 'streamGenerateContent';
    if (stream && url.searchParams.get('alt') !== 'sse')
      return { refusal: invalid('This double streams events only.') };
    const refusal = checkContents(parsed.data);
    return refusal ? { refusal } : { request: toRequest(parsed.data, { model, stream, raw: body }) };
  },
  toEvents: (speech) => {
    const parts = partsOf(speech);
    const chunks = parts.length > 0 ? parts : [{ text: '' }];
    return chunks.map((part, index) => event(toChunk(speech, [part], index === chunks.length - 1)));
  },
  toWhole: (speech) => toChunk(speech, partsOf(speech), true),
  toError: ({ status, type, message, details }) => ({
    error: { code: status, message, status: statuses.get(status) ?? type, ...(details ? { details: [details] } : {}) },
  }),
  errorEvent: () => event({ error: { code: 503, message: 'The model is overloaded.', status: 'UNAVAILABLE' } }),
};

const statuses: ReadonlyMap<number, string> = new Map([
  [400, 'INVALID_ARGUMENT'],
  [401, 'UNAUTHENTICATED'],
  [403, 'PERMISSION_DENIED'],
  [429, 'RESOURCE_EXHAUSTED'],
  [500, 'INTERNAL'],
  [503, 'UNAVAILABLE'],
]);

/** A turn of calls is answered by as many answers, in the turn after it. */
function checkContents({ contents }: Request): Refusal | undefined {
  for (const [index, { role, parts }] of contents.entries()) {
    const answered = parts.filter(({ functionResponse }) => functionResponse).length;
    const before = contents[index - 1]?.parts.filter(({ functionCall }) => functionCall).length ?? 0;
    if (role === 'model' || (answered === 0 && before === 0) || answered === before) continue;
    return invalid(
      'Please ensure that the number of function response parts is equal to the number of function call parts of the function call turn.',
    );
  }
  const last = contents.at(-1);
  return last?.role === 'model' && last.parts.some(({ functionCall }) => functionCall)
    ? invalid('Please ensure that function call turn comes immediately before a function response turn.')
    : undefined;
}

function toRequest(body: Request, seen: Pick<ModelRequest, 'model' | 'stream' | 'raw'>): ModelRequest {
  const { contents, systemInstruction, tools = [], generationConfig } = body;
  const said = [...(systemInstruction ? [systemInstruction] : []), ...contents.filter(({ role }) => role !== 'model')];
  return {
    ...seen,
    maxTokens: generationConfig?.maxOutputTokens,
    tools: tools.flatMap(({ functionDeclarations = [] }) => functionDeclarations.map(({ name }) => name)),
    texts: said.flatMap(({ parts }) => parts.flatMap(({ text }) => text ?? [])),
    results: contents.flatMap(({ parts }) =>
      parts.flatMap(({ functionResponse }) =>
        functionResponse ? [{ name: functionResponse.name, output: JSON.stringify(functionResponse.response) }] : [],
      ),
    ),
  };
}

function partsOf({ reply: { thinking = '', text = '', toolUses = [] }, nextId }: Speech): object[] {
  return [
    ...split(thinking).map((piece) => ({ text: piece, thought: true })),
    ...split(text).map((piece) => ({ text: piece })),
    ...toolUses.map(({ name, input, id }) => ({
      functionCall: { id: id ?? nextId('call'), name, args: input },
      thoughtSignature: Buffer.from(`signed ${name}`).toString('base64'),
    })),
  ];
}

function toChunk({ request, reply, usage, id }: Speech, parts: readonly object[], isLast: boolean): object {
  const finish = isLast ? { finishReason: reply.stopReason ?? 'STOP' } : {};
  return {
    candidates: [{ content: { role: 'model', parts }, index: 0, ...finish }],
    usageMetadata: usageOf(usage, isLast),
    modelVersion: request.model,
    responseId: `response-${id}`,
  };
}

function usageOf({ input, cached, output, reasoning }: Usage, isLast: boolean) {
  return {
    promptTokenCount: input,
    ...(cached > 0 ? { cachedContentTokenCount: cached } : {}),
    ...(isLast ? { candidatesTokenCount: output - reasoning } : {}),
    ...(reasoning > 0 ? { thoughtsTokenCount: reasoning } : {}),
    totalTokenCount: isLast ? input + output : input,
  };
}
