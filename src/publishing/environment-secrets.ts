import { shortestSecret } from './secret-pieces.ts';

const secretName =
  /(?:^|[_\W])(?:token|secret|passw(?:or)?d|passphrase|pass|pwd|pat|credentials?|auth|key)s?(?:$|[_\W]?(?:b(?:ase)?64|json|id|value|\d+)?$)|(?:token|secret|passw(?:or)?d|apikey|privatekey|accesskey)$/i;

/** Where a secret is kept, what it is called, and the runner's own variables are no secrets. */
const plainName = /(?:^|_)(?:file|path|dir|sock|name|home)$|^(?:GITHUB|RUNNER|STATE|INPUT)_(?!TOKEN$)/i;

/**
 * Values of environment variables that, by their names, hold a credential: a step's `env:` may carry some which no input of ours names.
 * Other variables hold words that occur everywhere (a repository's name, a folder), and are not secrets.
 */
export function environmentSecrets(env: Readonly<Record<string, string | undefined>>): string[] {
  return Object.entries(env).flatMap(([name, value]) => {
    if (value === undefined || value.trim().length < shortestSecret) return [];
    return secretName.test(name) && !plainName.test(name) ? [value] : [];
  });
}
