import { setTimeout as sleep } from 'node:timers/promises';
import type { ExecOptions } from '../../sandboxes/sandbox.ts';
import { createOutputTeller } from '../../sandboxes/tell-output.ts';
import { place, scripts } from './guest-scripts.ts';
import type { Inside } from './inside.ts';

/** How long the last of an output may take to come once the result is there. */
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
  const line = () => {
    number += 1;
    return `exec /bin/bash -p ${scripts.follow} ${id} ${teller.heard('stdout')} ${teller.heard('stderr')} ${number}`;
  };
  const onLine = (text: string) => {
    const [name, base64 = ''] = text.split(' ');
    teller.add(name === 'out' ? 'stdout' : 'stderr', Buffer.from(base64, 'base64'));
  };
  // The result is complete without it: where it cannot be had, telling ends and nothing else.
  const following = inside.follow(line, { onLine, signal: ending.signal }).catch(() => undefined);
  return {
    async complete() {
      await Promise.race([following, sleep(lastMs, undefined, { ref: false })]);
      // Where this fails, it lies there until the sandbox ends.
      inside.run(`rm -f ${place}/run/${id}/*.live`, { timeoutMs: lastMs }).catch(() => undefined);
    },
    end() {
      teller.end();
      ending.abort();
    },
  };
}
