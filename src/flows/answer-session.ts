import { UserError } from '../lib/errors.ts';
import type { Gate } from '../publishing/gate.ts';
import { toAnswerSettings } from '../sessions/answer-settings.ts';
import type { Within } from '../sessions/artifact.ts';
import { conclude } from './conclude.ts';
import { discoverAtDesk } from './discover-at-desk.ts';
import { findOpen, isAnyOpen } from './find-open.ts';
import { findSession } from './find-session.ts';
import type { ScanOutcome } from './outcome.ts';
import type { Ports } from './ports.ts';
import { type Prepared, prepareScan, type ScanRequest } from './prepare-scan.ts';
import { readKnown } from './read-memory.ts';
import { startSession } from './start-session.ts';
import { createTextReader } from './text-reader.ts';
import { concludeSkipped, skip } from './without-looking.ts';

export type AnswerSessionRequest = ScanRequest & {
  /** Id of the session whose questions are reviewed, the beginning of one, or `latest`; absent: the newest with anything open. */
  session: string | undefined;
  /** It follows another session in the same job, and its files are kept among that one's. */
  within?: Within | undefined;
};

/**
 * The answering agent reviews what a session left open, at the commit that is checked out, and proposes; a scan in all else: limits, budget, files,
 * record. Whoever runs it on GitHub does so on the default branch's head, as what it proposes is told there.
 *
 * @throws UserError where it cannot begin, in a sentence that says what to do.
 */
export async function answerSession(
  request: AnswerSessionRequest,
  given: Ports & { gate: Gate },
): Promise<ScanOutcome> {
  if (!request.hasModelKey || request.overrides.agent === 'none')
    throw new UserError(
      'An answering session needs an agent: set anthropic-api-key (ANTHROPIC_API_KEY on the command line), and leave agent out.',
    );
  const named =
    request.session === undefined ? undefined : (await findSession(request.session, request, given)).session.id;
  const prepared = await prepareScan(toScanRequest(request), given);
  const { remote, reconciles, ledger, ports } = prepared;
  if (!ledger)
    throw new UserError("An answering session is not held on a pull request: ask for it on the session's issue.");
  if (!reconciles.may) throw new UserError(`An answering session proposes nothing here: ${reconciles.why}`);
  const open = await findOpen(named, ledger, remote);
  if (!open || !isAnyOpen(open)) return nothingOpen(named, request, prepared);
  const settings = toAnswerSettings(prepared.settings, open);
  const started = await startSession({ ...request, ...prepared, settings }, ports);
  if (started.skipped) return concludeSkipped({ ...request, ...started, remote }, ports);
  const { session } = started;
  const discovered = await discoverAtDesk(
    {
      session,
      settings: started.settings,
      trigger: request.trigger,
      // It looks for no findings, and none is checked again.
      known: [],
      memory: await readKnown(ledger),
      remote,
      reconciles,
      changedLines: undefined,
      ledgerKey: request.ledgerKey,
      signal: request.signal,
      within: request.within,
    },
    ports,
  );
  return conclude(
    {
      ...discovered,
      settings: started.settings,
      remote,
      ledgerKey: request.ledgerKey,
      begun: session.reservedUsd !== undefined,
      snapshot: started.snapshot,
      readText: createTextReader(ports.repository),
      reportsOnly: false,
      done: { scan: false, verify: false },
    },
    ports,
  );
}

/** The prompt stands for the task, whose words come with what is open. */
function toScanRequest({ overrides, ...request }: AnswerSessionRequest): ScanRequest {
  const own = { ...overrides, prompt: 'answer', scan: undefined, paths: undefined, publish: 'issues' as const };
  return { ...request, as: 'answering agent', overrides: { ...own, failOn: 'never' }, strict: false };
}

/** People were faster, or nothing was asked: that is no failure, and no session either. */
function nothingOpen(
  named: string | undefined,
  request: AnswerSessionRequest,
  { settings, remote, ports }: Prepared,
): Promise<ScanOutcome> {
  const why =
    named === undefined
      ? 'No session has an open question or a proposed assumption.'
      : `Session ${named} has no open question and no proposed assumption that may be told here.`;
  if (!remote) throw new UserError(why);
  return skip({ ...request, settings, remote, why }, ports);
}
