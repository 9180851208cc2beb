import type { E2bAccess } from './adapters/e2b/account.ts';
import type { Progress } from './flows/ports.ts';
import type { Log } from './lib/log.ts';
import type { GatewayVendor } from './sandboxes/gateway.ts';
import type { SessionEvent } from './sessions/session-event.ts';

/** `baseUrl`: what the vendor's own variable says (ANTHROPIC_BASE_URL, OPENAI_BASE_URL, GOOGLE_GEMINI_BASE_URL). */
export type ModelAccess = { apiKey: string; baseUrl: string | undefined };

type Environment = Readonly<Record<string, string | undefined>>;

/** The APIs of models for which there is a key, with their addresses from the environment. */
export function modelAccess(
  keys: Readonly<Record<GatewayVendor, string | undefined>>,
  env: Environment,
): CourierOptions['models'] {
  const baseUrls = {
    anthropic: env.ANTHROPIC_BASE_URL,
    openai: env.OPENAI_BASE_URL,
    google: env.GOOGLE_GEMINI_BASE_URL,
  } as const satisfies Record<GatewayVendor, string | undefined>;
  const of = (vendor: GatewayVendor) => {
    const apiKey = keys[vendor];
    return apiKey ? { [vendor]: { apiKey, baseUrl: baseUrls[vendor] || undefined } } : {};
  };
  return { ...of('anthropic'), ...of('openai'), ...of('google') };
}

/** `access`: the key, and what E2B_API_URL, E2B_SANDBOX_URL and E2B_DOMAIN say. `job`: marks what is to be ended with it. */
export type E2bOptions = { access: E2bAccess; job: string };

/** E2B as the environment describes it, by the names that its own tools use. */
export function e2bAccess(apiKey: string, env: Environment): E2bAccess {
  return { apiKey, domain: env.E2B_DOMAIN, apiUrl: env.E2B_API_URL, sandboxUrl: env.E2B_SANDBOX_URL };
}

/** Where Courier runs and with what; the faces read it from their world. */
export type CourierOptions = {
  /** The folder under scan. */
  repositoryPath: string;
  /** Folder with what the presets need on disk (rules, lockfile). */
  assets: string;
  /** Where the presets' tools come from. */
  tools: { mode: 'dependencies'; packageRoot: string } | { mode: 'tool-cache'; cacheDir: string };
  /** Agent tools: the folder with their locks, and where they are installed. */
  programs: { locks: string; folder: string };
  /** Environment of the process: commands get a cleaned copy. */
  env: Readonly<Record<string, string | undefined>>;
  github: { token: string; repository: string; apiUrl: string; graphqlUrl: string; serverUrl: string } | undefined;
  models: Partial<Readonly<Record<GatewayVendor, ModelAccess>>>;
  /** `undefined`: commands run in local sandboxes. */
  e2b: E2bOptions | undefined;
  ledgerKey: string | undefined;
  /** Credentials that must never leave in a text; those of `env` come on top. */
  secrets: readonly string[];
  /** Reports. */
  outputFolder: string;
  /** Where the files of a session go. */
  sessionFolder: (session: string) => string;
  /** Storage of local sandboxes; swept by who made it. */
  sandboxFolder: string;
  /** Where local sandboxes keep what `sandbox.setup` made, and by what this repository is known there and at E2B. */
  layers: { folder: string; repository: string };
  log: Log;
  progress: (progress: Progress) => void;
  /** Told the id of a session as it begins: right before it goes on record, or that it goes on none. */
  began?: (session: string, on: 'record' | 'no-record') => void;
  /** Told each event of a session as it is kept. */
  watch?: ((event: SessionEvent) => void) | undefined;
};
