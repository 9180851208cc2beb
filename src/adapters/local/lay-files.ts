import path from 'node:path';
import type { SandboxFile } from '../../sandboxes/sandbox.ts';
import { createStorage, fillWorkspace, removeStorage } from './sandbox-storage.ts';

/** Lays files into folders of their own below `tempDir`; what a process leaves that dies is swept as a sandbox's is. */
export function createFileLayer(tempDir: string) {
  return async (files: AsyncIterable<SandboxFile>): Promise<{ root: string; remove: () => Promise<void> }> => {
    const storage = await createStorage(tempDir);
    const remove = () => removeStorage(storage);
    try {
      await fillWorkspace(storage, files);
    } catch (error) {
      await remove();
      throw error;
    }
    return { root: path.join(storage, 'home/repo'), remove };
  };
}
