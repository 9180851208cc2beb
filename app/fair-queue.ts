/**
 * Work to do, in turns.
 *
 * Contract: work of one subject (an issue) never runs twice at once; asked for again while it waits it is done once, asked for while it
 * runs it is done once more after it. Owners (repositories) take turns, so that a noisy one delays the others by one piece of work at most
 * per slot, and none has more than `perOwner` running.
 */
export type FairQueue = {
  add(task: Task): void;
  /** What waits and what runs, now. */
  size(): { waiting: number; running: number };
  /** Takes nothing new and resolves when what runs has ended. What still waits is dropped: the ledger knows what was not handled. */
  drain(): Promise<void>;
};

export type Task = {
  owner: string;
  subject: string;
  /** Milliseconds that it waited are told to `onStart`. Never throws past `onError`. */
  run: () => Promise<void>;
};

type Waiting = Task & { since: number };

export function createFairQueue(options: {
  slots: number;
  perOwner: number;
  now: () => number;
  onStart?: (waitedMs: number) => void;
  onError: (error: unknown, task: Task) => void;
}): FairQueue {
  // Maps keep the order of insertion: the first owner is the one whose turn it is.
  const waiting = new Map<string, Map<string, Waiting>>();
  const running = new Map<string, Set<string>>();
  let busy = 0;
  let draining: { resolve: () => void } | undefined;

  /** The first piece of work of an owner that may run now. */
  function mayRun(owner: string, subjects: ReadonlyMap<string, Waiting>): Waiting | undefined {
    const active = running.get(owner) ?? new Set();
    if (active.size >= options.perOwner) return undefined;
    return [...subjects.values()].find(({ subject }) => !active.has(subject));
  }

  function next(): Waiting | undefined {
    for (const [owner, subjects] of waiting) {
      const task = mayRun(owner, subjects);
      if (!task) continue;
      subjects.delete(task.subject);
      // To the end of the line, with what it still has.
      waiting.delete(owner);
      if (subjects.size > 0) waiting.set(owner, subjects);
      return task;
    }
    return undefined;
  }

  function start(): void {
    while (!draining && busy < options.slots) {
      const task = next();
      if (!task) return;
      void work(task);
    }
  }

  async function work(task: Waiting): Promise<void> {
    const active = running.get(task.owner) ?? new Set();
    running.set(task.owner, active.add(task.subject));
    busy += 1;
    options.onStart?.(options.now() - task.since);
    try {
      await task.run();
    } catch (error) {
      options.onError(error, task);
    }
    busy -= 1;
    active.delete(task.subject);
    if (active.size === 0) running.delete(task.owner);
    if (draining && busy === 0) draining.resolve();
    start();
  }

  return {
    add(task) {
      const subjects = waiting.get(task.owner) ?? new Map<string, Waiting>();
      const since = subjects.get(task.subject)?.since ?? options.now();
      waiting.set(task.owner, subjects.set(task.subject, { ...task, since }));
      start();
    },
    size: () => ({
      waiting: [...waiting.values()].reduce((sum, subjects) => sum + subjects.size, 0),
      running: busy,
    }),
    drain: () =>
      new Promise((resolve) => {
        draining = { resolve };
        if (busy === 0) resolve();
      }),
  };
}
