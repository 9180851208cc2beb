import { type Probot, ProbotOctokit } from 'probot';
import type { DeliveryLog } from './redeliver.ts';

/**
 * Probot's client without its throttling, which would hold each reply for seconds: our own client paces what GitHub limits. Probot merges
 * its own settings over plain defaults, so that only a function switches it off.
 */
export const UnhurriedOctokit = ProbotOctokit.defaults((options: ConstructorParameters<typeof ProbotOctokit>[0]) => ({
  ...options,
  throttle: { enabled: false },
}));

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
