import { Readable } from 'node:stream';
import * as core from '@actions/core';

/** How a step ended, and what it printed. `code` is `null` where it was killed. */
export type Ended = { code: number | null; log: string };
/** The same of a call of the command line. */
export type CourierCall = { code: number | null; stdout: string; stderr: string };

/** Two at once would share one environment. */
export const isBusy = (): boolean => busy;
let busy = false;

/**
 * What a process of its own would run, from the sources in this one: most of the time that a child process takes is its start, and here only the
 * first one loads and compiles anything. The process has no environment but `env` until `work` has ended.
 */
async function within<Result>(env: NodeJS.ProcessEnv, work: () => Promise<Result>): Promise<Result> {
  const own = process.env;
  busy = true;
  process.env = { ...env };
  try {
    return await work();
  } finally {
    process.env = own;
    busy = false;
  }
}

/** A step of a workflow. `dist`: what lies beside the bundle. */
export async function runStepHere(env: NodeJS.ProcessEnv, { dist }: { dist: string }): Promise<Ended> {
  const heard = listen();
  // It keeps the file of the first step.
  Reflect.set(core.summary, '_filePath', undefined);
  return within(env, async () => {
    try {
      if (env.STATE_courierStarted === 'true') await (await import('../../action/post.ts')).post(env, { dist });
      else await (await import('../../action/main.ts')).main(env, { dist, stop: new AbortController().signal });
      return { code: Number(process.exitCode ?? 0), log: heard.text() };
    } finally {
      heard.end();
      process.exitCode = undefined;
    }
  });
}

/** A call of the command line. */
export async function runCourierHere(
  args: readonly string[],
  { cwd, env }: { cwd: string; env: NodeJS.ProcessEnv },
): Promise<CourierCall> {
  const said = { stdout: '', stderr: '' };
  const into = (name: keyof typeof said) => ({
    write(text: string): void {
      said[name] += text;
    },
  });
  return within(env, async () => {
    const { runCli } = await import('../../src/cli/run-cli.ts');
    const code = await runCli({
      terminal: {
        ...{ args, env, cwd, stdin: Readable.from([]), signal: new AbortController().signal },
        ...{ stdout: into('stdout'), stderr: into('stderr') },
      },
      loadCore: async () => (await import('../../src/cli/local-core.ts')).createLocalCore(env),
    });
    return { code, ...said };
  });
}

/** What this process prints from now on. */
function listen(): { text: () => string; end: () => void } {
  let text = '';
  const streams = [process.stdout, process.stderr] as const;
  const writes = streams.map((stream) => stream.write);
  for (const stream of streams)
    stream.write = (chunk: string | Uint8Array) => {
      text += Buffer.from(chunk).toString();
      return true;
    };
  return {
    text: () => text,
    end: () => {
      for (const [at, stream] of streams.entries()) Object.assign(stream, { write: writes[at] });
    },
  };
}
