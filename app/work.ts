import type { Logger } from 'pino';
import {
  type InstalledRepository,
  type RepositoryEvent,
  understandDelivery,
} from '../src/events/understand-delivery.ts';
import { systemClock } from '../src/lib/clock.ts';
import { ConflictError, ExternalError, messageOf } from '../src/lib/errors.ts';
import { createResponder, type Received, type Responder } from '../src/responder.ts';
import type { AppEnvironment } from './environment.ts';
import type { Task } from './fair-queue.ts';
import { PostponedError } from './later.ts';
import { toLog } from './log.ts';
import type { Metrics } from './metrics.ts';
import type { GiveIn } from './sweep.ts';

/** One delivery, its signature checked; the payload is anybody's text all the same. */
export type Delivery = { id: string; event: string; payload: unknown };

/** What the app can do in an installation's name. */
export type Installations = {
  /** @param reach the number of the one repository that it is good for, or `list`: it names the installation's repositories and does nothing else. */
  token(installation: number, reach: number | 'list'): Promise<{ token: string; expiresAt: string }>;
};

export type WorkTools = {
  environment: AppEnvironment;
  installations: Installations;
  metrics: Metrics;
  log: Logger;
  /** Puts work into the queue. */
  add: (task: Task) => void;
  /** The same at a time (milliseconds since the epoch). */
  later: (task: Task, at: number) => void;
  /** Whether the app is shutting down. */
  isClosing: () => boolean;
};

/** As many repositories as are kept at hand: each keeps the last ledger that it read. */
const mostResponders = 500;
/** GitHub may be back in half a minute, or in five. */
const firstRetry = 30_000;
/** Where others wrote to the ledger all the time: they are done soon. */
const afterCrowd = 2000;
const mostRetries = 4;
/** A repository that has used up GitHub's limits waits outside of the queue, whose places are few. */
const longestWait = 20_000;

export type Work = {
  /** What a delivery asks for; nothing for most of them. It is quick and does nothing itself: GitHub waits for the answer. */
  understand: (delivery: Delivery) => readonly Task[];
  /** The same for what no delivery told of. */
  giveIn: GiveIn;
};

/** What deliveries ask for, as work for the queue. */
export function createWork(tools: WorkTools): Work {
  const responderFor = keepResponders(tools);
  const toTask = (installation: number, repository: InstalledRepository, event: RepositoryEvent): Task =>
    repeated(
      {
        owner: repository.name,
        // All comments of an issue are one piece of work, whichever of them woke it.
        subject: subjectOf(event),
        async receive() {
          const received = await responderFor(installation, repository).receive(event);
          for (const found of received.found ?? []) tools.add(toTask(installation, repository, found));
          return received;
        },
      },
      tools,
    );
  return {
    understand: ({ event: name, payload }) =>
      understandDelivery(name, payload).map(({ installation, repository, event }) =>
        toTask(installation, repository, event),
      ),
    giveIn: (installation, repository, event) => tools.add(toTask(installation, repository, event)),
  };
}

/** Each click on a panel is a piece of work of its own: it says what was done. */
function subjectOf(event: RepositoryEvent): string {
  if (event.kind === 'panel' || event.kind === 'dashboard') return `${event.kind} ${JSON.stringify(event.edit)}`;
  if ('issue' in event) return `${event.kind} ${event.issue}`;
  // Each is one person's.
  if (event.kind === 'click') return `click ${event.check} ${event.button} ${event.by}`;
  if (event.kind === 'rerun-all') return `rerun-all ${event.commit} ${event.by}`;
  if (event.kind === 'pull') return `pull ${event.pullRequest}`;
  if (event.kind === 'continue') return `continue ${event.pullRequests.join(' ')}`;
  return event.kind === 'run' ? `run ${event.run}` : event.kind;
}

type Repeatable = Pick<Task, 'owner' | 'subject'> & { receive: () => Promise<Received> };

/** Comes back when it is worth another look. What is down now may be up soon; a bug and a wrong setting are not repeated. */
function repeated({ owner, subject, receive }: Repeatable, { later, log }: WorkTools): Task {
  let failures = 0;
  const task: Task = {
    owner,
    subject,
    async run() {
      try {
        const { again } = await receive();
        if (again !== undefined) later(task, again);
      } catch (error) {
        if (failures < mostRetries && retry(error)) throw new PostponedError(messageOf(error), { cause: error });
        throw error;
      }
    },
  };
  function retry(error: unknown): boolean {
    const isCrowd = error instanceof ConflictError;
    if (!isCrowd && !(error instanceof ExternalError)) return false;
    const wait = (isCrowd ? afterCrowd : firstRetry) * 2 ** failures;
    failures += 1;
    const why = isCrowd ? 'Too many wrote to the ledger at once' : 'GitHub failed';
    log.warn(
      { repository: owner, subject, seconds: wait / 1000, reason: messageOf(error) },
      `${why}: tried again later`,
    );
    later(task, systemClock.now() + wait);
    return true;
  }
  return task;
}

/** One per repository, the least used is let go: what it knows is at GitHub, too. */
function keepResponders({ environment, installations, metrics, log, isClosing }: WorkTools) {
  const kept = new Map<string, Responder>();
  const { apiUrl, graphqlUrl, serverUrl, workflow, privateKey, webhookSecret } = environment;
  return (installation: number, { id, name: repository }: InstalledRepository): Responder => {
    // A repository that moves to another owner is another installation's, and its old name may become another's.
    const key = `${installation} ${id} ${repository}`;
    const responder =
      kept.get(key) ??
      createResponder({
        ...{ apiUrl, graphqlUrl, serverUrl, workflow, repository },
        token: async () => (await installations.token(installation, id)).token,
        secrets: [privateKey, webhookSecret],
        longestWait,
        isLeaving: isClosing,
        log: toLog(log.child({ repository })),
        onRateLimit: (left) => metrics.rateLimitLeft(installation, left),
      });
    kept.delete(key);
    kept.set(key, responder);
    const [oldest] = kept.keys();
    if (kept.size > mostResponders && oldest !== undefined) kept.delete(oldest);
    return responder;
  };
}
