import { chooseSession } from '../commands/choose-session.ts';
import type { Command, CommandOf } from '../commands/command.ts';
import { findReports, type KeptReports, runOf } from '../commands/decide-export.ts';
import { ignore, pause, setPriority, unignore, unpause, whyNotFiled, whyUnknown } from '../commands/decide-finding.ts';
import { addRuleByCommand, reviewLearnings } from '../commands/decide-learning.ts';
import { clone, kill, resume, stop, tell } from '../commands/decide-order.ts';
import { remove, removeAll } from '../commands/decide-removal.ts';
import { archive, rate, rename } from '../commands/decide-session.ts';
import type { Answer, CommandContext, Executors } from '../commands/executor.ts';
import type { ReviewCommand } from '../commands/name-assumption.ts';
import { renderHelp } from '../commands/render-help.ts';
import { tellOne, tellSessions, tellStatus } from '../commands/tell-status.ts';
import { type Verb, verbs } from '../commands/verbs.ts';
import { type JobRequest, renderRequest } from '../events/request.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { systemClock } from '../lib/clock.ts';
import { joinSafe, type SafeText, safe } from '../publishing/safe-text.ts';
import type { Session } from '../sessions/session.ts';
import { type AnswerGitHub, answerByCommand } from './answer-command.ts';
import { mayAskAnswering } from './ask-answering-session.ts';
import type { PullGitHub } from './assumptions-pull.ts';
import { exportAssumptions } from './export-assumptions.ts';
import type { GitHub } from './github-ports.ts';
import type { OrderPlace } from './order-run.ts';
import type { RunGitHub } from './ready-run.ts';
import { reviewByCommand } from './review-command.ts';
import { startChain } from './start-chain.ts';
import { prepareRun } from './start-run.ts';

export type DispatchPlace = {
  github: Pick<GitHub, 'workflows'> & AnswerGitHub & PullGitHub & RunGitHub;
  /** The file's name below `.github/workflows`. */
  workflow: string;
  /** Who opens the pull requests of runs: the workflow's job, where nobody else is told that it has ended. */
  opens?: 'app' | 'job';
};

/** The commands that this version follows. What takes a checkout or an agent is handed to a workflow, as a pointer at the comment. */
export function createExecutors(place: DispatchPlace): Executors {
  const dispatched = (context: CommandContext) => dispatch(context, place);
  const executors: Executors = {
    help: {
      kind: 'change',
      change: (_, { place: where, gate }) => ({
        answer: { outcome: 'done', say: renderHelp(where, { offered: offeredBy(executors), gate }) },
      }),
    },
    status: { kind: 'change', change: tellStatus },
    sessions: { kind: 'change', change: tellSessions },
    show: { kind: 'change', change: tellOne },
    ignore: { kind: 'change', change: ignore },
    unignore: { kind: 'change', change: unignore },
    priority: { kind: 'change', change: setPriority },
    rate: { kind: 'change', change: rate },
    rename: { kind: 'change', change: rename },
    archive: { kind: 'change', change: archive },
    pause: { kind: 'change', change: pause },
    unpause: { kind: 'change', change: unpause },
    answer: { kind: 'act', act: (command, context) => answerByCommand(command, context, place) },
    skip: { kind: 'act', act: (command, context) => answerByCommand(command, context, place) },
    approve: reviewing(place),
    decline: reviewing(place),
    correct: reviewing(place),
    rule: { kind: 'change', change: addRuleByCommand },
    'answer-session': {
      kind: 'either',
      change: (_, context, ledger) => mayAskAnswering(context, ledger),
      act: (_, context) => dispatched(context),
    },
    run: { kind: 'act', act: (command, context) => run(command, context, place) },
    chain: {
      kind: 'act',
      act: async (command, context) => startChain(command, context, await toOrderPlace(context, place)),
    },
    retry: { kind: 'act', act: (command, context) => run(command, context, place) },
    scan: { kind: 'act', act: (_, context) => dispatched(context) },
    verify: {
      kind: 'either',
      change: ({ findings }, context, ledger) => whyUnknown(findings, context, ledger) ?? 'act',
      act: (_, context) => dispatched(context),
    },
    ask: { kind: 'act', act: (_, context) => dispatched(context) },
    file: {
      kind: 'either',
      change: ({ findings }, context, ledger) => whyNotFiled(findings, context, ledger) ?? 'act',
      act: (_, context) => dispatched(context),
    },
    stop: { kind: 'change', change: stop },
    kill: { kind: 'change', change: kill },
    tell: { kind: 'either', change: tell, act: (_, context) => dispatched(context) },
    resume: {
      kind: 'either',
      change: resume,
      act: async (command, context, ledger) => {
        const session = await chooseSession(command.session, { issue: context.issue, meant: 'resting' }, ledger);
        return session ? start(resumeRequest(session, context), context, place) : dispatched(context);
      },
    },
    clone: { kind: 'either', change: clone, act: (_, context) => dispatched(context) },
    delete: { kind: 'change', change: remove },
    'delete-all': { kind: 'change', change: removeAll },
    export: exporting(place),
  };
  return executors;
}

/** Where runs without a command of their own are started. */
async function toOrderPlace(
  { config, gate }: CommandContext,
  { github, workflow, opens = 'job' }: DispatchPlace,
): Promise<OrderPlace> {
  const remote = await github.repository();
  const store = github.ledger(config.ledger.branch);
  return { github, remote, store, config, workflow, opens, gate, clock: systemClock };
}

/** Reports, and the pull request of assumptions. */
function exporting(place: DispatchPlace): NonNullable<Executors['export']> {
  return {
    kind: 'either',
    change: async ({ format, session }, context, ledger) => {
      if (format === 'assumptions') return 'act';
      const found = await findReports({ session, format }, context, ledger);
      return 'answer' in found ? found : 'act';
    },
    act: async ({ format, session }, context, ledger) => {
      if (format === 'assumptions') return exportAssumptions(context, place);
      const found = await findReports({ session, format }, context, ledger);
      return 'answer' in found ? found.answer : linkReports(found, context, place);
    },
  };
}

/** On the dashboard about learnings and rules, elsewhere about assumptions. */
function reviewing({ github }: DispatchPlace) {
  return {
    kind: 'either',
    change: (command: ReviewCommand, context: CommandContext, ledger: Ledger) =>
      context.place === 'dashboard' ? reviewLearnings(command, context, ledger) : 'act',
    act: (command: ReviewCommand, context: CommandContext) => reviewByCommand(command, context, github),
  } as const;
}

/** Where the configuration cannot be read, nobody knows who may what: each command is answered with the reason. */
export function executorsWithout(problem: string): Executors {
  const act = async (_: Command, { gate }: CommandContext): Promise<Answer> => ({
    outcome: 'failed',
    say: safe`Nothing was done, as the configuration cannot be read. ${gate.block(problem)}`,
  });
  return Object.fromEntries(verbs.map((verb) => [verb, { kind: 'act', act }] as const));
}

export function offeredBy(executors: Executors): ReadonlySet<Verb> {
  return new Set(verbs.filter((verb) => executors[verb] !== undefined));
}

/** The artifact that holds them, if GitHub still has it: nothing is made anew, as that takes the files of the session. */
async function linkReports(
  { session, run, artifact, file }: KeptReports,
  { gate, repository: { url } }: CommandContext,
  { github }: DispatchPlace,
): Promise<Answer> {
  const [kept] = await github.workflows.listArtifacts(run, artifact);
  const where = gate.link(safe`its run`, `${url}/actions/runs/${run}`);
  if (!kept) {
    const say = safe`The files of session ${gate.inline(session)} are gone: an artifact expires, and the workflow has to upload \`session-path\`. What its record holds is told by \`/courier show ${gate.inline(session)}\`; ${where} may still be there.`;
    return { outcome: 'failed', say };
  }
  const link = gate.link(safe`${gate.inline(artifact)}`, `${url}/actions/runs/${run}/artifacts/${kept.id}`);
  const until =
    kept.expiresAt === undefined ? safe`` : safe` GitHub keeps it until ${gate.inline(kept.expiresAt.slice(0, 10))}.`;
  return { outcome: 'done', say: safe`${gate.codeSpan(file)} is in ${link}, the artifact of ${where}.${until}` };
}

/** The branch is made here, as only one of several commands makes it; all else is the job's. */
async function run(
  command: CommandOf<'run'> | CommandOf<'retry'>,
  context: CommandContext,
  { github, workflow, opens = 'job' }: DispatchPlace,
): Promise<Answer> {
  const { gate, issue, index, mandate, repository } = context;
  const ready = await prepareRun(command, context, { github, opens });
  if ('refused' in ready) return { outcome: 'refused', say: gate.inline(ready.refused) };
  const { comment, digest } = mandate;
  const request = { version: 1, kind: 'command', issue, comment, index, digest, head: ready.head } as const;
  const started = await start(request, context, { github, workflow });
  if (started.outcome !== 'started') return started;
  const link = gate.link(gate.codeSpan(ready.branch), `${repository.url}/tree/${encodeURI(ready.branch)}`);
  const notes = ready.notes.map((note): SafeText => safe` ${gate.inline(note)}`);
  return { ...started, say: safe`${started.say} It works on the branch ${link}.${joinSafe(notes, safe``)}` };
}

/** The run and the commit are for the steps before ours; the job asks the record whether they are the session's. */
function resumeRequest(session: Session, { issue, index, mandate }: CommandContext): JobRequest {
  const { id, commit } = session;
  const run = runOf(session);
  const at = { ...(run === undefined ? {} : { run }), ...(commit === undefined ? {} : { commit }) };
  const asked = { issue, comment: mandate.comment, index };
  return { version: 1, kind: 'resume', session: id, ...at, asked };
}

/**
 * Starts the repository's workflow on the default branch, which reads comment, words and permission anew. A second start for the same command,
 * after a crash, does nothing: `takeRequest` lets one run have it.
 */
function dispatch(context: CommandContext, place: DispatchPlace): Promise<Answer> {
  // Without a head: what looks at the default branch looks at it as it is then.
  const { issue, index, mandate } = context;
  const { comment, digest } = mandate;
  return start({ version: 1, kind: 'command', issue, comment, index, digest }, context, place);
}

async function start(
  request: JobRequest,
  { gate, repository: { defaultBranch, url } }: CommandContext,
  { github, workflow }: Pick<DispatchPlace, 'github' | 'workflow'>,
): Promise<Answer> {
  const started = await github.workflows.dispatch(workflow, { branch: defaultBranch, request: renderRequest(request) });
  if ('missing' in started) {
    const say = safe`The workflow ${gate.codeSpan(`.github/workflows/${workflow}`)} could not be started on ${gate.codeSpan(defaultBranch)} (${gate.inline(started.missing)}): it has to be there, switched on, and take the input \`request\` of \`workflow_dispatch\`.`;
    return { outcome: 'failed', say };
  }
  const run = started.run === undefined ? safe`A run` : gate.link(safe`A run`, `${url}/actions/runs/${started.run}`);
  return {
    outcome: 'started',
    say: safe`${run} of the workflow ${gate.codeSpan(workflow)} does it.`,
    run: started.run,
  };
}
