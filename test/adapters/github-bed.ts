import type { GitHubOptions } from '../../src/adapters/github/client.ts';
import { createGitHub } from '../../src/adapters/github/github.ts';
import { silentLog } from '../../src/lib/log.ts';
import type { SafeText } from '../../src/publishing/safe-text.ts';
import { type GitHubSeed, startGitHub, workflowToken } from '../fakes/github/github.ts';

/** Text as the gate would have let it out. */
export function cleaned(text: string): SafeText {
  return text as SafeText;
}

/** Courier's adapter on a double; waits are remembered instead of waited for. */
export async function connect(seed: GitHubSeed = {}, options: Partial<GitHubOptions> = {}) {
  const double = await startGitHub(seed);
  const waits: number[] = [];
  const given = {
    token: workflowToken,
    owner: 'acme',
    repo: 'shop',
    apiUrl: double.url,
    graphqlUrl: double.graphqlUrl,
    serverUrl: double.serverUrl,
    userAgent: 'courier-test',
    log: silentLog,
    sleep: async (time: number) => void waits.push(time),
    ...options,
  };
  /** Another process at the same repository. */
  const again = () => createGitHub(given);
  return { github: again(), again, double, waits };
}
