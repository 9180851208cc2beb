import type { CheckOutcome } from '../checks/check.ts';
import type { Coverage } from '../coverage/coverage.ts';
import type { Finding, RaisedFinding, RejectedCandidate } from '../findings/finding.ts';
import { presentIn } from '../findings/verdict.ts';
import { isoTime } from '../lib/clock.ts';
import { createMatcher } from '../lib/glob.ts';
import { type Basis, checkBases, withBases } from '../memory/check-bases.ts';
import type { Known } from '../memory/choose-context.ts';
import type { Gate } from '../publishing/gate.ts';
import type { SandboxSetup } from '../sandboxes/sandbox.ts';
import { isWhole } from '../sessions/agent-part.ts';
import type { Discovery } from '../sessions/discovery.ts';
import { endSession } from '../sessions/end-session.ts';
import type { Session } from '../sessions/session.ts';
import type { ScanSettings } from '../sessions/settings.ts';
import { sumCost } from '../sessions/usage.ts';
import type { AgentScanResult } from './agent-scan.ts';
import { findRenames } from './find-renames.ts';
import { judgeIdentities } from './judge-identities.ts';
import { judgeTestimonies } from './judge-testimonies.ts';
import { coverageByPath, type FileKey, fileKeyFor, toDiscoveredCoverage } from './keep-coverage.ts';
import type { Events } from './keep-events.ts';
import { openEvents, type SessionScope } from './open-events.ts';
import { planJob } from './plan-jobs.ts';
import type { Ports } from './ports.ts';
import { proveFindings } from './prove-findings.ts';
import { type Claim, raiseFindings } from './raise-findings.ts';
import { recheckKnown } from './recheck-known.ts';
import { runAgentScans } from './run-agent-scans.ts';
import { claimsOf, runAllChecks, toDetermined } from './run-all-checks.ts';
import type { Desk } from './session-desk.ts';
import { setupFor } from './setup-for.ts';
import { tellProgress } from './tell-progress.ts';
import { createTextReader } from './text-reader.ts';
import { proposedBy } from './verify-proposals.ts';
import { type Attention, surveyFiles } from './watch-attention.ts';

export type DiscoverRequest = SessionScope & {
  /** As it began. */
  session: Session;
  desk: Desk;
  /** What earlier sessions looked at; absent: what this one looks at is not kept either. */
  coverage?: Coverage | undefined;
  /** What people settled; absent: nothing is told to the agents. */
  memory?: Known | undefined;
  /** Opens details that the ledger keeps sealed. */
  ledgerKey: string | undefined;
  signal: AbortSignal;
};

/** Looking takes no machine, no other process and no end of another session. */
type DiscoverPorts = Omit<Ports, 'salvage' | 'processes' | 'began' | 'layFiles'> & { gate: Gate };

export type ChangedLines = NonNullable<SessionScope['changedLines']>;

export type Discovered = {
  discovery: Discovery;
  checks: readonly CheckOutcome[];
  raw: Readonly<Record<string, string>>;
  /** What happened so far; open for what is written. */
  events: Events;
};

type ProveRequest = Pick<DiscoverRequest, 'known' | 'changedLines' | 'signal'> & {
  session: string;
  setup: SandboxSetup | undefined;
  readText: (path: string) => Promise<string | undefined>;
  ports: DiscoverPorts;
};

/** Looks: checks and agent scans, proof of what they claim, the session's record. Writes nothing but into the sandbox. */
export async function discover(request: DiscoverRequest, given: DiscoverPorts): Promise<Discovered> {
  const { id } = request.session;
  const [{ session, signal }, { repository }] = [request, given];
  const [readText, started] = [createTextReader(repository), given.clock.now()];
  const events = openEvents(session, request, given);
  const ports = { ...given, ...events.recording(given) };
  const files = new Set(await repository.files());
  const moved = await ports.witness.renames(() => findRenames(request.known, files, repository));
  const scanned = { files, readText, renames: moved.renames };
  const gone = findGone(request.known, files);
  const about = { session: id, readText, renames: moved.renames, gone, setup: setupFor(request.settings, request) };
  const checks = await ports.witness.checks(() => runAllChecks({ ...request, readText }, ports));
  const keyOf = fileKeyFor(request.remote?.visibility, request.ledgerKey);
  const attention = await surveyFor(request, keyOf, ports);
  const { settings, known, parts, markOf } = planJob(request, attention);
  const based = await lookAtBases(request, { readText, at: isoTime(started) });
  const own = { ...request, ...based, settings: focused({ ...request, settings }), scanned, attention, parts };
  const scans = await runAgentScans({ ...own, session: id, onEvent: tellProgress(ports) }, ports);
  const claims = [...claimsOf(checks), ...scans.flatMap((scan) => scan.claims)];
  const proven = await proveClaims(claims, { ...request, ...about, ports });
  const testimony = await judgeTestimonies(scans, { ...request, scanned });
  const proposed = await proposedBy(scans, readText);
  const { raised } = proven;
  const rechecked = await recheckKnown({ ...request, ...about, known, raised, all: request.recheckAll }, ports);
  const verdicts = [...testimony.verdicts, ...rechecked.verdicts];
  const identities = await ports.witness.judge(() => {
    const spentUsd = sumCost([...scans.map(({ costUsd }) => costUsd), spentBesides(session)]);
    const leftMs = settings.timeoutMs - (ports.clock.now() - started);
    const identity = { renames: moved.renames, gone, present: presentIn(verdicts) };
    return judgeIdentities(
      { ...request, settings, raised, identity, spentUsd, leftMs, onEvent: events.onEvent },
      ports,
    );
  });
  const ended = endSession(session, {
    checks,
    namedPresets: Array.isArray(settings.presets),
    scans,
    rejected: [...proven.rejected, ...testimony.rejected, ...proposed.rejected],
    notes: [moved, toldBy(scans, ports.gate), proven, rechecked, identities].flatMap(({ notes }) => notes),
    spent: identities.spent,
    verdicts,
    ...(parts ? { rechecks: true } : {}),
    aborted: signal.aborted,
    endedAt: ports.clock.now(),
  });
  return {
    discovery: {
      version: 1,
      session: ended,
      raised,
      determined: checks.flatMap(toDetermined),
      verdicts,
      covered: parts ? [] : coveredBy(scans),
      ...{ renames: moved.renames, gone, judged: identities.judged },
      ...proposed.told,
      ...toDiscoveredCoverage(attention, keyOf, scans),
      ...markOf(scans),
      ...whereFrom(request, based),
    },
    checks,
    raw: rawOf(scans),
    events,
  };
}

/** What there is to look at, where an agent is to look and somebody keeps what it saw. */
async function surveyFor(
  { settings, coverage, known }: DiscoverRequest,
  keyOf: FileKey,
  { repository, progress }: Pick<Ports, 'repository' | 'progress'>,
): Promise<Attention | undefined> {
  if (!coverage || settings.scans.length === 0) return undefined;
  progress({ step: 'taking stock of the files' });
  const files = await surveyFiles(await repository.files(), repository);
  const marked = new Set(
    known.flatMap(({ state, location }) => (location && state !== 'resolved' ? [location.path] : [])),
  );
  return { files, coverage: coverageByPath(coverage, files, keyOf), marked };
}

/** What people approved is told with a remark where the code that it rests on changed: also to the agents of this very session. */
async function lookAtBases(
  { memory: known, session }: Pick<DiscoverRequest, 'memory' | 'session'>,
  { readText, at }: { readText: (path: string) => Promise<string | undefined>; at: string },
): Promise<{ memory: Known | undefined; bases: Basis[] }> {
  const bases = known ? await checkBases(known.memory, readText) : [];
  const said = { by: 'courier', at, from: `session ${session.id}` };
  return { memory: known && { ...known, memory: withBases(known.memory, bases, said) }, bases };
}

function whereFrom({ reconciles, remote }: DiscoverRequest, { bases }: Pick<Discovery, 'bases'>) {
  return {
    ...(bases && bases.length > 0 ? { bases } : {}),
    reconciles: reconciles.may,
    ...(reconciles.may ? {} : { reconcilesNot: reconciles.why }),
    ...(remote ? { repositoryId: remote.id, visibility: remote.visibility } : {}),
  };
}

/** The claims that count here, with what their quotes and commands show. */
async function proveClaims(
  claims: readonly Claim[],
  { session, known, changedLines, signal, setup, readText, ports }: ProveRequest,
): Promise<{ raised: RaisedFinding[]; rejected: readonly RejectedCandidate[]; notes: readonly string[] }> {
  const quoted = await raiseFindings(claims, { readText, findScopes: ports.findScopes, clean: ports.gate.plain });
  const counting = quoted.raised.filter((finding) => touches(finding, changedLines));
  const proven = await proveFindings({ session, raised: counting, known, signal, setup }, ports);
  return { ...proven, rejected: quoted.rejected };
}

/** Where known findings were, and nothing is any more. */
function findGone(known: readonly Finding[], here: ReadonlySet<string>): string[] {
  const paths = new Set(known.flatMap(({ location }) => (location ? [location.path] : [])));
  return [...paths].filter((path) => !here.has(path)).toSorted();
}

function coveredBy(scans: readonly AgentScanResult[]): Discovery['covered'] {
  return scans.flatMap(({ record, paths }) => (isWhole(record) ? [{ scan: record.scan, paths: [...paths] }] : []));
}

/** What the scans have to say is in words of a command's output, too. */
function toldBy(scans: readonly AgentScanResult[], { plain }: Gate): { notes: string[] } {
  return { notes: scans.flatMap(({ notes }) => notes.map(plain)) };
}

function rawOf(scans: readonly AgentScanResult[]): Discovered['raw'] {
  return Object.fromEntries(
    scans.flatMap(({ record, raw }) => Object.entries(raw).map(([name, text]) => [`${record.scan}/${name}`, text])),
  );
}

/** What the scans are to look at; what others were paid for in an earlier part of the session is not there a second time. */
function focused({ settings, changedLines, session }: DiscoverRequest): ScanSettings {
  const { agent } = settings;
  const left = { ...settings, agent: { ...agent, budgetUsd: agent.budgetUsd - (spentBesides(session) ?? 0) } };
  if (!changedLines) return left;
  const paths = [...changedLines.keys()];
  return { ...left, scans: left.scans.map((scan) => ({ ...scan, paths: narrow(scan.paths, paths) })) };
}

function spentBesides({ besides }: Session): number | undefined {
  return besides ? besides.costUsd : 0;
}

function narrow(globs: readonly string[], paths: readonly string[]): readonly string[] {
  return globs.length === 0 ? paths : paths.filter(createMatcher(globs));
}

/** Whether it is about lines that count: on a pull request those that it changes. */
function touches(finding: RaisedFinding, changed: ChangedLines | undefined): boolean {
  if (!changed) return true;
  const places = [...(finding.location ? [finding.location] : []), ...finding.evidence];
  return places.some(({ path, startLine, endLine }) => {
    const ranges = changed.get(path);
    if (!ranges) return false;
    if (startLine === undefined) return true;
    return ranges.some(([from, to]) => startLine <= to && (endLine ?? startLine) >= from);
  });
}
