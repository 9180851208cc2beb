import { defaultBytes } from './guest-limits.ts';
import type { ExecOptions, OutputChunk } from './sandbox.ts';

type StreamName = OutputChunk['stream'];

/** Tells a listener what comes, as the contract of `ExecOptions.onOutput` wants it. */
export type OutputTeller = {
  add(stream: StreamName, bytes: Uint8Array): void;
  /** Bytes of this stream so far; beyond the bound they are not counted. */
  heard(stream: StreamName): number;
  /** The stream has ended: half a character that nothing follows is told as U+FFFD. From then on nothing is told. */
  end(): void;
};

export function createOutputTeller(
  onOutput: NonNullable<ExecOptions['onOutput']>,
  mostBytes: number = defaultBytes.streamed,
): OutputTeller {
  const ears = { stdout: createEar(), stderr: createEar() };
  let ended = false;
  const tell = (stream: StreamName, text: string) => {
    if (text !== '') tellSafely(onOutput, { stream, text });
  };
  return {
    add(stream, bytes) {
      const ear = ears[stream];
      const part = bytes.subarray(0, mostBytes - ear.bytes);
      if (ended || part.length === 0) return;
      ear.bytes += part.length;
      tell(stream, ear.decoder.decode(part, { stream: true }));
    },
    heard: (stream) => ears[stream].bytes,
    end() {
      if (ended) return;
      ended = true;
      for (const stream of ['stdout', 'stderr'] as const) {
        // At the bound, half a character is one that was cut here.
        if (ears[stream].bytes < mostBytes) tell(stream, ears[stream].decoder.decode());
      }
    },
  };
}

const createEar = () => ({ bytes: 0, decoder: new TextDecoder('utf-8', { ignoreBOM: true }) });

/** A listener that fails, at once or later, must not end the command that it listens to. */
function tellSafely(onOutput: (chunk: OutputChunk) => unknown, chunk: OutputChunk): void {
  try {
    const answer = onOutput(chunk);
    if (answer instanceof Promise) answer.catch(() => undefined);
  } catch {
    // Its own business.
  }
}
