type Fetch = typeof globalThis.fetch;

/** Ends a request when nothing has come for a while. A ping counts as life: a model may think long before it says something. */
export type Watchdog = { fetch: Fetch; signal: AbortSignal; stop: () => void };

/**
 * A `fetch` that is watched: each chunk of the answer winds the clock up again.
 *
 * @param idleMs milliseconds without a byte after which `signal` aborts; three times as many until the answer begins, since a long
 * prompt is read first
 */
export function watchStream(idleMs: number): Watchdog {
  const controller = new AbortController();
  const bark = () => controller.abort();
  let timer = setTimeout(bark, 3 * idleMs);
  const wind = () => {
    clearTimeout(timer);
    timer = setTimeout(bark, idleMs);
  };
  return {
    signal: controller.signal,
    stop: () => clearTimeout(timer),
    async fetch(input, init) {
      const response = await globalThis.fetch(input, init);
      wind();
      if (!response.body) return response;
      const watched = response.body.pipeThrough(
        new TransformStream({
          transform(chunk, out) {
            wind();
            out.enqueue(chunk);
          },
        }),
      );
      const { status, statusText, headers } = response;
      return new Response(watched, { status, statusText, headers });
    },
  };
}
