import { type Logger, pino } from 'pino';
import { Probot, Server } from 'probot';
import { systemClock } from '../src/lib/clock.ts';
import { messageOf } from '../src/lib/errors.ts';
import { guardDoor } from './door.ts';
import type { AppEnvironment } from './environment.ts';
import { createFairQueue, type Task } from './fair-queue.ts';
import { createDeliveryLog, createInstallationTokens, UnhurriedOctokit } from './github-app.ts';
import { createHealthHandler, type Readiness } from './health.ts';
import { createMetrics, type Metrics } from './metrics.ts';
import { redeliverFailed } from './redeliver.ts';
import type { Delivery, Installations, WorkTools } from './work.ts';

export type AppServer = {
  /** @returns where it listens. */
  start(): Promise<{ host: string; port: number }>;
  /**
   * Takes nothing new, ends what runs, then stops listening.
   * @param limit milliseconds; what has not ended by then is left to whoever looks at the comments next.
   */
  stop(limit?: number): Promise<void>;
};

export type AppServerOptions = {
  environment: AppEnvironment;
  /** What a delivery asks for; nothing for most of them. It is quick and does nothing itself: GitHub waits for the answer. */
  understand: (tools: WorkTools) => (delivery: Delivery) => readonly Task[];
  log?: Logger;
  /** Milliseconds between two looks at what GitHub could not deliver. */
  redeliverEvery?: number;
};

/** As many issues as one replica works on at once: the work is waiting for GitHub. */
const slots = 16;
const perRepository = 4;
/** As long as GitHub keeps the log of deliveries. */
const longestAbsence = 3 * 24 * 60 * 60 * 1000;

export async function createAppServer(options: AppServerOptions): Promise<AppServer> {
  const { environment } = options;
  const log = options.log ?? createLog(environment.logLevel);
  const metrics = createMetrics({ size: () => queue.size() });
  const queue = createFairQueue({
    slots,
    perOwner: perRepository,
    now: () => systemClock.now(),
    onStart: (waitedMs) => metrics.waited(waitedMs / 1000),
    onError: (error, { owner, subject }) => log.error({ err: error, repository: owner, subject }, 'Work failed'),
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
  const postponed = new Set<NodeJS.Timeout>();
  const add = (task: Task) => queue.add(timed(task, metrics));
  const later = (task: Task, at: number) => {
    const timer = setTimeout(
      () => {
        postponed.delete(timer);
        add(task);
      },
      Math.max(0, at - systemClock.now()),
    );
    postponed.add(timer.unref());
  };
  const loaded = Promise.withResolvers<Probot>();
  await server.load((probot, { addHandler }) => {
    const installations: Installations = { token: createInstallationTokens(probot, { clock: systemClock }) };
    const understand = options.understand({ environment, installations, metrics, log, later });
    probot.onAny(({ id, name, payload }) => {
      metrics.received(name);
      for (const task of understand({ id, event: name, payload })) add(task);
    });
    probot.onError((error) => log.error({ err: error }, 'A delivery could not be taken'));
    addHandler(createHealthHandler({ readiness: () => readiness, metrics }));
    loaded.resolve(probot);
  });
  const redelivery = createRedelivery(await loaded.promise, { log, every: options.redeliverEvery ?? 5 * 60 * 1000 });
  return {
    async start() {
      guardDoor(await server.start(), { isClosing: () => closing });
      readiness = { ready: true };
      redelivery.start();
      return { host: server.host, port: server.port };
    },
    async stop(limit = Number.POSITIVE_INFINITY) {
      closing = true;
      readiness = { ready: false, no: 'shutting down' };
      redelivery.stop();
      for (const timer of postponed) clearTimeout(timer);
      if (!(await within(limit, queue.drain()))) log.warn(queue.size(), 'Work was left undone');
      await server.stop();
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

/** Lines of JSON, for whatever collects logs. What carries a credential is left out wherever it stands. */
export function createLog(level: AppEnvironment['logLevel']): Logger {
  const secret = ['authorization', 'token', 'privateKey', 'secret', 'x-hub-signature-256', 'x-hub-signature'];
  const paths = secret.flatMap((name) => [`["${name}"]`, `*["${name}"]`, `*.*["${name}"]`, `*.*.*["${name}"]`]);
  return pino({
    name: 'courier',
    level,
    redact: { paths, censor: '[left out]' },
    // Errors of the SDKs carry the request and the event with them: what anybody wrote, and what we signed with.
    serializers: { err: toErrorLine, error: toErrorLine, req: toRequestLine },
  });
}

function toErrorLine(error: unknown): object {
  if (!(error instanceof Error)) return { message: messageOf(error) };
  return { type: error.name, message: error.message, stack: error.stack };
}

function toRequestLine({ id, method, url }: { id?: unknown; method?: unknown; url?: unknown }): object {
  return { id, method, url };
}

function timed(task: Task, metrics: Metrics): Task {
  return {
    ...task,
    async run() {
      const started = systemClock.now();
      let outcome: 'done' | 'failed' = 'failed';
      try {
        await task.run();
        outcome = 'done';
      } finally {
        metrics.handled(outcome, (systemClock.now() - started) / 1000);
      }
    },
  };
}

/** On start and every few minutes. What it cannot ask for now, it asks for next time. */
function createRedelivery(probot: Probot, { log, every }: { log: Logger; every: number }) {
  const deliveries = createDeliveryLog(probot);
  let since = systemClock.now() - longestAbsence;
  let timer: NodeJS.Timeout | undefined;
  async function look(): Promise<void> {
    const began = systemClock.now();
    try {
      const asked = await redeliverFailed(deliveries, new Date(since).toISOString());
      if (asked > 0) log.info({ deliveries: asked }, 'Asked GitHub to send again what did not arrive');
      // What is under way just now may fail after this look.
      since = Math.max(since, began - 2 * every - 60_000);
    } catch (error) {
      log.warn({ reason: messageOf(error) }, 'The log of deliveries cannot be read');
    }
  }
  return {
    start() {
      void look();
      timer = setInterval(() => void look(), every);
      timer.unref();
    },
    stop: () => clearInterval(timer),
  };
}
