import type { Logger } from 'pino';
import { Probot, Server } from 'probot';
import { systemClock } from '../src/lib/clock.ts';
import { guardDoor } from './door.ts';
import type { AppEnvironment } from './environment.ts';
import { createFairQueue, type Task } from './fair-queue.ts';
import { UnhurriedOctokit } from './github-app.ts';
import { createHealthHandler, type Readiness } from './health.ts';
import { createInstallationTokens } from './installation-tokens.ts';
import { createLater, PostponedError } from './later.ts';
import { createLog } from './log.ts';
import { createMetrics, type Metrics } from './metrics.ts';
import { probe, type Routine, redelivery, sweeping } from './routines.ts';
import type { Installations, Work, WorkTools } from './work.ts';

export type AppServer = {
  /** @returns where it listens. */
  start(): Promise<{ host: string; port: number }>;
  /**
   * Takes nothing new, ends what runs, then stops listening.
   * @param limit milliseconds; what has not ended by then is left to whoever looks at the comments next.
   */
  stop(limit?: number): Promise<void>;
  /**
   * How much is under way: work that waits, runs or comes back soon, and looks at GitHub. 0: all that was delivered until now is over.
   * @param soon milliseconds
   */
  busy(soon: number): number;
};

export type AppServerOptions = {
  environment: AppEnvironment;
  work: (tools: WorkTools) => Work;
  log?: Logger;
  /** Milliseconds between two looks at what GitHub could not deliver. */
  redeliverEvery?: number;
  /** Milliseconds between two looks at what was left behind in any repository. */
  sweepEvery?: number;
};

/** As many issues as one replica works on at once: the work is waiting for GitHub. */
const slots = 16;
const perRepository = 4;

export async function createAppServer(options: AppServerOptions): Promise<AppServer> {
  const { environment } = options;
  const log = options.log ?? createLog(environment.logLevel);
  const metrics = createMetrics({ size: () => queue.size() });
  const queue = createFairQueue({
    slots,
    perOwner: perRepository,
    now: () => systemClock.now(),
    onStart: (waitedMs) => metrics.waited(waitedMs / 1000),
    onError(error, { owner, subject }) {
      // It comes back, which was told already.
      if (error instanceof PostponedError) return;
      log.error({ err: error, repository: owner, subject }, 'Work failed');
    },
  });
  let readiness: Readiness = { ready: false, no: 'starting' };
  let closing = false;
  const server = new Server({
    host: environment.host,
    port: environment.port,
    webhookProxy: environment.webhookProxyUrl,
    log,
    Probot: Probot.defaults(probotOptions(environment, log)),
  });
  const tell = (now: Readiness) => {
    readiness = now;
  };
  const add = (task: Task) => queue.add(timed(task, metrics));
  const later = createLater(add);
  const loaded = Promise.withResolvers<Routine[]>();
  await server.load((probot, { addHandler }) => {
    const installations: Installations = { token: createInstallationTokens(probot, { clock: systemClock }) };
    const isClosing = () => closing;
    const work = options.work({ environment, installations, metrics, log, add, later: later.put, isClosing });
    probot.onAny(({ id, name, payload }) => {
      metrics.received(name);
      for (const task of work.understand({ id, event: name, payload })) add(task);
    });
    probot.onError((error) => log.error({ err: error }, 'A delivery could not be taken'));
    const shown = (): Readiness => (closing ? { ready: false, no: 'shutting down' } : readiness);
    addHandler(createHealthHandler({ readiness: shown, metrics }));
    loaded.resolve([
      probe(probot, { log, tell }),
      redelivery(probot, { log, every: options.redeliverEvery ?? 5 * 60_000 }),
      sweeping(probot, {
        environment,
        installations,
        giveIn: work.giveIn,
        log,
        every: options.sweepEvery ?? 30 * 60_000,
      }),
    ]);
  });
  const routines = await loaded.promise;
  return {
    async start() {
      guardDoor(await server.start(), { isClosing: () => closing });
      for (const routine of routines) routine.start();
      return { host: server.host, port: server.port };
    },
    async stop(limit = Number.POSITIVE_INFINITY) {
      closing = true;
      for (const routine of routines) routine.stop();
      later.clear();
      if (!(await within(limit, queue.drain()))) log.warn(queue.size(), 'Work was left undone');
      await server.stop();
    },
    busy(soon) {
      const { waiting, running } = queue.size();
      const looks = routines.filter((routine) => routine.isLooking()).length;
      return waiting + running + looks + later.dueBy(systemClock.now() + soon);
    },
  };
}

async function within(limit: number, work: Promise<void>): Promise<boolean> {
  if (!Number.isFinite(limit)) return work.then(() => true);
  const late = Promise.withResolvers<boolean>();
  const timer = setTimeout(() => late.resolve(false), limit);
  const inTime = await Promise.race([work.then(() => true), late.promise]);
  clearTimeout(timer);
  return inTime;
}

function probotOptions({ appId, privateKey, webhookSecret, apiUrl }: AppEnvironment, log: Logger) {
  return { appId, privateKey, secret: webhookSecret, baseUrl: apiUrl, log, Octokit: UnhurriedOctokit };
}

function timed(task: Task, metrics: Metrics): Task {
  return {
    ...task,
    async run() {
      const started = systemClock.now();
      let outcome: 'done' | 'failed' | 'postponed' = 'failed';
      try {
        await task.run();
        outcome = 'done';
      } catch (error) {
        if (error instanceof PostponedError) outcome = 'postponed';
        throw error;
      } finally {
        metrics.handled(outcome, (systemClock.now() - started) / 1000);
      }
    },
  };
}
