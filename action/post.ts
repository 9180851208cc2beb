import { copyFile, lstat, mkdir, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import * as core from '@actions/core';
import { messageOf } from '../src/lib/errors.ts';
import { count } from '../src/lib/text.ts';
import { outputFolder, sandboxFolder } from './folders.ts';

/**
 * After the job's steps, also a cancelled job's: no sandbox stays. A sandbox that is still there belongs to a step that was killed; what
 * its agent had reported is kept beside the session's files first.
 */
export async function post(env: Readonly<Record<string, string | undefined>>): Promise<void> {
  const folder = sandboxFolder(env);
  try {
    const left = await readdir(folder).catch(() => []);
    const kept: string[] = [];
    for (const name of left) {
      kept.push(...(await salvage(path.join(folder, name, 'home'), path.join(outputFolder(env), 'salvaged', name))));
    }
    await rm(folder, { recursive: true, force: true });
    if (left.length > 0)
      core.warning(
        `The step was killed in the middle of a session: ${count(left.length, 'sandbox', 'sandboxes')} removed.`,
      );
    for (const file of kept) core.info(`What the agent had reported is kept, unread: ${file}`);
  } catch (error) {
    core.warning(`Courier could not clean up: ${messageOf(error)}`);
  }
}

const largest = 50_000_000;

/** Copies what the agent reported as it is: it stays untrusted. A link in its place is the sandbox's trick and is left. */
async function salvage(home: string, target: string): Promise<string[]> {
  const kept: string[] = [];
  for (const name of ['issues.json', 'questions.json']) {
    const found = await lstat(path.join(home, name)).catch(() => undefined);
    if (!found?.isFile() || found.size > largest) continue;
    await mkdir(target, { recursive: true });
    await copyFile(path.join(home, name), path.join(target, name));
    kept.push(path.join(target, name));
  }
  return kept;
}
