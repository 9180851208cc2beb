import type { Configuration } from '../config/schema.ts';
import { UserError } from '../lib/errors.ts';
import type { SandboxChoice } from '../sandboxes/sandbox.ts';

/** What the step's inputs or the command line's options say about the sandbox. */
export type SandboxOverrides = {
  sandbox?: Configuration['sandbox']['provider'] | undefined;
  templateId?: string | undefined;
  memoryMb?: number | undefined;
  cpuCount?: number | undefined;
};

export type ChosenSandbox = SandboxChoice & {
  /** What prepares each sandbox of an agent, and the hosts that are open meanwhile. */
  setup: { command: string; hosts: readonly string[]; fresh?: boolean } | undefined;
  notes: readonly string[];
};

type Situation = { hasAgent: boolean; hasE2bKey: boolean };

/**
 * Which sandboxes a session works in, and what a person should know about it.
 * @throws UserError where an agent should work at E2B and its key is not set.
 */
export function chooseSandbox(
  { sandbox: configured }: Pick<Configuration, 'sandbox'>,
  overrides: SandboxOverrides,
  situation: Situation,
): ChosenSandbox {
  const asked = overrides.sandbox ?? 'auto';
  const provider = resolveProvider(asked === 'auto' ? configured.provider : asked, situation);
  const size = {
    templateId: overrides.templateId ?? configured.templateId,
    memoryMb: overrides.memoryMb ?? configured.memoryMb,
    cpuCount: overrides.cpuCount ?? configured.cpuCount,
  };
  const { setup: command, network, keepSetup } = configured;
  const setup =
    command === undefined ? undefined : { command, hosts: network.allow, ...(keepSetup ? {} : { fresh: true }) };
  const notes = situation.hasAgent ? notesOn({ provider, size }, { ...configured, setup }) : [];
  return { provider, size, setup, notes, modelKey: configured.modelKey };
}

function notesOn(
  { provider, size }: SandboxChoice,
  { setup, network }: { setup: ChosenSandbox['setup']; network: { allow: readonly string[] } },
): string[] {
  const notes: string[] = [];
  const set = [
    size.templateId === 'base' ? undefined : 'a template',
    size.cpuCount === undefined ? undefined : 'a number of CPUs',
  ].filter((word) => word !== undefined);
  if (provider === 'local' && set.length > 0)
    notes.push(`The local sandbox is not given ${set.join(', ')}: E2B alone has these.`);
  if (network.allow.length === 0) return notes;
  if (!setup)
    notes.push('sandbox.network.allow opens hosts for sandbox.setup alone, which is not set: nothing is open.');
  return notes;
}

function resolveProvider(
  wanted: Configuration['sandbox']['provider'],
  { hasAgent, hasE2bKey }: Situation,
): SandboxChoice['provider'] {
  if (wanted === 'local') return 'local';
  if (hasE2bKey) return 'e2b';
  if (wanted === 'e2b' && hasAgent) {
    throw new UserError(
      'The sandbox e2b needs a key: set the input e2b-api-key (E2B_API_KEY on the command line), or set sandbox to local or auto.',
    );
  }
  return 'local';
}
