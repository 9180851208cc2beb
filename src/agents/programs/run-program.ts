import { randomBase32 } from '../../lib/hash.ts';
import { finishFile } from './handed-files.ts';
import type { ProgramEnd, ProgramRun } from './program.ts';
import { maySayMore, type ProgramState } from './program-state.ts';
import { takeEvent } from './take-event.ts';
import { pendingText, takePending } from './tool-desk.ts';

/**
 * Starts the program in a process group of its own, and ends that when a file is there: a sandbox knows no other way to speak to what runs in it.
 * Its arguments: the file, the signal to begin with, and the command.
 */
const starter = `stop=$1 signal=$2
shift 2
set -m
"$@" <&0 &
program=$!
{
  until [ -e "$stop" ]; do sleep 0.3; done
  kill "-$signal" -- "-$program"
  sleep 10
  kill -TERM -- "-$program"
  sleep 3
  kill -KILL -- "-$program"
} 2>/dev/null &
watch=$!
wait "$program"
code=$?
kill -KILL -- "-$watch" 2>/dev/null
exit "$code"`;

const longestLine = 8 << 20;
const endOfErrors = 2000;
const mostStreamed = 256 << 20;

/** One run of the program, which begins with what is to be said. Never rejects for what the program does. */
export async function runProgram(state: ProgramState): Promise<ProgramEnd> {
  const { program, place, sandbox, signal } = state;
  const start = program.start(runOf(state, pendingText(state)), place);
  // A name of its own: where an earlier run was ended, nothing has to be removed before this one.
  const stop = `${place.home}/stop-${randomBase32(10)}`;
  await Promise.all(start.files.map(({ path, text }) => sandbox.writeFile(path, text)));
  if (!state.hosted) await sandbox.exec(['rm', '-f', `${sandbox.out}/${finishFile}`], { timeoutMs: 30_000, signal });
  state.interrupt = () => void sandbox.writeFile(stop, '').catch(() => undefined);
  // Asked for while nothing ran that could be ended. What was to be said is still to be said.
  if (isToEnd(state)) return { end: 'interrupted' };
  await takePending(state);
  const reader = program.createReader();
  const { add, rest } = splitLines((line) => {
    for (const event of reader.read(line)) takeEvent(state, event);
  });
  const result = await sandbox.exec(
    [
      ...(['/bin/bash', '-p', '-c', starter, 'courier', stop] as const),
      ...[program.can.interrupt ? 'INT' : 'TERM', ...place.command, ...start.args],
    ],
    {
      cwd: place.workspace,
      env: { ...trusting(place.api.authorities), ...start.env },
      stdin: start.stdin,
      timeoutMs: Math.max(1000, state.task.timeoutMs),
      signal,
      maxOutputBytes: 1 << 20,
      maxStreamedBytes: mostStreamed,
      onOutput: ({ stream, text }) => {
        if (stream === 'stdout') add(text);
      },
    },
  );
  rest();
  state.interrupt = () => {};
  return reader.end({ exitCode: result.exitCode, stderr: result.stderr.slice(-endOfErrors) });
}

function isToEnd({ stop, limit, closing }: ProgramState): boolean {
  return stop.aborted || (limit !== undefined && closing === undefined);
}

/** Side by side, where nobody counts for all of them, each has its part. */
function shareOf({ task, hosted }: ProgramState): number {
  return hosted ? task.budgetUsd : task.budgetUsd / (task.part?.count ?? 1);
}

/** By the names that the runtimes and libraries of all four know. */
function trusting(file: string | undefined): Readonly<Record<string, string>> {
  return file === undefined ? {} : { NODE_EXTRA_CA_CERTS: file, SSL_CERT_FILE: file };
}

function runOf(state: ProgramState, message: string): ProgramRun {
  const { prompt, thread, modelId: model, task, closing, costUsd, draw, tools } = state;
  const { effort, maxTokens, maxIterations } = task;
  return {
    ...{ model, effort, maxTokens, message },
    system: prompt.system.join('\n\n'),
    thread: maySayMore(state) ? thread?.id : undefined,
    maxCalls: Math.max(1, closing ?? maxIterations - state.iterations),
    budgetUsd:
      costUsd === undefined ? undefined : Math.max(0.01, Math.min(shareOf(state) - costUsd, draw.availableUsd())),
    silenceMs: 600_000,
    tools: tools.filter(({ name }) => name !== 'bash'),
  };
}

/** Tells whole lines; one that is too long for an event is none. */
function splitLines(tell: (line: string) => void): { add: (text: string) => void; rest: () => void } {
  let open = '';
  return {
    add(text) {
      const lines = (open + text).split('\n');
      open = lines.pop() ?? '';
      if (open.length > longestLine) open = '';
      for (const line of lines) tell(line);
    },
    rest() {
      if (open !== '') tell(open);
      open = '';
    },
  };
}
