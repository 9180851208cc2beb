import type { Ledger } from '../ledger/ledger.ts';
import { updateLedger } from '../ledger/update-ledger.ts';
import { isoTime } from '../lib/clock.ts';
import { UserError } from '../lib/errors.ts';
import type { Gate } from '../publishing/gate.ts';
import { withholdFromSession } from '../sessions/audience.ts';
import { transcriptFile } from '../sessions/checkpoint.ts';
import { heardBefore } from '../sessions/heard.ts';
import { keepRecord } from '../sessions/keep-record.ts';
import { type MayReconcile, mayPublish } from '../sessions/may-reconcile.ts';
import { mayResume } from '../sessions/may-resume.ts';
import { isUnderWay } from '../sessions/phases.ts';
import { planStart } from '../sessions/plan-start.ts';
import type { Restored } from '../sessions/restored.ts';
import { resumedRecord, settingsOf, toOverrides } from '../sessions/resumed-session.ts';
import { runnerOf } from '../sessions/runner.ts';
import { Session } from '../sessions/session.ts';
import { resolveSettings, type ScanSettings, withoutAgent } from '../sessions/settings.ts';
import { closeLost } from './close-lost.ts';
import { conclude } from './conclude.ts';
import { discoverAtDesk } from './discover-at-desk.ts';
import { type FoundSession, findSession } from './find-session.ts';
import { findUnderWay, whyDead } from './find-under-way.ts';
import { openAgain } from './local-mailbox.ts';
import type { ScanOutcome } from './outcome.ts';
import type { Output, Ports } from './ports.ts';
import { type Prepared, prepareScan, type ScanRequest } from './prepare-scan.ts';
import { readConfiguration } from './read-configuration.ts';
import { readKnown } from './read-memory.ts';
import { identityOf } from './record-session.ts';
import { restoreSession } from './restore-session.ts';
import { type TakenRun, takeUpRun } from './take-up-run.ts';
import { createTextReader } from './text-reader.ts';

export type ResumeRequest = ScanRequest & {
  /** Id, the beginning of one, or `latest`. */
  session: string;
  /** Where its files are; absent: where a session of that id keeps them on this machine. */
  files?: Output | undefined;
};

/**
 * A session that rests goes on where it was, with the settings that it began with, at the commit that it scanned. What it knows comes from
 * its files, or, where those have expired, from its record; the outcome says which.
 */
export async function resume(request: ResumeRequest, given: Ports & { gate: Gate }): Promise<ScanOutcome> {
  const found = await findSession(request.session, request, given);
  const { session: before, remote } = found;
  if (isUnderWay(before.phase)) await closeWhereDead(before, { request, remote }, given);
  const allowed = mayResume(before);
  if (!allowed.may) throw new UserError(allowed.why);
  requireSameCommit(before, given);
  const run = await findRun(before, request, given);
  const files = request.files ?? given.sessionFolder(before.id);
  const restored = await restoreSession(before, { folder: files, repositoryId: remote?.id });
  const prepared = await prepareScan({ ...request, overrides: toOverrides(before, request.overrides) }, given);
  const { settings, reconciles } = await courseOf(before, { request, prepared, run });
  const { ports } = prepared;
  await bringFiles(restored, files, ports.sessionFolder(before.id));
  const now = ports.clock.now();
  const session = resumedRecord(before, {
    at: isoTime(now),
    restored,
    trigger: request.trigger,
    runner: runnerOf(request.trigger, ports.processes),
    deadline: isoTime(now + settings.timeoutMs + margin),
  });
  const key = remote?.visibility === 'public' ? request.ledgerKey : undefined;
  const mailbox = await openAgain(ports.mailbox(before.id), heardBefore(restored, { session: before, key }));
  const begun = !ports.github || (reconciles.may && settings.publish === 'issues');
  if (begun) await record(session, { found, settings, run }, ports);
  ports.began(session.id, begun ? 'record' : 'no-record');
  const discovered = await discoverAtDesk(
    {
      session,
      restored,
      settings,
      trigger: request.trigger,
      known: prepared.ledger?.findings ?? [],
      coverage: settings.scans.length > 0 ? await prepared.ledger?.readCoverage() : undefined,
      memory: prepared.ledger && settings.scans.length > 0 ? await readKnown(prepared.ledger) : undefined,
      remote,
      reconciles,
      changedLines: undefined,
      ledgerKey: request.ledgerKey,
      signal: request.signal,
    },
    { ...ports, mailbox: () => mailbox },
    run?.look,
  );
  return conclude(
    {
      ...discovered,
      settings,
      remote,
      ledgerKey: request.ledgerKey,
      begun,
      readText: createTextReader(ports.repository),
      reportsOnly: false,
      done: { scan: false, verify: false },
    },
    ports,
  );
}

async function findRun(
  session: Session,
  request: ResumeRequest,
  ports: Ports & { gate: Gate },
): Promise<TakenRun | undefined> {
  const { issueRun } = session;
  return issueRun ? takeUpRun({ ...session, issueRun }, request, ports) : undefined;
}

async function courseOf(
  session: Session,
  { request, prepared, run }: { request: ResumeRequest; prepared: Prepared; run: TakenRun | undefined },
): Promise<{ settings: ScanSettings; reconciles: MayReconcile }> {
  if (run) return { settings: run.settingsOf(prepared.settings), reconciles: mayPublish(request.trigger, run.remote) };
  const reconciles = await mayReconcileNow(session, request, prepared);
  return { settings: settingsOf(session, prepared.settings), reconciles };
}

/** Nobody is at work on it any more: what is left of it is on record now, and not with the next scan. @throws UserError that says so. */
async function closeWhereDead(
  session: Session,
  { request, remote }: { request: ResumeRequest; remote: FoundSession['remote'] },
  ports: Ports & { gate: Gate },
): Promise<void> {
  const why = await whyDead(session, ports.clock.now(), ports);
  if (why === undefined || (remote && !mayPublish(request.trigger, remote).may)) return;
  const config = await readConfiguration(request.configPath, { trigger: request.trigger, remote }, ports);
  const settings = resolveSettings(config, withoutAgent({}), { hasModelKey: false, strict: false });
  await closeLost({ session, settings, remote, ledgerKey: request.ledgerKey, why, ending: 'lost' }, ports);
  throw new UserError(
    `Session ${session.id} cannot go on. ${why} Its record says what was kept of it. Start it anew: courier clone ${session.id}.`,
  );
}

/** Quotes are proven against the files that the agent read: another commit would make its findings look invented. */
function requireSameCommit({ id, commit }: Session, { repository, github }: Ports): void {
  if (commit === undefined || repository.commit === commit) return;
  const here = repository.commit === undefined ? 'no commit' : repository.commit.slice(0, 12);
  const how = github
    ? `Check it out first (ref: ${commit} in the checkout step, or git checkout ${commit}).`
    : `Check it out first: git checkout ${commit}.`;
  throw new UserError(
    `Session ${id} scanned the commit ${commit.slice(0, 12)}, and what it quotes is proven against that; this checkout is at ${here}. ${how}`,
  );
}

/** The branch may have moved on while it rested: what was its head then is still a commit of it. */
async function mayReconcileNow(
  { commit, ref }: Session,
  { trigger }: ResumeRequest,
  { reconciles, remote, ports }: Prepared,
): Promise<MayReconcile> {
  if (reconciles.may || !remote || !ports.github || !commit || !remote.defaultHead) return reconciles;
  if (ref !== `refs/heads/${remote.defaultBranch}` || !mayPublish(trigger, remote).may) return reconciles;
  return (await ports.github.isAhead(commit, remote.defaultHead)) ? { may: true } : reconciles;
}

const eventsFile = 'events.ndjson';

/** What comes from an artifact goes on in this session's own folder. */
async function bringFiles(restored: Restored, from: Output, to: Output): Promise<void> {
  if (from.folder === to.folder) return;
  const events = await from.read(eventsFile, { maxBytes: 500_000_000 });
  if (events !== undefined) await to.write(eventsFile, events);
  if (restored.from !== 'journal') return;
  await to.write(transcriptFile, restored.transcript);
  for (const [name, text] of Object.entries(restored.outputs)) await to.write(name, text);
}

/** On record before it works, so that nobody else resumes it too. */
async function record(
  session: Session,
  {
    found: { store, remote },
    settings,
    run,
  }: { found: FoundSession; settings: ScanSettings; run: TakenRun | undefined },
  ports: Ports & { gate: Gate },
): Promise<void> {
  await updateLedger(
    store,
    `session ${session.id}: goes on`,
    async (ledger) => {
      const found = await ledger.readSession(session.id, Session);
      const before = found && 'session' in found ? found.session : undefined;
      const allowed = before ? mayResume(before) : { may: true as const };
      if (!allowed.may) throw new UserError(allowed.why);
      const usd = await reserve(session, { settings, ledger }, ports);
      const reserved = { ...session, reservedUsd: usd };
      const kept = keepRecord(before, withholdFromSession(reserved, remote?.visibility));
      if ('refused' in kept) throw new UserError(ports.gate.plain(kept.refused));
      return {
        ...(await run?.claim(ledger, session)),
        session: kept.record,
        spend: [{ session: session.id, at: session.startedAt, usd, settled: false }],
      };
    },
    identityOf(remote),
  );
}

// Proof, publishing and reports follow what the time limit counts.
const margin = 30 * 60_000;

/** Its whole budget again, as the part that it spent is settled anew at its end. @throws UserError where a scan of it is under way, or the money is not there. */
async function reserve(
  { id, startedAt }: Session,
  { settings, ledger }: { settings: ScanSettings; ledger: Ledger },
  ports: Ports,
): Promise<number> {
  const { alive, spent } = await findUnderWay(ledger, ports);
  const others = alive.filter((other) => other.id !== id);
  const start = planStart(settings, { others, spent, at: startedAt });
  if ('skipped' in start) throw new UserError(`Session ${id} was not resumed: ${start.skipped}`);
  if (start.reasons.length > 0) throw new UserError(`Session ${id} was not resumed: ${start.reasons.join(' ')}`);
  return start.reservedUsd;
}
