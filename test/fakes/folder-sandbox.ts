import { spawn } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createBoundedOutput } from '../../src/adapters/local/bounded-output.ts';
import { ExternalError } from '../../src/lib/errors.ts';
import { checkPath, defaultBytes, refuseArguments } from '../../src/sandboxes/guest-limits.ts';
import { runSetup } from '../../src/sandboxes/run-setup.ts';
import type { ExecOptions, ExecResult, Sandbox, SandboxProvider, SandboxSpec } from '../../src/sandboxes/sandbox.ts';
import { createOutputTeller } from '../../src/sandboxes/tell-output.ts';

/**
 * Sandboxes that are folders of this machine: their commands really run, and nothing keeps them inside. For scenarios whose commands are our
 * own and which ask what comes of them: each command costs one process, and a file none. What isolates is tested where it is.
 */
export function createFolderProvider(): SandboxProvider {
  return {
    kind: 'local',
    async create(spec) {
      if (spec.gateway ?? spec.program) throw new Error('A folder offers no gateway and no program.');
      const sandbox = await createFolderSandbox(spec);
      const setupProblem = spec.setup && (await runSetup(sandbox, spec.setup));
      return setupProblem === undefined ? sandbox : { ...sandbox, setupProblem };
    },
  };
}

export async function createFolderSandbox({ files, env = {} }: Pick<SandboxSpec, 'files' | 'env'>): Promise<Sandbox> {
  const root = realpathSync(mkdtempSync(path.join(tmpdir(), 'courier-folder-')));
  const [home, temporary] = [path.join(root, 'home'), path.join(root, 'tmp')];
  const workspace = path.join(home, 'repo');
  for (const folder of [workspace, temporary]) mkdirSync(folder, { recursive: true });
  for await (const file of files()) {
    const place = path.join(workspace, file.path);
    mkdirSync(path.dirname(place), { recursive: true });
    if (file.mode === 'link') symlinkSync(file.target, place);
    else writeFileSync(place, file.data, { mode: file.mode === 'executable' ? 0o755 : 0o644 });
  }
  const environment = {
    ...{ PATH: process.env.PATH ?? '', HOME: home, COURIER_OUT: home, TMPDIR: temporary, LANG: 'C.UTF-8', CI: 'true' },
    ...env,
  };
  const ended = new AbortController();
  const running = new Set<Promise<unknown>>();
  const alive = () => {
    if (ended.signal.aborted) throw new ExternalError('The sandbox has ended.');
  };
  const write = async (place: string, data: string | Uint8Array, flag: 'w' | 'a') => {
    alive();
    checkPath(place);
    mkdirSync(path.dirname(place), { recursive: true });
    writeFileSync(place, data, { flag });
  };
  return {
    ref: { kind: 'local', id: path.basename(root) },
    workspace,
    out: home,
    async exec(command, options) {
      alive();
      const refused = refuseArguments(command);
      if (refused) return refused;
      const signal = options.signal ? AbortSignal.any([options.signal, ended.signal]) : ended.signal;
      const work = run(command, {
        ...{ cwd: workspace, ...options, signal },
        env: { ...environment, ...options.env },
      });
      running.add(work);
      return work.finally(() => running.delete(work));
    },
    writeFile: (place, data) => write(place, data, 'w'),
    appendFile: (place, data) => write(place, data, 'a'),
    async readFile(place, { maxBytes = defaultBytes.file } = {}) {
      alive();
      checkPath(place);
      const found = statSync(place, { throwIfNoEntry: false });
      if (!found?.isFile() || !realpathSync(place).startsWith(`${root}/`)) return undefined;
      if (found.size > maxBytes) throw new ExternalError(`${JSON.stringify(place)} is larger than ${maxBytes} bytes.`);
      return readFileSync(place);
    },
    async kill() {
      ended.abort();
      await Promise.allSettled(running);
      rmSync(root, { recursive: true, force: true });
    },
  };
}

type Run = ExecOptions & { cwd: string; env: NodeJS.ProcessEnv; signal: AbortSignal };

const killed = 137;

/** One command, and the end of its group of processes with it. */
function run(command: readonly [string, ...string[]], options: Run): Promise<ExecResult> {
  const { cwd, env, stdin = '', timeoutMs, signal, maxOutputBytes = defaultBytes.output } = options;
  const begin = performance.now();
  const [program, ...args] = command;
  const kept = { stdout: createBoundedOutput(maxOutputBytes), stderr: createBoundedOutput(maxOutputBytes) };
  const teller = options.onOutput && createOutputTeller(options.onOutput, options.maxStreamedBytes);
  const child = spawn(program, args, { cwd, env, detached: true });
  for (const stream of ['stdout', 'stderr'] as const)
    child[stream].on('data', (chunk: Buffer) => {
      kept[stream].add(chunk);
      teller?.add(stream, chunk);
    });
  child.stdin.on('error', () => {});
  child.stdin.end(stdin);
  return new Promise((resolve) => {
    let by: 'itself' | 'timeout' | 'abort' = 'itself';
    const end = (why: typeof by) => {
      by = why;
      killGroup(child.pid);
    };
    const timer = setTimeout(() => end('timeout'), timeoutMs);
    const onAbort = () => end('abort');
    signal.addEventListener('abort', onAbort, { once: true });
    if (signal.aborted) onAbort();
    const settle = (exitCode: number, missing = '') => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
      teller?.end();
      const { stdout, stderr } = kept;
      resolve({
        exitCode: by === 'itself' ? exitCode : killed,
        ...{ stdout: stdout.bytes().toString(), stderr: missing || stderr.bytes().toString() },
        ...{ timedOut: by === 'timeout', truncated: stdout.truncated || stderr.truncated },
        durationMs: Math.round(performance.now() - begin),
      });
    };
    child.once('error', () => settle(127, `${program}: command not found\n`));
    // What it left behind holds its streams open.
    child.once('exit', () => killGroup(child.pid));
    child.once('close', (code) => settle(code ?? killed));
  });
}

function killGroup(pid: number | undefined): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch {
    // Nobody of it is left.
  }
}
