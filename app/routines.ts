import type { Logger } from 'pino';
import type { Probot } from 'probot';
import type { InstalledRepository } from '../src/events/understand-delivery.ts';
import { systemClock } from '../src/lib/clock.ts';
import { messageOf } from '../src/lib/errors.ts';
import { listRepositories } from '../src/responder.ts';
import type { AppEnvironment } from './environment.ts';
import { createDeliveryLog } from './github-app.ts';
import type { Readiness } from './health.ts';
import { toLog } from './log.ts';
import { redeliverFailed } from './redeliver.ts';
import { type GiveIn, sweep } from './sweep.ts';
import type { Installations } from './work.ts';

/** What is done on start and then again and again; one look at a time. What it cannot do now, it does next time. */
export type Routine = { start(): void; stop(): void; isLooking(): boolean };

/** As long as GitHub keeps the log of deliveries. */
const longestAbsence = 3 * 24 * 60 * 60 * 1000;
const probeEvery = 30_000;

/** @param look what is older than `since` (milliseconds since the epoch) was seen by the look before. */
function routine(
  { every, doing, log }: { every: number; doing: string; log: Logger },
  look: (since: number) => Promise<void>,
): Routine {
  let since = systemClock.now() - longestAbsence;
  let timer: NodeJS.Timeout | undefined;
  let looking = false;
  async function once(): Promise<void> {
    if (looking) return;
    looking = true;
    const began = systemClock.now();
    try {
      await look(since);
      // What is under way just now may fail after this look.
      since = Math.max(since, began - 2 * every - 60_000);
    } catch (error) {
      log.warn({ reason: messageOf(error) }, `Could not ${doing}`);
    } finally {
      looking = false;
    }
  }
  return {
    start() {
      void once();
      timer = setInterval(() => void once(), every);
      timer.unref();
    },
    stop: () => clearInterval(timer),
    isLooking: () => looking,
  };
}

/** Whether GitHub knows us: without that no work can be done, and another replica may be better off. */
export function probe(probot: Probot, { log, tell }: { log: Logger; tell: (now: Readiness) => void }): Routine {
  return routine({ every: probeEvery, doing: 'ask GitHub who we are', log }, async () => {
    try {
      const octokit = await probot.auth();
      await octokit.request('GET /app');
      tell({ ready: true });
    } catch (error) {
      tell({ ready: false, no: 'GitHub cannot be reached, or does not take the credentials of the app' });
      throw error;
    }
  });
}

/** GitHub is asked to send again what did not arrive. */
export function redelivery(probot: Probot, { log, every }: { log: Logger; every: number }): Routine {
  const deliveries = createDeliveryLog(probot);
  return routine({ every, doing: 'read the log of deliveries', log }, async (since) => {
    const asked = await redeliverFailed(deliveries, new Date(since).toISOString());
    if (asked > 0) log.info({ deliveries: asked }, 'Asked GitHub to send again what did not arrive');
  });
}

type Sweeping = {
  environment: AppEnvironment;
  installations: Installations;
  giveIn: GiveIn;
  log: Logger;
  every: number;
};

/** What arrived and was not dealt with, as a process died with it, is looked for where it is: in the repositories. */
export function sweeping(probot: Probot, { environment, installations, giveIn, log, every }: Sweeping): Routine {
  const { apiUrl, graphqlUrl, serverUrl } = environment;
  async function list(installation: number): Promise<InstalledRepository[]> {
    const { token } = await installations.token(installation, 'list');
    return listRepositories({ token, apiUrl, graphqlUrl, serverUrl, log: toLog(log) });
  }
  return routine({ every, doing: 'look for what was left behind', log }, (since) =>
    sweep(probot, { since, giveIn, list }, (error, installation) =>
      log.warn({ installation, reason: messageOf(error) }, 'An installation was left out'),
    ),
  );
}
