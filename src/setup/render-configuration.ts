import { z } from 'zod';

/** What the root of a repository says about it. `packageManifest` is the text of package.json, untrusted. */
export type RepositoryFacts = { files: readonly string[]; folders: readonly string[]; packageManifest: string };

/**
 * A commented configuration for this repository. What needs something of it to be installed first stands there as a comment, so that a
 * first scan does not report that it was not.
 */
export function renderConfiguration(facts: RepositoryFacts): string {
  const sources = ['src', 'lib', 'app', 'packages', 'cmd', 'internal'].filter((name) => facts.folders.includes(name));
  const documents = ['ARCHITECTURE.md', 'CONTRIBUTING.md'].filter((name) => facts.files.includes(name));
  const commands = commandsOf(facts);
  return `# Courier's configuration. Every key is optional: this file is a start. All keys: docs/configuration.md of Courier.

# The agent. It runs where a key is set (secret ANTHROPIC_API_KEY); without one only the checks below do.
issueAgent:
  effort: high # low | medium | high | max
  budgetUsd: 5 # limit of a session, in US dollars
  # Documents that the agent should know.
  ${documents.length > 0 ? `context: [${documents.join(', ')}]` : '# context: [docs/ARCHITECTURE.md]'}
  # Commands that the agent finds in its sandbox. It has no network and only what git tracks: none that needs an installation.
  # commands:
${[...commands].map(([name, run]) => `  #   ${name}: ${run}`).join('\n')}

# What the agent looks for. Each scan has its own prompt; paths narrow it.
scans:
  bugs:
    prompt: >-
      Find bugs that users or operators of this software would suffer from: wrong results, lost data, crashes,
      unhandled failures, races, leaks, and security holes. Report what you can prove from the code.
    ${sources.length > 0 ? `paths: [${sources.map((name) => `"${name}/**"`).join(', ')}]` : '# paths: ["src/**"]'}

# Keyless checks switch themselves on where they apply: auto, none, or a list of their names.
presets: auto

# Commands of your own: a failing one is a finding, and so is each result of one that prints SARIF (format: sarif).
# They run in the workflow's job as it is: install what they need in a step before Courier's.
# checks:
${[...commands].map(([name, run]) => `#   ${name}: { run: ${run}, severity: 3 }`).join('\n')}

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
`;
}

const PackageManifest = z.object({ scripts: z.record(z.string(), z.unknown()).catch({}) });

/** Commands that such a repository usually has. Only names that are known here are used, never text of the repository. */
function commandsOf({ files, packageManifest }: RepositoryFacts): Map<string, string> {
  const has = (name: string) => files.includes(name);
  const commands = new Map<string, string>();
  const scripts = scriptsOf(packageManifest);
  for (const name of ['typecheck', 'lint', 'test']) {
    if (scripts.includes(name)) commands.set(name, name === 'test' ? 'npm test' : `npm run ${name}`);
  }
  if (has('go.mod')) commands.set('vet', 'go vet ./...').set('test', 'go test ./...');
  if (has('Cargo.toml')) commands.set('check', 'cargo check --all-targets').set('test', 'cargo test');
  if (has('pyproject.toml') || has('requirements.txt')) commands.set('test', 'python -m pytest -q');
  return commands.size > 0 ? commands : new Map([['test', 'make test']]);
}

function scriptsOf(text: string): readonly string[] {
  try {
    return Object.keys(PackageManifest.parse(JSON.parse(text)).scripts);
  } catch {
    return [];
  }
}
