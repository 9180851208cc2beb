import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** What an operator watches; names follow Prometheus' conventions, no label holds a name of a person or a text. */
export type Metrics = {
  /** A delivery came in, by its event. */
  received(event: string): void;
  /** Work ended. */
  handled(outcome: 'done' | 'failed' | 'postponed', seconds: number): void;
  waited(seconds: number): void;
  /** What GitHub last said is left of the hourly requests of an installation. */
  rateLimitLeft(installation: number, left: number): void;
  /** In the text format of Prometheus. */
  render(): Promise<{ contentType: string; text: string }>;
};

// GitHub's event names; anything else is one label, as a sender must not be able to grow what we keep.
const knownEvents = new Set([
  'check_run',
  'installation',
  'installation_repositories',
  'issue_comment',
  'issues',
  'ping',
  'pull_request',
  'pull_request_review',
  'pull_request_review_comment',
  'push',
  'workflow_run',
]);

export function createMetrics(queue: { size(): { waiting: number; running: number } }): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const deliveries = new Counter({
    name: 'courier_deliveries_total',
    help: 'Webhook deliveries taken in, by event.',
    labelNames: ['event'],
    registers,
  });
  const seconds = new Histogram({
    name: 'courier_work_seconds',
    help: 'Time that work on an issue took, by outcome.',
    labelNames: ['outcome'],
    buckets: [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60],
    registers,
  });
  const waiting = new Histogram({
    name: 'courier_queue_wait_seconds',
    help: 'Time that work waited for its turn.',
    buckets: [0.005, 0.025, 0.1, 0.5, 1, 5, 30],
    registers,
  });
  const left = new Gauge({
    name: 'courier_github_rate_limit_remaining',
    help: 'Requests of the hour that GitHub leaves to an installation, as of its last answer.',
    labelNames: ['installation'],
    registers,
  });
  new Gauge({
    name: 'courier_queue_size',
    help: 'Work in the queue, by state.',
    labelNames: ['state'],
    registers,
    collect() {
      const size = queue.size();
      this.set({ state: 'waiting' }, size.waiting);
      this.set({ state: 'running' }, size.running);
    },
  });
  return {
    received: (event) => deliveries.inc({ event: knownEvents.has(event) ? event : 'other' }),
    handled: (outcome, took) => seconds.observe({ outcome }, took),
    waited: (time) => waiting.observe(time),
    rateLimitLeft: (installation, requests) => left.set({ installation: String(installation) }, requests),
    render: async () => ({ contentType: registry.contentType, text: await registry.metrics() }),
  };
}
