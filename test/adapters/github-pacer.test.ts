import { describe, expect, it } from 'vitest';
import { createPacer } from '../../src/adapters/github/pacer.ts';
import { OutOfTimeError } from '../../src/lib/errors.ts';
import { silentLog } from '../../src/lib/log.ts';

/** A pacer in a time that passes only when it waits; each creation takes `each` milliseconds. */
function aPacer({ each = 0, longestWait = Number.POSITIVE_INFINITY } = {}) {
  let time = 1_000_000_000;
  const waits: number[] = [];
  const pacer = createPacer({
    now: () => time,
    sleep: async (milliseconds) => {
      waits.push(milliseconds);
      time += milliseconds;
    },
    log: silentLog,
    longestWait,
  });
  async function create(times: number, deadline?: number): Promise<number[]> {
    const made: number[] = [];
    for (let count = 0; count < times; count++) {
      await pacer.turn(deadline);
      made.push(time);
      time += each;
    }
    return made;
  }
  return { pacer, waits, create, now: () => time };
}

const minute = 60_000;
const hour = 60 * minute;

/** The most that fall into any stretch of time of this length. */
function mostWithin(times: readonly number[], length: number): number {
  return Math.max(...times.map((from) => times.filter((time) => time >= from && time < from + length).length));
}

describe("GitHub's limits on new content", () => {
  it.each([10, 80])('do not slow down %i at once', async (times) => {
    const { create, waits } = aPacer();
    await create(times);
    expect(waits).toEqual([]);
  });

  it.each([0, 700, 5000])(
    'are kept by 600 in a row that take %i ms each, without waiting longer than needed',
    async (each) => {
      const { create } = aPacer({ each });
      const made = await create(600);
      expect(mostWithin(made, minute)).toBeLessThanOrEqual(80);
      expect(mostWithin(made, hour)).toBeLessThanOrEqual(500);
      expect((made.at(-1) ?? 0) - (made[0] ?? 0)).toBeLessThan(hour + 5 * minute + 100 * each);
    },
  );

  it('are not waited for longer than whoever asks has patience, and take the same again later', async () => {
    const { create, waits } = aPacer({ longestWait: 20_000 });
    await create(80);
    await expect(create(1)).rejects.toThrow(OutOfTimeError);
    expect(waits).toEqual([]);
    const patient = aPacer({ longestWait: 2 * minute });
    await patient.create(81);
    expect(patient.waits).toHaveLength(1);
  });

  it('are not waited for beyond the deadline: what has no time is told before it is begun', async () => {
    const { create, now, waits } = aPacer();
    await create(80, now() + 30_000);
    await expect(create(1, now() + 30_000)).rejects.toThrow(OutOfTimeError);
    expect(waits).toEqual([]);
    await create(1, now() + 2 * minute);
    expect(waits).toHaveLength(1);
  });

  it('count what other sessions created within the hour', async () => {
    const { pacer, create, now, waits } = aPacer();
    pacer.remember(Array.from({ length: 495 }, (_, at) => now() - hour / 2 + at));
    await create(5);
    expect(waits).toEqual([]);
    await create(1);
    expect(waits[0]).toBeGreaterThan(hour / 2 - minute);
  });

  it('are kept by several that create at the same time', async () => {
    const { pacer, waits } = aPacer();
    await Promise.all(Array.from({ length: 81 }, () => pacer.turn()));
    expect(waits).toHaveLength(1);
  });
});
