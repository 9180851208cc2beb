import { copyFile, lstat, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as core from '@actions/core';
import { e2bAccess, endLeftSandboxes } from '../src/courier.ts';
import { messageOf } from '../src/lib/errors.ts';
import { count } from '../src/lib/text.ts';
import { outputFolder, sandboxFolder } from './folders.ts';
import { credentialsIn } from './inputs.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * After the job's steps, also a cancelled job's: no sandbox stays. A sandbox that is still there belongs to a step that was killed; what
 * its agent had reported is kept beside the session's files first.
 */
export async function post(env: Environment): Promise<void> {
  for (const credential of credentialsIn(env)) core.setSecret(credential);
  for (const clean of [removeLocal, endRemote]) {
    try {
      const { left, kept } = await clean(env);
      if (left > 0)
        core.warning(`The step was killed in the middle of a session: ${count(left, 'sandbox', 'sandboxes')} removed.`);
      for (const file of kept) core.info(`What the agent had reported is kept, unread: ${file}`);
    } catch (error) {
      core.warning(`Courier could not clean up: ${messageOf(error)}`);
    }
  }
}

type Cleaned = { left: number; kept: readonly string[] };

async function removeLocal(env: Environment): Promise<Cleaned> {
  const folder = sandboxFolder(env);
  const left = await readdir(folder).catch(() => []);
  const kept: string[] = [];
  for (const name of left) kept.push(...(await salvage(path.join(folder, name, 'home'), salvageFolder(env, name))));
  await rm(folder, { recursive: true, force: true });
  return { left: left.length, kept };
}

async function endRemote(env: Environment): Promise<Cleaned> {
  const [key, job] = [env['INPUT_E2B-API-KEY']?.trim(), env.STATE_courierJob];
  if (!key || !job) return { left: 0, kept: [] };
  const ended = await endLeftSandboxes({ access: e2bAccess(key, env), job });
  const kept: string[] = [];
  for (const { id, reported } of ended) {
    for (const [name, bytes] of Object.entries(reported)) {
      const target = path.join(salvageFolder(env, id), name);
      await mkdir(path.dirname(target), { recursive: true });
      await writeFile(target, bytes);
      kept.push(target);
    }
  }
  return { left: ended.length, kept };
}

function salvageFolder(env: Environment, sandbox: string): string {
  return path.join(outputFolder(env), 'salvaged', sandbox);
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
