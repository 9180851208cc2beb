import type { ExecResult, Sandbox } from '../sandboxes/sandbox.ts';
import type { BashInput } from './tool-inputs.ts';

const headLimit = 20_000;
const tailLimit = 10_000;
const defaultSeconds = 120;

/**
 * Runs one command of the model in the sandbox.
 *
 * @param limits.timeLeftMs what is left of the session; the command gets no more
 * @returns exit code and output as the model reads them; `ok` is false only where the command was stopped
 */
export async function runBash(
  { command, timeoutSeconds = defaultSeconds }: BashInput,
  { sandbox, signal, timeLeftMs }: { sandbox: Sandbox; signal: AbortSignal; timeLeftMs: number },
): Promise<{ ok: boolean; text: string }> {
  const timeoutMs = Math.max(1000, Math.min(timeoutSeconds * 1000, timeLeftMs));
  const result = await sandbox.exec(['bash', '-c', command], {
    cwd: sandbox.workspace,
    timeoutMs,
    signal,
    // Bytes, of each stream: enough that the cut by characters below is the one that counts.
    maxOutputBytes: 4 * (headLimit + tailLimit),
  });
  return { ok: !result.timedOut, text: renderResult(result, timeoutMs) };
}

function renderResult({ exitCode, stdout, stderr, timedOut, truncated }: ExecResult, timeoutMs: number): string {
  const head = timedOut
    ? `Stopped after ${Math.round(timeoutMs / 1000)} s: it took too long. What it wrote until then:`
    : `exit code ${exitCode}`;
  const output = [stdout, stderr && `--- stderr ---\n${stderr}`].filter(Boolean).join('\n');
  const cut = capOutput(output);
  const note = truncated && cut === output ? '\n(The middle of the output was cut.)' : '';
  return `${head}\n${cut || '(no output)'}${note}`;
}

/** The first 20,000 and the last 10,000 characters; between them, how many are missing. */
export function capOutput(output: string): string {
  if (output.length <= headLimit + tailLimit) return output;
  const head = wholeCharacters(output.slice(0, headLimit), 'end');
  const tail = wholeCharacters(output.slice(-tailLimit), 'start');
  const missing = output.length - head.length - tail.length;
  return `${head}\n[… ${missing} characters cut: narrow the command …]\n${tail}`;
}

/** Without the half of a surrogate pair that a cut left behind. */
function wholeCharacters(text: string, cutAt: 'start' | 'end'): string {
  const code = text.charCodeAt(cutAt === 'start' ? 0 : text.length - 1);
  if (cutAt === 'start') return code >= 0xdc00 && code <= 0xdfff ? text.slice(1) : text;
  return code >= 0xd800 && code <= 0xdbff ? text.slice(0, -1) : text;
}
