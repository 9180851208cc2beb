import path from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

/** Below the runner's folder for temporary files, which it empties after the job. */
function temporaryFolder(env: Environment): string {
  return path.join(env.RUNNER_TEMP ?? '/tmp', 'courier');
}

/** Reports and session files: the output `session-path`. */
export function outputFolder(env: Environment): string {
  return path.join(temporaryFolder(env), 'session');
}

/** Storage of the step's sandboxes, and nothing else. */
export function sandboxFolder(env: Environment): string {
  return path.join(temporaryFolder(env), 'sandboxes');
}

/** Where tools are kept between jobs, on runners that keep it. */
export function toolCacheFolder(env: Environment): string {
  return env.RUNNER_TOOL_CACHE ?? path.join(temporaryFolder(env), 'tools');
}

/** What `sandbox.setup` made, for later jobs of the same repository. An id outlives a change of the name, and is never given again. */
export function setupLayers(env: Environment): { folder: string; repository: string } {
  const server = env.GITHUB_SERVER_URL ?? 'https://github.com';
  const repository = `${server} ${env.GITHUB_REPOSITORY_ID ?? env.GITHUB_REPOSITORY ?? ''}`;
  return { folder: path.join(toolCacheFolder(env), 'courier-setups'), repository };
}
