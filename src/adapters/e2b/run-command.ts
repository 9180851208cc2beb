import { randomBytes } from 'node:crypto';
import { defaultBytes } from '../../sandboxes/guest-limits.ts';
import type { ExecOptions } from '../../sandboxes/sandbox.ts';
import { followOutput } from './follow-output.ts';
import { type GuestOutput, understandOutput } from './guest-output.ts';
import { place, quoteLine, scripts } from './guest-scripts.ts';
import type { Inside } from './inside.ts';

export type Order = Required<Pick<ExecOptions, 'cwd' | 'env' | 'timeoutMs' | 'maxOutputBytes'>> & {
  command: readonly string[];
  stdin: string | Uint8Array;
  signal: AbortSignal | undefined;
  onOutput: ExecOptions['onOutput'];
  maxStreamedBytes?: number;
};

// One argument holds the whole line; a little data may travel in it.
const longestLine = 100_000;
const longestInput = 32_768;
/** For the way there and back, and the killing at the time-out. */
const graceMs = 30_000;

/** Runs one command by the script inside, which bounds its time and its output; an abort kills it from here. */
export async function runCommand(order: Order, inside: Inside): Promise<GuestOutput> {
  const id = randomBytes(8).toString('hex');
  const stop = () => {
    const stopping = inside.run(`/bin/bash -p ${scripts.stop} ${id}`, { timeoutMs: graceMs });
    // Where that fails, it ends at its time-out.
    stopping.catch(() => undefined);
  };
  const line = await lineFor(order, { id, inside });
  const following = order.onOutput && followOutput(id, order.onOutput, { inside, most: mostStreamed(order) });
  order.signal?.addEventListener('abort', stop, { once: true });
  if (order.signal?.aborted) stop();
  try {
    const output = understandOutput(await inside.run(line, { timeoutMs: order.timeoutMs + graceMs }), id);
    await following?.complete();
    return output;
  } finally {
    following?.end();
    order.signal?.removeEventListener('abort', stop);
  }
}

function mostStreamed({ maxStreamedBytes = defaultBytes.streamed }: Order): number {
  return 1024 * Math.ceil(maxStreamedBytes / 1024);
}

async function lineFor(order: Order, { id, inside }: { id: string; inside: Inside }): Promise<string> {
  const { command, cwd, env, timeoutMs, maxOutputBytes, onOutput } = order;
  const variables = Object.entries(env)
    .filter(([name]) => /^[A-Za-z_]\w*$/.test(name))
    .map(([name, value]) => `${name}=${value.replaceAll('\0', '')}`);
  const first = Math.ceil(maxOutputBytes / 2);
  const input = await placeInput(order.stdin, { id, inside });
  const words = [
    ...[scripts.run, id, String(timeoutMs / 1000), String(first), String(maxOutputBytes - first)],
    ...[String(onOutput ? mostStreamed(order) / 1024 : 0), cwd, input],
    ...[String(variables.length), ...variables, ...command],
  ];
  const line = `exec /bin/bash -p ${quoteLine(words)}`;
  if (Buffer.byteLength(line) <= longestLine) return line;
  await inside.send(`${place}/line-${id}`, line);
  return `exec /bin/bash -p ${place}/line-${id}`;
}

async function placeInput(stdin: string | Uint8Array, { id, inside }: { id: string; inside: Inside }): Promise<string> {
  if (stdin.length === 0) return '/dev/null';
  const bytes = Buffer.from(stdin);
  if (bytes.length <= longestInput) return `=${bytes.toString('base64')}`;
  await inside.send(`${place}/in-${id}`, bytes);
  return `${place}/in-${id}`;
}
