import { oneLine, truncate } from '../lib/text.ts';
import type { ExecResult } from '../sandboxes/sandbox.ts';
import type { Reproduce } from './finding.ts';

/** Whether the output matches the rule's pattern; `undetermined` where that could not be told in time. */
export type Matched = boolean | { undetermined: string };

/** One run of a reproduce command, as far as it is judged. `matched`: absent where the rule has no pattern. */
export type RunSeen = Omit<ExecResult, 'durationMs'> & { matched?: Matched };

/** What one run says about the problem. `unknown` is neither presence nor absence: the command itself did not work. */
export type RunVerdict = { run: 'shows' | 'silent'; exitCode: number } | { run: 'unknown'; why: string };

/**
 * The presence rule, for one run: the exit code and the pattern that the rule names, both where it names both, else any failure. A command
 * that was not found, was stopped or failed for the harness's own reasons shows nothing. Silence has to be clean too: a command that
 * crashed, or whose output was cut where the pattern may have stood, has not said that the problem is gone.
 */
export function judgeRun(present: Reproduce['present'], seen: RunSeen): RunVerdict {
  const { exitCode, matched } = seen;
  const stopped = whyStopped(seen);
  if (stopped) return { run: 'unknown', why: stopped };
  if (typeof matched === 'object') return { run: 'unknown', why: matched.undetermined };
  const broken = exitCode === 0 ? undefined : brokenHarness(seen);
  if (isPresent(present, seen)) {
    const explains = present?.match !== undefined || broken === undefined;
    return explains ? { run: 'shows', exitCode } : { run: 'unknown', why: `it failed for another reason: ${broken}` };
  }
  if (present?.match !== undefined && matched === false && seen.truncated)
    return { run: 'unknown', why: 'its output was too long to be searched whole' };
  if (exitCode === 0) return { run: 'silent', exitCode };
  if (broken !== undefined) return { run: 'unknown', why: `it failed for another reason: ${broken}` };
  return isCleanFailure(present, seen)
    ? { run: 'silent', exitCode }
    : { run: 'unknown', why: `it failed in another way than the problem makes it fail: exit code ${exitCode}` };
}

function isPresent(present: Reproduce['present'], { exitCode, matched }: RunSeen): boolean {
  if (present?.exitCode === undefined && present?.match === undefined) return exitCode !== 0;
  const code = present.exitCode === undefined || present.exitCode === exitCode;
  return code && (present.match === undefined || matched === true);
}

/** Looking for something and not finding it ends, for `grep` and `test`, with 1 and without a word. */
function isCleanFailure(present: Reproduce['present'], { exitCode, stderr }: RunSeen): boolean {
  const failureIsAbsence = present?.exitCode === 0 || (present?.exitCode === undefined && present?.match !== undefined);
  return failureIsAbsence && exitCode === 1 && stderr.trim() === '';
}

// 128 and the signal: killed, terminated, out of processor time, wrote too much. A crash (134, 139) may be the very problem.
const killedBy: readonly number[] = [137, 143, 152, 153];

function whyStopped({ exitCode, timedOut }: RunSeen): string | undefined {
  if (timedOut) return 'it did not end in time';
  if (exitCode === 127) return 'the command was not found (exit code 127)';
  if (exitCode === 126) return 'the command could not be started (exit code 126)';
  return killedBy.includes(exitCode) ? `it was killed (exit code ${exitCode})` : undefined;
}

const harnessSigns = [
  'command not found',
  'cannot find module',
  'cannot find package',
  'module_not_found',
  'modulenotfounderror',
  'no module named',
  'no such file or directory',
  'missing script:',
  'syntaxerror',
  'syntax error',
  "can't open file",
  'could not find or load main class',
];

/** The line that says that the command itself is broken: a tool or a file that is not there. */
function brokenHarness({ stderr, stdout }: RunSeen): string | undefined {
  for (const line of `${stderr}\n${stdout}`.split('\n')) {
    const lower = line.slice(0, 1000).toLowerCase();
    if (harnessSigns.some((sign) => lower.includes(sign)) || /\bsh: .*: not found/.test(lower))
      return truncate(oneLine(line), 160);
  }
  return undefined;
}
