import { mkdir } from 'node:fs/promises';
import path from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

/** Below the runner's folder for temporary files, which it empties after the job. */
function temporaryFolder(env: Environment): string {
  return path.join(env.RUNNER_TEMP ?? '/tmp', 'courier');
}

/**
 * A folder for reports and session files, made: the output `session-path`. Each step of a job has its own, as a session's events and
 * transcript are appended to.
 */
export async function makeOutputFolder(env: Environment): Promise<string> {
  await mkdir(temporaryFolder(env), { recursive: true });
  for (let attempt = 1; ; attempt++) {
    const folder = path.join(temporaryFolder(env), attempt === 1 ? 'session' : `session-${attempt}`);
    const isNew = await mkdir(folder).then(
      () => true,
      () => false,
    );
    if (isNew || attempt === mostSteps) return folder;
  }
}

// Beyond what a job has steps.
const mostSteps = 1000;

/** The same folder, as the post step knows it. */
export function outputFolder(env: Environment): string {
  return env.STATE_courierFolder || path.join(temporaryFolder(env), 'session');
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
