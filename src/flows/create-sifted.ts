import type { Outfit } from '../agents/outfit.ts';
import { offerWithheld, siftAgentFiles } from '../agents/programs/agent-files.ts';
import type { Sandbox, SandboxProvider, SandboxSpec } from '../sandboxes/sandbox.ts';

/**
 * A sandbox for an agent. For a program of others it is made with what that needs, and without what would configure it, which is offered as data.
 *
 * @returns also the paths that were kept out.
 */
export async function createSifted(
  spec: SandboxSpec,
  outfit: Outfit | undefined,
  sandboxes: SandboxProvider,
): Promise<{ sandbox: Sandbox; withheld: ReadonlySet<string> }> {
  if (!outfit) return { sandbox: await sandboxes.create(spec), withheld: new Set() };
  const sifted = siftAgentFiles(spec.files);
  const sandbox = await sandboxes.create({ ...spec, ...outfit.spec, files: sifted.files });
  try {
    await offerWithheld(sifted.withheld(), sandbox);
    return { sandbox, withheld: new Set(sifted.withheld().keys()) };
  } catch (error) {
    await sandbox.kill();
    throw error;
  }
}
