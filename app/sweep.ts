import type { Probot } from 'probot';
import { z } from 'zod';
import { type InstalledRepository, mostAtOnce, type RepositoryEvent } from '../src/events/understand-delivery.ts';

/** Gives an event in, as if it had been delivered. */
export type GiveIn = (installation: number, repository: InstalledRepository, event: RepositoryEvent) => void;

const Installation = z.object({ id: z.number().int().positive(), suspended_at: z.string().nullish() });

/**
 * Asks for everything that may have been left behind in any repository: a process that is killed takes its queue with it, and what was
 * answered 200 is not sent again. On start, and now and then for what failed too often.
 *
 * @param since milliseconds since the epoch
 */
export async function sweep(
  probot: Probot,
  {
    since,
    giveIn,
    list,
  }: { since: number; giveIn: GiveIn; list: (installation: number) => Promise<InstalledRepository[]> },
  onError: (error: unknown, installation: number) => void,
): Promise<void> {
  const octokit = await probot.auth();
  const installations = await octokit.paginate('GET /app/installations', { per_page: 100 });
  for (const installation of installations.map((each) => Installation.parse(each))) {
    if (installation.suspended_at) continue;
    try {
      const repositories = await list(installation.id);
      const isFew = repositories.length <= mostAtOnce;
      for (const repository of repositories) {
        giveIn(installation.id, repository, { kind: 'rest', since });
        if (isFew) giveIn(installation.id, repository, { kind: 'setup' });
      }
    } catch (error) {
      // One that was uninstalled just now does not keep the others waiting.
      onError(error, installation.id);
    }
  }
}
