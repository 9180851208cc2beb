import type { ModelErrorKind } from './model-error.ts';

export type AnswerKind = Exclude<ModelErrorKind, 'aborted' | 'stalled' | 'connection' | 'broken-stream'>;

/** An API as people know it, and where they set its key and its address. */
export type ApiWords = { name: string; key: string; baseUrl: string };

export const anthropicApi: ApiWords = {
  name: 'Anthropic API',
  key: 'anthropic-api-key / ANTHROPIC_API_KEY',
  baseUrl: 'ANTHROPIC_BASE_URL',
};

type Said = { api: ApiWords; model: string; said: string; status: number | undefined };

/** An answer of a model's API that is none, as a sentence for people, and what they can do. */
export function explainAnswer(kind: AnswerKind, said: Said): { message: string; hint: string | undefined } {
  return explanations[kind](said);
}

const explanations = {
  authentication: ({ api }) => ({
    message: `The ${api.name} refused the key (401): check ${api.key}.`,
    hint: undefined,
  }),
  permission: ({ api, model, said }) => ({
    message: `The ${api.name} does not allow this key to use ${model} (403): ${said}`,
    hint: "Check the key's workspace and its models.",
  }),
  'model-not-found': ({ api, model, said }) => ({
    message: `The ${api.name} does not know ${model} (404): ${said}`,
    hint: `Check model and ${api.baseUrl}.`,
  }),
  'spend-limit': ({ api, said }) => ({
    message: `The spend limit of the ${api.name.replace(/ API$/, '')} account is reached: ${said}`,
    hint: 'Raise the limit or wait until it is renewed.',
  }),
  'rate-limit': ({ api, said }) => ({
    message: `The ${api.name} limits the rate of requests (429): ${said}`,
    hint: 'Try again later, or let fewer sessions run at once.',
  }),
  overloaded: ({ api, said }) => ({ message: `The ${api.name} is overloaded: ${said}`, hint: 'Try again later.' }),
  server: ({ api, said, status }) => ({
    message: `The ${api.name} failed${status ? ` (${status})` : ''}: ${said}`,
    hint: 'Try again later.',
  }),
  'context-exceeded': ({ said, model }) => ({
    message: `The transcript is too long for ${model}: ${said}`,
    hint: 'Narrow the scan with paths, or split it into several scans.',
  }),
  'bad-request': ({ api, said, status }) => ({
    message: `The ${api.name} did not take the request (${status ?? 'in the stream'}): ${said}`,
    hint: undefined,
  }),
} as const satisfies Record<AnswerKind, (said: Said) => { message: string; hint: string | undefined }>;
