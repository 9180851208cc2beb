import { copyFile, mkdir, mkdtemp, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { CommandResult, CommandRunner } from '../../checks/check.ts';
import { oneLine, truncate } from '../../lib/text.ts';

const timeoutMs = 120_000;

/** Exactly what the lock says, no install scripts, and one more try for a registry that stumbled: without a network the answer comes soon. */
const npmCi = [
  ...['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'],
  ...['--fetch-retries=1', '--fetch-retry-mintimeout=1000', '--fetch-retry-maxtimeout=2000'],
] as const;

/**
 * Installs what the lock file of `lockDir` names into `folder`, which is there afterwards as a whole or not at all: several at once do
 * each other no harm. The integrity of every package is checked by npm against the lock.
 */
export async function installTools({
  lockDir,
  folder,
  npm,
  commands,
}: {
  lockDir: string;
  folder: string;
  npm: readonly [string, ...string[]];
  commands: CommandRunner;
}): Promise<string | { unavailable: string }> {
  await mkdir(path.dirname(folder), { recursive: true });
  const draft = await mkdtemp(path.join(path.dirname(folder), '.installing-'));
  try {
    for (const name of ['package.json', 'package-lock.json']) {
      await copyFile(path.join(lockDir, name), path.join(draft, name));
    }
    const result = await commands.run({ argv: [...npm, ...npmCi] }, { cwd: draft, timeoutMs });
    if (result.exitCode !== 0) return { unavailable: whyNot(result) };
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

function whyNot(result: CommandResult): string {
  const intro = "The presets' tools could not be installed";
  if (result.timedOut) return `${intro}: npm ci did not end within ${timeoutMs / 1000} seconds.`;
  if (result.spawnError) return `${intro}: npm could not be started (${result.spawnError}).`;
  if (/E(NOTFOUND|AI_AGAIN|CONNREFUSED|CONNRESET|TIMEDOUT|HOSTUNREACH|NETUNREACH)/.test(result.stderr)) {
    return `${intro}: the npm registry cannot be reached (offline?).`;
  }
  if (result.stderr.includes('EINTEGRITY'))
    return `${intro}: a package is not the one that the lock file names (EINTEGRITY).`;
  const line =
    result.stderr.split('\n').find((text) => /^npm (error|ERR!)/.test(text)) ?? `exit code ${result.exitCode}`;
  return `${intro}: ${truncate(oneLine(line), 300)}.`;
}
