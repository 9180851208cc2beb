import { existsSync } from 'node:fs';
import { open, realpath } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Log } from '../../lib/log.ts';
import {
  isTested,
  type ProgramName,
  programPackages,
  programsInside,
  testedVersions,
} from '../../sandboxes/program-package.ts';
import { createCommandRunner } from './command-runner.ts';
import type { ShelvedProgram } from './program-share.ts';

/** What a sandbox would get to see of a program of this machine: one file, or the folder of a package and what is run in it. */
type Found = { file: string; folder?: string };

// A program of 200 MB, from a slow disk.
const versionMs = 60_000;

/**
 * A program on the PATH of this machine, of a version that Courier's tests know. Folders of packages (`node_modules/.bin`) on the PATH do not
 * count: they may be the scanned repository's.
 */
export async function findProgramOnRunner(
  name: ProgramName,
  { env, log }: { env: Readonly<Record<string, string | undefined>>; log: Log },
): Promise<ShelvedProgram | undefined> {
  const { binary, title } = programPackages[name];
  const folders = (env.PATH ?? '').split(path.delimiter);
  const usable = folders.filter((folder) => path.isAbsolute(folder) && !folder.includes('node_modules'));
  for (const named of usable.map((folder) => path.join(folder, binary)).filter((file) => existsSync(file))) {
    const found = await look(name, await realpath(named));
    const version = found && (await versionOf(name, found, env));
    if (found && version && isTested(name, version)) return toShelved(name, found, version);
    const what = version ?? 'of a kind that Courier does not know';
    log.info(`${title} on the PATH is ${what}: not used, as Courier was tested with ${testedVersions(name)}.`);
  }
  return undefined;
}

function toShelved(name: ProgramName, { file, folder }: Found, version: string): ShelvedProgram {
  const { interpreter } = programPackages[name];
  const share = { from: folder ?? file, to: `${programsInside}/${name}` };
  const program = folder ? `${share.to}/${path.relative(folder, file)}` : share.to;
  return { share, program: { version, command: interpreter ? [interpreter, program] : [program] } };
}

/** A program by itself, or what a script of a known package stands for. */
async function look(name: ProgramName, file: string): Promise<Found | undefined> {
  const { onRunner } = programPackages[name];
  if (!onRunner) return (await isProgram(file)) ? { file } : undefined;
  const mark = `/node_modules/${onRunner.package}/`;
  const at = file.lastIndexOf(mark);
  if (at < 0) return undefined;
  const outer = file.slice(0, at);
  const roots = [`${outer}${mark}`, outer];
  const places = roots.flatMap((root) => onRunner.entries.map((entry) => path.join(root, entry)));
  const script = places.find((place) => existsSync(place));
  return script === undefined ? undefined : { file: script, folder: packageOf(script) };
}

/** The folder of the package that holds the file: nothing else of a machine's packages is to be seen inside. */
function packageOf(file: string): string {
  const start = file.lastIndexOf('/node_modules/') + '/node_modules/'.length;
  const [scope = '', name = ''] = file.slice(start).split('/');
  return path.join(file.slice(0, start), scope, name);
}

/** Whether it is a program of Linux, and no script. */
async function isProgram(file: string): Promise<boolean> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(4), 0, 4, 0);
    return bytesRead === 4 && buffer.toString('latin1') === '\x7fELF';
  } finally {
    await handle.close();
  }
}

async function versionOf(
  name: ProgramName,
  { file }: Found,
  env: Readonly<Record<string, string | undefined>>,
): Promise<string | undefined> {
  const command = programPackages[name].interpreter ? ([process.execPath, file] as const) : ([file] as const);
  const commands = createCommandRunner({ env });
  const { exitCode, stdout } = await commands.run(
    { argv: [...command, '--version'] },
    { cwd: tmpdir(), timeoutMs: versionMs, maxOutputBytes: 10_000 },
  );
  return exitCode === 0 ? /\d+\.\d+\.\d+/.exec(stdout)?.[0] : undefined;
}
