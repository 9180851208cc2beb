import { copyFile, lstat, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as core from '@actions/core';
import { endLeftProcesses, endLeftSandboxes } from '../src/courier.ts';
import { e2bAccess } from '../src/courier-options.ts';
import { understandEvent } from '../src/events/understand-event.ts';
import type { Reported } from '../src/flows/ports.ts';
import { messageOf } from '../src/lib/errors.ts';
import { count } from '../src/lib/text.ts';
import { environmentSecrets } from '../src/publishing/environment-secrets.ts';
import { createGate } from '../src/publishing/gate.ts';
import { outputFolder, sandboxFolder } from './folders.ts';
import { credentialsIn, parseInputs } from './inputs.ts';
import { createStepLog } from './log.ts';
import { readEvent } from './read-event.ts';
import { startCourier } from './start-courier.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * After the job's steps, also a cancelled job's: no sandbox stays, and no record that waits for an end. A sandbox that is still there belongs
 * to a step that was killed; what its agent had reported is kept beside the session's files and goes into the ledger.
 */
export async function post(env: Environment, { dist }: { dist: string }): Promise<void> {
  for (const credential of credentialsIn(env)) core.setSecret(credential);
  const reported: Reported[] = [];
  for (const clean of [removeLocal, endRemote]) {
    await orWarn('Courier could not clean up', async () => {
      const { left, kept } = await clean(env);
      reported.push(...left);
      if (left.length > 0)
        core.warning(
          `The step was killed in the middle of a session: ${count(left.length, 'sandbox', 'sandboxes')} removed.`,
        );
      for (const file of kept) core.info(`What the agent had reported is kept, unread: ${file}`);
    });
  }
  await orWarn('The record of the session could not be closed: the next session does it', () =>
    close(env, { dist, reported }),
  );
}

async function orWarn(what: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    core.warning(`${what}: ${createGate({ secrets: credentialsIn(process.env) }).plain(messageOf(error))}`);
  }
}

/** The step itself closes its record, unless it was killed. */
async function close(
  env: Environment,
  { dist, reported }: { dist: string; reported: readonly Reported[] },
): Promise<void> {
  const { STATE_courierSession: session, STATE_courierJob: job = '', STATE_courierEnded: ended } = env;
  if (!session || ended === 'true') return;
  const inputs = parseInputs(env);
  const gate = createGate({ secrets: [...credentialsIn(env), ...environmentSecrets(env)] });
  const log = createStepLog(core, gate);
  const courier = startCourier(env, inputs, { dist, job, folder: outputFolder(env), log, progress: () => {} });
  const { trigger } = understandEvent(inputs.mode, await readEvent(env), inputs.request);
  const stopped = env.STATE_courierStopped === 'true';
  const closed = await courier.close({ trigger, configPath: inputs.config, session, stopped, reported });
  if (closed) core.info(gate.logLine(`Session ${closed.id} is closed as ${closed.phase}. ${closed.reasons.join(' ')}`));
}

type Cleaned = { left: readonly Reported[]; kept: readonly string[] };

async function removeLocal(env: Environment): Promise<Cleaned> {
  const folder = sandboxFolder(env);
  const names = await readdir(folder).catch(() => []);
  const left: Reported[] = [];
  const kept: string[] = [];
  for (const name of names) {
    await endLeftProcesses(path.join(folder, name));
    const files = await salvage(path.join(folder, name, 'home'), salvageFolder(env, name));
    kept.push(...files);
    left.push(Object.fromEntries(await Promise.all(files.map(readNamed))));
  }
  await rm(folder, { recursive: true, force: true });
  return { left, kept };
}

async function readNamed(file: string): Promise<[string, Uint8Array]> {
  return [path.basename(file), await readFile(file)];
}

async function endRemote(env: Environment): Promise<Cleaned> {
  const [key, job] = [env['INPUT_E2B-API-KEY']?.trim(), env.STATE_courierJob];
  if (!key || !job) return { left: [], kept: [] };
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
  return { left: ended.map(({ reported }) => reported), kept };
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
