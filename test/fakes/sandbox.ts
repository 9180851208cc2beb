import { posix } from 'node:path';
import { ExternalError } from '../../src/lib/errors.ts';
import { runSetup } from '../../src/sandboxes/run-setup.ts';
import type { ExecOptions, ExecResult, Sandbox, SandboxProvider } from '../../src/sandboxes/sandbox.ts';
import { createOutputTeller } from '../../src/sandboxes/tell-output.ts';

/** What a command does. What it writes is told at its end. `takesMs`: until then it runs, unless it is stopped. `leavesTraces`: it changed something in the sandbox. */
export type ScriptedCommand = Partial<Pick<ExecResult, 'exitCode' | 'stdout' | 'stderr'>> & {
  takesMs?: number;
  leavesTraces?: true;
};

export type FakeSandbox = Sandbox & {
  /** Every command that was run, in order, as one line each. */
  readonly commands: string[];
  /** Commands that run now. */
  readonly running: () => number;
  readonly killed: () => boolean;
  /** A file's text by absolute path, or `undefined`. */
  readonly text: (path: string) => string | undefined;
};

export type Commands = Readonly<Record<string, ScriptedCommand | ((options: ExecOptions) => ScriptedCommand)>>;

/**
 * A sandbox in memory. Commands do what a table says, by their line (of `bash -c LINE`, the line); one that is not in it is not found.
 *
 * @param options.files by path relative to the workspace
 */
export function createFakeSandbox(
  options: { files?: Readonly<Record<string, string>>; commands?: Commands } = {},
): FakeSandbox {
  const workspace = '/workspace';
  const files = new Map(
    Object.entries(options.files ?? {}).map(([path, text]) => [posix.join(workspace, path), encode(text)]),
  );
  const commands: string[] = [];
  let pristine = true;
  let running = 0;
  let killed = false;

  function alive(): void {
    if (killed) throw new ExternalError('The sandbox is gone.');
  }

  return {
    ref: { kind: 'local', id: 'fake' },
    workspace,
    out: '/out',
    commands,
    running: () => running,
    killed: () => killed,
    text: (path) => decode(files.get(path)),
    async exec(command, execOptions) {
      alive();
      const line = command[0] === 'bash' && command.length === 3 ? (command[2] ?? '') : command.join(' ');
      commands.push(line);
      const entry = options.commands?.[line] ?? { exitCode: 127, stderr: `bash: line 1: ${line}: command not found\n` };
      running += 1;
      const scripted = typeof entry === 'function' ? entry(execOptions) : entry;
      if (scripted.leavesTraces) pristine = false;
      try {
        return await runScripted(scripted, execOptions);
      } finally {
        running -= 1;
      }
    },
    isPristine: async () => pristine,
    async writeFile(path, data) {
      alive();
      pristine = false;
      files.set(inside(path), typeof data === 'string' ? encode(data) : data);
    },
    async appendFile(path, data) {
      alive();
      pristine = false;
      files.set(inside(path), encode(`${decode(files.get(path)) ?? ''}${data}`));
    },
    async readFile(path, { maxBytes = Number.POSITIVE_INFINITY } = {}) {
      alive();
      const bytes = files.get(inside(path));
      if (bytes && bytes.length > maxBytes) throw new ExternalError(`${path} has more than ${maxBytes} bytes.`);
      return bytes;
    },
    async kill() {
      killed = true;
    },
  };
}

export type FakeProvider = SandboxProvider & { readonly made: FakeSandbox[] };

/** Makes such sandboxes; what their commands do may depend on the files that they were made of, texts by path. */
export function createFakeProvider(commandsFor: (files: Readonly<Record<string, string>>) => Commands): FakeProvider {
  const made: FakeSandbox[] = [];
  return {
    kind: 'local',
    made,
    async create(spec) {
      const files: Record<string, string> = {};
      for await (const file of spec.files()) if (file.mode !== 'link') files[file.path] = decode(file.data);
      const sandbox = createFakeSandbox({ files, commands: commandsFor(files) });
      made.push(sandbox);
      const setupProblem = spec.setup && (await runSetup(sandbox, spec.setup));
      return setupProblem === undefined ? sandbox : { ...sandbox, setupProblem };
    },
  };
}

function inside(path: string): string {
  if (!posix.isAbsolute(path)) throw new TypeError(`${path} is not absolute`);
  return posix.normalize(path);
}

async function runScripted(command: ScriptedCommand, options: ExecOptions): Promise<ExecResult> {
  const { takesMs = 0, exitCode = 0, stdout = '', stderr = '' } = command;
  const durationMs = Math.min(takesMs, options.timeoutMs);
  const end = await waitUntil(durationMs, options.signal);
  const timedOut = end === 'time' && takesMs > options.timeoutMs;
  const stopped = timedOut || end === 'abort';
  if (options.onOutput && !stopped) {
    const teller = createOutputTeller(options.onOutput);
    teller.add('stdout', encode(stdout));
    teller.add('stderr', encode(stderr));
    teller.end();
  }
  const out = bound(stdout, options.maxOutputBytes);
  const err = bound(stderr, options.maxOutputBytes);
  return {
    exitCode: stopped ? 137 : exitCode,
    stdout: stopped ? '' : out.text,
    stderr: stopped ? '' : err.text,
    timedOut,
    truncated: !stopped && (out.cut || err.cut),
    // As it is scripted: what a command counts for must not depend on how busy this machine is.
    durationMs,
  };
}

function waitUntil(milliseconds: number, signal: AbortSignal | undefined): Promise<'time' | 'abort'> {
  return new Promise((resolve) => {
    if (signal?.aborted) return resolve('abort');
    const timer = setTimeout(() => resolve('time'), milliseconds);
    signal?.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve('abort');
    });
  });
}

/** The first half and the last half of what is kept. */
function bound(text: string, maxBytes = Number.POSITIVE_INFINITY): { text: string; cut: boolean } {
  const bytes = encode(text);
  if (bytes.length <= maxBytes) return { text, cut: false };
  const half = Math.floor(maxBytes / 2);
  return { text: `${decode(bytes.slice(0, half))}${decode(bytes.slice(-half))}`, cut: true };
}

function encode(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function decode(bytes: Uint8Array): string;
function decode(bytes: Uint8Array | undefined): string | undefined;
function decode(bytes: Uint8Array | undefined): string | undefined {
  return bytes && new TextDecoder().decode(bytes);
}
