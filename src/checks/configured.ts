import type { Category } from '../findings/category.ts';
import type { Severity } from '../findings/severity.ts';
import { toRepositoryPath } from '../lib/safe-path.ts';
import type { CheckFinding, CommandResult } from './check.ts';
import { lastLine, stripColours } from './command-failure.ts';
import { type CheckFindings, defaultMaxFindings, groupResults, type ReadText, type Wording } from './group-results.ts';
import type { Undetermined } from './presets/preset.ts';
import { readSarif } from './read-sarif.ts';

/** A check of the configuration, which only the repository's own maintainers write. */
export type ConfiguredCheck = {
  /** A shell line, run in the repository's root. */
  run: string;
  format: 'exit-code' | 'sarif';
  severity?: Severity | undefined;
  title?: string | undefined;
  category?: Category | undefined;
  nextSteps?: readonly string[] | undefined;
  /** Default: 10. */
  timeoutMinutes?: number | undefined;
};

export type UnderstandContext = { readText: ReadText; repositoryRoot: string; maxFindings?: number };

/** What a configured check's command says about the code; `result` is of a command that ran to its end. */
export async function understandConfigured(
  name: string,
  check: ConfiguredCheck,
  result: CommandResult,
  context: UnderstandContext,
): Promise<CheckFindings | Undetermined> {
  return check.format === 'sarif'
    ? understandSarif(name, check, result, context)
    : understandExitCode(name, check, result);
}

function understandExitCode(name: string, check: ConfiguredCheck, result: CommandResult): CheckFindings | Undetermined {
  const { exitCode } = result;
  const held = { findings: 0, rules: [] };
  if (exitCode === 0) return { findings: [], held };
  const missing = whyNotFound(result);
  if (missing) return { undetermined: missing, cause: 'unavailable' };
  return { findings: [toFinding(name, check, result)], held };
}

function toFinding(name: string, check: ConfiguredCheck, { exitCode, stdout, stderr }: CommandResult): CheckFinding {
  const output = lastLines(stdout, stderr);
  return {
    rule: undefined,
    candidate: {
      title: check.title ?? `Check ${name} fails`,
      description: `The command \`${check.run}\` of the check ${name} ended with exit code ${exitCode}; 0 was expected.`,
      severity: check.severity ?? 3,
      category: check.category ?? 'quality',
      evidence: [],
      reproduce: { command: check.run },
      expected: 'The command ends with exit code 0.',
      actual: output === '' ? `It ended with exit code ${exitCode} and no output.` : output,
      nextSteps: [
        ...(check.nextSteps?.length ? check.nextSteps : [`Run \`${check.run}\` and correct what it reports.`]),
      ],
    },
  };
}

const maxLines = 30;
const maxCharacters = 3000;

/** The end of the output, where tools sum up: of both streams, the errors last. */
function lastLines(stdout: string, stderr: string): string {
  const text = [stdout, stderr]
    .map((stream) => stripColours(stream).trimEnd())
    .filter(Boolean)
    .join('\n');
  return text.split('\n').slice(-maxLines).join('\n').slice(-maxCharacters).trim();
}

/** Shells answer 126 and 127 when they cannot start what the line names. */
function whyNotFound({ exitCode, stderr }: CommandResult): string | undefined {
  if (exitCode !== 126 && exitCode !== 127) return undefined;
  const what = exitCode === 127 ? 'a command was not found' : 'a command could not be executed';
  const detail = lastLine(stderr);
  return `${what}${detail ? `: ${detail}` : ''}`;
}

async function understandSarif(
  name: string,
  check: ConfiguredCheck,
  result: CommandResult,
  { readText, repositoryRoot, maxFindings = defaultMaxFindings }: UnderstandContext,
): Promise<CheckFindings | Undetermined> {
  const missing = whyNotFound(result);
  if (missing) return { undetermined: missing, cause: 'unavailable' };
  const text = await sarifOf(check, result, { readText, repositoryRoot });
  if (text !== result.stdout && result.exitCode !== 0 && result.exitCode !== 1) {
    const reason = `the command ended with exit code ${result.exitCode}, so its report file may be an older one`;
    return { undetermined: reason, cause: 'failed' };
  }
  if (result.truncated && text === result.stdout) {
    return { undetermined: 'the output is too long to be read as a whole', cause: 'failed' };
  }
  const log = readSarif(text, { root: repositoryRoot });
  if ('unreadable' in log) {
    const detail = lastLine(result.stderr);
    return { undetermined: `${log.unreadable}${detail ? ` (${detail})` : ''}`, cause: 'failed' };
  }
  const { severity, category, nextSteps } = check;
  const wording: Wording = {
    ...(severity === undefined ? {} : { severity: () => severity }),
    ...(category === undefined ? {} : { category: () => category }),
    ...(nextSteps?.length ? { nextSteps: () => nextSteps } : {}),
  };
  return groupResults(log.results, { tool: log.tool ?? name, readText, maxFindings, wording });
}

/** The log from standard output, or from the file that the command line names for its output. */
async function sarifOf(
  { run }: ConfiguredCheck,
  { stdout }: CommandResult,
  { readText, repositoryRoot }: UnderstandContext,
): Promise<string> {
  if (/^\uFEFF?\s*\{/.test(stdout)) return stdout;
  const named =
    /(?:--?(?:o|out|output|output-file|outputFile|sarif-output|report-path)[= ]|>\s*)(["']?)([^\s"';|&]+\.(?:sarif|json))\1/.exec(
      run,
    );
  const path = named?.[2] === undefined ? undefined : toRepositoryPath(named[2], { workspace: repositoryRoot });
  return (path === undefined ? undefined : await readText(path)) ?? stdout;
}
