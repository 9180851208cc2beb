import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import type { AnthropicDouble } from '../fakes/anthropic/start-anthropic.ts';
import type { Step } from './run-step.ts';

/** Kills the step when the model was asked so often, and a moment later. */
export function killWhen(
  model: AnthropicDouble,
  requests: number,
  signal: NodeJS.Signals,
  delay = 300,
): NonNullable<Step['onSpawn']> {
  return (child) => {
    const watch = setInterval(() => {
      if (model.requests.length < requests) return;
      clearInterval(watch);
      setTimeout(() => child.kill(signal), delay);
    }, 20);
    child.on('exit', () => clearInterval(watch));
  };
}

/**
 * Cancels the step as GitHub does, when the model was asked so often: SIGINT, SIGTERM 7.5 s later, SIGKILL 2.5 s after that.
 * @param machine `hangs`: the process gets to nothing any more, as on a machine without memory.
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
      const signals = [
        ...(machine === 'hangs' ? [['SIGSTOP', delay] as const] : []),
        ...([
          ['SIGINT', delay],
          ['SIGTERM', delay + 7500],
          ['SIGKILL', delay + 10_000],
        ] as const),
      ];
      for (const [signal, after] of signals) timers.push(setTimeout(() => child.kill(signal), after));
    }, 20);
    child.on('exit', () => {
      clearInterval(watch);
      for (const timer of timers) clearTimeout(timer);
    });
  };
}

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
  for (let tries = 0; tries < 50 && processesWith(word).length > 0; tries++) await sleep(50);
  expect(processesWith(word)).toEqual([]);
  const sandboxes = path.join(runnerTemp, 'courier', 'sandboxes');
  expect(spawnSync('ls', [sandboxes], { encoding: 'utf8' }).stdout).toBe('');
}
