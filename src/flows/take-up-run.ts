import { authorise } from '../commands/authorise.ts';
import { passOn } from '../commands/inbox.ts';
import { placeOf } from '../commands/place-of.ts';
import type { PlacedComment } from '../commands/read-request.ts';
import type { Configuration } from '../config/schema.ts';
import type { Ledger, LedgerChanges } from '../ledger/ledger.ts';
import { readLedger } from '../ledger/read-ledger.ts';
import type { AskedRun, IssueRuns } from '../ledger/runs-record.ts';
import { ExternalError, UserError } from '../lib/errors.ts';
import type { Gate } from '../publishing/gate.ts';
import { requireAgents } from '../runs/step-agent.ts';
import type { IssueRun } from '../sessions/issue-run.ts';
import { mayPublish } from '../sessions/may-reconcile.ts';
import { toRunSettings } from '../sessions/run-settings.ts';
import { runnerOf } from '../sessions/runner.ts';
import type { Session } from '../sessions/session.ts';
import type { ScanSettings } from '../sessions/settings.ts';
import { claimRun, releaseRun } from './claim-run.ts';
import type { Discovered, DiscoverRequest } from './discover.ts';
import { endParkedRun } from './end-parked-run.ts';
import { lookUp } from './follow-command.ts';
import type { GitHub, RemoteRepository } from './github-ports.ts';
import { keepRunLabelOrLog, type LabelPlace } from './keep-run-label.ts';
import type { Ports } from './ports.ts';
import type { ScanRequest } from './prepare-scan.ts';
import { createPushRun } from './push-run.ts';
import { readConfiguration } from './read-configuration.ts';
import { keysOf, takeOrder, workOnIssue } from './run-issue.ts';

type Parked = Session & { issueRun: IssueRun };
type RunPorts = Ports & { gate: Gate };

/** How a run that waited for answers goes on, where a scan would look at the repository again. */
export type TakenRun = {
  remote: RemoteRepository;
  settingsOf: (settings: ScanSettings) => ScanSettings;
  /** Takes the issue again, and the command that asked for the run, in the commit with which it goes on. @throws UserError where another has it. */
  claim: (ledger: Ledger, session: Session) => Promise<LedgerChanges>;
  look: (looking: DiscoverRequest, ports: RunPorts) => Promise<Discovered>;
};

/**
 * Whether a run that rested can still go on: it is still the issue's last one, who asked for it may still do so, and its branch stands where it
 * stood. All of that is read anew. One that cannot is ended with the reason, so that nobody waits for it any more.
 *
 * @throws UserError that says why not.
 */
export async function takeUpRun(session: Parked, request: ScanRequest, ports: RunPorts): Promise<TakenRun> {
  const { github } = ports;
  const remote = await github?.repository();
  const runner = runnerOf(request.trigger, ports.processes);
  if (!github || !remote || runner.kind !== 'workflow' || !mayPublish(request.trigger, remote).may)
    throw new UserError(
      `Session ${session.id} is a run of #${session.issueRun.issue}: it goes on in a workflow of the default branch, once its questions are answered, or with \`/courier resume ${session.id}\` in a comment.`,
    );
  const config = await readConfiguration(request.configPath, { trigger: request.trigger, remote }, ports);
  const store = github.ledger(config.ledger.branch);
  const ledger = await readLedger(await store.read(), { repositoryId: remote.id });
  const desk = { github, remote, config, ledger };
  try {
    const { runs, asked } = await requireLast(session, ledger);
    const place = { ...ports, github, store, repositoryId: remote.id };
    const comment = await requireComment(asked, desk);
    await requireBase(runs, github);
    const push = createPushRun({ ...desk, store, gate: ports.gate, clock: ports.clock });
    const { head } = session.issueRun;
    const { index } = asked;
    const own = { ...request, ...desk, comment, index, command: {}, head, push, workflow: ports.workflow };
    const taken = await takeOrder(own, { ledger, ports });
    return {
      remote,
      settingsOf(settings) {
        const own = toSettings(session, settings);
        requireAgents(taken.order, own, keysOf(request));
        return own;
      },
      claim: (newest, now) => claimAgain(newest, now, { asked, run: runner.run }),
      look: (looking, given) => look(looking, { ...taken, ...config, request: own }, { given, place }),
    };
  } catch (error) {
    if (error instanceof UserError) {
      const { run } = runner;
      await endParkedRun(session, { why: error.message, run }, { store, remote, ...ports });
    }
    throw error;
  }
}

/** What breaks off gives the issue back; what came to an end has done so. */
async function look(
  looking: DiscoverRequest,
  at: Parameters<typeof workOnIssue>[1],
  { given, place }: { given: RunPorts; place: LabelPlace & { log: Ports['log'] } },
): Promise<Discovered> {
  const { number: issue } = at.order.issue;
  try {
    await keepRunLabelOrLog(issue, place);
    return await workOnIssue(looking, at, given);
  } catch (error) {
    await releaseRun({ issue, session: looking.session.id, outcome: 'failed', why: 'It broke off.' }, place);
    throw error;
  } finally {
    await keepRunLabelOrLog(issue, place);
  }
}

type AskedByComment = AskedRun & { comment: NonNullable<AskedRun['comment']> };
type Desk = { github: GitHub; remote: RemoteRepository; config: Configuration; ledger: Ledger };

async function requireLast(
  { id, issueRun: { issue } }: Parked,
  ledger: Ledger,
): Promise<{ runs: IssueRuns; asked: AskedByComment }> {
  const runs = await ledger.readRuns(issue);
  const { comment } = runs?.asked ?? {};
  if (!runs?.asked || comment === undefined)
    throw new UserError(`The ledger holds no run of #${issue} any more: ask for it again.`);
  if (runs.attempts.at(-1)?.session !== id)
    throw new UserError(`Another run of #${issue} has begun since session ${id} waits: this one does not go on.`);
  return { runs, asked: { ...runs.asked, comment } };
}

/** The words are on record since they were asked for; what counts of the comment is that it is there, and its author's role at this moment. */
async function requireComment(asked: AskedByComment, { github, remote, config, ledger }: Desk): Promise<PlacedComment> {
  const comment = await github.comments.read(asked.comment);
  if (comment?.author === undefined || comment.issue !== asked.issue)
    throw new UserError('The comment that asked for the run is gone: ask for it again.');
  const standing = await lookUp(comment.author, { github });
  // It is answered another time: nobody was refused.
  if ('unknown' in standing)
    throw new ExternalError(`What ${comment.author} may do here could not be looked up: ${standing.unknown}`);
  const verdict = authorise({
    ...{ verb: 'run', place: placeOf(comment, ledger), standing, permissions: config.permissions },
    // That somebody edited it since changes nothing about what was asked for.
    comment: { ...comment, updatedAt: comment.createdAt },
    visibility: remote.visibility,
  });
  if (verdict.kind === 'allowed') return comment;
  const why = verdict.kind === 'refused' ? verdict.why : 'its author may not ask for anything here';
  throw new UserError(`The run does not go on: ${why}.`);
}

async function requireBase({ issue, base }: IssueRuns, { branches }: Pick<GitHub, 'branches'>): Promise<void> {
  if ((await branches.head(base)) !== undefined) return;
  throw new UserError(`There is no branch ${base} any more, which the run of #${issue} began from: ask for it again.`);
}

/** Those that it began with; the model, too, is the record's. */
function toSettings({ configuration, issueRun }: Parked, settings: ScanSettings): ScanSettings {
  const { issue, title, blueprint, branch, base, head } = issueRun;
  const errand = { issue, title, blueprint, branch, base, head };
  const prompt = configuration?.scans[0]?.prompt ?? title;
  return toRunSettings(settings, { errand, prompt, model: undefined });
}

async function claimAgain(
  ledger: Ledger,
  session: Session,
  { asked, run }: { asked: AskedByComment; run: number },
): Promise<LedgerChanges> {
  const { issue = 0, blueprint = '' } = session.issueRun ?? {};
  const claimed = await claimRun(issue, { by: asked.by, blueprint })(ledger, session);
  if ('refused' in claimed) throw new UserError(claimed.refused);
  // What becomes of it is told where it was asked for.
  return { ...claimed.changes, inbox: passOn(await ledger.readInbox(asked.issue), { ...asked, run }) };
}
