import { chmod, mkdir, mkdtemp, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { CommandResult, CommandRunner } from '../../checks/check.ts';
import { oneLine, truncate } from '../../lib/text.ts';

const usualTimeoutMs = 120_000;

/** Exactly what the lock says, no install scripts, and one more try for a registry that stumbled: without a network the answer comes soon. */
const npmCi = [
  ...['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'],
  ...['--fetch-retries=1', '--fetch-retry-mintimeout=1000', '--fetch-retry-maxtimeout=2000'],
] as const;

type Installation = {
  /** For sentences: `The presets' tools`. */
  what: string;
  /** The text of both files. */
  lock: { manifest: string; lock: string };
  folder: string;
  npm: readonly [string, ...string[]];
  /** Beside those that every installation has. */
  flags?: readonly string[];
  timeoutMs?: number;
  /** Looks at what was installed before it is used. @returns why it is of no use. */
  check?: (draft: string) => string | undefined;
  commands: CommandRunner;
};

/**
 * Installs what a lock file names into `folder`, which is there afterwards as a whole or not at all: several at once do
 * each other no harm. The integrity of every package is checked by npm against the lock.
 */
export async function installTools(installation: Installation): Promise<string | { unavailable: string }> {
  const { what, lock, folder, npm, flags = [], timeoutMs = usualTimeoutMs, check, commands } = installation;
  const refuse = (why: string) => ({ unavailable: `${what} could not be installed: ${why}` });
  await mkdir(path.dirname(folder), { recursive: true });
  const draft = await mkdtemp(path.join(path.dirname(folder), '.installing-'));
  try {
    await writeFile(path.join(draft, 'package.json'), lock.manifest);
    await writeFile(path.join(draft, 'package-lock.json'), lock.lock);
    const result = await commands.run({ argv: [...npm, ...npmCi, ...flags] }, { cwd: draft, timeoutMs });
    if (result.exitCode !== 0) return refuse(whyNot(result, timeoutMs));
    const useless = check?.(draft);
    if (useless !== undefined) return refuse(useless);
    // A sandbox may run as another user than the one who installs.
    await chmod(draft, 0o755);
    await moveInto(folder, draft);
    return folder;
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

async function moveInto(folder: string, draft: string): Promise<void> {
  try {
    await rename(draft, folder);
  } catch (error) {
    // Somebody else was faster; what they installed comes from the same lock.
    const there = await stat(folder).catch(() => undefined);
    if (!there?.isDirectory()) throw error;
  }
}

function whyNot(result: CommandResult, timeoutMs: number): string {
  if (result.timedOut) return `npm ci did not end within ${timeoutMs / 1000} seconds.`;
  if (result.spawnError) return `npm could not be started (${result.spawnError}).`;
  if (/E(NOTFOUND|AI_AGAIN|CONNREFUSED|CONNRESET|TIMEDOUT|HOSTUNREACH|NETUNREACH)/.test(result.stderr)) {
    return 'the npm registry cannot be reached (offline?).';
  }
  if (result.stderr.includes('EINTEGRITY')) return 'a package is not the one that the lock file names (EINTEGRITY).';
  const line =
    result.stderr.split('\n').find((text) => /^npm (error|ERR!)/.test(text)) ?? `exit code ${result.exitCode}`;
  return `${truncate(oneLine(line), 300)}.`;
}
