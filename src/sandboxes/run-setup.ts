import { messageOf } from '../lib/errors.ts';
import { oneLine, truncate } from '../lib/text.ts';
import type { Sandbox, SandboxSetup } from './sandbox.ts';

/** Prepares a fresh sandbox by the configured command. @returns why it could not, in a sentence or two: the session goes on without. */
export async function runSetup(
  { exec }: Pick<Sandbox, 'exec'>,
  { command, timeoutMs, signal }: SandboxSetup,
): Promise<string | undefined> {
  const failed = (how: string) => `The setup of the sandbox ${how} The session goes on without what it prepares.`;
  try {
    const result = await exec(['bash', '-c', command], {
      timeoutMs,
      maxOutputBytes: 20_000,
      ...(signal ? { signal } : {}),
    });
    if (result.exitCode === 0) return undefined;
    if (result.timedOut) return failed(`took longer than ${Math.round(timeoutMs / 1000)} s and was ended.`);
    const said = lastLines(result.stderr.trim() || result.stdout.trim());
    return failed(`ended with ${result.exitCode}${said === '' ? '.' : `: ${said}.`}`);
  } catch (error) {
    return failed(`could not be run: ${messageOf(error)}`);
  }
}

/** Whole lines, as many of the last ones as a sentence or two have room for. */
function lastLines(text: string): string {
  const lines = text.split('\n').map((line) => truncate(oneLine(line), 300));
  let kept = '';
  for (const line of lines.toReversed()) {
    if (kept.length + line.length > 500) break;
    kept = kept === '' ? line : `${line} ${kept}`;
  }
  return kept;
}
