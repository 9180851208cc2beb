import { z } from 'zod';

/** What the root of a repository says about it. `packageManifest` is the text of package.json, untrusted. */
export type RepositoryFacts = { files: readonly string[]; folders: readonly string[]; packageManifest: string };

/** A commented configuration for this repository; everything in it may be taken out. */
export function renderConfiguration(facts: RepositoryFacts): string {
  const sources = ['src', 'lib', 'app', 'packages', 'cmd', 'internal'].filter((name) => facts.folders.includes(name));
  const documents = ['docs/ARCHITECTURE.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md'].filter((name) =>
    facts.files.includes(name),
  );
  const commands = commandsOf(facts);
  return `# Courier's configuration. Every key is optional: this file is a start. All keys: docs/configuration.md of Courier.

# The agent. It runs where a key is set (secret ANTHROPIC_API_KEY); without one only the checks below do.
issueAgent:
  effort: high # low | medium | high | max
  budgetUsd: 5 # limit of a session, in US dollars
${block('  context', listLines(documents), 'documents that the agent should know')}
${block('  commands', mapLines(commands), 'commands that the agent finds in its sandbox')}

# What the agent looks for. Each scan has its own prompt; paths narrow it.
scans:
  bugs:
    prompt: >-
      Find bugs that users or operators of this software would suffer from: wrong results, lost data, crashes,
      unhandled failures, races, leaks, and security holes. Report what you can prove from the code.
${sources.length > 0 ? `    paths: [${sources.map((name) => `"${name}/**"`).join(', ')}]` : '    # paths: ["src/**"]'}

# Keyless checks switch themselves on where they apply: auto, none, or a list of their names.
presets: auto

# Commands of your own: a failing one is a finding, and so is each result of one that prints SARIF.
# They run in the workflow's job as it is: install what they need in a step before Courier's.
${block('checks', checkLines(commands), 'each with run, and format: sarif where it prints SARIF')}

issues:
  labels: [courier]
  minPriority: low # critical | high | medium | low; lower ones are kept in the ledger only
  maxNew: 20 # new issues per session

# Framing for agents by path; it never changes a severity.
# rules:
#   - { paths: ["legacy/**"], text: "Legacy code: report only security and data loss." }

# Standing suppressions, each with a reason.
# ignore:
#   - { category: docs, paths: ["examples/**"], reason: "Examples are short on purpose." }

# What all sessions together may cost.
budget: { perDayUsd: 20, perMonthUsd: 200 }
`;
}

const PackageManifest = z.object({ scripts: z.record(z.string(), z.unknown()).catch({}) });

/** Commands that such a repository usually has. Only names that are known here are used, never text of the repository. */
function commandsOf({ files, packageManifest }: RepositoryFacts): Map<string, string> {
  const has = (name: string) => files.includes(name);
  const commands = new Map<string, string>();
  const scripts = scriptsOf(packageManifest);
  for (const name of ['typecheck', 'check', 'lint', 'test', 'build']) {
    if (scripts.includes(name)) commands.set(name, name === 'test' ? 'npm test' : `npm run ${name}`);
  }
  if (has('tsconfig.json') && !commands.has('typecheck')) commands.set('typecheck', 'npx tsc --noEmit');
  if (has('go.mod')) commands.set('vet', 'go vet ./...').set('test', 'go test ./...');
  if (has('Cargo.toml')) commands.set('check', 'cargo check --all-targets').set('test', 'cargo test');
  if (has('pyproject.toml') || has('requirements.txt')) commands.set('test', 'python -m pytest -q');
  return commands;
}

function scriptsOf(text: string): readonly string[] {
  try {
    return Object.keys(PackageManifest.parse(JSON.parse(text)).scripts);
  } catch {
    return [];
  }
}

function checkLines(commands: ReadonlyMap<string, string>): string[] {
  const wanted = [...commands].filter(([name]) => name === 'lint' || name === 'typecheck' || name === 'vet');
  return wanted.map(([name, run]) => `${name}: { run: ${run}, severity: 3 }`);
}

function listLines(names: readonly string[]): string[] {
  return names.map((name) => `- ${name}`);
}

function mapLines(values: ReadonlyMap<string, string>): string[] {
  return [...values].map(([name, value]) => `${name}: ${value}`);
}

/** A key with its lines; commented out, with what it is for, where there are none. */
function block(key: string, lines: readonly string[], meaning: string): string {
  const indent = ' '.repeat(key.length - key.trimStart().length);
  if (lines.length === 0) return `${indent}# ${key.trim()}: ${meaning}`;
  return [`${key}: # ${meaning}`, ...lines.map((line) => `${indent}  ${line}`)].join('\n');
}
