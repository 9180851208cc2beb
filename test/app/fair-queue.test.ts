import { setTimeout as delay } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { createFairQueue, type Task } from '../../app/fair-queue.ts';

function aQueue(options: { slots?: number; perOwner?: number } = {}) {
  const errors: string[] = [];
  const queue = createFairQueue({
    slots: 1,
    perOwner: 1,
    ...options,
    now: () => 0,
    onError: (error) => errors.push(String(error)),
  });
  return { queue, errors };
}

/** A piece of work that ends when it is told to. */
function held(owner: string, subject: string, log: string[]): Task & { end: () => void } {
  const { promise, resolve } = Promise.withResolvers<void>();
  return {
    owner,
    subject,
    run: async () => {
      log.push(`${owner} ${subject}`);
      await promise;
    },
    end: resolve,
  };
}

it('lets owners take turns, however much one of them asks for', async () => {
  const { queue } = aQueue();
  const log: string[] = [];
  const first = held('noisy', '1', log);
  queue.add(first);
  for (const subject of ['2', '3', '4'])
    queue.add({ ...held('noisy', subject, log), run: async () => void log.push(`noisy ${subject}`) });
  queue.add({ owner: 'quiet', subject: '1', run: async () => void log.push('quiet 1') });
  first.end();
  await delay(5);
  expect(log).toEqual(['noisy 1', 'noisy 2', 'quiet 1', 'noisy 3', 'noisy 4']);
});

it('does work once that is asked for again while it waits, and once more when asked for while it runs', async () => {
  const { queue } = aQueue();
  const log: string[] = [];
  const first = held('shop', '7', log);
  queue.add(first);
  for (let asked = 0; asked < 5; asked += 1)
    queue.add({ owner: 'shop', subject: '7', run: async () => void log.push('again') });
  expect(queue.size()).toEqual({ waiting: 1, running: 1 });
  first.end();
  await delay(5);
  expect(log).toEqual(['shop 7', 'again']);
});

it('never runs work of one subject twice at once, also with free slots', async () => {
  const { queue } = aQueue({ slots: 4, perOwner: 4 });
  const log: string[] = [];
  const first = held('shop', '7', log);
  queue.add(first);
  queue.add(held('shop', '7', log));
  queue.add(held('shop', '8', log));
  expect(log).toEqual(['shop 7', 'shop 8']);
  first.end();
  await delay(5);
  expect(log).toEqual(['shop 7', 'shop 8', 'shop 7']);
});

it('leaves slots to others, however many subjects an owner has', () => {
  const { queue } = aQueue({ slots: 3, perOwner: 2 });
  const log: string[] = [];
  for (const subject of ['1', '2', '3']) queue.add(held('noisy', subject, log));
  queue.add(held('quiet', '1', log));
  expect(log).toEqual(['noisy 1', 'noisy 2', 'quiet 1']);
});

it('tells of work that failed and goes on', async () => {
  const { queue, errors } = aQueue();
  const log: string[] = [];
  queue.add({ owner: 'shop', subject: '1', run: () => Promise.reject(new Error('broke')) });
  queue.add({ owner: 'shop', subject: '2', run: async () => void log.push('done') });
  await delay(5);
  expect([errors, log]).toEqual([['Error: broke'], ['done']]);
});

it('ends with what runs, and begins nothing new', async () => {
  const { queue } = aQueue();
  const log: string[] = [];
  const first = held('shop', '1', log);
  queue.add(first);
  queue.add(held('shop', '2', log));
  let drained = false;
  const draining = queue.drain().then(() => {
    drained = true;
  });
  await delay(5);
  expect(drained).toBe(false);
  first.end();
  await draining;
  expect(log).toEqual(['shop 1']);
});
