import { execFileSync } from 'node:child_process';
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { createCommandRunner } from '../../src/adapters/local/command-runner.ts';
import { createToolbox } from '../../src/adapters/local/toolbox.ts';
import type { CheckRequest } from '../../src/checks/run-checks.ts';
import { runChecks } from '../../src/checks/run-checks.ts';
import { silentLog } from '../../src/lib/log.ts';

const packageRoot = path.resolve(import.meta.dirname, '../..');

/** Courier's real tools and this machine's commands. */
export const realPorts = {
  commands: createCommandRunner({ env: process.env }),
  tools: createToolbox({
    mode: 'dependencies',
    packageRoot,
    assets: path.join(packageRoot, 'src/checks/presets'),
    log: silentLog,
  }),
  signal: new AbortController().signal,
  onProgress() {},
};

/** Text of the regular files below the folder. */
export function readerOf(root: string): (file: string) => Promise<string | undefined> {
  return async (file) => {
    const full = path.join(root, file);
    const found = await stat(full).catch(() => undefined);
    return found?.isFile() ? readFile(full, 'utf8') : undefined;
  };
}

/** Runs real checks over the files of a folder. */
export function checkFolder(root: string, files: readonly string[], request: Partial<CheckRequest> = {}) {
  return runChecks(
    { presets: 'auto', checks: {}, files, repositoryRoot: root, readText: readerOf(root), ...request },
    realPorts,
  );
}

export const sampleApp = path.resolve(import.meta.dirname, '../fixtures/sample-app');

export function sampleFiles(): string[] {
  const found = execFileSync('find', ['.', '-type', 'f', '-not', '-path', './.courier/*'], {
    cwd: sampleApp,
    encoding: 'utf8',
  });
  return found
    .split('\n')
    .filter(Boolean)
    .map((file) => file.slice(2))
    .toSorted();
}
