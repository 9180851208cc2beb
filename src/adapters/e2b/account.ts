import type { E2B, Sandbox as E2bSandbox } from 'e2b';
import type { Patience } from './retry.ts';
import { withRetries } from './retry.ts';

/** Where E2B answers, and the key; what is not given is the public service. The URLs win over the domain. */
export type E2bAccess = {
  apiKey: string;
  domain?: string | undefined;
  apiUrl?: string | undefined;
  sandboxUrl?: string | undefined;
};

export type Account = Pick<E2B, 'Sandbox' | 'Template'>;

/** Loads the SDK, which nothing else does: a step without E2B should not pay for it. It says nothing on its own. */
export async function openAccount({ apiKey, domain, apiUrl, sandboxUrl }: E2bAccess): Promise<Account> {
  const sdk = await import('e2b');
  return new sdk.E2B({
    apiKey,
    ...(domain ? { domain } : {}),
    ...(apiUrl ? { apiUrl } : {}),
    ...(sandboxUrl ? { sandboxUrl } : {}),
    debug: false,
    logger: {},
  });
}

export type ListedSandbox = { id: string; endAt: Date; metadata: Readonly<Record<string, string>> };

/** Sandboxes that run and carry all of these marks. */
export async function listSandboxes(
  { Sandbox }: Account,
  metadata: Record<string, string>,
  options: { what: string; patience: Patience },
): Promise<ListedSandbox[]> {
  return withRetries(async () => {
    const pages = Sandbox.list({ query: { metadata, state: ['running'] } });
    const found: ListedSandbox[] = [];
    while (pages.hasNext) {
      const page = await pages.nextItems();
      found.push(...page.map(({ sandboxId, endAt, metadata: marks }) => ({ id: sandboxId, endAt, metadata: marks })));
    }
    return found;
  }, options);
}

/** Whether E2B knows the sandbox as running; `undefined` where it does not say. */
export async function runsStill({ Sandbox }: Account, id: string): Promise<boolean | undefined> {
  try {
    return (await Sandbox.getInfo(id)).state === 'running';
  } catch (error) {
    return error instanceof Error && error.name === 'SandboxNotFoundError' ? false : undefined;
  }
}

export type { E2bSandbox };
