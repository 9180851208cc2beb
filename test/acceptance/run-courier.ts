import { spawn } from 'node:child_process';
import path from 'node:path';
import { compileCache } from '../compile-cache.ts';
import { type CourierCall, isBusy, runCourierHere } from './run-here.ts';

const entry = path.resolve(import.meta.dirname, '../../src/cli/index.ts');
const started = new Set<string | undefined>();

type Call = { cwd: string; env?: Readonly<Record<string, string>>; onSpawn?: (pid: number) => void };

/**
 * Runs the command line from its sources with an environment that knows no key, in a folder: the first call of each command in a test file in
 * a child process, and so each that is killed, or runs beside another one. `COURIER_TEST_STEPS=bundle` gives all of them one (`npm run soak`).
 */
export async function runCourier(
  args: readonly string[],
  { cwd, env: given = {}, onSpawn }: Call,
): Promise<CourierCall> {
  const { PATH, HOME, TMPDIR } = process.env;
  const env = { PATH, HOME, ...compileCache, ...(TMPDIR === undefined ? {} : { TMPDIR }), ...given };
  const isFirst = !started.has(args[0]);
  started.add(args[0]);
  if (!isFirst && !onSpawn && !isBusy() && process.env.COURIER_TEST_STEPS !== 'bundle')
    return runCourierHere(args, { cwd, env });
  const child = spawn(process.execPath, [entry, ...args], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  if (child.pid !== undefined) onSpawn?.(child.pid);
  const text = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (text.stdout += chunk));
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (text.stderr += chunk));
  const code = await new Promise<number | null>((resolve, reject) => child.on('error', reject).on('close', resolve));
  return { code, ...text };
}
