import { createHash } from 'node:crypto';
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import path from 'node:path';
import type { Toolbox } from '../../checks/check.ts';
import { messageOf } from '../../lib/errors.ts';
import type { Log } from '../../lib/log.ts';
import { createCommandRunner, findExecutable } from './command-runner.ts';
import { findPackage, findPlatformPackage, type InstalledPackage } from './find-package.ts';
import { installTools } from './install-tools.ts';

export type ToolboxOptions = {
  /** Absolute folder with the rules, the configurations and `lock/` of the presets. */
  assets: string;
  /** Environment for installing; credentials are taken out of it. Default: the process's own. */
  env?: Readonly<Record<string, string | undefined>>;
  log: Log;
} & (
  | { mode: 'dependencies'; packageRoot: string }
  /** `lockDir`: folder of the lock file; default: `lock/` of the assets. */
  | { mode: 'tool-cache'; cacheDir: string; lockDir?: string }
);

type Located = Awaited<ReturnType<Toolbox['locate']>>;

/**
 * Finds the presets' tools: in Courier's own dependencies (a checkout, an installed package), or, for the bundle, installed once into
 * the tool cache from the lock file that ships with it. Node, npm and shellcheck come from the machine.
 */
export function createToolbox(options: ToolboxOptions): Toolbox {
  const env = options.env ?? process.env;
  let installed: Promise<string | { unavailable: string }> | undefined;
  const packages = (): Promise<string | { unavailable: string }> => {
    if (options.mode === 'dependencies') return Promise.resolve(options.packageRoot);
    installed ??= ensureInstalled(options, env);
    return installed;
  };
  return {
    assets: options.assets,
    async locate(tool) {
      const own = locateOnMachine(tool, env);
      if (own) return own;
      const name = pinned.get(tool);
      if (name === undefined) return { unavailable: `Courier knows no tool named ${tool}.` };
      const root = await packages();
      return typeof root === 'string' ? locatePinned(tool, name, root) : root;
    },
  };
}

/** The pinned tools and the packages that bring them. */
const pinned: ReadonlyMap<string, string> = new Map([
  ['oxlint', 'oxlint'],
  ['secretlint', 'secretlint'],
  ['ast-grep', '@ast-grep/cli'],
]);

function locatePinned(tool: string, name: string, root: string): Located {
  const found = findPackage(name, root);
  if (!found) return { unavailable: `${tool} is not installed beside Courier: run npm ci in its folder.` };
  if (tool === 'ast-grep') return locateAstGrep(found);
  const script = found.bin[tool];
  if (script === undefined) return { unavailable: `The package of ${tool} holds no program of that name.` };
  return { argv: [process.execPath, script], version: found.version };
}

/** Its npm package fetches nothing but copies a program; the platform's package holds that very program. */
function locateAstGrep(cli: InstalledPackage): Located {
  const platform = findPlatformPackage('@ast-grep/cli', cli.folder);
  const program = platform && path.join(platform.folder, process.platform === 'win32' ? 'ast-grep.exe' : 'ast-grep');
  if (!program || !existsSync(program)) {
    return {
      unavailable: `ast-grep has no program for ${process.platform} on ${process.arch}, or it was not installed.`,
    };
  }
  return { argv: [program], version: cli.version };
}

function locateOnMachine(tool: string, env: Readonly<Record<string, string | undefined>>): Located | undefined {
  if (tool === 'node') return { argv: [process.execPath], version: process.versions.node };
  if (tool === 'npm') return locateNpm(env);
  if (tool !== 'shellcheck') return undefined;
  const program = findExecutable('shellcheck', env.PATH);
  return program
    ? { argv: [program], version: 'installed' }
    : { unavailable: 'shellcheck is not installed on this machine.' };
}

/** The npm beside the running Node first, as it is known to fit; else the one on the PATH. */
export function locateNpm(env: Readonly<Record<string, string | undefined>>): Located {
  const beside = path.join(path.dirname(process.execPath), '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js');
  const onPath = findExecutable('npm', env.PATH);
  const found = existsSync(beside) ? beside : onPath && realpathSync(onPath);
  if (!found) return { unavailable: 'npm was found neither beside Node nor on the PATH.' };
  const version = versionOf(path.join(path.dirname(found), '..', 'package.json'));
  return { argv: found.endsWith('.js') ? [process.execPath, found] : [found], version };
}

function versionOf(manifest: string): string {
  try {
    return /"version":\s*"([^"]+)"/.exec(readFileSync(manifest, 'utf8'))?.[1] ?? 'unknown';
  } catch {
    return 'unknown';
  }
}

async function ensureInstalled(
  options: Extract<ToolboxOptions, { mode: 'tool-cache' }>,
  env: Readonly<Record<string, string | undefined>>,
): Promise<string | { unavailable: string }> {
  const lockDir = options.lockDir ?? path.join(options.assets, 'lock');
  try {
    const lock = readFileSync(path.join(lockDir, 'package-lock.json'), 'utf8');
    const manifest = readFileSync(path.join(lockDir, 'package.json'), 'utf8');
    const digest = createHash('sha256').update(lock).digest('hex').slice(0, 16);
    const folder = path.join(options.cacheDir, 'courier-tools', digest);
    if (existsSync(folder)) return folder;
    const npm = locateNpm(env);
    if ('unavailable' in npm) return npm;
    options.log.info('Installing the tools of the presets into the tool cache.');
    const what = "The presets' tools";
    const commands = createCommandRunner({ env });
    return await installTools({ what, lock: { manifest, lock }, folder, npm: npm.argv, commands });
  } catch (error) {
    return { unavailable: `The presets' tools could not be installed: ${messageOf(error)}` };
  }
}
