import { spawnSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'vitest';
import type { AnthropicDouble } from '../fakes/anthropic/start-anthropic.ts';
import type { Step } from './run-step.ts';

/**
 * Kills the step when the model was asked so often, and a moment later.
 * @param more.and what has to be so by then besides: not all that the step writes holds up its turns.
 */
export function killWhen(
  model: AnthropicDouble,
  requests: number,
  signal: NodeJS.Signals,
  { delay = 300, and = () => true }: { delay?: number; and?: () => boolean } = {},
): NonNullable<Step['onSpawn']> {
  return (child) => {
    const watch = setInterval(() => {
      if (model.requests.length < requests || !and()) return;
      clearInterval(watch);
      setTimeout(() => child.kill(signal), delay);
    }, 20);
    child.on('exit', () => clearInterval(watch));
  };
}

/**
 * Cancels the step as GitHub does, when the model was asked so often: SIGINT, SIGTERM 7.5 s later, SIGKILL 2.5 s after that.
 * @param machine `hangs`: the process gets to nothing any more, as on a machine without memory, and need not be waited for. One that `works` is
 * given a minute until SIGKILL: the machine of a test may be slower than a runner.
 */
export function cancelWhen(
  model: AnthropicDouble,
  requests: number,
  { machine, delay = 500 }: { machine: 'works' | 'hangs'; delay?: number },
): NonNullable<Step['onSpawn']> {
  return (child) => {
    const timers: NodeJS.Timeout[] = [];
    const watch = setInterval(() => {
      if (model.requests.length < requests) return;
      clearInterval(watch);
      const stops = [
        ['SIGSTOP', 0],
        ['SIGINT', 100],
        ['SIGTERM', 200],
        ['SIGKILL', 300],
      ] as const;
      const works = [
        ['SIGINT', 0],
        ['SIGTERM', 7500],
        ['SIGKILL', 60_000],
      ] as const;
      const signals = machine === 'hangs' ? stops : works;
      for (const [signal, after] of signals) timers.push(setTimeout(() => child.kill(signal), delay + after));
    }, 20);
    child.on('exit', () => {
      clearInterval(watch);
      for (const timer of timers) clearTimeout(timer);
    });
  };
}

/** A number of seconds that no other process on this machine sleeps, and no other command line holds. */
export const aLongTime = (): string => String(randomInt(10 ** 11, 10 ** 12));

/** Command lines of processes that mention the word, this one aside. */
export function processesWith(word: string): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .flatMap((pid) => {
      try {
        const line = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
        return line.includes(word) ? [line] : [];
      } catch {
        return [];
      }
    });
}

/** No process and no sandbox of the step is there any more. */
export async function expectNothingLeft(word: string, runnerTemp: string): Promise<void> {
  await expect.poll(() => processesWith(word)).toEqual([]);
  const sandboxes = path.join(runnerTemp, 'courier', 'sandboxes');
  expect(spawnSync('ls', [sandboxes], { encoding: 'utf8' }).stdout).toBe('');
}
