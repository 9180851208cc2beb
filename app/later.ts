import { systemClock } from '../src/lib/clock.ts';
import type { Task } from './fair-queue.ts';

/** Work that did not succeed and comes back at a later time; told when it was put there. */
export class PostponedError extends Error {
  override name = 'PostponedError';
}

/** Work for a time to come. It holds no process up, and what is forgotten by a process is found again by the next one. */
export function createLater(add: (task: Task) => void) {
  const waiting = new Set<NodeJS.Timeout>();
  return {
    /** @param at milliseconds since the epoch */
    put(task: Task, at: number): void {
      const due = () => {
        waiting.delete(timer);
        add(task);
      };
      const timer = setTimeout(due, Math.max(0, at - systemClock.now()));
      waiting.add(timer.unref());
    },
    clear(): void {
      for (const timer of waiting) clearTimeout(timer);
    },
  };
}
