import { hostname } from 'node:os';
import type { Processes } from '../../flows/ports.ts';
import { isFileError } from './real-folders.ts';

/** The processes of this machine, as they are now. */
export function createProcesses(): Processes {
  const host = hostname();
  return {
    own: { host, pid: process.pid },
    isAlive: (other) => (other.host === host ? isRunning(other.pid) : undefined),
  };
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It is there, and belongs to somebody else.
    return isFileError(error, 'EPERM');
  }
}
