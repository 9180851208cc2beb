import type { Outfit } from '../agents/outfit.ts';
import type { Trigger } from '../events/trigger.ts';
import { messageOf } from '../lib/errors.ts';
import type { Sandbox, SandboxProvider, SandboxRef } from '../sandboxes/sandbox.ts';
import type { EarlierScan } from '../sessions/restored.ts';
import type { ScanSettings } from '../sessions/settings.ts';
import { createSifted } from './create-sifted.ts';
import type { Ports } from './ports.ts';
import type { Desk } from './session-desk.ts';
import { setupFor } from './setup-for.ts';

type Request = { session: string; settings: ScanSettings; trigger: Trigger; signal: AbortSignal; desk: Desk };

/** A sandbox for a scan: the one that it worked in before, where it was paused and is still there, else a new one. */
export async function openSandbox(
  earlier: EarlierScan,
  request: Request,
  ports: Pick<Ports, 'agent' | 'repository' | 'log'> & { sandboxes: SandboxProvider },
): Promise<{ sandbox: Sandbox; kept: boolean; outfit: Outfit | undefined }> {
  const { session, settings } = request;
  const outfit = ports.agent?.outfit?.(settings.agent);
  const lifetimeMs = settings.timeoutMs + 120_000;
  const ref = earlier.state === 'goes-on' ? earlier.scan?.sandbox : undefined;
  const before = ref && (await wake(ref, { lifetimeMs, size: settings.sandbox.size, ...outfit?.spec }, ports));
  if (before) return { sandbox: before, kept: true, outfit };
  const setup = setupFor(settings, request);
  const spec = { session, lifetimeMs, files: ports.repository.stream, setup };
  return { sandbox: (await createSifted(spec, outfit, ports.sandboxes)).sandbox, kept: false, outfit };
}

async function wake(
  ref: SandboxRef,
  life: Parameters<NonNullable<SandboxProvider['resume']>>[1],
  { sandboxes, log }: Pick<Ports, 'log'> & { sandboxes: SandboxProvider },
): Promise<Sandbox | undefined> {
  if (ref.kind !== sandboxes.kind || !sandboxes.resume) return undefined;
  try {
    return await sandboxes.resume(ref, life);
  } catch (error) {
    log.warn(`The sandbox of before could not be woken, and a new one takes its place: ${messageOf(error)}`);
    return undefined;
  }
}

/** Files that commands wrote are kept where that costs nothing; they are never the only copy of what the agent reported. */
export async function restIn(sandbox: Sandbox, scan: string, { desk }: Pick<Request, 'desk'>): Promise<void> {
  const paused = sandbox.ref.kind === 'e2b' ? await sandbox.pause?.().catch(() => undefined) : undefined;
  if (!paused) await sandbox.kill();
  await desk.note(scan, { state: 'resting', sandbox: paused });
}
