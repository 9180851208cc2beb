import type { Trigger } from '../events/trigger.ts';
import { requireLedgerKey } from '../ledger/seal.ts';
import { UserError } from '../lib/errors.ts';
import type { Gate } from '../publishing/gate.ts';
import { revealDiscovery } from '../sessions/audience.ts';
import { Discovery } from '../sessions/discovery.ts';
import { keepRecord } from '../sessions/keep-record.ts';
import { type MayReconcile, mayPublish } from '../sessions/may-reconcile.ts';
import { mergeSplit } from '../sessions/merge-split.ts';
import { isEnded } from '../sessions/phases.ts';
import { type Overrides, resolveSettings } from '../sessions/settings.ts';
import { conclude } from './conclude.ts';
import type { GitHub, RemoteRepository } from './github-ports.ts';
import { openEvents } from './open-events.ts';
import type { ScanOutcome } from './outcome.ts';
import type { Ports } from './ports.ts';
import { readConfiguration } from './read-configuration.ts';
import { createTextReader } from './text-reader.ts';

export type PublishRequest = {
  trigger: Trigger;
  overrides: Overrides;
  configPath: string | undefined;
  ledgerKey: string | undefined;
  /** What other jobs left: one session, or the parts of one. */
  handed: readonly Handed[];
};

/** The text of a `session.json` as another job left it, anybody's text; and where it lay in `session-path`. */
export type Handed = { file: string; text: string };

/** Publishes what a session of another job saw. No agent runs here, and nothing of the repository. */
export async function publish(request: PublishRequest, ports: Ports & { gate: Gate }): Promise<ScanOutcome> {
  const { trigger, overrides } = request;
  if (request.ledgerKey !== undefined) requireLedgerKey(request.ledgerKey);
  const remote = await ports.github?.repository();
  if (!ports.github || !remote) throw new UserError('Publishing needs a repository on GitHub.');
  const parts = request.handed.map((one) => revealDiscovery(understandDiscovery(one, remote), request.ledgerKey));
  const given = mergeSplit(parts);
  if ('refused' in given) throw new UserError(`Nothing was published from session-path. ${given.refused}`);
  const allowed = await mayPublishNow(given, { trigger, remote, github: ports.github });
  const discovery = allowed.may ? given : { ...given, reconciles: false, reconcilesNot: allowed.why };
  const config = await readConfiguration(request.configPath, { trigger, remote }, ports);
  // The prompt and the scans belong to the job that looked.
  const settings = resolveSettings(
    config,
    { ...overrides, prompt: undefined, scan: undefined, agent: 'none' },
    { hasModelKey: false, strict: true },
  );
  if (settings.publish === 'issues' && discovery.reconciles)
    await ports.github.checkPermissions(['contents: write', 'issues: write']);
  return conclude(
    {
      discovery,
      settings,
      remote,
      ledgerKey: request.ledgerKey,
      checks: [],
      events: openEvents(discovery.session, { remote }, ports),
      raw: {},
      readText: createTextReader(ports.repository),
      reportsOnly: trigger.pullRequest !== undefined,
      done: { scan: true, verify: false },
    },
    ports,
  );
}

/** The branch may have moved on since the other job looked; a commit that was never on it is no scan of it, whatever the file says. */
async function mayPublishNow(
  { session: { commit }, reconciles }: Discovery,
  { trigger, remote, github }: { trigger: Trigger; remote: RemoteRepository; github: GitHub },
): Promise<MayReconcile> {
  const allowed = mayPublish(trigger, remote);
  const { defaultHead, defaultBranch } = remote;
  if (!allowed.may || !reconciles || commit === defaultHead) return allowed;
  const isOnBranch = commit !== undefined && defaultHead !== undefined && (await github.isAhead(commit, defaultHead));
  if (isOnBranch) return allowed;
  const what = commit === undefined ? 'the session names no commit' : `${commit.slice(0, 7)} is no commit`;
  return { may: false, why: `Nothing was published: ${what} of ${defaultBranch}.` };
}

/** @throws UserError that says what is wrong with the file, for one of another repository too. */
function understandDiscovery({ file, text }: Handed, remote: RemoteRepository): Discovery {
  const where = `${file} in session-path`;
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new UserError(
      `${where} is not JSON: it was damaged on the way, or is not what a step with publish: none left.`,
      { cause: error },
    );
  }
  const parsed = Discovery.safeParse(json);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new UserError(
      `${where} is not a session of this version of Courier: ${issue?.path.join('.') || 'it'}: ${issue?.message ?? 'unreadable'}.`,
    );
  }
  if (parsed.data.repositoryId !== remote.id)
    throw new UserError(`${where} belongs to another repository than ${remote.name}: nothing was published.`);
  const { session } = parsed.data;
  const kept = isEnded(session.phase) ? keepRecord(undefined, session) : { refused: `it is ${session.phase}` };
  if ('refused' in kept) throw new UserError(`${where} is not a session that has ended: ${kept.refused}`);
  return parsed.data;
}
