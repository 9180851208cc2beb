import { messageOf } from '../../lib/errors.ts';
import type { Log } from '../../lib/log.ts';
import type { E2bSandbox } from './account.ts';

/**
 * Keeps a sandbox alive for as long as this process works with it: each beat gives it `ttlMs` more. When the process is
 * killed the beats stop and E2B ends the sandbox soon after, whoever else forgot to.
 *
 * @returns what stops the beats.
 */
export function startHeartbeat(
  sandbox: Pick<E2bSandbox, 'setTimeout'>,
  { ttlMs, log }: { ttlMs: number; log: Log },
): () => void {
  let warned = false;
  const beat = async () => {
    try {
      await sandbox.setTimeout(ttlMs);
    } catch (error) {
      if (warned) return;
      warned = true;
      log.warn(`E2B does not prolong the sandbox, which may end in the middle of its work: ${messageOf(error)}`);
    }
  };
  const timer = setInterval(beat, ttlMs / 3);
  timer.unref();
  return () => clearInterval(timer);
}
