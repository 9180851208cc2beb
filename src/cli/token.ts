import { UserError } from '../lib/errors.ts';
import type { Terminal } from './terminal.ts';

/** The token for `--repo`. @throws UserError where there is none. */
export function tokenFrom(env: Terminal['env']): string {
  const token = env.GITHUB_TOKEN || env.GH_TOKEN;
  if (token) return token;
  throw new UserError(
    '--repo needs a token: set GITHUB_TOKEN (or GH_TOKEN) to one that may read and write issues and contents.',
  );
}
