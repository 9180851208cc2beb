import type { ExecResult } from '../sandboxes/sandbox.ts';

/** How a gate's command ended. */
export type RunEnd = ExecResult & { setupProblem: string | undefined };

const longest = { output: 4_000, feedback: 8_000 } as const;

/** `exit code 1`, or that it did not end. */
export function endText({ exitCode, timedOut, durationMs }: RunEnd): string {
  return timedOut ? `it did not end within ${Math.round(durationMs / 1000)} seconds` : `exit code ${exitCode}`;
}

/** How it ended, and the last lines of what it said, for the pull request. */
export function outputText(end: RunEnd): string {
  const output = tailOf(end, longest.output);
  return output === '' ? endText(end) : `${output}\n(${endText(end)})`;
}

/** What the implementer is told of a command that failed. */
export function feedbackOf(name: string, command: string, end: RunEnd): string {
  const output = tailOf(end, longest.feedback);
  const setup = end.setupProblem === undefined ? [] : [`The setup of the sandbox had failed: ${end.setupProblem}`];
  return [
    `${name} failed (${endText(end)}), in an untouched copy of the repository with the change:`,
    command,
    output === '' ? 'It said nothing.' : `Its last words:\n${output}`,
    ...setup,
  ].join('\n\n');
}

/** Why a test that has to fail shows nothing; `undefined` where it fails as it has to. */
export function whyNoProof(command: string, end: RunEnd): string | undefined {
  if (end.timedOut || end.exitCode === 126 || end.exitCode === 127)
    return feedbackOf('The test, which could not be run,', command, end);
  if (end.exitCode !== 0) return undefined;
  return `The test passes already, so that it does not show the problem:\n\n${command}`;
}

function tailOf({ stdout, stderr }: RunEnd, limit: number): string {
  const text = [stdout.trim(), stderr.trim()].filter((part) => part !== '').join('\n');
  return text.length > limit ? `…${text.slice(-limit)}` : text;
}
