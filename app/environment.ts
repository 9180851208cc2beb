import { z } from 'zod';
import { UserError } from '../src/lib/errors.ts';
import { readPrivateKey, requireKey } from './private-key.ts';

/** What the app needs to know to serve, by the names that Probot and GitHub's own tools use. */
export type AppEnvironment = {
  appId: number;
  /** PEM. */
  privateKey: string;
  webhookSecret: string;
  host: string;
  port: number;
  /** `https://api.github.com`; on GitHub Enterprise Server it ends in `/api/v3`. */
  apiUrl: string;
  graphqlUrl: string;
  serverUrl: string;
  /** A channel at smee.io, for development. */
  webhookProxyUrl: string | undefined;
  logLevel: LogLevel;
  /** File name of the workflow that is dispatched, below `.github/workflows/`. */
  workflow: string;
};

const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
type LogLevel = (typeof logLevels)[number];

const optional = z
  .string()
  .trim()
  .transform((text) => (text === '' ? undefined : text))
  .optional();

function number(expectation: string, { least, most }: { least: number; most: number }) {
  const isOne = (text: string | undefined) =>
    text === undefined || (/^\d+$/.test(text) && Number(text) >= least && Number(text) <= most);
  return optional.refine(isOne, expectation).transform((text) => (text === undefined ? undefined : Number(text)));
}

const Variables = z.object({
  APP_ID: number('must be the number of the app', { least: 1, most: Number.MAX_SAFE_INTEGER }),
  PRIVATE_KEY: optional,
  PRIVATE_KEY_PATH: optional,
  WEBHOOK_SECRET: optional,
  HOST: optional,
  PORT: number('must be a port, 1 to 65535', { least: 1, most: 65_535 }),
  GHE_HOST: optional.pipe(
    z
      .string()
      .regex(/^[\w.-]+(:\d+)?$/, 'must be a host name such as github.example.com, without https://')
      .optional(),
  ),
  GHE_PROTOCOL: optional.pipe(z.enum(['https', 'http']).optional()),
  GITHUB_API_URL: optional.pipe(z.url().optional()),
  GITHUB_GRAPHQL_URL: optional.pipe(z.url().optional()),
  GITHUB_SERVER_URL: optional.pipe(z.url().optional()),
  WEBHOOK_PROXY_URL: optional.pipe(z.url().optional()),
  LOG_LEVEL: optional.pipe(z.enum(logLevels).optional()),
  COURIER_WORKFLOW: optional.pipe(
    z
      .string()
      .regex(/^[\w.-]+\.ya?ml$/, 'must be a file name such as courier.yml')
      .optional(),
  ),
});

/**
 * @returns `undefined` without credentials: then the app has to be set up first.
 * @throws UserError that names the variable, for half of the credentials and for values that cannot be.
 */
export function readEnvironment(env: Readonly<Record<string, string | undefined>>): AppEnvironment | undefined {
  const parsed = Variables.safeParse(env);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new UserError(`${issue?.path.join('.') ?? 'The environment'}: ${issue?.message ?? 'cannot be read'}.`);
  }
  const values = parsed.data;
  const privateKey = readPrivateKey(values);
  if (values.APP_ID === undefined && privateKey === undefined) return undefined;
  if (values.APP_ID === undefined) throw missing('APP_ID');
  if (privateKey === undefined) throw missing('PRIVATE_KEY or PRIVATE_KEY_PATH');
  // Probot would take a secret that everybody knows.
  if (values.WEBHOOK_SECRET === undefined) throw missing('WEBHOOK_SECRET');
  requireKey(privateKey, values);
  return {
    appId: values.APP_ID,
    privateKey,
    webhookSecret: values.WEBHOOK_SECRET,
    host: values.HOST ?? 'localhost',
    port: values.PORT ?? 3000,
    ...readUrls(values),
    webhookProxyUrl: values.WEBHOOK_PROXY_URL,
    logLevel: values.LOG_LEVEL ?? 'info',
    workflow: values.COURIER_WORKFLOW ?? 'courier.yml',
  };
}

function missing(name: string): UserError {
  return new UserError(
    `${name} is not set, but other credentials of the app are. Set it (docs/app.md says where it comes from), or remove the others to set the app up anew.`,
  );
}

function readUrls(values: z.infer<typeof Variables>): Pick<AppEnvironment, 'apiUrl' | 'graphqlUrl' | 'serverUrl'> {
  const { GHE_HOST, GHE_PROTOCOL = 'https' } = values;
  const enterprise = GHE_HOST === undefined ? undefined : `${GHE_PROTOCOL}://${GHE_HOST}`;
  return {
    apiUrl: values.GITHUB_API_URL ?? (enterprise ? `${enterprise}/api/v3` : 'https://api.github.com'),
    graphqlUrl:
      values.GITHUB_GRAPHQL_URL ?? (enterprise ? `${enterprise}/api/graphql` : 'https://api.github.com/graphql'),
    serverUrl: values.GITHUB_SERVER_URL ?? enterprise ?? 'https://github.com',
  };
}
