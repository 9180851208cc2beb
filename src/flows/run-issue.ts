import { createPurse } from '../agents/purse.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { UserError } from '../lib/errors.ts';
import type { Gate } from '../publishing/gate.ts';
import type { SafeText } from '../publishing/safe-text.ts';
import { briefAnswers } from '../runs/brief-answers.ts';
import { briefBranch } from '../runs/brief-step.ts';
import type { PatchChange } from '../runs/patch.ts';
import { createProtection } from '../runs/protected-paths.ts';
import { requireAgents } from '../runs/step-agent.ts';
import { mayPublish } from '../sessions/may-reconcile.ts';
import { toRunSettings } from '../sessions/run-settings.ts';
import { claimRun, releaseRun } from './claim-run.ts';
import { type BaseTree, readBaseTree } from './collect-patch.ts';
import { conclude } from './conclude.ts';
import type { Discovered, DiscoverRequest } from './discover.ts';
import { discoverAtDesk } from './discover-at-desk.ts';
import { finishRun } from './finish-run.ts';
import type { GitHub } from './github-ports.ts';
import { keepRunLabelOrLog } from './keep-run-label.ts';
import { openEvents } from './open-events.ts';
import type { ScanOutcome } from './outcome.ts';
import type { Ports } from './ports.ts';
import { prepareScan } from './prepare-scan.ts';
import { readKnown } from './read-memory.ts';
import { readOrigin } from './read-origin.ts';
import { briefRun, findOrdered, type OrderedRun, readOrder } from './read-run.ts';
import type { RunRequest } from './run-request.ts';
import type { RunPlace } from './run-state.ts';
import { setupFor } from './setup-for.ts';
import { startSession } from './start-session.ts';
import { tellProgress } from './tell-progress.ts';
import { createTextReader } from './text-reader.ts';
import { spentOnPlans, walkRun } from './walk-run.ts';
import { concludeSkipped } from './without-looking.ts';

type RunPorts = Ports & { gate: Gate };

/**
 * A run: from an issue to a patch that holds what was asked for. The issue, and what people with a say wrote about it, are put before agents that
 * work along the steps of a blueprint, in sandboxes; what they changed is compared on the host, judged by policy and handed on to be pushed.
 *
 * @throws UserError, in one sentence, where there is nothing to run or the checkout is another than was asked for; then nothing was done.
 */
export async function runIssue(request: RunRequest, given: RunPorts): Promise<ScanOutcome> {
  const { comment, github, remote } = request;
  const prompt = request.command.text ?? `Issue #${comment.issue}`;
  const prepared = await prepareScan(
    { ...request, overrides: { ...request.overrides, prompt, scan: undefined } },
    given,
  );
  const { ledger, ports } = prepared;
  if (!ledger) throw new UserError('A run is not asked for by a pull request: ask in a comment.');
  const { order, base, head } = await takeOrder(request, { ledger, ports });
  const { issue, name: blueprint, model, runs, text } = order;
  const { number, title } = issue;
  const errand = { issue: number, title: title.slice(0, 300), blueprint, branch: runs.branch, base: runs.base, head };
  const settings = toRunSettings(prepared.settings, { errand, prompt: text ?? title, model });
  requireAgents(order, settings, keysOf(request));
  // Whether its checkout is the default branch's head says nothing about a run: it works on a branch of its own.
  const start = { ...request, ...prepared, reconciles: mayPublish(request.trigger, remote), settings };
  const asked = request.order ? undefined : { comment: comment.id, index: request.index };
  const claim = claimRun(number, { by: comment.author ?? '', blueprint, order: request.order, asked });
  const started = await startSession({ ...start, claim }, ports);
  if (started.skipped) return concludeSkipped({ ...request, ...started, remote }, ports);
  const { session } = started;
  const { checks, presets } = prepared.settings;
  const at = { order, request, checks, presets, base };
  const place = { ...ports, github, store: github.ledger(settings.ledgerBranch), repositoryId: remote.id };
  let rests = false;
  try {
    await keepRunLabelOrLog(number, place);
    const discovered = await discoverAtDesk(
      {
        session,
        settings: started.settings,
        trigger: request.trigger,
        known: [],
        memory: await readKnown(ledger),
        remote,
        reconciles: start.reconciles,
        changedLines: undefined,
        ledgerKey: request.ledgerKey,
        signal: request.signal,
      },
      ports,
      (looking, own) => workOnIssue(looking, at, own),
    );
    rests = discovered.discovery.session.phase === 'stopped';
    return await conclude(
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
  } finally {
    // Where it told its end already, this changes nothing. What waits for answers keeps the issue.
    const end = { issue: number, session: session.id, outcome: 'failed', why: 'It broke off.' } as const;
    if (!rests) await releaseRun(end, place);
    await keepRunLabelOrLog(number, place);
  }
}

/** Whose keys there are. */
export function keysOf({ hasModelKey, modelKeys }: Pick<RunRequest, 'hasModelKey' | 'modelKeys'>) {
  return modelKeys ?? (hasModelKey ? ['anthropic' as const] : []);
}

/** What is ordered, on which branch, and the files of the commit that is worked on. */
export type TakenOrder = { order: OrderedRun; base: BaseTree; head: string };

/** @throws UserError, in one sentence, where there is nothing to run or the checkout is another than was asked for. */
export async function takeOrder(
  request: RunRequest,
  { ledger, ports }: { ledger: Ledger; ports: Pick<Ports, 'repository' | 'clock'> },
): Promise<TakenOrder> {
  const { comment, github } = request;
  const runs = await findOrdered(comment, ledger);
  const head = await requireHead({ asked: request.head ?? runs.head, branch: runs.branch }, github, ports);
  const base = await readBase(head, ports);
  const order = await readOrder({ ...request, runs }, { ...request, ledger, head, now: ports.clock.now() });
  return { order, base, head };
}

/** The commit that is worked on: the branch's head, which is what was asked for and what is checked out. */
async function requireHead(
  { asked, branch }: { asked: string | undefined; branch: string },
  { branches }: Pick<GitHub, 'branches'>,
  { repository }: Pick<Ports, 'repository'>,
): Promise<string> {
  const head = await branches.head(branch);
  if (head === undefined) throw new UserError(`There is no branch ${branch} any more: ask for the run again.`);
  if (asked !== undefined && asked !== head)
    throw new UserError(
      `The branch ${branch} has moved on from ${asked.slice(0, 7)}, which was asked for, to ${head.slice(0, 7)}: ask for the run again.`,
    );
  if (repository.commit === head) return head;
  const here = repository.commit === undefined ? 'no commit' : repository.commit.slice(0, 7);
  throw new UserError(
    `The checkout is at ${here}, and the run was asked for at ${head.slice(0, 7)} of ${branch}: give the checkout step \`ref: \${{ fromJSON(inputs.request).head }}\`, and ask for the run again.`,
  );
}

/** As git holds it: what earlier steps of the job wrote into the checkout is no part of it. */
async function readBase(head: string, { repository }: Pick<Ports, 'repository'>): Promise<BaseTree> {
  const files = await repository.filesAt(head);
  if (!files)
    throw new UserError(
      `The checkout does not hold the files of ${head.slice(0, 7)}: a run needs a checkout with git.`,
    );
  return readBaseTree(files());
}

type At = Pick<RunPlace, 'checks' | 'presets'> & { order: OrderedRun; request: RunRequest; base: BaseTree };

/** Walks the blueprint and hands on what came of it; the files that it leaves are the caller's to record. */
export async function workOnIssue(looking: DiscoverRequest, at: At, given: RunPorts): Promise<Discovered> {
  const { session, settings, remote, reconciles } = looking;
  const events = openEvents(session, { remote }, given);
  const ports = withPicture({ ...given, ...events.recording(given) });
  const hands: RunPlace['hands'] = {};
  const place = await toPlace(looking, { ...at, hands }, ports);
  try {
    const walked = await walkRun(place, ports);
    const ended = await finishRun({ walked, place, session, ...at }, ports);
    return {
      discovery: {
        version: 1,
        session: ended,
        ...{ raised: [], determined: [], verdicts: [], covered: [], renames: [], gone: [], judged: [] },
        reconciles: reconciles.may,
        ...(reconciles.may ? {} : { reconcilesNot: reconciles.why }),
        ...(remote ? { repositoryId: remote.id, visibility: remote.visibility } : {}),
      },
      checks: [],
      raw: { ...walked.state.raw, ...patchFile(walked.state.changes) },
      events,
    };
  } finally {
    ports.log.debug(`Run of ${settings.scans.map(({ name }) => name).join()}: its sandbox is ended.`);
    await hands.sandbox?.kill();
  }
}

/** What was made, for whoever wants it although it could not be pushed. */
function patchFile(changes: readonly PatchChange[]): Record<string, string> {
  if (changes.length === 0) return {};
  const files = changes.map((change) => {
    const { path, change: kind } = change;
    if (change.change === 'deleted') return { path, change: kind };
    return { path, change: kind, mode: change.mode, text: new TextDecoder().decode(change.data) };
  });
  return { 'run/patch.json': `${JSON.stringify(files, null, 2)}\n` };
}

async function toPlace(
  looking: DiscoverRequest,
  { order, request, checks, presets, base, hands }: At & Pick<RunPlace, 'hands'>,
  ports: RunPorts,
): Promise<RunPlace> {
  const { session, settings, desk, signal, trigger, memory, reconciles } = looking;
  const before = spentOnPlans(order.blueprint, desk);
  const branch = { base: order.runs.base, head: session.issueRun?.head ?? '', files: base };
  const purse = createPurse(settings.agent.budgetUsd, before);
  const origin = await readOrigin(branch, { github: request.github, repository: ports.repository });
  return {
    session: session.id,
    settings,
    blueprint: order.blueprint,
    trigger,
    finding: order.finding,
    briefing: [...(await briefRun(order, request)), ...briefBranch(origin?.changes ?? []), ...briefAnswers(session)],
    memory: memory ?? { memory: { version: 1, assumptions: [], answers: [] }, learnings: [], rules: [], ignored: [] },
    base,
    origin,
    isProtected: createProtection(request.config.runs.protectedPaths),
    ...{ checks, presets },
    setup: setupFor(settings, { trigger, signal }),
    desk,
    purse,
    deadline: ports.clock.now() + settings.timeoutMs,
    signal,
    onEvent: tellProgress(ports, purse.spentUsd),
    hands,
    // What Courier began by itself nobody waits for: it goes on with an assumption.
    mayPark: reconciles.may && settings.publish === 'issues' && order.runs.asked?.comment !== undefined,
  };
}

/** The diagram of the steps stays in sight while their agents tell how far they are. */
function withPicture(ports: RunPorts): RunPorts {
  let picture: SafeText | undefined;
  return {
    ...ports,
    progress(stage) {
      picture = stage.picture ?? picture;
      ports.progress(picture === undefined ? stage : { ...stage, picture });
    },
  };
}
