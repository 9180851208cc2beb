import { z } from 'zod';

const Delivery = z.object({
  id: z.number().int(),
  guid: z.string(),
  delivered_at: z.string(),
  status_code: z.number().int(),
  event: z.string(),
});
type Delivery = z.infer<typeof Delivery>;

/** One page of the app's delivery log, newest first, and what the next one is asked for with. */
export type DeliveryLog = {
  page(cursor: string | undefined): Promise<{ deliveries: readonly unknown[]; next: string | undefined }>;
  redeliver(id: number): Promise<void>;
};

/** GitHub keeps the log for three days, on Enterprise Server for seven. */
const mostPages = 50;
const mostAttempts = 5;

/**
 * Asks GitHub to send again what did not get through: GitHub itself never does. What arrived in another attempt is left alone, as is what
 * failed five times. Several replicas may ask for the same one: it is handled once all the same.
 *
 * @param since ISO time; what is older is left alone
 * @returns how many were asked for
 */
export async function redeliverFailed(log: DeliveryLog, since: string): Promise<number> {
  const attempts = Map.groupBy(await readSince(log, since), ({ guid }) => guid);
  let asked = 0;
  // Oldest first, as they were meant to come.
  for (const tries of [...attempts.values()].reverse()) {
    const [latest] = tries;
    if (!latest || tries.some(arrived) || tries.length >= mostAttempts) continue;
    await log.redeliver(latest.id);
    asked += 1;
  }
  return asked;
}

async function readSince(log: DeliveryLog, since: string): Promise<Delivery[]> {
  const from = Date.parse(since);
  const found: Delivery[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < mostPages; page += 1) {
    const { deliveries, next } = await log.page(cursor);
    const read = deliveries.flatMap((delivery) => Delivery.safeParse(delivery).data ?? []);
    const recent = read.filter(({ delivered_at }) => Date.parse(delivered_at) >= from);
    found.push(...recent);
    if (next === undefined || recent.length < read.length) break;
    cursor = next;
  }
  return found;
}

// 2xx; 0 stands for no answer at all.
function arrived({ status_code }: Delivery): boolean {
  return status_code >= 200 && status_code < 300;
}
