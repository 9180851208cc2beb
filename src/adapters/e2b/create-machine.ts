import { randomUUID } from 'node:crypto';
import { type Account, type E2bSandbox, listSandboxes } from './account.ts';
import { type Patience, withRetries } from './retry.ts';

const what = 'E2B could not start a sandbox';
/** Everything: domains and addresses that are not allowed by name. */
export const everywhere = '0.0.0.0/0';

/**
 * One sandbox that reaches `hosts` alone, usually none, and that nobody reaches without its token. An answer that was lost leaves a sandbox that nobody knows:
 * it carries a mark of its own, by which the next attempt finds and takes it; what is there twice in the end is killed.
 */
export async function createMachine(
  account: Account,
  {
    template,
    ttlMs,
    metadata,
    hosts,
    patience,
  }: {
    template: string;
    ttlMs: number;
    metadata: Record<string, string>;
    hosts: readonly string[];
    patience: Patience;
  },
): Promise<E2bSandbox> {
  const nonce = randomUUID();
  const options = { what, patience };
  let failed = false;
  const sandbox = await withRetries(async () => {
    if (failed) {
      const [orphan] = await listSandboxes(account, { courierNonce: nonce }, options);
      if (orphan) return account.Sandbox.connect(orphan.id, { timeoutMs: ttlMs });
    }
    try {
      return await account.Sandbox.create(template, {
        timeoutMs: ttlMs,
        metadata: { ...metadata, courierNonce: nonce },
        network: { allowOut: [...hosts], denyOut: [everywhere], allowPublicTraffic: false },
        lifecycle: { onTimeout: 'kill' },
      });
    } catch (error) {
      failed = true;
      throw error;
    }
  }, options);
  if (failed) {
    for (const twin of await listSandboxes(account, { courierNonce: nonce }, options)) {
      if (twin.id !== sandbox.sandboxId) await account.Sandbox.kill(twin.id);
    }
  }
  return sandbox;
}

/** Closes what was open at the start, and whatever else. */
export async function shutNetwork(account: Account, id: string, patience: Patience): Promise<void> {
  const shut = () => account.Sandbox.updateNetwork(id, { allowOut: [], denyOut: [everywhere] });
  await withRetries(shut, { what: 'E2B could not shut the network of a sandbox', patience });
}
