import { Buffer } from 'node:buffer';
import { setTimeout as wait } from 'node:timers/promises';
import { promptTokensOf } from '../../../agents/prices.ts';
import { messageOf } from '../../../lib/errors.ts';
import {
  type GatewayEvent,
  type GatewayRefusal,
  type GatewayUsage,
  passHeaders,
  silenceOf,
} from '../../../sandboxes/gateway.ts';
import { type CallBody, type ResolvedCall, understandBody, understandFree } from '../../../sandboxes/gateway-calls.ts';
import { type Judgement, judgeAnswer, waitBefore } from '../../../sandboxes/gateway-retries.ts';
import { passAnswer } from './pass-answer.ts';
import { readBeginning, readBody } from './read-body.ts';
import { sendCall } from './send-call.ts';
import { type Call, limits, mostTokensPerByte, refuse, type State, tell, withoutKey } from './state.ts';

type ModelCall = Extract<ResolvedCall, { kind: 'model' }>;
/** One call with its number, and what is sent of it. */
type Job = { number: number; resolved: ModelCall; body: CallBody; bytes: Uint8Array };
type Ended = Omit<Extract<GatewayEvent, { type: 'ended' }>, 'type' | 'call' | 'model'>;
type Failure = Exclude<Judgement, { verdict: 'pass' }>;

const mostOfAnError = 256 << 10;
const leastToLearnFrom = 20_000;
const abandoned: Ended = { outcome: 'abandoned', used: undefined };

/** A call that a model answers: decided on, sent until there is an answer or no hope, counted. */
export async function answerModel(state: State, call: Call, resolved: ModelCall): Promise<void> {
  const came = await readBody(call.request, limits.request);
  if (came === undefined) return refuse(state, call, { why: 'too-large' });
  const body = understandBody(resolved, came);
  if (!body) return refuse(state, call, { why: 'bad-request' });
  if (body.reach !== undefined) return refuse(state, call, { why: 'reaches-out', detail: tellReach(body.reach) });
  const tired = whyTired(state);
  if (tired) return refuse(state, call, tired);
  const number = state.calls + 1;
  const { model, maxTokens } = body;
  const promptTokens = Math.ceil(came.length * state.tokensPerByte);
  const decision = state.spec.decide({ number, model, promptTokens, maxTokens });
  if ('refuse' in decision) return refuse(state, call, { why: decision.refuse });
  state.calls = number;
  let ended = abandoned;
  try {
    ended = await findAnswer(state, call, { number, resolved, body, bytes: body.send(decision.maxTokens) });
    learn(state, ended.used, came.length);
  } finally {
    tell(state, { type: 'ended', call: number, model, ...ended });
  }
}

/** From what little is sent nothing can be told: the API adds words of its own. A tenth more is for what is denser than the rest. */
function learn(state: State, used: GatewayUsage | undefined, bytes: number): void {
  if (!used || used.estimated || bytes < leastToLearnFrom) return;
  const tokens = promptTokensOf(used.usage);
  if (tokens > 0) state.tokensPerByte = Math.min(mostTokensPerByte, (1.1 * tokens) / bytes);
}

/** Why nothing is asked of the API now. */
function whyTired({ broken, givenUp }: State): { why: GatewayRefusal; detail: string } | undefined {
  if (broken >= limits.broken) {
    return { why: 'silent', detail: `${broken} answers of the API in a row broke off or fell silent.` };
  }
  return givenUp && Date.now() - givenUp.at < limits.resting ? givenUp : undefined;
}

async function findAnswer(state: State, call: Call, job: Job): Promise<Ended> {
  for (let attempt = 1; ; attempt += 1) {
    const found = await attemptOnce(state, call, job);
    if ('outcome' in found) return found;
    if (call.gone.aborted) return abandoned;
    const isLast = attempt >= state.patience.tries || state.broken >= limits.broken;
    if (found.verdict === 'refuse' || isLast) return giveUp(state, call, job, found);
    const { retryAfterMs, detail } = found;
    const waitMs = waitBefore(attempt, { retryAfterMs, random: Math.random() }, state.patience);
    tell(state, { type: 'retry', call: job.number, attempt, waitMs, reason: withoutKey(state, detail) });
    await wait(waitMs, undefined, { signal: call.gone }).catch(() => undefined);
    if (call.gone.aborted) return abandoned;
  }
}

function giveUp(state: State, call: Call, { number }: Job, { verdict, why, detail: said }: Failure): Ended {
  const detail = withoutKey(state, said);
  // Another call may ask for what the key does allow.
  if (verdict === 'retry') state.givenUp = { at: Date.now(), why, detail };
  refuse(state, call, { why, call: number, detail });
  return { outcome: 'refused', used: undefined, detail };
}

async function attemptOnce(state: State, call: Call, job: Job): Promise<Ended | Failure> {
  const { resolved, body, bytes } = job;
  const { method, headers } = call.request;
  const stopping = new AbortController();
  try {
    const incoming = await sendCall(state.spec, {
      target: resolved.target,
      method,
      headers,
      body: bytes,
      signal: AbortSignal.any([call.gone, stopping.signal]),
      patienceMs: body.stream ? silenceOf(state.spec) : limits.answer_ms,
    });
    const status = incoming.statusCode ?? 502;
    const isError = status < 200 || status > 299;
    const said = isError ? await readBeginning(incoming, mostOfAnError) : Buffer.alloc(0);
    const answer = { status, headers: incoming.headers, body: said.toString('utf8'), now: Date.now() };
    const judged = judgeAnswer(answer);
    if (judged.verdict !== 'pass') return judged;
    if (!isError) return await passAnswer(state, call, { incoming, protocol: resolved.protocol, sent: bytes.length });
    call.response.writeHead(status, passHeaders(incoming.headers)).end(said);
    return { outcome: 'refused', used: undefined, detail: withoutKey(state, judged.detail ?? '') };
  } catch (error) {
    const detail = `The API cannot be reached: ${messageOf(error)}.`;
    return { verdict: 'retry', why: 'unreachable', detail, retryAfterMs: undefined };
  } finally {
    stopping.abort();
  }
}

function tellReach(reach: string): string {
  return `A call was to have the API ${reach}.`;
}

type FreeCall = Extract<ResolvedCall, { kind: 'free' }>;

/** A call that costs nothing: sent once, and its answer passed on as it is. */
export async function answerFree(state: State, call: Call, resolved: FreeCall): Promise<void> {
  const came = await readBody(call.request, limits.request);
  if (came === undefined) return refuse(state, call, { why: 'too-large' });
  const understood = understandFree(resolved, came);
  if (!understood) return refuse(state, call, { why: 'bad-request' });
  const { reach, bytes: body } = understood;
  if (reach !== undefined) return refuse(state, call, { why: 'reaches-out', detail: tellReach(reach) });
  state.free += 1;
  if (state.free > limits.free) return refuse(state, call, { why: 'budget' });
  const { method, headers } = call.request;
  const stopping = new AbortController();
  const signal = AbortSignal.any([call.gone, stopping.signal]);
  try {
    const incoming = await sendCall(state.spec, {
      ...{ target: resolved.target, method, headers, body, signal },
      patienceMs: silenceOf(state.spec),
    });
    const said = await readBody(incoming, limits.answer);
    const status = incoming.statusCode ?? 502;
    const answer = { status, headers: incoming.headers, body: said?.toString('utf8') ?? '', now: Date.now() };
    const judged = judgeAnswer(answer);
    if (said === undefined || judged.verdict !== 'pass')
      return refuse(state, call, { why: judged.verdict === 'pass' ? 'unusable' : judged.why });
    call.response.writeHead(status, passHeaders(incoming.headers)).end(said);
  } catch {
    refuse(state, call, { why: 'unreachable' });
  } finally {
    stopping.abort();
  }
}
