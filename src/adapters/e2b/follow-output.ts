import type { ExecOptions } from '../../sandboxes/sandbox.ts';
import { createOutputTeller } from '../../sandboxes/tell-output.ts';
import { place, scripts } from './guest-scripts.ts';
import type { Inside } from './inside.ts';

/** How long an output may be silent that has not come whole once the result is there. */
const lastMs = 10_000;

/**
 * Tells a listener what a command writes, while it runs. The script inside lays it down in files; another says what is there from an offset
 * on, and is asked again from the first byte that did not arrive whenever its connection is cut.
 */
export function followOutput(
  id: string,
  onOutput: NonNullable<ExecOptions['onOutput']>,
  { inside, most }: { inside: Pick<Inside, 'run' | 'follow'>; most: number },
): { complete(): Promise<void>; end(): void } {
  const teller = createOutputTeller(onOutput, most);
  const ending = new AbortController();
  let number = 0;
  let silence: NodeJS.Timeout | undefined;
  const line = () => {
    number += 1;
    return `exec /bin/bash -p ${scripts.follow} ${id} ${teller.heard('stdout')} ${teller.heard('stderr')} ${number}`;
  };
  const onLine = (text: string) => {
    silence?.refresh();
    const [name, base64 = ''] = text.split(' ');
    teller.add(name === 'out' ? 'stdout' : 'stderr', Buffer.from(base64, 'base64'));
  };
  // The result is complete without it: where it cannot be had, telling ends and nothing else.
  const following = inside.follow(line, { onLine, signal: ending.signal }).catch(() => undefined);
  return {
    async complete() {
      const { promise: silent, resolve } = Promise.withResolvers<void>();
      silence = setTimeout(resolve, lastMs);
      silence.unref();
      await Promise.race([following, silent]);
      clearTimeout(silence);
      // Where this fails, it lies there until the sandbox ends.
      inside.run(`rm -f ${place}/run/${id}/*.live`, { timeoutMs: lastMs }).catch(() => undefined);
    },
    end() {
      teller.end();
      ending.abort();
    },
  };
}
