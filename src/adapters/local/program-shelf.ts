import { createHash } from 'node:crypto';
import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import { readdir, rm, stat, utimes } from 'node:fs/promises';
import path from 'node:path';
import { UserError } from '../../lib/errors.ts';
import type { Log } from '../../lib/log.ts';
import { type Platform, toInstall } from '../../sandboxes/program-lock.ts';
import {
  commandInside,
  type ProgramName,
  programPackages,
  programsInside,
  testedVersions,
} from '../../sandboxes/program-package.ts';
import { createCommandRunner } from './command-runner.ts';
import { findProgramOnRunner } from './find-program-on-runner.ts';
import { installTools } from './install-tools.ts';
import type { ShelvedProgram } from './program-share.ts';
import { locateNpm } from './toolbox.ts';

/**
 * The agent tools of this machine.
 *
 * Contract: what it gives is whole and of a known version: installed from the lock that ships with Courier, or found on the machine.
 *
 * @throws UserError where it cannot be had, with what to do about it.
 */
export type ProgramShelf = { take(name: ProgramName): Promise<ShelvedProgram> };

type Options = {
  /** Absolute folder with a folder for each program, which holds its lock. */
  locks: string;
  /** Where installed programs are kept, and nothing else. */
  folder: string;
  env: Readonly<Record<string, string | undefined>>;
  log: Log;
  /** Of Linux, for a sandbox elsewhere: then nothing of this machine will do. Default: this machine's. */
  platform?: Platform;
};

const installMs = 600_000;

export function createProgramShelf(options: Options): ProgramShelf {
  const taken = new Map<ProgramName, Promise<ShelvedProgram>>();
  return {
    take(name) {
      const before = taken.get(name);
      if (before) return before;
      const found = find(name, options);
      taken.set(name, found);
      // What could not be had may be there the next time.
      found.catch(() => taken.delete(name));
      return found;
    },
  };
}

async function find(name: ProgramName, options: Options): Promise<ShelvedProgram> {
  const lock = readFileSync(path.join(options.locks, name, 'package-lock.json'), 'utf8');
  const digest = createHash('sha256').update(lock).digest('hex').slice(0, 16);
  const elsewhere = options.platform ? `-${options.platform.arch}-${options.platform.libc}` : '';
  const folder = path.join(options.folder, `${name}${elsewhere}-${digest}`);
  if (existsSync(folder)) {
    await utimes(folder, new Date(), new Date()).catch(() => undefined);
    return toShelved(name, folder);
  }
  const here = options.platform ? undefined : await findProgramOnRunner(name, options);
  if (here) return here;
  await install(name, { lock, folder }, options);
  return toShelved(name, folder);
}

async function install(
  name: ProgramName,
  { lock, folder }: { lock: string; folder: string },
  { env, log, folder: shelf, platform = { arch: process.arch, libc: libcHere() } }: Options,
): Promise<void> {
  const { title } = programPackages[name];
  const refuse = (why: string) =>
    new UserError(
      `${why} Let npm reach its registry, or have ${title} ${testedVersions(name)} on the PATH of the machine that runs Courier.`,
    );
  const none = `there is none for Linux on ${platform.arch}.`;
  const [chosen, npm] = [toInstall(lock, platform), locateNpm(env)];
  if (!chosen) throw refuse(`${title} could not be installed: ${none}`);
  if ('unavailable' in npm) throw refuse(`${title} could not be installed: ${npm.unavailable}`);
  log.info(`Installing ${title} into the tool cache.`);
  await sweep(shelf, name);
  const outcome = await installTools({
    what: title,
    lock: chosen,
    folder,
    npm: npm.argv,
    // What is left of optional packages would have to be built.
    flags: ['--omit=optional', '--os=linux', `--cpu=${platform.arch}`, `--libc=${platform.libc}`],
    timeoutMs: installMs,
    check: (draft) => (entryIn(name, draft) ? undefined : none),
    commands: createCommandRunner({ env }),
  });
  if (typeof outcome !== 'string') throw refuse(outcome.unavailable);
}

/** Which C library programs of this machine are made for. */
function libcHere(): 'glibc' | 'musl' {
  const report = process.report.getReport();
  const header = 'header' in report && typeof report.header === 'object' ? report.header : undefined;
  return header && 'glibcVersionRuntime' in header ? 'glibc' : 'musl';
}

function toShelved(name: ProgramName, folder: string): ShelvedProgram {
  const { title } = programPackages[name];
  const entry = entryIn(name, folder);
  if (!entry) throw new UserError(`${title} in ${folder} is damaged: delete this folder, and it is installed anew.`);
  const share = { from: folder, to: `${programsInside}/${name}` };
  return { program: { command: commandInside(name, entry), version: versionOf(path.join(folder, entry)) }, share };
}

/** What is run, below the folder. */
function entryIn(name: ProgramName, folder: string): string | undefined {
  const { entries, interpreter } = programPackages[name];
  return entries.find((entry) => isThere(path.join(folder, entry), interpreter ? constants.R_OK : constants.X_OK));
}

function isThere(file: string, mode: number): boolean {
  try {
    accessSync(file, mode);
    return true;
  } catch {
    return false;
  }
}

/** Of the package that holds the file. */
function versionOf(file: string): string {
  for (let folder = path.dirname(file); folder !== path.dirname(folder); folder = path.dirname(folder)) {
    const manifest = path.join(folder, 'package.json');
    if (!existsSync(manifest)) continue;
    return /"version":\s*"(\d+\.\d+\.\d+)/.exec(readFileSync(manifest, 'utf8'))?.[1] ?? 'unknown';
  }
  return 'unknown';
}

const longestDraftMs = 2 * installMs;
const longestUnusedMs = 30 * 24 * 3_600_000;

/** Removes what a killed installation left, and earlier versions of the program that nobody used for a month: they are large. */
async function sweep(shelf: string, name: ProgramName): Promise<void> {
  for (const entry of await readdir(shelf).catch(() => [])) {
    const isDraft = entry.startsWith('.installing-');
    if (!isDraft && !(entry.startsWith(`${name}-`) && /-[0-9a-f]{16}(\.tar\.gz)?$/.test(entry))) continue;
    const place = path.join(shelf, entry);
    const age = Date.now() - ((await stat(place).catch(() => undefined))?.mtimeMs ?? Date.now());
    if (age > (isDraft ? longestDraftMs : longestUnusedMs)) await rm(place, { recursive: true, force: true });
  }
}
