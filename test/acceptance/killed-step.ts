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

/** Command lines of processes that mention the word, this one aside. */
function processesWith(word: string): string[] {
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
