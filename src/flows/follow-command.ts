import { authorise, type Standing, toMandate } from '../commands/authorise.ts';
import type { Command, CommandOf } from '../commands/command.ts';
import type { CommentSnapshot } from '../commands/comment.ts';
import type { Answer, Change, CommandContext, Executor, Executors } from '../commands/executor.ts';
import { isOfPlace } from '../commands/name-assumption.ts';
import type { Parsed } from '../commands/parse-commands.ts';
import { type CommandSpec, type Place, registry } from '../commands/registry.ts';
import { renderProblem } from '../commands/render-help.ts';
import type { Verb } from '../commands/verbs.ts';
import type { Configuration } from '../config/schema.ts';
import type { Role } from '../events/role.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { isoTime } from '../lib/clock.ts';
import { ExternalError, messageOf, UserError } from '../lib/errors.ts';
import type { Gate } from '../publishing/gate.ts';
import { type SafeText, safe } from '../publishing/safe-text.ts';
import type { GitHub, RemoteRepository } from './github-ports.ts';
import type { Ports } from './ports.ts';

/** Somebody else took over, as this worker had given no sign of life for too long: it must not go on. */
export class ClaimLostError extends ExternalError {
  override name = 'ClaimLostError';
}

/** Where commands are followed, the same for all of an issue. */
export type Desk = {
  issue: number;
  place: Place;
  remote: RemoteRepository;
  config: Configuration;
  executors: Executors;
  github: GitHub;
  gate: Gate;
  clock: Ports['clock'];
  log: Ports['log'];
};

/** What becomes of one line. `unheard`: whoever wrote it gets a reaction and no words. */
export type Followed = { answer: Answer } | { unheard: true };

/** Writes what a command changes, together with the record that it is dealt with. @returns what was answered at last. */
export type Commit = (decide: (ledger: Ledger) => Change | Promise<Change>) => Promise<Change>;

/** Follows one line of a comment, if its author may. */
export async function followCommand(
  parsed: Parsed,
  { comment, index, commit }: { comment: CommentSnapshot; index: number; commit: Commit },
  desk: Desk,
): Promise<Followed> {
  const { gate, place, config, remote } = desk;
  const verb = 'command' in parsed ? parsed.command.verb : 'help';
  const standing = await lookUp(comment.author ?? '', desk);
  // What was no command asks for nothing but words, which everybody gets who may ask for help.
  const asked =
    'command' in parsed
      ? { verb, place, comment }
      : { verb, place, comment: { ...comment, updatedAt: comment.createdAt } };
  const verdict = authorise({ ...asked, standing, permissions: config.permissions, visibility: remote.visibility });
  if (verdict.kind === 'unheard' || verdict.kind === 'ignored') return { unheard: true };
  if (verdict.kind === 'refused')
    return { answer: { outcome: 'refused', say: safe`Refused: ${gate.inline(verdict.why)}.` } };
  if ('problem' in parsed) return { answer: { outcome: 'refused', say: renderProblem(parsed.problem, gate) } };
  const stale = await whyStale(parsed.command, comment, desk);
  if (stale) return { answer: { outcome: 'refused', say: stale } };
  return { answer: await execute(parsed.command, { comment, index, commit, role: verdict.role }, desk) };
}

/** An approval in a review is one of what was reviewed. What is about a comment's lines is bound to those. */
async function whyStale(
  command: Command,
  { review }: CommentSnapshot,
  { issue, github }: Desk,
): Promise<SafeText | undefined> {
  const { by }: CommandSpec = registry[command.verb];
  if (by !== 'approve' || !review || isOfPlace(command)) return undefined;
  const pull = await github.pullRequest(issue);
  if (pull && pull.head === review.commit) return undefined;
  return safe`Not followed: the pull request has moved on from what this review is about. Look at it again and write it anew.`;
}

/** What the person may do now. A look-up that fails is an answer, too. */
export async function lookUp(login: string, { github }: { github: Pick<GitHub, 'roleOf'> }): Promise<Standing> {
  try {
    return { role: await github.roleOf(login) };
  } catch (error) {
    if (!(error instanceof ExternalError || error instanceof UserError)) throw error;
    return { unknown: error.message };
  }
}

async function execute(
  command: Command,
  { comment, index, commit, role }: { comment: CommentSnapshot; index: number; commit: Commit; role: Role },
  desk: Desk,
): Promise<Answer> {
  const { gate, executors, log } = desk;
  const executor = bind(command.verb, command, executors);
  if (!executor) {
    const say = safe`${gate.codeSpan(`/courier ${command.verb}`)} is not offered by this version of Courier.`;
    return { outcome: 'refused', say };
  }
  const context = contextOf({ comment, index, role }, desk);
  try {
    return await executor(context, commit);
  } catch (error) {
    // Too many wrote to the ledger at once: nothing was done, and the comment keeps its place.
    const isTold = error instanceof UserError || error instanceof ExternalError;
    if (!isTold || error instanceof ClaimLostError) throw error;
    log.error(`/courier ${command.verb} by ${gate.logLine(context.by)} failed: ${gate.logLine(messageOf(error))}`);
    const hint = error instanceof ExternalError && error.hint ? safe` ${gate.inline(error.hint)}` : safe``;
    return { outcome: 'failed', say: safe`${gate.inline(messageOf(error))}${hint}` };
  }
}

const unchanged: Change = { answer: { outcome: 'started', say: safe`` } };

type Ready = (context: CommandContext, commit: Commit) => Promise<Answer>;

/** The executor of a verb with its command in it, so that both are of the same verb. */
function bind<V extends Verb>(verb: V, command: CommandOf<V>, executors: Executors): Ready | undefined {
  const executor: Executor<V> | undefined = executors[verb];
  if (!executor) return undefined;
  if (executor.kind === 'act') return (context) => executor.act(command, context);
  if (executor.kind === 'either')
    return async (context, commit) => {
      let acts: Ledger | undefined;
      const { answer } = await commit(async (ledger) => {
        const decided = await executor.change(command, context, ledger);
        acts = decided === 'act' ? ledger : undefined;
        return decided === 'act' ? unchanged : decided;
      });
      return acts ? executor.act(command, context, acts) : answer;
    };
  return async (context, commit) => (await commit((ledger) => executor.change(command, context, ledger))).answer;
}

function contextOf(
  { comment, index, role }: { comment: CommentSnapshot; index: number; role: Role },
  desk: Desk,
): CommandContext {
  const { issue, place, remote, config, gate, clock } = desk;
  return {
    issue,
    place,
    by: comment.author ?? '',
    role,
    // What is said in a review is about what was reviewed.
    mandate: toMandate(comment, comment.review?.commit ?? remote.defaultHead),
    index,
    at: isoTime(clock.now()),
    written: comment.createdAt,
    url: comment.url,
    ...(comment.review && { review: comment.review }),
    visibility: remote.visibility,
    repository: remote,
    config,
    gate,
  };
}
