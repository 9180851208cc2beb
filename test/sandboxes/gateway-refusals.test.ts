import { describe, expect, it } from 'vitest';
import { gatewayVendors } from '../../src/sandboxes/gateway.ts';
import { toRefusal } from '../../src/sandboxes/gateway-refusals.ts';

/** What OpenCode 1.18.33 takes for an error that passes, wherever in the answer it stands and whatever its status. */
const passing = [
  /429|500|502|503|504|524/,
  /rate increased too quickly|rate limit|rate-limit|rate_limit|too many requests/i,
  /overloaded|service[ _-]unavailable|internal[ _]error|internal server error|server[ _-]error/i,
  /terminated|network[-_\s]error|upstream connect|connection (?:error|refused|lost)|econnrefused|econnreset|etimedout/i,
  /\b(?:request|response|connection|network|stream|read) (?:timeout|timed out|time out)\b/i,
  /try your request again|retry your request|resource[ _]exhausted|\btry again (?:later|in\b)|temporarily at capacity/i,
];

const final = [
  ...(['iterations', 'budget', 'timeout', 'ended', 'key', 'spend-limit', 'rate-limit', 'overloaded'] as const),
  ...(['server', 'unreachable', 'silent', 'unusable'] as const),
];

describe('a refusal that is final for a program', () => {
  it.each(final.flatMap((why) => gatewayVendors.map((vendor) => [why, vendor] as const)))(
    'has no word by which its client would call again for minutes: %s, %s',
    (why, vendor) => {
      const { status, headers, body } = toRefusal(vendor, why);
      expect(status).toBe(403);
      expect(headers['x-should-retry']).toBe('false');
      for (const word of passing) expect(body).not.toMatch(word);
    },
  );
});
