import { execFile } from 'node:child_process';
import { readdir, readFile, statfs } from 'node:fs/promises';
import { totalmem } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';

export type Ceiling = 'memory' | 'disk';

/** Ends what takes more of the machine than a sandbox may. */
export type Ceilings = {
  /** Watches a command until `signal`; `pid` is its bubblewrap. Resolves to what it broke through, if it did. */
  watch(pid: number, signal: AbortSignal): Promise<Ceiling | undefined>;
  /** After the end of a command that broke through: what it left, later ones may have. */
  settle(ceiling: Ceiling): Promise<void>;
  /** What a command that was ended is told. */
  explain(ceiling: Ceiling): string;
};

type Bytes = { memory: number; disk: number };
/** What the machine has left. */
type Left = Bytes & { files: number };

const everyMs = 100;
const maxDisk = 8 * 2 ** 30;
const maxFiles = 1_000_000;

/**
 * Without rights there is no quota on a folder and no control group, so the host looks: ten times a second at what the machine has left,
 * which costs nothing, and only where that shrank by half of what a sandbox may have, at what the sandbox itself holds. For memory that
 * is taken faster than somebody looks, commands are the first that the kernel ends (`oom_score_adj`).
 */
export async function createCeilings(
  storage: string,
  { memoryMb, diskMb }: { memoryMb: number | undefined; diskMb: number | undefined },
): Promise<Ceilings> {
  const begin = await look(storage);
  const limits: Bytes = {
    memory: memoryMb === undefined ? Math.floor(machineMemory() / 2) : memoryMb * 2 ** 20,
    disk: Math.min(diskMb === undefined ? maxDisk : diskMb * 2 ** 20, Math.floor(begin.disk / 2)),
  };
  const disk = createDiskCeiling(storage, begin, limits.disk);
  return {
    async watch(pid, signal) {
      let memory = 0;
      while (await pause(signal)) {
        const left = await look(storage);
        memory = Math.max(memory, left.memory);
        if (memory - left.memory > limits.memory / 2 && (await memoryOf(pid)) > limits.memory) return 'memory';
        if (await disk.isBroken(left)) return 'disk';
      }
      return undefined;
    },
    async settle(ceiling) {
      if (ceiling === 'disk') await disk.settle();
    },
    explain: (ceiling) =>
      ceiling === 'memory'
        ? `courier: the command was ended, as its processes used more than ${inMb(limits.memory)} MB of memory.\n`
        : `courier: the command was ended, as the sandbox holds more than ${inMb(limits.disk)} MB or ${maxFiles} files. Delete what is not needed.\n`,
  };
}

/** The disk of all commands together. Who is above it may still delete: a command is ended only when there is more than there was. */
function createDiskCeiling(storage: string, begin: Left, limit: number) {
  const most = { disk: begin.disk, files: begin.files };
  const tolerated = { disk: limit, files: maxFiles };
  let notBefore = 0;
  const see = (left: Left) => {
    most.disk = Math.max(most.disk, left.disk);
    most.files = Math.max(most.files, left.files);
    return { gone: most.disk - left.disk, files: most.files - left.files };
  };
  const measureUse = async ({ gone, files }: ReturnType<typeof see>) => {
    if (gone < limit / 2 && files < maxFiles) return { disk: 0, files };
    // What was deleted and is still open is in no folder: then the disk alone tells.
    return { disk: Math.max(await measure(storage), gone > 1.5 * limit ? gone : 0), files };
  };
  const tolerate = (used: { disk: number; files: number }) => {
    tolerated.disk = Math.max(limit, used.disk);
    tolerated.files = Math.max(maxFiles, used.files);
  };
  return {
    async isBroken(left: Left): Promise<boolean> {
      const seen = see(left);
      if (performance.now() < notBefore) return false;
      const started = performance.now();
      const used = await measureUse(seen);
      notBefore = performance.now() + 5 * (performance.now() - started);
      const broken = used.disk > tolerated.disk || used.files > tolerated.files;
      tolerate(used);
      return broken;
    },
    async settle(): Promise<void> {
      tolerate(await measureUse(see(await look(storage))));
    },
  };
}

async function pause(signal: AbortSignal): Promise<boolean> {
  await sleep(everyMs, undefined, { ref: false, signal }).catch(() => undefined);
  return !signal.aborted;
}

async function look(storage: string): Promise<Left> {
  const [meminfo, { bavail, bsize, ffree }] = await Promise.all([
    readFile('/proc/meminfo', 'utf8').catch(() => ''),
    statfs(storage),
  ]);
  return { memory: kilobytes(meminfo, 'MemAvailable'), disk: bavail * bsize, files: ffree };
}

function machineMemory(): number {
  const constrained = process.constrainedMemory();
  return constrained > 0 ? Math.min(constrained, totalmem()) : totalmem();
}

/** Bytes that the descendants of a process hold for themselves: all processes of its namespace are below it. */
async function memoryOf(root: number): Promise<number> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const read = pids.map(async (pid) => {
    const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
    const parent = Number(/^PPid:\s+(\d+)/m.exec(status)?.[1] ?? '0');
    return { pid: Number(pid), parent, bytes: held(status) };
  });
  const children = Map.groupBy(await Promise.all(read), ({ parent }) => parent);
  let sum = 0;
  const seen = new Set([root]);
  for (const parent of seen) {
    for (const { pid, bytes } of children.get(parent) ?? []) {
      sum += bytes;
      seen.add(pid);
    }
  }
  return sum;
}

function held(status: string): number {
  return ['RssAnon', 'RssShmem', 'VmSwap'].reduce((sum, name) => sum + kilobytes(status, name), 0);
}

function kilobytes(text: string, name: string): number {
  return Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(text)?.[1] ?? '0') * 1024;
}

/** Bytes that lie in a folder. `du` follows no link; what it may not look into it leaves out. */
function measure(folder: string): Promise<number> {
  return new Promise((resolve) => {
    const options = { env: { LC_ALL: 'C' }, cwd: '/', timeout: 60_000 };
    execFile('/usr/bin/du', ['-sx', '--block-size=1', '--', folder], options, (_error, stdout) =>
      resolve(Number(/^\d+/.exec(stdout)?.[0] ?? '0')),
    );
  });
}

function inMb(bytes: number): number {
  return Math.floor(bytes / 2 ** 20);
}
