import { type Probot, ProbotOctokit } from 'probot';
import { z } from 'zod';
import type { Clock } from '../src/lib/clock.ts';
import type { DeliveryLog } from './redeliver.ts';

/**
 * Probot's client without its throttling, which would hold each reply for seconds: our own client paces what GitHub limits. Probot merges
 * its own settings over plain defaults, so that only a function switches it off.
 */
export const UnhurriedOctokit = ProbotOctokit.defaults((options: ConstructorParameters<typeof ProbotOctokit>[0]) => ({
  ...options,
  throttle: { enabled: false },
}));

const Token = z.object({ token: z.string(), expires_at: z.string() });
type Token = { token: string; expiresAt: string };

/** A token is asked for anew when less than this is left of its hour: what begins with it should end with it. */
const leastLeft = 10 * 60 * 1000;

/**
 * Tokens of installations, each asked for once in its hour. (Probot's own way to a bare token asks github.com, also where GitHub is
 * elsewhere.)
 */
export function createInstallationTokens(
  probot: Probot,
  { clock }: { clock: Clock },
): (installation: number) => Promise<Token> {
  const tokens = new Map<number, Promise<Token>>();
  const ends = new Map<number, number>();
  async function ask(installation: number): Promise<Token> {
    const octokit = await probot.auth();
    const { data } = await octokit.request('POST /app/installations/{installation_id}/access_tokens', {
      installation_id: installation,
    });
    const { token, expires_at } = Token.parse(data);
    ends.set(installation, Date.parse(expires_at));
    return { token, expiresAt: expires_at };
  }
  return (installation) => {
    const kept = tokens.get(installation);
    // Without a known end it is being asked for: whoever asks meanwhile waits for the same answer.
    if (kept && (ends.get(installation) ?? Number.POSITIVE_INFINITY) - clock.now() > leastLeft) return kept;
    ends.delete(installation);
    const asking = ask(installation);
    tokens.set(installation, asking);
    asking.catch(() => {
      if (tokens.get(installation) === asking) tokens.delete(installation);
    });
    return asking;
  };
}

/** The log of what GitHub sent us, with the app's own authority. */
export function createDeliveryLog(probot: Probot): DeliveryLog {
  return {
    async page(cursor) {
      const octokit = await probot.auth();
      const { data, headers } = await octokit.request('GET /app/hook/deliveries', {
        per_page: 100,
        ...(cursor === undefined ? {} : { cursor }),
      });
      return { deliveries: data, next: nextCursor(headers.link) };
    },
    async redeliver(id) {
      const octokit = await probot.auth();
      await octokit.request('POST /app/hook/deliveries/{delivery_id}/attempts', { delivery_id: id });
    },
  };
}

function nextCursor(link: string | undefined): string | undefined {
  const [, url] = /<([^>]+)>;\s*rel="next"/.exec(link ?? '') ?? [];
  return url === undefined ? undefined : (new URL(url).searchParams.get('cursor') ?? undefined);
}
