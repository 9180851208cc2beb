import type { AgentTask } from '../agents/agent.ts';
import {
  type Chosen,
  chooseEquipment,
  equipmentLimits,
  packEquipment,
  toEquipment,
  type Wanted,
} from '../agents/equipment.ts';
import type { Trigger } from '../events/trigger.ts';
import { ExternalError, messageOf } from '../lib/errors.ts';
import type { Sandbox } from '../sandboxes/sandbox.ts';
import type { Ports, Repository } from './ports.ts';

const fileLimit = 4 << 20;
const nothing = { commands: {}, skills: [], scripts: [] } as const;

type Equipped = { sandbox: Sandbox; task: Pick<AgentTask, 'commands' | 'skills' | 'scripts'> };

/**
 * Brings the skills, scripts and commands of the configuration into a sandbox, beside the repository. In a pull request skills and
 * scripts are those of its base: what it changes in them speaks to no agent.
 *
 * @returns the sandbox, in which scripts and commands are found by their names. They are a help: without them the scan goes on.
 */
export async function bringEquipment(
  wanted: Wanted,
  { sandbox, trigger }: { sandbox: Sandbox; trigger: Trigger },
  { repository, log }: Pick<Ports, 'repository' | 'log'>,
): Promise<Equipped> {
  try {
    const { chosen, contents, notes } = await readWanted(wanted, trigger, repository);
    const place = `${sandbox.out}/.courier`;
    const equipment = toEquipment({ commands: wanted.commands, chosen }, contents, {
      place,
      workspace: sandbox.workspace,
    });
    for (const note of [...notes, ...equipment.notes]) log.warn(note);
    const { files, skills, scripts } = equipment;
    if (files.length === 0) return { sandbox, task: nothing };
    const path = await layDown(files, place, sandbox);
    return { sandbox: withPath(sandbox, `${path}:${place}/bin`), task: { commands: wanted.commands, skills, scripts } };
  } catch (error) {
    log.warn(`Skills, scripts and commands of the configuration are not in the sandbox: ${messageOf(error)}`);
    return { sandbox, task: nothing };
  }
}

function missing({ skills, scripts }: Wanted, chosen: Chosen): string[] {
  return [
    ...(skills.length > 0 && chosen.skills.length === 0
      ? ['The patterns of skills match no folder with a SKILL.md.']
      : []),
    ...(scripts.length > 0 && chosen.scripts.length === 0 ? ['The patterns of scripts match no file.'] : []),
  ];
}

type Read = { chosen: Chosen; contents: ReadonlyMap<string, Uint8Array> };

const without: Read = { chosen: { skills: [], scripts: [] }, contents: new Map() };

async function readWanted(
  wanted: Wanted,
  { pullRequest }: Trigger,
  repository: Repository,
): Promise<Read & { notes: readonly string[] }> {
  if (wanted.skills.length === 0 && wanted.scripts.length === 0) return { ...without, notes: [] };
  const read = await (pullRequest ? readAt(pullRequest.baseCommit, wanted, repository) : readHere(wanted, repository));
  return read ? { ...read, notes: missing(wanted, read.chosen) } : { ...without, notes: [baseless] };
}

const baseless =
  'Skills and scripts of the configuration are those of the base of the pull request, which this checkout does not hold: the agent goes without (fetch-depth: 0 brings it).';

async function readHere(wanted: Wanted, repository: Repository): Promise<Read> {
  const chosen = chooseEquipment(wanted, await repository.files());
  const contents = new Map<string, Uint8Array>();
  for (const path of pathsOf(chosen)) {
    const data = await repository.read(path, { maxBytes: fileLimit });
    if (data) contents.set(path, data);
  }
  return { chosen, contents };
}

async function readAt(commit: string, wanted: Wanted, repository: Repository): Promise<Read | undefined> {
  const files = await repository.filesAt(commit);
  if (!files) return undefined;
  const names: string[] = [];
  for await (const { path, mode } of files()) if (mode !== 'link') names.push(path);
  const chosen = chooseEquipment(wanted, names);
  const paths = pathsOf(chosen);
  const contents = new Map<string, Uint8Array>();
  for await (const file of files()) {
    if (file.mode !== 'link' && paths.has(file.path) && file.data.length <= fileLimit)
      contents.set(file.path, file.data);
  }
  return { chosen, contents };
}

/** More than there is room for are not read, and then not given. */
function pathsOf({ skills, scripts }: Chosen): Set<string> {
  return new Set([...skills.flatMap(({ paths }) => paths), ...scripts].slice(0, 2 * equipmentLimits.files));
}

const unpack = `
set -e
umask 022
while read -r mode path data; do
  path=$(base64 -d <<<"$path")
  mkdir -p -- "$(dirname -- "$path")"
  base64 -d <<<"$data" >"$path"
  chmod "$mode" -- "$path"
done <"$1"
rm -- "$1"
printf '%s' "$PATH"
`;

/** @returns the folders in which commands of the sandbox find programs. */
async function layDown(files: Parameters<typeof packEquipment>[0], place: string, sandbox: Sandbox): Promise<string> {
  const list = `${place}/equipment`;
  await sandbox.writeFile(list, packEquipment(files));
  const result = await sandbox.exec(['bash', '-c', unpack, 'courier', list], { timeoutMs: 60_000 });
  if (result.exitCode === 0 && /^\/[^\0\n]*$/.test(result.stdout)) return result.stdout;
  throw new ExternalError('they could not be written.');
}

function withPath(sandbox: Sandbox, path: string): Sandbox {
  return {
    ...sandbox,
    exec: (command, options) => sandbox.exec(command, { ...options, env: { PATH: path, ...options.env } }),
  };
}
