import type { PlacedComment } from '../commands/read-request.ts';
import type { OrderedRequest } from '../events/request.ts';
import { usualWorkflow } from '../events/workflow-file.ts';
import { readLedger } from '../ledger/read-ledger.ts';
import type { RunOrder } from '../ledger/run-order.ts';
import type { IssueRuns } from '../ledger/runs-record.ts';
import { ConflictError, ExternalError, UserError } from '../lib/errors.ts';
import type { Gate } from '../publishing/gate.ts';
import { type SafeText, safe } from '../publishing/safe-text.ts';
import { mayPublish } from '../sessions/may-reconcile.ts';
import { runnerOf } from '../sessions/runner.ts';
import { resolveSettings, withoutAgent } from '../sessions/settings.ts';
import { requireOrderRight } from './order-right.ts';
import { changeOrder, endOrder, type OrderPlace } from './order-run.ts';
import type { ScanOutcome } from './outcome.ts';
import type { Ports } from './ports.ts';
import type { ScanRequest } from './prepare-scan.ts';
import { createPushRun } from './push-run.ts';
import { readConfiguration } from './read-configuration.ts';
import { identityOf } from './record-session.ts';
import { runIssue } from './run-issue.ts';
import { renderFailure, renderOutcome } from './tell-request.ts';
import { tendChains } from './tend-chains.ts';
import { skip } from './without-looking.ts';

type OrderedWork = ScanRequest & { request: OrderedRequest };
type Ordered = { runs: IssueRuns; asked: NonNullable<IssueRuns['asked']>; order: RunOrder };

/**
 * Does the run that a workflow was started for without a command of its own. The request says where to look and nothing else: what it is, on whose
 * word, whether that word still holds and the branch are read anew.
 *
 * @throws UserError, in one sentence, for a request that is forged or whose time is over; then nothing was done.
 */
export async function answerOrder(work: OrderedWork, ports: Ports & { gate: Gate }): Promise<ScanOutcome> {
  const { trigger, request } = work;
  const { github, gate, clock } = ports;
  const remote = await github?.repository();
  if (!github || !remote) throw new UserError('A request needs a repository on GitHub.');
  const published = mayPublish(trigger, remote);
  if (!published.may) throw refusal(`requests are answered on the default branch ${remote.defaultBranch} only`);
  const runner = runnerOf(trigger, { own: ports.processes.own });
  if (runner.kind !== 'workflow') throw refusal('only a run of a workflow answers it');
  const config = await readConfiguration(work.configPath, { trigger, remote }, ports);
  await github.checkPermissions(['contents: write', 'issues: write']);
  const store = github.ledger(config.ledger.branch);
  const ledger = await readLedger(await store.read(), identityOf(remote));
  const { runs, asked, order } = findOrder(await ledger.readRuns(request.issue), request);
  const taken = await changeOrder({ id: order.id, issue: runs.issue }, { store, remote }, (now) => ({
    ...now,
    taken: now.taken ?? runner.run,
  }));
  if (taken?.taken !== runner.run) return leave(work, { config, remote }, ports);
  const place = { github, remote, config, store, gate, clock };
  const tellEnd = (say: SafeText) => endOrder({ ...taken, on: asked.issue, issue: runs.issue }, say, place);
  try {
    const why = await requireOrderRight({ runs, order }, { github, config, ledger, by: asked.by });
    if (why !== undefined) throw refusal(why);
    const outcome = await runIssue(
      {
        ...{ ...work, trigger: { ...trigger, actor: asked.by } },
        ...{ config, github, remote, workflow: ports.workflow, head: request.head, push: createPushRun(place) },
        ...{ comment: inPlaceOfComment(runs, asked), index: asked.index, command: toCommand(asked) },
        order: { id: order.id, own: order.cause.kind !== 'chain' },
      },
      ports,
    );
    await tellEnd(renderOutcome(outcome, undefined, gate).say);
    return outcome;
  } catch (error) {
    if (error instanceof UserError || error instanceof ExternalError)
      await tellEnd(safe`**Failed.** ${renderFailure(error, gate).say}`);
    throw error;
  } finally {
    await bringChainsOn({ ...place, config, workflow: ports.workflow ?? usualWorkflow, opens: 'job' }, ports);
  }
}

/** Without the app the job begins the next run of a chain. What fails about that takes nothing from this run: whoever looks next does it. */
async function bringChainsOn(place: OrderPlace, { log, gate }: Ports & { gate: Gate }): Promise<void> {
  try {
    await tendChains({ ...place, log });
  } catch (error) {
    if (!(error instanceof UserError || error instanceof ExternalError || error instanceof ConflictError)) throw error;
    log.warn(`The next run of a chain was not begun: ${gate.logLine(error.message)}`);
  }
}

function refusal(why: string): UserError {
  return new UserError(`The request was refused: ${why}.`);
}

function findOrder(runs: IssueRuns | undefined, { order: id, head }: OrderedRequest): Ordered {
  const order = runs?.asked?.order;
  if (!runs?.asked || order?.id !== id) throw refusal('the ledger knows of no such run');
  if (runs.head !== undefined && runs.head !== head) throw refusal('it is about another commit than the ledger has');
  return { runs, asked: runs.asked, order };
}

/** What a comment is to other runs: by whom, and until when what was said counts. */
function inPlaceOfComment({ issue }: IssueRuns, { by, at }: Ordered['asked']): PlacedComment {
  const when = { createdAt: at, updatedAt: at };
  return { id: 0, body: '', author: by, by: 'person', ...when, url: '', issue, pullRequest: false };
}

function toCommand({ text, model }: Ordered['asked']): { text?: string; model?: string } {
  return { ...(text === undefined ? {} : { text }), ...(model === undefined ? {} : { model }) };
}

type Desk = {
  config: Parameters<typeof resolveSettings>[0];
  remote: NonNullable<Parameters<typeof skip>[0]['remote']>;
};

/** Another workflow was started for it before. */
function leave(work: OrderedWork, { config, remote }: Desk, ports: Ports & { gate: Gate }): Promise<ScanOutcome> {
  const settings = resolveSettings(config, withoutAgent(work.overrides), { ...work, strict: false });
  return skip({ ...work, settings, remote, why: 'Another run of this workflow has done or does it.' }, ports);
}
