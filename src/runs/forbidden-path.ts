import { createMatcher } from '../lib/glob.ts';
import { isPlainRelative } from '../lib/safe-path.ts';

/** Why no run may touch a path. */
export type ForbiddenPath = 'unsafe' | 'git' | 'workflow' | 'agent' | 'own' | 'owners' | 'protected';

const workflows = createMatcher([
  ...['.github/workflows/**', '.github/actions/**', '.gitlab-ci.yml', '.circleci/**', '.travis.yml', '.buildkite/**'],
  ...['jenkinsfile', '**/jenkinsfile', 'azure-pipelines.y*ml', '.azure-pipelines/**', 'bitbucket-pipelines.yml'],
  ...['.drone.y*ml', '.woodpecker/**', '.woodpecker.y*ml', '.cirrus.y*ml', 'appveyor.yml', '.appveyor.yml'],
]);
/** What agent programs and editors read, or run, of a checkout by themselves. */
const agents = createMatcher([
  ...['.claude/**', '.mcp.json', '.codex/**', '.gemini/**', '.opencode/**', 'opencode.json*', '.cursor/**', '.aider*'],
  ...[
    '.vscode/**',
    '.idea/**',
    '.devcontainer/**',
    '.husky/**',
    '.npmrc',
    '.yarnrc*',
    '.pypirc',
    '.pre-commit-config.yaml',
  ],
  ...['**/.env', '**/.env.*', '!**/.env.example', '!**/.env.sample', '!**/.env.template'],
  ...['AGENTS.md', 'CLAUDE.md', 'GEMINI.md', '.github/copilot-instructions.md'].flatMap((name) => [name, `**/${name}`]),
]);
const own = createMatcher(['.courier/**', '.github/courier.yml', '.github/courier.yaml']);
const owners = createMatcher(['CODEOWNERS', '.github/CODEOWNERS', 'docs/CODEOWNERS'].map((path) => path.toLowerCase()));

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
const unportable = /[\u0000-\u001f\u007f\\:*?"<>|]|[ .](?:\/|$)/;
// Invisible ones among them: file systems drop some of them, so that `.g\u200cit` is `.git` to them.
const unseen = /\p{Default_Ignorable_Code_Point}|\p{Cf}/u;

/**
 * Judges a path as the machines see it that a branch may be checked out on: without case, and as if compatibility characters were plain ones.
 *
 * @param isProtected what the repository protects besides.
 */
export function forbidPath(path: string, isProtected: (path: string) => boolean): ForbiddenPath | undefined {
  const seen = path.normalize('NFKC').toLowerCase();
  if (seen.split('/').some((part) => part.startsWith('.git') && part !== '.github' && part !== '.gitlab-ci.yml'))
    return 'git';
  if (path.length > 1024 || !isPlainRelative(path) || unportable.test(path) || unseen.test(path)) return 'unsafe';
  if (!isPlainRelative(seen)) return 'unsafe';
  if (seen.split('/').some((part) => /^git~\d/.test(part))) return 'git';
  if (workflows(seen)) return 'workflow';
  if (agents(seen) || agents(path)) return 'agent';
  if (own(seen)) return 'own';
  if (owners(seen)) return 'owners';
  return isProtected(path) || isProtected(seen) ? 'protected' : undefined;
}
