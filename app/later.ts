import { systemClock } from '../src/lib/clock.ts';
import type { Task } from './fair-queue.ts';

/** Work that did not succeed and comes back at a later time; told when it was put there. */
export class PostponedError extends Error {
  override name = 'PostponedError';
}

/** Work for a time to come. It holds no process up, and what is forgotten by a process is found again by the next one. */
export function createLater(add: (task: Task) => void) {
  /** What each waits for, in milliseconds since the epoch. */
  const waiting = new Map<NodeJS.Timeout, number>();
  return {
    /** @param at milliseconds since the epoch */
    put(task: Task, at: number): void {
      const due = () => {
        waiting.delete(timer);
        add(task);
      };
      const timer = setTimeout(due, Math.max(0, at - systemClock.now()));
      waiting.set(timer.unref(), at);
    },
    clear(): void {
      for (const timer of waiting.keys()) clearTimeout(timer);
      waiting.clear();
    },
    /** How much of it is due by a time. */
    dueBy: (time: number): number => [...waiting.values()].filter((at) => at <= time).length,
  };
}
