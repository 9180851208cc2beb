import { pino } from 'pino';
import { expect, it } from 'vitest';
import type { AppEnvironment } from '../../app/environment.ts';
import type { Task } from '../../app/fair-queue.ts';
import { PostponedError } from '../../app/later.ts';
import { createMetrics } from '../../app/metrics.ts';
import { createWork } from '../../app/work.ts';
import { ConflictError, ExternalError } from '../../src/lib/errors.ts';

const environment: AppEnvironment = {
  ...{ appId: 12, privateKey: 'k', webhookSecret: 's', host: '127.0.0.1', port: 1 },
  ...{ apiUrl: 'http://127.0.0.1:1', graphqlUrl: 'http://127.0.0.1:1', serverUrl: 'http://127.0.0.1:1' },
  ...{ webhookProxyUrl: undefined, logLevel: 'silent', workflow: 'courier.yml' },
};

/** Work on one issue, which goes wrong before it began. */
function aPieceOfWork(error: Error) {
  const added: Task[] = [];
  const put: Task[] = [];
  const logged: { level: number; msg: string; reason?: string }[] = [];
  const { giveIn } = createWork({
    environment,
    installations: { token: () => Promise.reject(error) },
    metrics: createMetrics({ size: () => ({ waiting: 0, running: 0 }) }),
    log: pino({ level: 'trace' }, { write: (line: string) => void logged.push(JSON.parse(line)) }),
    add: (task) => void added.push(task),
    later: (task) => void put.push(task),
    isClosing: () => false,
  });
  giveIn(5, { id: 3, name: 'acme/shop' }, { kind: 'acts', issue: 7 });
  const [task = expect.fail('no task')] = added;
  return { task, put, logged };
}

it.each([new ConflictError('The branch courier-ledger has moved on.'), new ExternalError('GitHub gave no token.')])(
  'what may go well later is postponed, with a warning that says why: %s',
  async (error) => {
    const { task, put, logged } = aPieceOfWork(error);
    for (let attempt = 0; attempt < 4; attempt++) await expect(task.run()).rejects.toThrow(PostponedError);
    expect(put).toHaveLength(4);
    expect(logged).toMatchObject(Array.from({ length: 4 }, () => ({ level: 40, reason: error.message })));
    await expect(task.run()).rejects.toBe(error);
    expect(put).toHaveLength(4);
  },
);

it('a mistake of ours is not tried again', async () => {
  const error = new TypeError('x is not a function');
  const { task, put, logged } = aPieceOfWork(error);
  await expect(task.run()).rejects.toBe(error);
  expect([put, logged]).toEqual([[], []]);
});
