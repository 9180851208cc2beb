import { Configuration } from '../../src/config/schema.ts';
import { Finding, type RaisedFinding } from '../../src/findings/finding.ts';
import { type DisclosedSession, discloseSensitive } from '../../src/flows/disclose-sensitive.ts';
import { type RecordRequest, recordSession } from '../../src/flows/record-session.ts';
import { silentLog } from '../../src/lib/log.ts';
import { createGate } from '../../src/publishing/gate.ts';
import { resolveSettings } from '../../src/sessions/settings.ts';
import { commitFiles } from '../fakes/github/git-objects.ts';
import { type GitHubDouble, startGitHub } from '../fakes/github/github.ts';
import type { RepositorySeed } from '../fakes/github/state.ts';
import { aRepository } from './ports.ts';
import { aDiscovery, complaint, connectTo, createTestClock } from './publish-bed.ts';

export const appToken = 'ghs_app';
export const workflow = 'ghs_workflow';
export const bareToken = 'ghs_bare';
const writes = { contents: 'write', issues: 'write' } as const;

export type DisclosureBed = {
  double: GitHubDouble;
  ledger: () => Finding[];
  /** Somebody else's commit to the ledger. */
  rewrite: (change: (finding: Finding) => Finding) => void;
  run: (raised: readonly RaisedFinding[], step?: Step) => Promise<DisclosedSession>;
};

type Step = {
  token?: string;
  key?: string | undefined;
  publish?: 'issues' | 'plan';
  sensitive?: 'auto' | 'withhold';
  maxNew?: number;
  trigger?: string;
  /** Days since the first session. */
  day?: number;
};

/** A public repository, and the part of a session that comes after the looking, as often as a test likes. */
export async function aDisclosureBed(seed: Partial<RepositorySeed> = {}): Promise<DisclosureBed> {
  const double = await startGitHub({
    repositories: [{ name: 'acme/shop', visibility: 'public', ...seed }],
    tokens: {
      [appToken]: { login: 'courier[bot]', type: 'Bot', permissions: { ...writes, repository_advisories: 'write' } },
      [workflow]: {
        login: 'github-actions[bot]',
        type: 'Bot',
        permissions: { ...writes, security_events: 'write' },
      },
      [bareToken]: { login: 'github-actions[bot]', type: 'Bot', permissions: writes },
    },
  });
  const clock = createTestClock();
  const ledger = () =>
    Object.entries(double.files('acme/shop', 'courier-ledger'))
      .filter(([path]) => path.startsWith('findings/'))
      .flatMap(([, text]) => JSON.parse(text))
      .map((finding) => Finding.parse(finding));
  const rewrite: DisclosureBed['rewrite'] = (change) => {
    const { objects, refs } = double.repository();
    const files = Object.entries(double.files('acme/shop', 'courier-ledger')).map(([path, text]) => {
      const isChanged = path.startsWith('findings/');
      return [path, isChanged ? JSON.stringify(JSON.parse(text).map(change)) : text] as const;
    });
    const parents = [refs.get('refs/heads/courier-ledger') ?? ''];
    const commit = { files: Object.fromEntries(files), message: 'another session', parents, author: 'other' };
    refs.set('refs/heads/courier-ledger', commitFiles(objects, commit));
  };
  return { double, ledger, rewrite, run: (raised, step = {}) => runSession(raised, step, { double, clock }) };
}

const gate = createGate({ secrets: [] });

async function runSession(
  raised: readonly RaisedFinding[],
  { token = workflow, key, publish = 'issues', sensitive = 'auto', maxNew = 20, trigger = 'schedule', day = 0 }: Step,
  { double, clock }: { double: GitHubDouble; clock: ReturnType<typeof createTestClock> },
): Promise<DisclosedSession> {
  const repository = double.repository();
  const github = connectTo({ double, clock, token });
  const settings = resolveSettings(Configuration.parse({}), { publish }, { hasModelKey: false, strict: false });
  const discovery = aDiscovery(raised, repository.id);
  const at = (time: string) => new Date(Date.parse(time) + day * 86_400_000).toISOString();
  const session = {
    ...discovery.session,
    trigger,
    startedAt: at(discovery.session.startedAt),
    endedAt: at(discovery.session.startedAt),
  };
  const request: RecordRequest = {
    discovery: { ...discovery, session, visibility: repository.visibility },
    settings: { ...settings, issues: { ...settings.issues, sensitive, maxNew } },
    remote: {
      ...{ name: 'acme/shop', id: String(repository.id), defaultBranch: 'main', visibility: repository.visibility },
      ...{ defaultHead: repository.refs.get('refs/heads/main'), url: `${double.serverUrl}/acme/shop` },
    },
    ledgerKey: key,
    reportsOnly: false,
  };
  const recorded = await recordSession(request, { github, localLedger: github.ledger('unused'), log: silentLog });
  const ports = { github, gate, clock, log: silentLog, repository: aRepository({}) };
  return discloseSensitive(recorded, { ...request, readText: async () => undefined }, ports);
}

/** A weakness that a check reports, by words that must not be found anywhere else. */
export function weakness(rule: string, over: Partial<RaisedFinding> = {}): RaisedFinding {
  return complaint(rule, {
    category: 'security',
    title: `CANARY title of ${rule}`,
    cwe: 'CWE-89',
    evidence: [{ path: `src/${rule}.js`, startLine: 1, quote: `CANARY quote of ${rule}` }],
    ...over,
  });
}

/** The ids of the findings in each upload so far, in the words of their messages. */
export function uploads({ double }: Pick<DisclosureBed, 'double'>): string[][] {
  return double
    .repository()
    .sarifs.map(({ sarif }) =>
      [...JSON.stringify(sarif).matchAll(/"text":"CANARY title of (\w+)\\n/g)].map(([, rule]) => rule ?? ''),
    );
}
