import type { CheckOutcome } from '../checks/check.ts';
import { type PresetName, presetNames } from '../checks/presets/names.ts';
import { chooseKnown } from '../findings/choose-known.ts';
import type { Finding } from '../findings/finding.ts';
import { identifyFindings } from '../findings/identify-findings.ts';
import { hasCommand, needsAgent } from '../findings/recheck.ts';
import type { Verdict } from '../findings/verdict.ts';
import { revealFindings } from '../ledger/withhold.ts';
import type { Gate } from '../publishing/gate.ts';
import { withholdVerdict } from '../sessions/audience.ts';
import { beginSession } from '../sessions/begin-session.ts';
import { verdictOfCheck } from '../sessions/check-verdicts.ts';
import type { Discovery } from '../sessions/discovery.ts';
import { endSession } from '../sessions/end-session.ts';
import { type ScanSettings, withoutAgent } from '../sessions/settings.ts';
import { conclude } from './conclude.ts';
import { openEvents } from './open-events.ts';
import type { ScanOutcome } from './outcome.ts';
import type { Ports } from './ports.ts';
import { type Prepared, prepareScan, type ScanRequest } from './prepare-scan.ts';
import { raiseFindings } from './raise-findings.ts';
import { recheckByCommand } from './recheck-findings.ts';
import { claimsOf, runAllChecks, toDetermined } from './run-all-checks.ts';
import { setupFor } from './setup-for.ts';
import { createTextReader } from './text-reader.ts';

export type VerifyRequest = ScanRequest & {
  /** Ids of findings; none: all that are open. */
  findings: readonly string[];
};

/**
 * Checks known findings again, without a model and without looking for new ones: the checks that raised them run, and the commands of those
 * of agents. Ledger and issues follow as after a scan.
 */
export async function verify(request: VerifyRequest, given: Ports & { gate: Gate }): Promise<ScanOutcome> {
  const prepared = await prepareScan({ ...request, overrides: withoutAgent(request.overrides) }, given);
  const { ports } = prepared;
  const known = prepared.ledger?.findings ?? [];
  const chosen = revealFindings(chooseKnown(request.findings, known), request.ledgerKey);
  const session = beginSession({
    ...request,
    repository: ports.repository,
    remote: prepared.remote,
    settings: { ...prepared.settings, scans: [] },
    what: 'Re-check',
    at: ports.clock.now(),
  });
  const work = { ...request, ...prepared, session: session.id, known, readText: createTextReader(ports.repository) };
  const byCheck = await verifyByChecks(chosen.filter(isOfCheck), work, ports);
  const agents = chosen.filter((finding) => !isOfCheck(finding));
  const byCommand = await recheckByCommand(
    {
      ...work,
      setup: setupFor(prepared.settings, request),
      findings: agents.filter(hasCommand),
      limits: { findings: 1000, totalMs: prepared.settings.timeoutMs },
    },
    ports,
  );
  const asked = agents.filter((finding) => !hasCommand(finding)).map(needsAgent);
  const verdicts = [...byCheck.verdicts, ...byCommand.verdicts, ...asked].map((verdict) =>
    withholdVerdict(verdict, known, prepared.remote?.visibility),
  );
  const ended = endSession(session, {
    checks: byCheck.checks,
    namedPresets: true,
    scans: [],
    rejected: [],
    notes: byCommand.notes,
    verdicts,
    rechecks: true,
    spent: [],
    aborted: request.signal.aborted,
    endedAt: ports.clock.now(),
  });
  return conclude(
    {
      discovery: toDiscovery(ended, verdicts, prepared),
      checks: byCheck.checks,
      events: openEvents(ended, { remote: prepared.remote }, ports),
      raw: {},
      ...work,
      reportsOnly: false,
      done: { scan: false, verify: true },
    },
    ports,
  );
}

function isOfCheck({ origin }: Finding): boolean {
  return origin.kind === 'check';
}

type Work = Pick<Prepared, 'settings'> & {
  known: readonly Finding[];
  readText: (path: string) => Promise<string | undefined>;
  signal: AbortSignal;
};

async function verifyByChecks(
  findings: readonly Finding[],
  { settings, known, readText, signal }: Work,
  ports: Ports & { gate: Gate },
): Promise<{ verdicts: Verdict[]; checks: readonly CheckOutcome[] }> {
  if (findings.length === 0) return { verdicts: [], checks: [] };
  const names = new Set(findings.map(({ origin }) => origin.name));
  const checks = await runAllChecks({ settings: onlyThese(names, settings), readText, signal }, ports);
  const { raised } = await raiseFindings(claimsOf(checks), {
    readText,
    findScopes: ports.findScopes,
    clean: ports.gate.plain,
  });
  const seen = new Set(identifyFindings(raised, known).matched.map(({ finding }) => finding.id));
  const determined = checks.flatMap(toDetermined);
  return { checks, verdicts: findings.map((finding) => verdictOfCheck(finding, { checks, determined, seen })) };
}

function onlyThese(
  names: ReadonlySet<string>,
  { presets, checks }: ScanSettings,
): Pick<ScanSettings, 'presets' | 'checks'> {
  const offered: readonly PresetName[] = presets === 'auto' ? presetNames : [];
  return {
    presets: (Array.isArray(presets) ? presets : offered).filter((name) => names.has(name)),
    checks: Object.fromEntries(Object.entries(checks).filter(([name]) => names.has(name))),
  };
}

function toDiscovery(session: Discovery['session'], verdicts: Verdict[], { reconciles, remote }: Prepared): Discovery {
  return {
    version: 1,
    session,
    raised: [],
    // The verdicts say it, of the findings that were asked about and of no other.
    determined: [],
    verdicts,
    covered: [],
    renames: [],
    gone: [],
    judged: [],
    reconciles: reconciles.may,
    ...(reconciles.may ? {} : { reconcilesNot: reconciles.why }),
    ...(remote ? { repositoryId: remote.id, visibility: remote.visibility } : {}),
  };
}
