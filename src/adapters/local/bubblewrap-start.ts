import { availableParallelism, release } from 'node:os';
import { UserError } from '../../lib/errors.ts';
import type { Log } from '../../lib/log.ts';
import { oneLine } from '../../lib/text.ts';
import { appArmorProfile, explainPlatform, type Failure, judgeFailure, type Repair } from './bubblewrap-diagnosis.ts';
import { type Limits, toBubblewrapArguments, toGuestCommand, type VisibleSystem } from './bubblewrap-policy.ts';
import { runBubblewrap } from './bubblewrap-process.ts';
import { createStreamOpener } from './command-streams.ts';
import type { Machine } from './machine.ts';
import { createStorage, giveStorage, removeStorage } from './sandbox-storage.ts';

/** How bubblewrap starts on this machine. */
export type Stance = {
  bwrap: string;
  system: VisibleSystem;
  /** Whom it runs as, where that is not the own user. */
  user: { uid: number; gid: number } | undefined;
  processes: number | undefined;
};

/** Tries one stance; a text is bubblewrap's reason why it did not start. */
export type Probe = (stance: Stance) => Promise<{ ok: true } | { stderr: string }>;

/**
 * Finds out how sandboxes start here; on GitHub's own runners it first repairs what keeps them from it.
 *
 * @throws UserError with what to do where there is no way. It never answers with less isolation.
 */
export async function findStance(machine: Machine, { probe, log }: { probe: Probe; log: Log }): Promise<Stance> {
  const unsupported = explainPlatform(machine.platform, machine.arch);
  if (unsupported) throw new UserError(unsupported);
  const situation = {
    platform: machine.platform,
    arch: machine.arch,
    githubHosted: machine.githubHosted,
    inContainer: await machine.inContainer(),
  };
  for (let tried: readonly Repair[] = []; ; ) {
    const found = await tryStances(machine, { probe, log });
    if ('bwrap' in found) return found;
    const judged = judgeFailure(found, { ...situation, tried });
    if ('message' in judged) throw new UserError(judged.message);
    log.info(`The local sandbox needs a repair of this runner: ${judged.repair}.`);
    await repair(judged.repair, machine, log);
    tried = [...tried, judged.repair];
  }
}

async function tryStances(machine: Machine, { probe, log }: { probe: Probe; log: Log }): Promise<Stance | Failure> {
  const bwrap = await machine.findBubblewrap();
  if (bwrap === undefined) return { kind: 'missing' };
  const system = await machine.look();
  let stderr = '';
  for (const stance of stancesOf(machine, { bwrap, system })) {
    const tried = await probe(stance);
    if ('ok' in tried) {
      if (stance.processes === undefined)
        log.warn('The number of processes in the sandbox is not limited here; its time is.');
      return stance;
    }
    stderr = tried.stderr;
  }
  return { kind: 'start', stderr };
}

// As root, an unused user of the host (none that a system hands out), for then the kernel counts and limits its processes.
const unusedUser = { uid: 60_777, gid: 60_777 };

/**
 * Root is exempt from the limit of processes, so root first tries an unused user. Before Linux 5.14 the kernel counted all processes
 * of the user, those outside as well: a limit would hit at random.
 */
function stancesOf({ uid }: Machine, base: Pick<Stance, 'bwrap' | 'system'>): readonly Stance[] {
  const processes = countsPerNamespace(release()) ? 512 : undefined;
  const asSelf = { ...base, user: undefined, processes: uid === 0 ? undefined : processes };
  return uid === 0 ? [{ ...base, user: unusedUser, processes }, asSelf] : [asSelf];
}

function countsPerNamespace(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > 5 || (major === 5 && minor >= 14);
}

async function repair(which: Repair, machine: Machine, log: Log): Promise<void> {
  for (const { command, stdin } of repairs[which]) {
    const done = await machine.sudo(command, stdin);
    if (!done.ok) log.warn(`sudo ${command.join(' ')} failed: ${oneLine(done.stderr)}`);
  }
}

const profileFile = '/etc/apparmor.d/bwrap';
const repairs: Readonly<Record<Repair, readonly { command: readonly string[]; stdin?: string }[]>> = {
  install: [
    { command: ['apt-get', 'update', '-q'] },
    { command: ['apt-get', 'install', '-y', '-q', '--no-install-recommends', 'bubblewrap'] },
  ],
  'apparmor-profile': [
    { command: ['tee', profileFile], stdin: appArmorProfile },
    { command: ['apparmor_parser', '--replace', profileFile] },
  ],
};

/** Runs nothing in a sandbox of its own, with the very policy that commands will have. */
export function createProbe(tempDir: string): Probe {
  return async (stance) => {
    const storage = await createStorage(tempDir);
    try {
      if (stance.user) await giveStorage(storage, stance.user);
      const limits = limitsOf(stance, 20_000);
      const result = await runBubblewrap({
        bwrap: stance.bwrap,
        openStreams: createStreamOpener(storage),
        options: toBubblewrapArguments(storage, stance.system, {}),
        command: toGuestCommand(['/bin/sh', '-c', 'touch "$HOME/repo/probe" /tmp/probe'], { cwd: '/', limits }),
        user: stance.user,
        stdin: '',
        timeoutMs: limits.timeoutMs,
        signal: undefined,
        maxOutputBytes: 10_000,
      });
      return result.started && result.exitCode === 0 ? { ok: true } : { stderr: result.stderr.toString() };
    } finally {
      await removeStorage(storage);
    }
  };
}

export function limitsOf(stance: Stance, timeoutMs: number): Limits {
  return { timeoutMs, processes: stance.processes, cores: availableParallelism() };
}
