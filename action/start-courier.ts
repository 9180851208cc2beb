import path from 'node:path';
import { type Courier, createCourier } from '../src/courier.ts';
import { type CourierOptions, e2bAccess, modelAccess } from '../src/courier-options.ts';
import { UserError } from '../src/lib/errors.ts';
import { sandboxFolder, setupLayers, toolCacheFolder } from './folders.ts';
import { credentialsIn, type Inputs } from './inputs.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Courier as a step of a workflow runs it, and its post step. `dist` is the folder of the bundle; `job` marks the sandboxes; reports and session files go into `folder`. */
export function startCourier(
  env: Environment,
  inputs: Inputs,
  {
    dist,
    job,
    folder,
    ...told
  }: { dist: string; job: string; folder: string } & Pick<CourierOptions, 'log' | 'progress' | 'watch' | 'began'>,
): Courier {
  return createCourier({
    ...told,
    repositoryPath: env.GITHUB_WORKSPACE ?? process.cwd(),
    assets: path.join(dist, 'presets'),
    tools: { mode: 'tool-cache', cacheDir: toolCacheFolder(env) },
    programs: {
      locks: path.join(dist, 'programs'),
      folder: path.join(toolCacheFolder(env), 'courier-programs'),
    },
    env,
    github: githubFrom(inputs, env),
    models: modelAccess(
      { anthropic: inputs.anthropicApiKey, openai: inputs.openaiApiKey, google: inputs.geminiApiKey },
      env,
    ),
    e2b: inputs.e2bApiKey ? { access: e2bAccess(inputs.e2bApiKey, env), job } : undefined,
    ledgerKey: inputs.ledgerKey,
    secrets: credentialsIn(env),
    outputFolder: folder,
    sessionFolder: () => folder,
    sandboxFolder: sandboxFolder(env),
    layers: setupLayers(env),
  });
}

/** The repository that the workflow runs in. */
export function githubFrom(inputs: Inputs, env: Environment) {
  const repository = env.GITHUB_REPOSITORY;
  if (!repository)
    throw new UserError(
      'GITHUB_REPOSITORY is not set: this is a step of a GitHub workflow; on the command line use courier scan.',
    );
  if (!inputs.githubToken)
    throw new UserError('Input github-token: it is empty; leave it out for the token of the job.');
  return {
    token: inputs.githubToken,
    repository,
    apiUrl: env.GITHUB_API_URL ?? 'https://api.github.com',
    graphqlUrl: env.GITHUB_GRAPHQL_URL ?? 'https://api.github.com/graphql',
    serverUrl: env.GITHUB_SERVER_URL ?? 'https://github.com',
  };
}
