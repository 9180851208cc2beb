import type { AgentEvent } from './agent.ts';

/** Tells a session that works from one in which nothing happens any more. */
export type StallWatch = {
  /** Aborts when nothing was heard for too long. */
  signal: AbortSignal;
  hear: (event: AgentEvent) => void;
  /** Something moved that is no event. */
  wind: () => void;
  stop: () => void;
};

/**
 * While tools run the watch stands still: a command may be silent for as long as it may run, and has a time limit of its own.
 *
 * @param stallMs milliseconds; `undefined`: it never aborts
 */
export function watchForStall(stallMs: number | undefined): StallWatch {
  const controller = new AbortController();
  const running = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  const wind = () => {
    clearTimeout(timer);
    if (stallMs === undefined || running.size > 0) return;
    timer = setTimeout(() => controller.abort(), Math.min(stallMs, 2 ** 31 - 1));
  };
  wind();
  return {
    signal: controller.signal,
    hear(event) {
      if (event.type === 'tool-use') running.add(event.id);
      if (event.type === 'tool-result') running.delete(event.id);
      wind();
    },
    wind,
    stop: () => clearTimeout(timer),
  };
}
