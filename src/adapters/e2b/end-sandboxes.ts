import { type Account, type E2bAccess, listSandboxes, openAccount } from './account.ts';
import { fetchOnce } from './inside.ts';
import { type Patience, usualPatience, withRetries } from './retry.ts';

/** A sandbox that was ended, and what an agent had reported in it, by file name: unread and untrusted. */
export type LeftSandbox = { id: string; reported: Readonly<Record<string, Uint8Array>> };

const largest = 50_000_000;

/** Ends all sandboxes of a job, or of a session, also those that nobody got to know. What an agent had reported is fetched first, where it can be. */
export async function endSandboxesOf(
  whose: { job: string } | { session: string; repository: string },
  { access, patience = usualPatience }: { access: E2bAccess; patience?: Patience },
): Promise<LeftSandbox[]> {
  const account = await openAccount(access);
  const what = 'E2B could not list the sandboxes of this job or session';
  const ended: LeftSandbox[] = [];
  for (const { id } of await listSandboxes(account, { courier: 'sandbox', ...whose }, { what, patience })) {
    const reported = await fetchReports(account, id).catch(() => ({}));
    await withRetries(() => account.Sandbox.kill(id), { what: 'E2B could not end a sandbox', patience });
    ended.push({ id, reported });
  }
  return ended;
}

async function fetchReports({ Sandbox }: Account, id: string): Promise<Record<string, Uint8Array>> {
  const machine = await Sandbox.connect(id, { timeoutMs: 60_000 });
  const reported: Record<string, Uint8Array> = {};
  for (const name of ['issues.json', 'questions.json']) {
    const bytes = await fetchOnce(machine, `/home/user/${name}`, largest).catch(() => undefined);
    if (bytes && bytes.length <= largest) reported[name] = bytes;
  }
  return reported;
}
