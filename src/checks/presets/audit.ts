import { z } from 'zod';
import type { Evidence } from '../../findings/finding.ts';
import type { Severity } from '../../findings/severity.ts';
import { count, oneLine, truncate } from '../../lib/text.ts';
import type { CheckFinding } from '../check.ts';
import { lastLine } from '../command-failure.ts';
import type { ReadText } from '../group-results.ts';
import { readJson } from './json-lines.ts';
import type { Preset } from './preset.ts';

const levels = ['critical', 'high', 'moderate', 'low', 'info'] as const;

const Vulnerability = z.object({
  name: z.string(),
  severity: z.enum(levels),
  isDirect: z.boolean().catch(false),
  via: z.array(
    z.union([
      z.string(),
      z.looseObject({ title: z.string().catch('known vulnerability'), url: z.string().optional().catch(undefined) }),
    ]),
  ),
  nodes: z.array(z.string()).catch([]),
  fixAvailable: z.union([z.boolean(), z.looseObject({})]).catch(false),
});
type Vulnerability = z.infer<typeof Vulnerability>;

const Report = z.object({ vulnerabilities: z.record(z.string(), Vulnerability) });
const Failure = z.looseObject({ message: z.string() });

const lockFile = 'package-lock.json';
const severityOf = { critical: 1, high: 2, moderate: 3, low: 4, info: 4 } as const satisfies Record<string, Severity>;
const maxListed = 20;

/** Known vulnerabilities of the locked dependencies, as one finding. It asks the registry; where that does not answer, it says so. */
export const audit: Preset = {
  name: 'audit',
  tool: 'npm',
  timeoutMs: 120_000,
  applies: ({ files }) => files.includes(lockFile) || 'there is no package-lock.json in the root',
  // A configuration of the repository may name another program as git or shell: the command line has the last word.
  commands: async () => [
    [
      'audit',
      '--json',
      '--package-lock-only',
      '--ignore-scripts',
      '--git=git',
      '--fetch-retries=0',
      '--loglevel=error',
    ],
  ],
  async understand([output], { readText }) {
    const report = readJson(output?.stdout ?? '', Report);
    if (!report) {
      const why =
        readJson(output?.stdout ?? '', Failure)?.message ?? lastLine(output?.stderr ?? '') ?? 'no readable answer';
      return {
        undetermined: `npm audit got no answer from the registry: ${truncate(oneLine(why), 300)}`,
        cause: 'unavailable',
      };
    }
    const found = Object.values(report.vulnerabilities).toSorted(byWeight);
    const finding = found.length === 0 ? [] : [await toFinding(found, readText)];
    return { findings: finding, held: { findings: 0, rules: [] } };
  },
};

function byWeight(a: Vulnerability, b: Vulnerability): number {
  return severityOf[a.severity] - severityOf[b.severity] || (a.name < b.name ? -1 : 1);
}

async function toFinding(found: readonly Vulnerability[], readText: ReadText): Promise<CheckFinding> {
  const listed = found.slice(0, maxListed).map(describe);
  const more = found.length - listed.length;
  const rest = more > 0 ? `\n- and ${more} more` : '';
  const evidence = evidenceOf(found.slice(0, maxListed), await readText(lockFile));
  return {
    rule: 'npm-audit',
    candidate: {
      title: `Dependencies with known vulnerabilities in ${lockFile}`,
      description: `The lock file names ${count(found.length, 'package')} with published vulnerabilities:\n\n${listed.join('\n')}${rest}\n\nAn attacker who reads the same advisories needs only to find out that they apply here.`,
      severity: severityOf[found[0]?.severity ?? 'moderate'],
      category: 'dependencies',
      cwe: 'CWE-1395',
      location: { path: lockFile, ...linesOf(evidence[0]) },
      evidence,
      nextSteps: [
        'Run `npm audit` for the details and `npm audit fix` for the updates that fit the declared ranges.',
        'Update the direct dependencies that hold back the others, and run the tests.',
      ],
    },
  };
}

function describe({ name, severity, isDirect, via, fixAvailable }: Vulnerability): string {
  const advisories = via.flatMap((cause) => (typeof cause === 'string' ? [] : [cause]));
  const [first] = advisories;
  const causes = via.filter((cause) => typeof cause === 'string');
  const what = first
    ? `${oneLine(first.title)}${first.url ? ` (${first.url})` : ''}${advisories.length > 1 ? ` and ${advisories.length - 1} more` : ''}`
    : `through ${causes.slice(0, 3).join(', ')}`;
  const notes = [isDirect ? 'direct' : '', fixAvailable === false ? 'no fix yet' : ''].filter(Boolean).join(', ');
  return `- ${name}: ${severity}${notes ? ` (${notes})` : ''}: ${truncate(what, 300)}`;
}

/** The lines of the lock file where the packages stand. */
function evidenceOf(found: readonly Vulnerability[], text: string | undefined): Evidence[] {
  const lines = (text ?? '').split(/\r?\n/);
  return found.flatMap(({ nodes }) => {
    const index = lines.findIndex((line) => nodes.some((node) => line.trim() === `${JSON.stringify(node)}: {`));
    if (index < 0) return [];
    const quote = lines.slice(index, index + 2).join('\n');
    return [{ path: lockFile, startLine: index + 1, endLine: index + 2, quote }];
  });
}

function linesOf(evidence: Evidence | undefined) {
  return evidence?.startLine === undefined ? {} : { startLine: evidence.startLine, endLine: evidence.startLine };
}
