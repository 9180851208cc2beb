import { expect, it } from 'vitest';
import { type DeliveryLog, redeliverFailed } from '../../app/redeliver.ts';

const since = '2026-11-20T00:00:00Z';

function aDelivery(id: number, guid: string, status: number, at = '2026-11-20T12:00:00Z') {
  return { id, guid, status_code: status, delivered_at: at, event: 'issue_comment', status: 'whatever' };
}

function aLog(...pages: object[][]) {
  const asked: number[] = [];
  const read: (string | undefined)[] = [];
  const log: DeliveryLog = {
    page: async (cursor) => {
      read.push(cursor);
      const index = Number(cursor ?? 0);
      return { deliveries: pages[index] ?? [], next: index + 1 < pages.length ? String(index + 1) : undefined };
    },
    redeliver: async (id) => void asked.push(id),
  };
  return { log, asked, read };
}

it('asks for what failed or was never answered, oldest first, once per delivery', async () => {
  const { log, asked } = aLog(
    [aDelivery(5, 'e', 0), aDelivery(4, 'd', 200)],
    [aDelivery(3, 'c', 503), aDelivery(2, 'c', 502)],
  );
  expect(await redeliverFailed(log, since)).toBe(2);
  expect(asked).toEqual([3, 5]);
});

it('leaves alone what another attempt brought, and what failed five times', async () => {
  const hopeless = [15, 14, 13, 12, 11].map((id) => aDelivery(id, 'never', 500));
  const { log, asked } = aLog([aDelivery(22, 'later', 202), aDelivery(21, 'later', 500), ...hopeless]);
  expect(await redeliverFailed(log, since)).toBe(0);
  expect(asked).toEqual([]);
});

it('reads no further than it has to', async () => {
  const old = aDelivery(1, 'old', 500, '2026-11-19T23:59:59Z');
  const { log, asked, read } = aLog([aDelivery(9, 'new', 500), old], [aDelivery(0, 'older', 500)]);
  await redeliverFailed(log, since);
  expect(asked).toEqual([9]);
  expect(read).toEqual([undefined]);
});

it('overlooks entries that it does not understand', async () => {
  const { log, asked } = aLog([{ id: 'x' }, aDelivery(3, 'c', 500)]);
  await redeliverFailed(log, since);
  expect(asked).toEqual([3]);
});
