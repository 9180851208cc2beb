import { z } from 'zod';
import { type Category, categories } from '../../findings/category.ts';
import { type Severity, severities } from '../../findings/severity.ts';
import { createMatcher } from '../../lib/glob.ts';
import { lastLine } from '../command-failure.ts';
import { groupResults, type Wording } from '../group-results.ts';
import { maskFindings } from '../mask-secrets.ts';
import { isOwnCode, isProductCode } from '../own-code.ts';
import type { RawResult } from '../raw-result.ts';
import { readJsonLines } from './json-lines.ts';
import { type Preset, toBatches, withoutDot } from './preset.ts';

const Match = z.object({
  file: z.string(),
  ruleId: z.string(),
  message: z.string(),
  note: z.string().nullish(),
  range: z.object({ start: z.object({ line: z.number().int() }), end: z.object({ line: z.number().int() }) }),
  metadata: z.object({
    title: z.string(),
    category: z.enum(categories),
    severity: z.literal(severities),
    cwe: z.string().optional(),
  }),
  /** A rule that calls a part `$SECRET` found it there. */
  metaVariables: z
    .looseObject({ single: z.looseObject({ SECRET: z.object({ text: z.string() }).optional() }).optional() })
    .nullish(),
});
type Match = z.infer<typeof Match>;

const hasRules = createMatcher(['**/*.{js,jsx,mjs,cjs,ts,tsx,mts,cts,py,go}', '.github/workflows/*.{yml,yaml}']);

/** Courier's own rules (rules/) for security and error handling in JavaScript, TypeScript, Python, Go and workflows. */
export const astGrep: Preset = {
  name: 'ast-grep',
  tool: 'ast-grep',
  timeoutMs: 300_000,
  applies: ({ files }) => files.some(isCandidate) || 'there is no JavaScript, TypeScript, Python or Go code',
  // The configuration is named, so that one of the repository is not looked for; it could load parsers of its own.
  commands: async ({ files, assets }) =>
    toBatches(files.filter(isCandidate)).map((paths) => [
      'scan',
      `--config=${assets}/sgconfig.yml`,
      '--json=stream',
      '--include-metadata',
      ...paths,
    ]),
  async understand(outputs, { readText, maxFindings }) {
    const matches: Match[] = [];
    for (const { exitCode, stdout, stderr } of outputs) {
      const found = readJsonLines(stdout, Match);
      // 1 is both "found something" and "could not work".
      const worked = exitCode === 0 || (exitCode === 1 && found?.length !== 0);
      if (!worked) {
        return { undetermined: `ast-grep failed: ${lastLine(stderr) ?? `exit code ${exitCode}`}`, cause: 'failed' };
      }
      if (!found) return { undetermined: 'the output of ast-grep could not be read', cause: 'failed' };
      matches.push(...found);
    }
    const details = new Map(matches.map((match) => [ruleOf(match), match.metadata]));
    const { findings, held } = await groupResults(matches.map(toRawResult), {
      tool: "Courier's rules",
      readText,
      maxFindings,
      wording: wordingOf(details),
    });
    const secrets = matches.flatMap(({ metaVariables }) => metaVariables?.single?.SECRET?.text ?? []);
    return { findings: maskFindings(findings, secrets), held };
  },
};

function isCandidate(path: string): boolean {
  return hasRules(path) && isOwnCode(path) && isProductCode(path);
}

/** The same rule for TypeScript has an id of its own, for ast-grep only. */
function ruleOf({ ruleId }: Match): string {
  return ruleId.replace(/^ts-/, 'js-');
}

function toRawResult(match: Match): RawResult {
  const { range, metadata } = match;
  return {
    rule: ruleOf(match),
    ruleName: metadata.title,
    level: 'warning',
    message: match.message,
    path: withoutDot(match.file),
    startLine: range.start.line + 1,
    endLine: range.end.line + 1,
    tags: [],
    ...(match.note ? { help: match.note.trim() } : {}),
    ...(metadata.cwe ? { cwe: metadata.cwe } : {}),
  };
}

function wordingOf(details: ReadonlyMap<string, { category: Category; severity: Severity }>): Wording {
  return {
    category: ({ rule }) => details.get(rule)?.category ?? 'quality',
    severity: ({ rule }) => details.get(rule)?.severity ?? 3,
    // The note says first why it matters, then what to do.
    nextSteps: ({ help, path, startLine }) => [`Change ${path}:${startLine}: ${adviceOf(help ?? '')}`],
  };
}

function adviceOf(note: string): string {
  const sentences = note.split(/(?<=[.:;]) (?=[A-Z])/);
  return sentences.slice(1).join(' ') || note;
}
