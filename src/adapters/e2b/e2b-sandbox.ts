import { UserError } from '../../lib/errors.ts';
import type { Log } from '../../lib/log.ts';
import type { PackedProgram, ProgramName } from '../../sandboxes/program-package.ts';
import type { SandboxProvider, SandboxSpec } from '../../sandboxes/sandbox.ts';
import { type Account, type E2bAccess, openAccount } from './account.ts';
import { createMachine, shutNetwork } from './create-machine.ts';
import { openGatewayEgress } from './gateway-egress.ts';
import type { Inside } from './inside.ts';
import { installProgram } from './install-program.ts';
import type { Opened } from './keep-setup.ts';
import { sweepLeftBehind, type Tools } from './left-behind.ts';
import { makeSandbox } from './make-sandbox.ts';
import { openSandbox } from './open-sandbox.ts';
import { halt, requireShut } from './prepare.ts';
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
  /** Keeps what `sandbox.setup` made, in the account, for later sandboxes of this repository. Default: nothing is kept. */
  setups?: { repository: string } | undefined;
  /** Where agent tools come from. Default: nowhere. */
  programs?: (name: ProgramName) => Promise<PackedProgram>;
};

type Reach = Pick<SandboxSpec, 'gateway' | 'modelKey'>;

const usualTtlMs = 300_000;
const anySize = { templateId: 'base', memoryMb: undefined, cpuCount: undefined };

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
  setups,
  programs,
}: Options): SandboxProvider {
  let opened: Promise<Account> | undefined;
  const open = async (): Promise<Tools> => {
    opened ??= openAccount(access);
    return { account: await opened, patience, log };
  };
  const marks = { courier: 'sandbox', repository: owner.repository.slice(0, 200) };
  const inTurn = createQueue();
  let swept: Promise<void> | undefined;
  const begin = async ({ size = anySize }: SandboxSpec, tools: Tools) => {
    swept ??= sweepLeftBehind(marks, ttlMs, tools);
    await swept;
    return ensureTemplate(tools.account, size, tools);
  };
  const starter = ({ session }: SandboxSpec, { account }: Tools) => {
    const metadata = { ...marks, job: owner.job.slice(0, 200), session: session.slice(0, 200) };
    return (template: string, hosts: readonly string[]) =>
      inTurn(() => createMachine(account, { template, ttlMs, metadata, hosts, patience }));
  };
  // The last thing: neither a setup nor what ran before a pause calls the API.
  const reach = async ({ sandbox, inside }: Opened, { gateway, modelKey = 'outside' }: Reach, tools: Tools) => {
    if (!gateway) return sandbox;
    try {
      const opened = await openGatewayEgress(sandbox.ref.id, { ...gateway, modelKey }, tools);
      await requireShut(inside);
      return { ...sandbox, ...opened };
    } catch (error) {
      await sandbox.kill();
      throw error;
    }
  };
  const take = async ({ program }: Pick<SandboxSpec, 'program'>) => {
    if (program === undefined) return undefined;
    if (!programs) throw new UserError('Courier was started without a place for agent tools.');
    return { name: program, packed: await programs(program) };
  };
  const bring = async ({ sandbox, inside }: Opened, taken: Awaited<ReturnType<typeof take>>): Promise<Opened> => {
    if (!taken) return { sandbox, inside };
    try {
      await installProgram(taken.name, taken.packed, inside);
      return { inside, sandbox: { ...sandbox, program: taken.packed.program } };
    } catch (error) {
      await sandbox.kill();
      throw error;
    }
  };
  return {
    kind: 'e2b',
    async create(spec) {
      const tools = await open();
      const taken = await take(spec);
      const template = await inTurn(() => begin(spec, tools));
      const place = { template, ttlMs, repository: setups?.repository, start: starter(spec, tools) };
      return reach(await bring(await makeSandbox(spec, place, tools), taken), spec, tools);
    },
    async resume({ kind, id }, life) {
      const tools = await open();
      if (kind !== 'e2b') return undefined;
      const program = (await take(life))?.packed.program;
      const what = 'E2B could not resume a sandbox';
      const connect = () => tools.account.Sandbox.connect(id, { timeoutMs: ttlMs });
      const machine = await withRetries(connect, { what, patience }).catch((error: unknown) => {
        if (isGone(error)) return undefined;
        throw error;
      });
      if (!machine) return undefined;
      const ready = async (inside: Inside) => {
        // An API may have been open to it before.
        await shutNetwork(tools.account, id, patience);
        await requireShut(inside);
        return halt(inside);
      };
      const { sandbox, inside } = await openSandbox(machine, { life, ttlMs, ready }, tools);
      return reach({ inside, sandbox: program ? { ...sandbox, program } : sandbox }, life, tools);
    },
  };
}

function isGone(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined;
  return cause instanceof Error && cause.name === 'SandboxNotFoundError';
}

/** One at a time: the smallest plan starts one sandbox in a second. */
function createQueue(): <Result>(work: () => Promise<Result>) => Promise<Result> {
  let before: Promise<unknown> = Promise.resolve();
  return (work) => {
    const turn = before.then(work, work);
    before = turn.catch(() => undefined);
    return turn;
  };
}
