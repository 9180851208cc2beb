import { afterAll, describe, it } from 'vitest';
import { rehearse, troubles } from '../flows/publish-faults.ts';

const { writes, expectRecovery, close } = await rehearse();
afterAll(close);

describe('a publication in which any write goes wrong in any way', () => {
  it.each(
    writes.flatMap((write) =>
      troubles.map((trouble) => [`${write.operation} (${write.nth + 1}): ${trouble.name}`, write, trouble] as const),
    ),
  )('ends as if nothing had been when it is run again: %s', async (_name, write, trouble) => {
    await expectRecovery(write, trouble);
  });
});
