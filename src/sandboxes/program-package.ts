/** The agent tools that are programs of others: they run inside of a sandbox. */
export type ProgramName = 'claude-code' | 'codex' | 'opencode' | 'gemini';

/** A program that a sandbox holds. Nothing inside can write to it. */
export type InstalledProgram = {
  /** What starts it, inside: the program, or an interpreter and its script. */
  command: readonly [string, ...string[]];
  version: string;
};

/** A program on its way to a sandbox elsewhere: its folder as a tar, packed by gzip, for `programsInside` and its name. */
export type PackedProgram = { program: InstalledProgram; archive: () => AsyncIterable<Uint8Array> };

/** Where a program comes from, and which others of its versions are as good. */
export type ProgramPackage = {
  /** As its maker writes it, for sentences. */
  title: string;
  /** What it is called on a PATH. */
  binary: string;
  /**
   * What is run, below the folder into which its lock was installed. Only what fits the machine is installed: the first that is there. The
   * makers' own wrappers are left out, as most of them need an install script.
   */
  entries: readonly string[];
  interpreter?: 'node';
  /** Package in which a machine may have it, with what is run below it or beside it. Absent: it is one file that does without any other. */
  onRunner?: { package: string; entries: readonly string[] };
  /** The oldest and the newest version that Courier's tests were run with; `to` is what the lock names. */
  tested: { from: string; to: string };
};

const platforms = ['linux-x64', 'linux-x64-musl', 'linux-arm64', 'linux-arm64-musl'] as const;
const codexPrograms = [
  ['codex-linux-x64', 'x86_64-unknown-linux-musl'],
  ['codex-linux-arm64', 'aarch64-unknown-linux-musl'],
].map(([name, target]) => `node_modules/@openai/${name}/vendor/${target}/bin/codex`);

export const programPackages: Readonly<Record<ProgramName, ProgramPackage>> = {
  'claude-code': {
    title: 'Claude Code',
    binary: 'claude',
    entries: platforms.map((platform) => `node_modules/@anthropic-ai/claude-code-${platform}/claude`),
    tested: { from: '2.1.329', to: '2.1.330' },
  },
  codex: {
    title: 'Codex',
    binary: 'codex',
    entries: codexPrograms,
    onRunner: { package: '@openai/codex', entries: codexPrograms },
    tested: { from: '0.169.0', to: '0.169.0' },
  },
  opencode: {
    title: 'OpenCode',
    binary: 'opencode',
    // The build that runs on every x64 processor.
    entries: ['node_modules/opencode-linux-x64-baseline/bin/opencode'],
    tested: { from: '1.18.33', to: '1.18.33' },
  },
  gemini: {
    title: 'Gemini CLI',
    binary: 'gemini',
    entries: ['node_modules/@google/gemini-cli/bundle/gemini.js'],
    interpreter: 'node',
    onRunner: { package: '@google/gemini-cli', entries: ['bundle/gemini.js'] },
    tested: { from: '0.61.0', to: '0.61.0' },
  },
};

/** Where programs lie inside of a sandbox, each in a folder of its own name. */
export const programsInside = '/opt/courier';

/** What starts a program whose installed folder is at its place. */
export function commandInside(name: ProgramName, entry: string): readonly [string, ...string[]] {
  const file = `${programsInside}/${name}/${entry}`;
  const { interpreter } = programPackages[name];
  return interpreter ? [interpreter, file] : [file];
}

/** Whether a version (`1.2.3`, and no other form) is one that Courier's tests were run with. */
export function isTested(name: ProgramName, version: string): boolean {
  const { from, to } = programPackages[name].tested;
  return /^\d+\.\d+\.\d+$/.test(version) && compare(version, from) >= 0 && compare(version, to) <= 0;
}

/** Those versions, for sentences. */
export function testedVersions(name: ProgramName): string {
  const { from, to } = programPackages[name].tested;
  return from === to ? from : `${from} to ${to}`;
}

function compare(left: string, right: string): number {
  const [a, b] = [left, right].map((version) => version.split('.').map(Number));
  for (const index of [0, 1, 2]) {
    const difference = (a?.[index] ?? 0) - (b?.[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
