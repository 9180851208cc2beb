import { spawn } from 'node:child_process';
import path from 'node:path';
import { compileCache } from '../compile-cache.ts';

const entry = path.resolve(import.meta.dirname, '../../src/cli/index.ts');

export type CourierCall = { code: number | null; stdout: string; stderr: string };

/** Runs the command line from its sources in a child process that knows no key, in a folder. */
export async function runCourier(
  args: readonly string[],
  { cwd, env = {}, onSpawn }: { cwd: string; env?: Readonly<Record<string, string>>; onSpawn?: (pid: number) => void },
): Promise<CourierCall> {
  const { PATH, HOME, TMPDIR } = process.env;
  const child = spawn(process.execPath, [entry, ...args], {
    cwd,
    env: { PATH, HOME, ...compileCache, ...(TMPDIR === undefined ? {} : { TMPDIR }), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  if (child.pid !== undefined) onSpawn?.(child.pid);
  const text = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (text.stdout += chunk));
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (text.stderr += chunk));
  const code = await new Promise<number | null>((resolve, reject) => child.on('error', reject).on('close', resolve));
  return { code, ...text };
}
