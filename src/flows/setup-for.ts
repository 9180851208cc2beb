import type { Trigger } from '../events/trigger.ts';
import type { SandboxSetup } from '../sandboxes/sandbox.ts';
import type { ScanSettings } from '../sessions/settings.ts';

const setupLimitMs = 15 * 60_000;

/**
 * How a sandbox of a session is prepared, in the time that is left. What a pull request brings may run, but nothing of it is kept for
 * sandboxes of others.
 */
export function setupFor(
  { sandbox, timeoutMs }: Pick<ScanSettings, 'sandbox' | 'timeoutMs'>,
  { trigger, signal }: { trigger: Trigger; signal: AbortSignal },
): SandboxSetup | undefined {
  const { setup } = sandbox;
  const keep = !trigger.pullRequest && !setup?.fresh;
  return setup && { ...setup, timeoutMs: Math.min(setupLimitMs, timeoutMs), signal, keep };
}
