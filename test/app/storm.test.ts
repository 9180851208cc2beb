import { it } from 'vitest';
import { weather } from './storm.ts';

// `npm run soak` does the same with a thousand deliveries.
it.each(['log', 'next comment'] as const)(
  'executes each command once, in its order, over three replicas and whatever becomes of deliveries (found by the %s)',
  async (finds) => {
    await weather({ seed: 7, deliveries: 60, repositories: 2, replicas: 3, finds, patience: 550_000 });
  },
  600_000,
);

it('executes each command once, in its order, where replicas are killed in the middle of their work', async () => {
  await weather({
    ...{ seed: 3, deliveries: 60, repositories: 2, replicas: 2, kills: 2, finds: 'start', patience: 550_000 },
  });
}, 600_000);
