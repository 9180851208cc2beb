import { z } from 'zod';

/** What Octokit throws, as far as we rely on it. Without `response` there was no answer: network, time-out, broken off. */
const Thrown = z.object({
  status: z.number(),
  message: z.string(),
  response: z.object({ status: z.number(), headers: z.record(z.string(), z.unknown()), data: z.unknown() }).optional(),
});

const ErrorBody = z.object({
  message: z.string().default(''),
  errors: z.array(z.unknown()).default([]),
});
const FieldError = z.object({
  field: z.string().optional(),
  code: z.string().optional(),
  message: z.string().optional(),
});

/** A call to GitHub that failed. `status` is `undefined` where no answer came: then nobody knows whether GitHub acted. */
export type Failure = {
  status: number | undefined;
  /** GitHub's own sentence, with the fields that it names. */
  message: string;
  header(name: string): string | undefined;
};

/** @returns `undefined` for what is not a failed call (a bug, or an error of ours). */
export function understandFailure(error: unknown): Failure | undefined {
  const thrown = Thrown.safeParse(error);
  if (!thrown.success) return undefined;
  const { response, message } = thrown.data;
  if (!response) return { status: undefined, message, header: () => undefined };
  const header = (name: string) => {
    const value = response.headers[name];
    return typeof value === 'string' ? value : undefined;
  };
  return { status: response.status, message: sentenceOf(response.data) || message, header };
}

function sentenceOf(data: unknown): string {
  const body = ErrorBody.safeParse(data);
  if (!body.success) return '';
  const details = body.data.errors.map((error) => {
    if (typeof error === 'string') return error;
    const field = FieldError.safeParse(error);
    return field.success ? (field.data.message ?? [field.data.field, field.data.code].filter(Boolean).join(' ')) : '';
  });
  return [body.data.message.trim(), ...details].filter(Boolean).join(': ');
}

/** GitHub certainly did nothing and asks to come back later: its primary or secondary limit. */
export function isLimited({ status, message, header }: Failure): boolean {
  if (status === 429) return true;
  if (status !== 403) return false;
  return (
    header('retry-after') !== undefined ||
    header('x-ratelimit-remaining') === '0' ||
    /rate limit|abuse detection/i.test(message)
  );
}

/**
 * How long GitHub asks to wait, in milliseconds: `retry-after`, else the reset of an exhausted primary limit, else the minute that GitHub
 * recommends where it names no time, twice as long each further time.
 * @param limited how often in a row GitHub has said so.
 */
export function waitOf(failure: Failure, now: number, limited = 1): number {
  const retryAfter = Number(failure.header('retry-after') ?? Number.NaN);
  if (Number.isFinite(retryAfter) && retryAfter >= 0) return retryAfter * 1000;
  const reset = Number(failure.header('x-ratelimit-reset') ?? Number.NaN);
  if (failure.header('x-ratelimit-remaining') === '0' && Number.isFinite(reset))
    return Math.max(1000, reset * 1000 - now);
  return 60_000 * 2 ** Math.min(limited - 1, 6);
}
