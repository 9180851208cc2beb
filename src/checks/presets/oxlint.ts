import { z } from 'zod';
import { createMatcher } from '../../lib/glob.ts';
import { count, oneLine } from '../../lib/text.ts';
import { lastLine } from '../command-failure.ts';
import { groupResults, type Wording } from '../group-results.ts';
import { isFixture, isOwnCode } from '../own-code.ts';
import type { RawResult } from '../raw-result.ts';
import { readJson } from './json-lines.ts';
import { type Preset, toBatches, withoutDot } from './preset.ts';

const Report = z.object({
  diagnostics: z.array(
    z.object({
      message: z.string(),
      /** Absent where the file could not be parsed. */
      code: z.string().optional(),
      url: z.string().optional(),
      help: z.string().optional(),
      /** Empty where the file could not be opened. */
      filename: z.string().default(''),
      labels: z.array(z.object({ span: z.object({ line: z.number().int(), length: z.number().int().optional() }) })),
    }),
  ),
  number_of_files: z.number().int(),
});
type Diagnostic = z.infer<typeof Report>['diagnostics'][number];

const isScript = createMatcher(['**/*.{js,jsx,mjs,cjs,ts,tsx,mts,cts}']);

/** Code that is outright wrong: oxlint's correctness rules without those that speak of style (oxlint.json). */
export const oxlint: Preset = {
  name: 'oxlint',
  tool: 'oxlint',
  timeoutMs: 300_000,
  applies: ({ files }) => files.some(isCandidate) || 'there is no JavaScript or TypeScript code',
  // A configuration of the repository is not loaded: it may name plugins, which are programs.
  commands: async ({ files, assets }) =>
    toBatches(files.filter(isCandidate)).map((paths) => [
      `--config=${assets}/oxlint.json`,
      '--disable-nested-config',
      '--no-ignore',
      '--format=json',
      ...paths,
    ]),
  async understand(outputs, { readText, repositoryRoot, maxFindings }) {
    const diagnostics: Diagnostic[] = [];
    for (const { stdout, stderr, exitCode } of outputs) {
      const report = readJson(stdout, Report);
      if (!report) {
        const reason = lastLine(stderr) ?? lastLine(stdout) ?? `exit code ${exitCode}`;
        return { undetermined: `oxlint failed: ${reason}`, cause: 'failed' };
      }
      if (report.number_of_files === 0) return { undetermined: 'oxlint looked at no file', cause: 'failed' };
      const unopened = report.diagnostics.find(({ filename }) => filename === '');
      if (unopened) {
        const reason = unopened.message.replaceAll(`${repositoryRoot}/`, '');
        return { undetermined: `oxlint failed: ${oneLine(reason)}`, cause: 'failed' };
      }
      diagnostics.push(...report.diagnostics);
    }
    const results = diagnostics.filter(({ code }) => code !== undefined).map(toRawResult);
    const unparsed = diagnostics.filter(({ code }) => code === undefined);
    return groupResults([...results, ...toUnparsed(unparsed)], { tool: 'oxlint', readText, maxFindings, wording });
  },
};

function isCandidate(path: string): boolean {
  return isScript(path) && isOwnCode(path) && !isFixture(path);
}

function toRawResult({ message, code = '', url, help, filename, labels }: Diagnostic): RawResult {
  const line = labels[0]?.span.line;
  return {
    rule: code,
    ruleName: code,
    level: 'warning',
    message,
    path: withoutDot(filename),
    tags: ['correctness'],
    ...(line === undefined || line < 1 ? {} : { startLine: line, endLine: line }),
    ...(url ? { helpUri: url } : {}),
    ...(help ? { help } : {}),
  };
}

const unparsedRule = 'unparsable';

/** Files that nobody could check: one finding for all of them, as a dialect (Flow, a template) makes them all fail alike. */
function toUnparsed(diagnostics: readonly Diagnostic[]): RawResult[] {
  const paths = [...new Set(diagnostics.map(({ filename }) => withoutDot(filename)))].toSorted();
  const [first] = diagnostics.toSorted((a, b) => (a.filename < b.filename ? -1 : 1));
  if (!first) return [];
  const others =
    paths.length > 1 ? ` The files: ${paths.slice(0, 20).join(', ')}${paths.length > 20 ? ', …' : ''}.` : '';
  return [
    {
      ...toRawResult(first),
      rule: unparsedRule,
      ruleName: 'File is not valid JavaScript or TypeScript',
      message: `${count(paths.length, 'file')} could not be parsed and so not checked: ${first.message}.${others}`,
    },
  ];
}

const wording: Wording = {
  category: () => 'bug',
  severity: ({ rule }) => (rule === unparsedRule ? 4 : 3),
  nextSteps: ({ help, path, startLine, helpUri }) => [
    `${help ?? `Look at ${path}:${startLine} and correct it.`}${helpUri ? ` (${helpUri})` : ''}`,
  ],
};
