import { enableCompileCache } from 'node:module';
import path from 'node:path';

/**
 * Lets Node keep what it compiles: a start reads some hundred sources, and without this compiling them is most of what a short command takes.
 * In the user's own folder only, never in a shared one: what lies there is run. Where it cannot be written, nothing is kept.
 */
export function keepCompiled({ XDG_CACHE_HOME: cache = '', HOME: home = '' }: NodeJS.ProcessEnv): void {
  const folder = path.isAbsolute(cache) ? cache : path.join(home, '.cache');
  if (path.isAbsolute(folder)) enableCompileCache(path.join(folder, 'courier', 'compiled'));
}
