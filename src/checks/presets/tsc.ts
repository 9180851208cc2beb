import path from 'node:path';
import { z } from 'zod';
import { toRepositoryPath } from '../../lib/safe-path.ts';
import { lastLine, stripColours } from '../command-failure.ts';
import { groupResults, type Wording } from '../group-results.ts';
import type { RawResult } from '../raw-result.ts';
import { readJson } from './json-lines.ts';
import type { Preset, PresetContext } from './preset.ts';

const compilerFolder = 'node_modules/typescript';
/** What says where the compiler is; git does not hold it. */
export const compilerManifest = `${compilerFolder}/package.json`;
const Manifest = z.looseObject({ bin: z.looseObject({ tsc: z.string() }) });
const TsConfig = z.looseObject({
  files: z.array(z.unknown()).optional(),
  include: z.array(z.unknown()).optional(),
  references: z.array(z.looseObject({ path: z.string() })).optional(),
});

/** The repository's own TypeScript over its own configuration. */
export const tsc: Preset = {
  name: 'tsc',
  tool: 'node',
  timeoutMs: 600_000,
  applies: ({ allFiles }) => allFiles.includes('tsconfig.json') || 'there is no tsconfig.json in the root',
  async commands(context) {
    if (context.allFiles.includes(compilerManifest)) {
      return {
        undetermined: 'TypeScript is part of the repository; Courier does not start a program that it brings along',
        cause: 'unavailable',
      };
    }
    const manifest = readJson((await context.readText(compilerManifest)) ?? '', Manifest);
    if (!manifest) {
      return {
        undetermined: 'dependencies are not installed: run npm ci before the scan, and in sandbox.setup for runs',
        cause: 'unavailable',
      };
    }
    const program = path.posix.join(compilerFolder, manifest.bin.tsc);
    const projects = await projectsOf(context);
    return projects.map((project) => [program, '--noEmit', '--pretty', 'false', '-p', project]);
  },
  async understand(outputs, { readText, repositoryRoot, maxFindings }) {
    const results: RawResult[] = [];
    for (const { exitCode, stdout, stderr } of outputs) {
      const errors = readErrors(stdout, repositoryRoot);
      // Without a place it is the configuration that is wrong, and nothing was checked.
      const broken = exitCode !== 0 && errors.length === 0;
      if (broken) {
        return {
          undetermined: `tsc failed: ${lastLine(stdout) ?? lastLine(stderr) ?? `exit code ${exitCode}`}`,
          cause: 'failed',
        };
      }
      results.push(...errors);
    }
    return groupResults(results, { tool: 'tsc', readText, maxFindings, wording });
  },
};

/** A root configuration that only refers to others checks nothing by itself; then each of those is checked. */
async function projectsOf({ readText }: PresetContext): Promise<string[]> {
  const config = readJson(withoutComments((await readText('tsconfig.json')) ?? ''), TsConfig);
  const empty = config?.files?.length === 0 && !config.include?.length;
  const references = (config?.references ?? []).flatMap((reference) => toRepositoryPath(reference.path) ?? []);
  return empty && references.length > 0 ? references : ['tsconfig.json'];
}

/** JSON without comments and trailing commas. */
function withoutComments(text: string): string {
  // Nobody writes so much by hand, and an open comment in it would take long.
  if (text.length > 100_000) return '';
  return text
    .replace(/("(?:[^"\\\n]|\\.)*")|\/\/[^\n]*|\/\*[\s\S]*?\*\//g, (_, string?: string) => string ?? '')
    .replace(/("(?:[^"\\\n]|\\.)*")|,(?=\s*[}\]])/g, (_, string?: string) => string ?? '');
}

/** `src/a.ts(3,5): error TS2322: Type …`; indented lines belong to the error above. */
function readErrors(output: string, root: string): RawResult[] {
  const errors: RawResult[] = [];
  for (const line of stripColours(output).split('\n')) {
    const [, file, startLine, code, message] = /^(\S.*)\((\d+),\d+\): error (TS\d+): (.*)$/.exec(line) ?? [];
    const place = file === undefined ? undefined : toRepositoryPath(file, { workspace: root });
    if (place === undefined) continue;
    errors.push({
      rule: 'type-error',
      ruleName: 'Type error',
      level: 'error',
      message: `Line ${startLine}: ${message} (${code})`,
      path: place,
      startLine: Number(startLine),
      endLine: Number(startLine),
      tags: ['correctness'],
    });
  }
  return errors;
}

const wording: Wording = {
  category: () => 'bug',
  severity: () => 3,
  title: () => 'Type errors',
  nextSteps: ({ path: file }) => [`Run \`npx tsc --noEmit\` and correct what it says about ${file}.`],
};
