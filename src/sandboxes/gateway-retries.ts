import { z } from 'zod';
import { oneLine, truncate } from '../lib/text.ts';
import type { GatewayPatience, GatewayRefusal } from './gateway.ts';

/** What is done with an answer: it is passed on, the call is sent again, or the program is told that there is none. */
export type Judgement =
  | { verdict: 'pass'; detail?: string }
  | { verdict: 'retry'; why: GatewayRefusal; detail: string; retryAfterMs: number | undefined }
  | { verdict: 'refuse'; why: GatewayRefusal; detail: string };

type Answer = {
  status: number;
  headers: Readonly<Record<string, string | string[] | undefined>>;
  /** The beginning of its body, of an error alone. */
  body: string;
  now: number;
};

/** Accounts without money, in the words of the vendors: waiting does not help. */
const spent =
  /enforced_spend_limit_reached|contract_spend_limit_reached|ramp_limit_exceeded|insufficient_quota|billing_hard_limit_reached|billing_not_active|credit balance is too low|PerDay/i;

/** Nothing of the answer has been passed on. What the request itself is to blame for goes to the program, whose client understands it. */
export function judgeAnswer({ status, headers, body, now }: Answer): Judgement {
  if (status >= 200 && status < 300) return judgeContents(headers);
  const detail = describe(status, body);
  const final = whyFinal(status, body);
  if (final) return { verdict: 'refuse', why: final, detail };
  const why = whyAgain(status);
  if (!why) return { verdict: 'pass', detail };
  if (headers['x-should-retry'] === 'false') return { verdict: 'refuse', why, detail };
  return { verdict: 'retry', why, detail, retryAfterMs: retryAfterOf(headers, now) };
}

function judgeContents(headers: Answer['headers']): Judgement {
  const encoding = headers['content-encoding'] ?? 'identity';
  if (encoding === 'identity') return { verdict: 'pass' };
  return { verdict: 'refuse', why: 'unusable', detail: `The API sent ${encoding}, which nobody asked for.` };
}

function whyFinal(status: number, body: string): GatewayRefusal | undefined {
  // Who redirects might get the key; who refuses the key might say it.
  if (status < 400) return 'unusable';
  if (status === 402 || ((status === 429 || status === 400) && spent.test(body))) return 'spend-limit';
  // Google answers 400 where it does not know a key.
  return status === 401 || status === 403 || /API_KEY_INVALID|API key not valid/i.test(body) ? 'key' : undefined;
}

function whyAgain(status: number): GatewayRefusal | undefined {
  if (status === 429) return 'rate-limit';
  if (status === 529 || status === 503) return 'overloaded';
  return status >= 500 || status === 408 || status === 409 ? 'server' : undefined;
}

/** Milliseconds before the next attempt; `attempt` counts from 1, `random` is below 1. */
export function waitBefore(
  attempt: number,
  { retryAfterMs, random }: { retryAfterMs: number | undefined; random: number },
  { firstWaitMs, longestWaitMs }: GatewayPatience,
): number {
  if (retryAfterMs !== undefined) return Math.min(retryAfterMs, longestWaitMs);
  const full = Math.min(firstWaitMs * 2 ** (attempt - 1), longestWaitMs);
  // Between half of it and all of it, so that calls which failed together do not come back together.
  return Math.round(full * (0.5 + random / 2));
}

const ErrorBody = z.looseObject({
  error: z.union([z.string(), z.looseObject({ message: z.string() }).transform(({ message }) => message)]),
});

/** What the API said, for people. Keys are not in it: vendors show the end of one at most, and it goes through the gate like all text. */
function describe(status: number, body: string): string {
  const said = ErrorBody.safeParse(parse(body)).data?.error;
  return said === undefined
    ? `The API answered ${status}.`
    : `The API answered ${status}: ${truncate(oneLine(said), 300)}`;
}

/** Milliseconds, from `retry-after-ms`, or `retry-after` in seconds or as a date. */
function retryAfterOf(headers: Answer['headers'], now: number): number | undefined {
  const milliseconds = Number(headers['retry-after-ms'] || Number.NaN);
  if (Number.isFinite(milliseconds)) return Math.max(0, milliseconds);
  const header = headers['retry-after'];
  if (typeof header !== 'string' || header === '') return undefined;
  const seconds = Number(header);
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
