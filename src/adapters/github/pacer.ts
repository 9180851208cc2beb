import { OutOfTimeError } from '../../lib/errors.ts';
import type { Log } from '../../lib/log.ts';
import { count } from '../../lib/text.ts';

/** `within` in milliseconds. */
type Limit = { most: number; within: number };

/**
 * GitHub's limits on content that is created (issues, comments): 80 requests a minute and 500 an hour
 * (docs.github.com, "Rate limits for the REST API"). The windows are a little longer, as requests do not all take the same time to arrive.
 */
const contentLimits: readonly Limit[] = [
  { most: 80, within: 61_000 },
  { most: 500, within: 3_605_000 },
];

export type Pacer = {
  /**
   * Resolves when one more may be created, at once while the limits are not reached.
   * @throws OutOfTimeError when that would be after `deadline`, or too long from now.
   */
  turn(deadline?: number): Promise<void>;
  /** What was created already, by others too: times in milliseconds. */
  remember(times: readonly number[]): void;
};

export function createPacer({
  now,
  sleep,
  log,
  longestWait = Number.POSITIVE_INFINITY,
}: {
  now: () => number;
  sleep: (milliseconds: number) => Promise<void>;
  log: Log;
  /** Milliseconds after which a turn is given up rather than waited for, whatever its deadline. */
  longestWait?: number;
}): Pacer {
  let made: number[] = [];
  let queue = Promise.resolve();

  /** The earliest time at which another one keeps all limits. */
  const earliest = () =>
    contentLimits.reduce((time, { most, within }) => {
      const first = made.at(-most);
      return first === undefined ? time : Math.max(time, first + within);
    }, 0);

  async function turn(deadline: number): Promise<void> {
    const longest = Math.max(...contentLimits.map(({ within }) => within));
    made = made.filter((time) => time > now() - longest);
    const at = earliest();
    if (at > Math.min(deadline, now() + longestWait))
      throw new OutOfTimeError("GitHub's limits on new issues and comments leave no time for more in this session.");
    const wait = at - now();
    if (wait > 0) {
      log.info(
        `GitHub takes no more new issues and comments for now: going on in ${count(Math.ceil(wait / 1000), 'second')}`,
      );
      await sleep(wait);
    }
    made.push(now());
  }

  return {
    turn(deadline = Number.POSITIVE_INFINITY) {
      const mine = queue.then(() => turn(deadline));
      queue = mine.catch(() => undefined);
      return mine;
    },
    remember(times) {
      made = [...made, ...times].sort((a, b) => a - b);
    },
  };
}
