import { readdir, readFile, readlink } from 'node:fs/promises';
import path from 'node:path';

/**
 * Ends what still runs in a sandbox whose process died. Bubblewrap ends with its parent, but for one that was just being started when that
 * died: it looks for its parent too late. Such a one is known by what is mounted in it, in a mount namespace of its own.
 *
 * @param storage the sandbox's folder; its name is given once.
 */
export async function endLeftProcesses(storage: string): Promise<void> {
  const mark = `/${path.basename(storage)}/`;
  const here = await readlink('/proc/self/ns/mnt').catch(() => undefined);
  for (const pid of await readdir('/proc').catch(() => [])) {
    if (!/^[1-9]\d*$/.test(pid) || here === undefined) continue;
    const namespace = await readlink(`/proc/${pid}/ns/mnt`).catch(() => here);
    if (namespace === here || !(await mountsFrom(pid, mark))) continue;
    try {
      process.kill(Number(pid), 'SIGKILL');
    } catch {
      // It ended by itself, or with the first process of its namespace.
    }
  }
}

/** The fourth field of a line is where in its file system a mount begins. */
async function mountsFrom(pid: string, mark: string): Promise<boolean> {
  const mounts = await readFile(`/proc/${pid}/mountinfo`, 'utf8').catch(() => '');
  return mounts.split('\n').some((line) => line.split(' ')[3]?.includes(mark));
}
