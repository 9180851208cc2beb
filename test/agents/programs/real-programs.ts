import { homedir } from 'node:os';
import path from 'node:path';
import { packPrograms } from '../../../src/adapters/local/pack-program.ts';
import { createProgramShelf } from '../../../src/adapters/local/program-shelf.ts';
import { silentLog } from '../../../src/lib/log.ts';
import type { ProgramName } from '../../../src/sandboxes/program-package.ts';

export const programNames: readonly ProgramName[] = ['claude-code', 'codex', 'opencode', 'gemini'];

export const programLocks = path.resolve(import.meta.dirname, '../../../src/agents/programs/locks');

/** The real programs, installed as Courier installs them, once for all tests of this machine: where the command line keeps its own. */
const place = {
  locks: programLocks,
  folder: path.join(process.env.XDG_CACHE_HOME ?? path.join(homedir(), '.cache'), 'courier', 'programs'),
  env: process.env,
  log: silentLog,
};

export const realPrograms = createProgramShelf(place);

/** The same for a sandbox elsewhere. */
export const carriedPrograms = packPrograms(createProgramShelf({ ...place, platform: { arch: 'x64', libc: 'glibc' } }));
