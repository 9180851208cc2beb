import { messageOf, UserError } from '../../lib/errors.ts';
import type { Log } from '../../lib/log.ts';
import { runSetup } from '../../sandboxes/run-setup.ts';
import type { Sandbox, SandboxProvider, SandboxSpec } from '../../sandboxes/sandbox.ts';
import { type Account, type E2bAccess, type E2bSandbox, listSandboxes, openAccount } from './account.ts';
import { createMachine, shutNetwork } from './create-machine.ts';
import { createE2bGuest } from './e2b-guest.ts';
import { startHeartbeat } from './heartbeat.ts';
import { enter } from './inside.ts';
import { prepare, requireShut } from './prepare.ts';
import { type Patience, usualPatience, withRetries } from './retry.ts';
import { ensureTemplate } from './sized-template.ts';

type Options = {
  access: E2bAccess;
  /** By what a sandbox that was left behind is known: the repository, and this job alone. */
  owner: { repository: string; job: string };
  log: Log;
  patience?: Patience;
  /** How long a sandbox outlives the process that it belongs to. */
  ttlMs?: number;
};

const usualTtlMs = 300_000;

/** What E2B knows about a sandbox of ours. Values are short and plain there. */
const marksOf = (owner: Options['owner']) => ({ courier: 'sandbox', repository: owner.repository.slice(0, 200) });

/**
 * Sandboxes at E2B. They reach nothing: commands of a model come from here, and no key is inside.
 *
 * @throws UserError from `create` where the key, the template or the plan does not allow it.
 */
export function createE2bSandboxProvider({
  access,
  owner,
  log,
  patience = usualPatience,
  ttlMs = usualTtlMs,
}: Options): SandboxProvider {
  let opened: Promise<Account> | undefined;
  const account = () => {
    opened ??= openAccount(access);
    return opened;
  };
  let swept: Promise<void> | undefined;
  // One at a time: the smallest plan allows one in a second.
  let before: Promise<unknown> = Promise.resolve();
  const inTurn = <Result>(work: () => Promise<Result>): Promise<Result> => {
    const turn = before.then(work, work);
    before = turn.catch(() => {});
    return turn;
  };
  return {
    kind: 'e2b',
    async create(spec) {
      const opening = await account();
      const started = await inTurn(async () => {
        swept ??= sweepLeftBehind(opening, { owner, ttlMs, patience, log });
        await swept;
        const size = spec.size ?? { templateId: 'base', memoryMb: undefined, cpuCount: undefined };
        const template = await ensureTemplate(opening, size, { patience, log });
        const metadata = { ...marksOf(owner), job: owner.job.slice(0, 200), session: spec.session.slice(0, 200) };
        return createMachine(opening, { template, ttlMs, metadata, hosts: hostsOf(spec), patience });
      });
      return openSandbox(started, spec, { account: opening, patience, ttlMs, log });
    },
  };
}

async function openSandbox(
  machine: E2bSandbox,
  spec: SandboxSpec,
  { account, patience, ttlMs, log }: { account: Account; patience: Patience; ttlMs: number; log: Log },
): Promise<Sandbox> {
  const ending = new AbortController();
  const stopHeartbeat = startHeartbeat(machine, { ttlMs, log });
  const kill = async () => {
    clearTimeout(lifetime);
    stopHeartbeat();
    ending.abort();
    await endSandbox(machine.sandboxId, { account, patience, log });
  };
  const lifetime = setTimeout(kill, Math.min(spec.lifetimeMs, 2 ** 31 - 1));
  lifetime.unref();
  const inside = enter(machine, { account, patience, over: ending.signal });
  try {
    const opened = hostsOf(spec).length > 0;
    const [home] = await Promise.all([prepare(spec.files, inside), opened ? undefined : requireShut(inside)]);
    const places = { workspace: `${home}/repo`, out: home };
    const guest = createE2bGuest({ inside, env: spec.env ?? {}, ...places, over: ending.signal });
    const setupProblem = spec.setup && (await runSetup(guest, spec.setup));
    if (opened) {
      await shutNetwork(account, machine.sandboxId, patience);
      await requireShut(inside);
    }
    const told = setupProblem === undefined ? {} : { setupProblem };
    return { ref: { kind: 'e2b', id: machine.sandboxId }, ...places, ...guest, ...told, kill };
  } catch (error) {
    await kill();
    throw error;
  }
}

/** E2B knows hosts without ports. */
function hostsOf({ setup }: SandboxSpec): string[] {
  return (setup?.hosts ?? []).map((host) => host.replace(/:\d+$/, ''));
}

type Tools = { account: Account; patience: Patience; log: Log };

/** Where that fails, E2B does it: nobody prolongs the sandbox any more. What was done in it counts all the same. */
async function endSandbox(id: string, { account, patience, log }: Tools): Promise<void> {
  try {
    await withRetries(() => account.Sandbox.kill(id), { what: 'E2B could not end a sandbox', patience });
  } catch (error) {
    log.warn(`${messageOf(error)} It ends on its own within minutes.`);
  }
}

/**
 * Kills what earlier sessions of the repository left. One that is still worked with is prolonged every third of its time to live; where half
 * of it has passed without, nobody does that any more.
 */
async function sweepLeftBehind(
  account: Account,
  { owner, ttlMs, patience, log }: Required<Pick<Options, 'owner' | 'ttlMs' | 'patience' | 'log'>>,
): Promise<void> {
  const what = 'E2B could not list the sandboxes of this account';
  try {
    for (const { id, endAt } of await listSandboxes(account, marksOf(owner), { what, patience })) {
      if (endAt.getTime() - Date.now() > ttlMs / 2) continue;
      log.info(`Ending the E2B sandbox ${id}, which an earlier session left.`);
      await endSandbox(id, { account, patience, log });
    }
  } catch (error) {
    // What a person has to set right stands in the way of a start, too.
    if (error instanceof UserError) throw error;
    log.warn(`Sandboxes of earlier sessions may be left for some minutes: ${messageOf(error)}`);
  }
}
