import { oneLine, truncate } from '../../lib/text.ts';
import type { GatewayRefusal, GatewayVendor } from '../../sandboxes/gateway.ts';
import { programPackages } from '../../sandboxes/program-package.ts';
import type { AgentEnding } from '../ending.ts';
import { type AnswerKind, type ApiWords, anthropicApi, explainAnswer } from '../explain-answer.ts';
import type { ProgramEnd } from './program.ts';
import type { ProgramState } from './program-state.ts';

const apis: Readonly<Record<GatewayVendor, ApiWords>> = {
  anthropic: anthropicApi,
  openai: { name: 'OpenAI API', key: 'openai-api-key / OPENAI_API_KEY', baseUrl: 'OPENAI_BASE_URL' },
  google: { name: 'Gemini API', key: 'gemini-api-key / GEMINI_API_KEY', baseUrl: 'GOOGLE_GEMINI_BASE_URL' },
};

/** What the gateway saw is worth more than what a program makes of it. */
const byRefusal: Partial<Record<GatewayRefusal, AnswerKind>> = {
  key: 'authentication',
  'spend-limit': 'spend-limit',
  'rate-limit': 'rate-limit',
  overloaded: 'overloaded',
  server: 'server',
  unusable: 'server',
};

const byStatus: ReadonlyMap<number, AnswerKind> = new Map([
  [401, 'authentication'],
  [402, 'spend-limit'],
  [403, 'permission'],
  [404, 'model-not-found'],
  [429, 'rate-limit'],
  [529, 'overloaded'],
  [400, 'bad-request'],
]);

/** The ending of a session whose program came to none of its own: in the sentences of the built-in agent, as far as they fit. */
export function whyFailed(state: ProgramState, end: ProgramEnd): AgentEnding {
  const api = apis[state.program.vendorOf(state.modelId)];
  return whyUnanswered(state, api) ?? whyRefused(state, end, api);
}

/** Where no answer came, or none to its end. */
function whyUnanswered({ failure, broken, onEvent }: ProgramState, api: ApiWords): AgentEnding | undefined {
  const how = failure?.why ?? broken;
  const detail = failure?.detail ?? '';
  if (how === 'silent') {
    onEvent({ type: 'notice', text: `The ${api.name} fell silent. ${detail}`.trim() });
    return { ending: 'stopped', stopReason: 'stall' };
  }
  if (how === 'unreachable') {
    const reason = `The ${api.name} could not be reached (${detail}).`;
    return { ending: 'failed', reason, hint: `Check the network and ${api.baseUrl}.` };
  }
  return how === 'cut' ? { ending: 'failed', reason: `The reply of the ${api.name} broke off.` } : undefined;
}

function whyRefused({ failure, program, modelId: model }: ProgramState, end: ProgramEnd, api: ApiWords): AgentEnding {
  const status = end.end === 'failed' ? end.status : undefined;
  const kind = failure ? byRefusal[failure.why] : kindOf(status);
  if (!kind) return { ending: 'failed', reason: `${programPackages[program.tool].title} ${wordsOf(end)}` };
  const said = truncate(oneLine(failure?.detail || ('reason' in end ? end.reason : '')), 300);
  const { message, hint } = explainAnswer(kind, { api, model, said, status });
  return { ending: 'failed', reason: message, ...(hint ? { hint } : {}) };
}

function kindOf(status: number | undefined): AnswerKind | undefined {
  if (status === undefined) return undefined;
  return byStatus.get(status) ?? (status >= 500 ? 'server' : undefined);
}

function wordsOf(end: ProgramEnd): string {
  if (end.end === 'failed') return `failed: ${truncate(oneLine(end.reason), 500)}`;
  if (end.end === 'cut') return `ended without a last word: ${truncate(oneLine(end.reason), 500)}`;
  return `ended (${end.end}).`;
}
