import { oneLine, truncate } from '../lib/text.ts';
import type { CommandResult } from './check.ts';

/** Why a command's output says nothing about the code, in one sentence; `undefined` where it ran to its end. */
export function whyCommandFailed(result: CommandResult, name: string): string | undefined {
  if (result.spawnError !== undefined) return `${name} could not be started: ${oneLine(result.spawnError)}`;
  if (result.timedOut) return `${name} was stopped at its time limit (after ${seconds(result.durationMs)} s)`;
  if (result.exitCode === undefined) return `${name} was ended by ${result.signal ?? 'a signal'}`;
  return undefined;
}

/** The last line that says something, without terminal colours; for reasons. */
export function lastLine(text: string): string | undefined {
  const lines = stripColours(text).split('\n').map(oneLine).filter(Boolean);
  const line = lines.at(-1);
  return line === undefined ? undefined : truncate(line, 300);
}

/** Terminal colours and cursor moves are no text. */
export function stripColours(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the escape character is what is looked for
  return text.replace(/\u001b\[[0-9;?]*[ -/]*[@-~]/g, '').replaceAll('\r\n', '\n');
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(milliseconds < 10_000 ? 1 : 0);
}
