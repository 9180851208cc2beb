import { z } from 'zod';
import type { Evidence } from '../../findings/finding.ts';
import { createMatcher } from '../../lib/glob.ts';
import { truncate } from '../../lib/text.ts';
import type { CommandResult } from '../check.ts';
import { groupResults, type ReadText, type Wording } from '../group-results.ts';
import { isOwnCode, isProductCode } from '../own-code.ts';
import type { RawResult } from '../raw-result.ts';
import { readJsonLines } from './json-lines.ts';
import { type Preset, toBatches, withoutDot } from './preset.ts';

/** What our formatter (secretlint-format.mjs) writes for each secret: nothing of the secret itself. */
const Found = z.object({
  path: z.string(),
  line: z.number().int().positive(),
  rule: z.string(),
  kind: z.string(),
  message: z.string(),
  quote: z.string(),
  url: z.string().optional(),
});

type Found = z.infer<typeof Found>;

/** Lock files hold hashes, documentation and templates hold examples, and pictures hold no text. */
const mayHoldSecrets = createMatcher([
  '!**/{package-lock.json,npm-shrinkwrap.json,pnpm-lock.yaml,yarn.lock,Cargo.lock,go.sum,poetry.lock,uv.lock,composer.lock}',
  '!**/*.{md,mdx,rst,adoc,example,sample,template,dist,snap}',
  '!**/*.{png,jpg,jpeg,gif,webp,ico,pdf,woff,woff2,ttf,otf,eot,mp3,mp4,zip,gz,tgz,jar,wasm,exe,dll,so,dylib}',
]);

/** Secrets in the files. Values are masked in the tool's own process; quotes hold `***` in their place. */
export const secretlint: Preset = {
  name: 'secretlint',
  tool: 'secretlint',
  timeoutMs: 300_000,
  applies: ({ files }) => files.some(isCandidate) || 'there are no files that could hold secrets',
  commands: async ({ files, assets }) =>
    toBatches(files.filter(isCandidate)).map((paths) => [
      '--no-glob',
      '--no-gitignore',
      '--no-color',
      '--no-maskSecrets',
      `--secretlintrc=${assets}/secretlint.json`,
      `--format=${assets}/secretlint-format.mjs`,
      ...paths,
    ]),
  async understand(outputs, { readText, repositoryRoot, maxFindings }) {
    const results: RawResult[] = [];
    for (const output of outputs) {
      const found = readOutput(output);
      // Its error output may hold file contents: nothing of it is repeated.
      if (!found) {
        const reason = `secretlint ended with exit code ${output.exitCode} and no readable output`;
        return { undetermined: reason, cause: 'failed' };
      }
      results.push(...found.map((secret) => toRawResult(secret, repositoryRoot)));
    }
    const standing = await Promise.all(results.map((result) => stands(result, readText)));
    const proven = results.filter((_, index) => standing[index]);
    return groupResults(proven, { tool: 'secretlint', readText, maxFindings, wording });
  },
};

function readOutput({ exitCode, stdout }: CommandResult): Found[] | undefined {
  if (exitCode !== 0 && exitCode !== 1) return undefined;
  const found = readJsonLines(stdout, Found);
  return found?.length === 0 && exitCode === 1 ? undefined : found;
}

function isCandidate(path: string): boolean {
  return isOwnCode(path) && isProductCode(path) && mayHoldSecrets(path);
}

function toRawResult({ path, line, kind, message, quote, url }: Found, root: string): RawResult {
  const relative = path.startsWith(`${root}/`) ? path.slice(root.length + 1) : path;
  return {
    rule: kind,
    ruleName: nameOf(message, kind),
    level: 'error',
    message: `A value that looks like a secret is committed: ${nameOf(message, kind)}`,
    path: withoutDot(relative),
    startLine: line,
    endLine: line,
    snippet: quote,
    cwe: 'CWE-798',
    tags: ['security'],
    ...(url ? { helpUri: url } : {}),
  };
}

/** `found AWS Secret Access Key: ***` names the kind of secret in words. */
function nameOf(message: string, kind: string): string {
  return /^found ([\w /.-]{3,60}?)(?: token)?:/i.exec(message)?.[1] ?? kind;
}

/** The host's own look: what the quote shows beside `***` stands on that line of the file. */
async function stands({ path, startLine, snippet }: RawResult, readText: ReadText): Promise<boolean> {
  if (path === undefined || startLine === undefined || snippet === undefined) return false;
  const line = (await readText(path))?.split('\n')[startLine - 1];
  if (line === undefined) return false;
  let from = 0;
  return snippet.split('***').every((part) => {
    const at = line.indexOf(part, from);
    from = at + part.length;
    return at >= 0;
  });
}

const wording: Wording = {
  category: () => 'security',
  severity: ({ rule }) => (/basic_?auth|connection/i.test(rule) ? 2 : 1),
  title: ({ ruleName }) => `Secret in the repository: ${ruleName}`,
  why: () =>
    'Everybody who can read the repository, any clone or its history has this secret. Deleting the line does not take it back.',
  nextSteps: ({ path }) => [
    'Revoke the secret where it was issued, and issue a new one.',
    `Take it out of ${path} and read it from the environment or a secret store.`,
    'Look for uses of the old one since it was committed.',
  ],
  evidence: ({ path, startLine, snippet }): Evidence | undefined => {
    if (path === undefined || startLine === undefined || !snippet?.trim()) return undefined;
    return { path, startLine, endLine: startLine, quote: truncate(snippet, 300, ''), masked: true };
  },
};
