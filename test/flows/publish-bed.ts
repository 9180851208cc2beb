import { createGitHub } from '../../src/adapters/github/github.ts';
import { Configuration } from '../../src/config/schema.ts';
import type { RaisedFinding } from '../../src/findings/finding.ts';
import type { GitHub } from '../../src/flows/github-ports.ts';
import { type Published, reconcile } from '../../src/flows/reconcile.ts';
import { type Recorded, type RecordRequest, recordSession } from '../../src/flows/record-session.ts';
import { silentLog } from '../../src/lib/log.ts';
import { createGate } from '../../src/publishing/gate.ts';
import { Discovery } from '../../src/sessions/discovery.ts';
import { resolveSettings, type ScanSettings } from '../../src/sessions/settings.ts';
import { type GitHubDouble, workflowToken } from '../fakes/github/github.ts';
import { aRaised } from '../findings/builders.ts';

export const start = Date.parse('2026-11-21T10:00:00Z');

/** Time that passes only when somebody waits; `waits` are those of five seconds and more. */
export function createTestClock() {
  let time = start;
  const waits: number[] = [];
  return {
    waits,
    now: () => time++,
    sleep: async (milliseconds: number) => {
      if (milliseconds >= 5000) waits.push(milliseconds);
      time += milliseconds;
    },
  };
}
export type TestClock = ReturnType<typeof createTestClock>;

/** What a check reports, each result a finding of its own. */
export function complaint(rule: string, over: Partial<RaisedFinding> = {}): RaisedFinding {
  return aRaised({
    title: `The ${rule} is wrong`,
    description: `It is about ${rule}.`,
    severity: 3,
    category: 'bug',
    origin: { kind: 'check', name: 'lint', rule },
    location: { path: `src/${rule}.js`, startLine: 1 },
    evidence: [{ path: `src/${rule}.js`, startLine: 1, quote: `export const ${rule} = 1;` }],
    verified: 'reproduced',
    fingerprint: `1:${rule}`,
    ...over,
  });
}

let sessions = 0;
/** A session of the check, which reported this and nothing else. */
export function aDiscovery(raised: readonly RaisedFinding[], repositoryId: number): Discovery {
  sessions += 1;
  const id = `S20261121-100000-${sessions.toString(36).padStart(4, '0')}`;
  return Discovery.parse({
    version: 1,
    session: {
      ...{ version: 1, id, kind: 'scan', displayName: 'Scan', trigger: 'schedule', repository: 'acme/shop' },
      ...{ commit: 'c'.repeat(40), phase: 'completed', result: 'complete', reasons: [], agents: [], checks: [] },
      ...{ startedAt: new Date(start + sessions * 1000).toISOString(), usage: usage, questions: [], assumptions: [] },
      endedAt: new Date(start + sessions * 1000).toISOString(),
      ...{ raised: [], updated: [], resolved: [], reopened: [], rejected: [] },
    },
    raised,
    determined: [{ check: 'lint', heldRules: [] }],
    reconciles: true,
    repositoryId: String(repositoryId),
    visibility: 'private',
  });
}
const usage = { inputTokens: 0, outputTokens: 0, cacheReadTokens: 0, cacheWriteTokens: 0 };

const gate = createGate({ secrets: [] });
const { settings: defaults } = {
  settings: resolveSettings(Configuration.parse({}), {}, { hasModelKey: false, strict: false }),
};

/** What a configuration without a word comes to, but for these. */
export const settingsWith = (over: Partial<ScanSettings>): ScanSettings => ({ ...defaults, ...over });

export type Run = { recorded: Recorded; published: Published };

type Running = {
  double: GitHubDouble;
  clock: TestClock;
  token?: string;
  settings?: Partial<ScanSettings>;
  github?: GitHub;
  events?: RecordRequest['events'];
};

export function connectTo({ double, clock, token = workflowToken }: Running): GitHub {
  return createGitHub({
    ...{ token, owner: 'acme', repo: 'shop', userAgent: 'courier-test', log: silentLog },
    ...{ apiUrl: double.url, graphqlUrl: double.graphqlUrl, serverUrl: double.serverUrl },
    clock,
    sleep: clock.sleep,
  });
}

/** What a session of the check does after the looking, with the real adapter: the ledger, then the issues. */
export async function publishSession(raised: readonly RaisedFinding[], running: Running): Promise<Run> {
  return publishDiscovery(aDiscovery(raised, running.double.repository().id), running);
}

export async function publishDiscovery(discovery: Discovery, running: Running): Promise<Run> {
  const { double, clock } = running;
  const repository = double.repository();
  const github = running.github ?? connectTo(running);
  const request: RecordRequest = {
    discovery,
    settings: {
      ...defaults,
      ...running.settings,
      issues: { ...defaults.issues, maxNew: 1000, ...running.settings?.issues },
    },
    remote: {
      ...{ name: 'acme/shop', id: String(repository.id), defaultBranch: 'main', visibility: repository.visibility },
      ...{ defaultHead: repository.refs.get('refs/heads/main'), url: `${double.serverUrl}/acme/shop` },
    },
    ledgerKey: undefined,
    reportsOnly: false,
    events: running.events,
  };
  const ports = { github, gate, clock, log: silentLog, progress: () => {} };
  const recorded = await recordSession(request, { github, localLedger: github.ledger('unused'), log: silentLog });
  return { recorded, published: await reconcile(recorded, request, ports) };
}

const markerOf = (body: string) => /<!-- courier:finding (F-\w+) -->/.exec(body)?.[1];

/** How things stand, in words that are the same whichever session wrote them: by the finding's rule. */
export function stateOf(double: GitHubDouble) {
  const files = double.files('acme/shop', 'courier-ledger');
  const findings = Object.entries(files)
    .filter(([path]) => path.startsWith('findings/'))
    .flatMap(([, text]) => JSON.parse(text));
  const { issues } = double.repository();
  const byRule = findings.map((finding) => {
    const own = issues.filter(({ body }) => markerOf(body) === finding.id);
    const link = finding.issue;
    return [
      finding.origin.rule,
      {
        state: finding.state,
        link: link && { number: link.number === own[0]?.number, title: link.title, labels: [...link.labels].sort() },
        issues: own.map(({ title, body, state, stateReason, labels, comments }) => ({
          ...{ title, state, stateReason, labels: [...labels].sort() },
          about: body.split('\n').slice(3, 5),
          comments: comments.map((comment) => comment.body.split('\n')[0]?.replace(/at .*/, '')),
        })),
      },
    ] as const;
  });
  return {
    findings: Object.fromEntries(byRule.sort(([a], [b]) => (a < b ? -1 : 1))),
    issues: issues.length,
    lease: files['publishing.json'],
  };
}
