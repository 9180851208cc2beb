import { z } from 'zod';
import { createMatcher } from '../../lib/glob.ts';
import { lastLine } from '../command-failure.ts';
import { groupResults, type Wording } from '../group-results.ts';
import { isFixture, isOwnCode } from '../own-code.ts';
import type { RawResult } from '../raw-result.ts';
import { readJson } from './json-lines.ts';
import { type Preset, toBatches, withoutDot } from './preset.ts';

const Report = z.object({
  comments: z.array(
    z.object({
      file: z.string(),
      line: z.number().int().positive(),
      endLine: z.number().int().positive(),
      level: z.enum(['error', 'warning', 'info', 'style']),
      code: z.number().int(),
      message: z.string(),
    }),
  ),
});
type Comment = z.infer<typeof Report>['comments'][number];

const isShellScript = createMatcher(['**/*.{sh,bash}']);

/** Mistakes in shell scripts, warnings and errors only; with the shellcheck of the machine. */
export const shellcheck: Preset = {
  name: 'shellcheck',
  tool: 'shellcheck',
  timeoutMs: 120_000,
  applies: ({ files }) => files.some(isCandidate) || 'there are no shell scripts',
  commands: async ({ files }) =>
    toBatches(files.filter(isCandidate)).map((paths) => ['--format=json1', '--severity=warning', ...paths]),
  async understand(outputs, { readText, maxFindings }) {
    const results: RawResult[] = [];
    for (const { exitCode, stdout, stderr } of outputs) {
      const report = exitCode === 0 || exitCode === 1 ? readJson(stdout, Report) : undefined;
      if (!report) {
        return { undetermined: `shellcheck failed: ${lastLine(stderr) ?? `exit code ${exitCode}`}`, cause: 'failed' };
      }
      results.push(...report.comments.map(toRawResult));
    }
    return groupResults(results, { tool: 'shellcheck', readText, maxFindings, wording });
  },
};

function isCandidate(path: string): boolean {
  return isShellScript(path) && isOwnCode(path) && !isFixture(path);
}

function toRawResult({ file, line, endLine, level, code, message }: Comment): RawResult {
  return {
    rule: `SC${code}`,
    ruleName: `SC${code}`,
    level: level === 'error' ? 'error' : 'warning',
    message,
    path: withoutDot(file),
    startLine: line,
    endLine: Math.max(line, endLine),
    tags: ['correctness'],
    helpUri: `https://www.shellcheck.net/wiki/SC${code}`,
  };
}

const wording: Wording = { category: () => 'bug', severity: () => 3 };
