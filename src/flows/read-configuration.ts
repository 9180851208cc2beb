import { parseConfig } from '../config/parse-config.ts';
import type { Configuration } from '../config/schema.ts';
import type { Trigger } from '../events/trigger.ts';
import { UserError } from '../lib/errors.ts';
import type { GitHub, RemoteRepository, Repository } from './ports.ts';

export const defaultConfigPath = '.github/courier.yml';

/**
 * The repository's configuration. On GitHub it counts as the default branch has it (a pull request: as its base has it), never as a
 * proposed change would have it: only a scan of the default branch itself reads the checkout.
 * @param path repository-relative; `undefined`: the usual place, which may be missing.
 */
export async function readConfiguration(
  path: string | undefined,
  { trigger, remote }: { trigger: Trigger; remote: RemoteRepository | undefined },
  { repository, github }: { repository: Repository; github: GitHub | undefined },
): Promise<Configuration> {
  const place = path ?? defaultConfigPath;
  const ref = trustedRef(trigger, remote);
  const text = github && ref ? await github.readFile(place, ref) : await readLocal(place, repository);
  if (text === undefined && path !== undefined && path !== defaultConfigPath) {
    throw new UserError(
      `There is no configuration at ${path}${ref ? ` on ${ref}` : ''}: correct the path, or leave it out for the defaults.`,
    );
  }
  return parseConfig(text ?? '', place);
}

/** The ref on GitHub to read from, or `undefined` for the files at hand. */
function trustedRef(trigger: Trigger, remote: RemoteRepository | undefined): string | undefined {
  if (!remote) return undefined;
  if (trigger.pullRequest) return trigger.pullRequest.baseRef;
  return trigger.ref === `refs/heads/${remote.defaultBranch}` || trigger.ref === undefined
    ? undefined
    : remote.defaultBranch;
}

async function readLocal(path: string, repository: Repository): Promise<string | undefined> {
  const bytes = await repository.read(path);
  return bytes && new TextDecoder().decode(bytes);
}
