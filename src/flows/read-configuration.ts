import { parseConfig } from '../config/parse-config.ts';
import type { Configuration } from '../config/schema.ts';
import type { Trigger } from '../events/trigger.ts';
import { UserError } from '../lib/errors.ts';
import type { GitHub, RemoteRepository } from './github-ports.ts';
import type { Repository } from './ports.ts';

export const defaultConfigPath = '.github/courier.yml';

/**
 * The repository's configuration. On GitHub it counts as the default branch has it (a pull request: as its base has it), never as a
 * proposed change would have it: only a checkout of the default branch's head is read itself.
 * @param path repository-relative; `undefined`: the usual place, which may be missing.
 */
export async function readConfiguration(
  path: string | undefined,
  { trigger, remote }: { trigger: Trigger; remote: RemoteRepository | undefined },
  { repository, github }: { repository: Repository; github: GitHub | undefined },
): Promise<Configuration> {
  const place = path ?? defaultConfigPath;
  const ref = trustedRef({ trigger, remote, commit: repository.commit });
  const text = github && ref ? await github.readFile(place, ref) : await readLocal(place, repository);
  if (text === undefined && path !== undefined && path !== defaultConfigPath) {
    throw new UserError(
      `There is no configuration at ${path}${ref ? ` on ${ref}` : ''}: correct the path, or leave it out for the defaults.`,
    );
  }
  return parseConfig(text ?? '', place);
}

/** The configuration as the default branch has it, where there is no checkout. */
export async function readPublishedConfiguration(
  path: string | undefined,
  { remote, github }: { remote: RemoteRepository; github: Pick<GitHub, 'readFile'> },
): Promise<Configuration> {
  const place = path ?? defaultConfigPath;
  const text = remote.defaultHead === undefined ? '' : await github.readFile(place, remote.defaultHead);
  return parseConfig(text ?? '', place);
}

/** The ref on GitHub to read from, or `undefined` for the files at hand. */
function trustedRef(at: {
  trigger: Trigger;
  remote: RemoteRepository | undefined;
  commit: string | undefined;
}): string | undefined {
  const { trigger, remote, commit } = at;
  if (!remote) return undefined;
  if (trigger.pullRequest) return trigger.pullRequest.baseRef;
  // The event tells of the default branch, and the checkout may hold anything: a workflow may name a contributor's ref.
  const isDefault = trigger.ref === `refs/heads/${remote.defaultBranch}` && commit === remote.defaultHead;
  return isDefault || trigger.ref === undefined ? undefined : remote.defaultBranch;
}

async function readLocal(path: string, repository: Repository): Promise<string | undefined> {
  const bytes = await repository.read(path);
  return bytes && new TextDecoder().decode(bytes);
}
