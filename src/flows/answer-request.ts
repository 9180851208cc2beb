import { authorise } from '../commands/authorise.ts';
import { chooseSession, type Meant } from '../commands/choose-session.ts';
import type { Command, CommandOf } from '../commands/command.ts';
import { parseCommands } from '../commands/parse-commands.ts';
import { placeOf, sessionOf } from '../commands/place-of.ts';
import { type PlacedComment, readRequest } from '../commands/read-request.ts';
import { takeName } from '../commands/words.ts';
import type { Configuration } from '../config/schema.ts';
import { noTicks } from '../events/dashboard-boxes.ts';
import type { CommandRequest } from '../events/request.ts';
import { isOpen } from '../findings/judge-verdicts.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { readLedger } from '../ledger/read-ledger.ts';
import { UserError } from '../lib/errors.ts';
import { count } from '../lib/text.ts';
import type { Gate } from '../publishing/gate.ts';
import { mayPublish } from '../sessions/may-reconcile.ts';
import { runnerOf } from '../sessions/runner.ts';
import { type Overrides, resolveSettings, withoutAgent } from '../sessions/settings.ts';
import { answerSession } from './answer-session.ts';
import { ask } from './ask.ts';
import { beginFrom } from './begin-from.ts';
import { lookUp } from './follow-command.ts';
import type { GitHub, RemoteRepository } from './github-ports.ts';
import { readDashboard } from './keep-dashboard.ts';
import type { ScanOutcome } from './outcome.ts';
import type { Ports } from './ports.ts';
import type { ScanRequest } from './prepare-scan.ts';
import { createPushRun } from './push-run.ts';
import { readConfiguration } from './read-configuration.ts';
import { runIssue } from './run-issue.ts';
import { scan } from './scan.ts';
import { takeRequest } from './take-request.ts';
import { tellWork } from './tell-request.ts';
import { verify } from './verify.ts';
import { fileHeld, skip } from './without-looking.ts';

export type RequestedWork = ScanRequest & { request: CommandRequest };

/** Where a request is answered, the same for all of it. */
type Desk = { github: GitHub; remote: RemoteRepository; config: Configuration; ledger: Ledger };

/**
 * Does what a dispatched workflow was started for. The request says where to look and nothing else: the comment, its words, the ledger, the role
 * of its author and the branch are read anew.
 *
 * @throws UserError, in one sentence, for a request that is forged or whose time is over; then nothing was done.
 */
export async function answerRequest(work: RequestedWork, ports: Ports & { gate: Gate }): Promise<ScanOutcome> {
  const { trigger } = work;
  const { github } = ports;
  const remote = await github?.repository();
  if (!github || !remote) throw new UserError('A request needs a repository on GitHub.');
  const published = mayPublish(trigger, remote);
  if (!published.may) throw refusal(`requests are answered on the default branch ${remote.defaultBranch} only`);
  const config = await readConfiguration(work.configPath, { trigger, remote }, ports);
  await github.checkPermissions(['contents: write', 'issues: write']);
  const ledger = await readLedger(await github.ledger(config.ledger.branch).read(), { repositoryId: remote.id });
  return follow({ work, desk: { github, remote, config, ledger } }, ports);
}

async function follow(
  { work, desk }: { work: RequestedWork; desk: Desk },
  ports: Ports & { gate: Gate },
): Promise<ScanOutcome> {
  const { github, remote, config, ledger } = desk;
  const { request, trigger } = work;
  const found = readRequest(request, {
    comment: await github.comments.read(request.comment),
    inbox: await ledger.readInbox(request.issue),
    head: remote.defaultHead,
  });
  if ('refused' in found) throw refusal(found.refused);
  const { command, comment } = found;
  const { own } = ports.processes;
  const runner = runnerOf(trigger, { own });
  if (runner.kind !== 'workflow') throw refusal('only a run of a workflow answers it');
  const { run, attempt } = runner;
  const store = github.ledger(config.ledger.branch);
  const at = { run: { id: run, attempt, url: trigger.run }, github, store, repositoryId: remote.id };
  const isMine = () => takeRequest(request, { run, store, repositoryId: remote.id });
  return tellWork([request], at, ports, async (told) => {
    await requireRight(command, comment, desk);
    if (!(await isMine())) return leave(work, desk, told);
    return perform(command, { work: { ...work, trigger: { ...trigger, actor: comment.author } }, comment, desk }, told);
  });
}

function refusal(why: string): UserError {
  const rest = `${why.charAt(0).toLowerCase()}${why.slice(1)}`.replace(/\.$/, '');
  return new UserError(`The request was refused: ${rest}.`);
}

/** The role of who wrote the comment, at this moment. */
async function requireRight(command: Command, comment: PlacedComment, desk: Desk): Promise<void> {
  const { verb } = command;
  const place = placeOf(comment, desk.ledger);
  const standing = await lookUp(comment.author ?? '', desk);
  const { visibility } = desk.remote;
  const verdict = authorise({ verb, comment, place, standing, permissions: desk.config.permissions, visibility });
  if (verdict.kind === 'allowed') return;
  throw refusal(verdict.kind === 'refused' ? verdict.why : 'its author may not ask for anything here');
}

type Performed = { work: RequestedWork; comment: PlacedComment; desk: Desk };

async function perform(command: Command, at: Performed, ports: Ports & { gate: Gate }): Promise<ScanOutcome> {
  const { work, desk } = at;
  switch (command.verb) {
    case 'scan':
      return scan({ ...work, overrides: narrow(work.overrides, command.text, desk.config) }, ports);
    case 'ask':
      return askOnce(command, at, ports);
    case 'verify':
      return verifyAgain(command.findings, at, ports);
    case 'file': {
      const { findings } = command;
      const what = 'Filing what was asked for';
      return withoutLooking({ what, why: whyFiled(findings, at.comment), file: findings }, at, ports);
    }
    case 'run':
    case 'retry':
      return run(command.verb === 'run' ? command : {}, at, ports);
    case 'answer-session':
      return answerSession({ ...work, session: sessionOf(at.comment.issue, desk.ledger) }, ports);
    case 'clone': {
      const session = await sessionFor(command.session, 'last', at);
      return beginFrom({ ...work, how: 'clone', session }, ports);
    }
    case 'tell': {
      const session = await sessionFor(command.session, 'working', at);
      return beginFrom({ ...work, how: 'follow-up', session, text: command.text }, ports);
    }
    default:
      throw new UserError(`/courier ${command.verb} is not offered by this version of Courier in a workflow.`);
  }
}

/** Of `retry` the ledger has the words. */
function run(
  command: Pick<CommandOf<'run'>, 'text' | 'model'>,
  { work, comment, desk }: Performed,
  ports: Ports & { gate: Gate },
): Promise<ScanOutcome> {
  const { index, head } = work.request;
  const { github, remote, config } = desk;
  const store = github.ledger(config.ledger.branch);
  const place = { github, remote, config, store, gate: ports.gate, clock: ports.clock };
  const { workflow } = ports;
  return runIssue({ ...work, ...desk, comment, index, command, head, workflow, push: createPushRun(place) }, ports);
}

/** One question per comment: two in one are two sessions that nobody can tell apart by their answers. */
function askOnce({ question }: CommandOf<'ask'>, { work, comment }: Performed, ports: Ports & { gate: Gate }) {
  const { index, issue } = work.request;
  const first = parseCommands(comment.body).findIndex((one) => 'command' in one && one.command.verb === 'ask');
  if (first !== index) throw new UserError('One question per comment: ask this one in a comment of its own.');
  return ask({ ...work, question, asked: { issue, comment: comment.id, index } }, ports);
}

/** The one that the command was about when it was handed over. */
async function sessionFor(named: string | undefined, meant: Meant, { comment, desk }: Performed): Promise<string> {
  const session = await chooseSession(named, { issue: comment.issue, meant }, desk.ledger);
  if (!session) throw new UserError('The ledger does not hold the session that is meant.');
  return session.id;
}

/** `/courier scan [name] [prompt]`: both together are the named scan with more to look for. */
function narrow(overrides: Overrides, asked: string | undefined, { scans }: Configuration): Overrides {
  if (asked === undefined) return overrides;
  const { name, text } = takeName(asked, Object.keys(scans));
  const named = name === undefined ? undefined : scans[name];
  if (text === undefined) return { ...overrides, prompt: undefined, scan: name === undefined ? undefined : [name] };
  if (!named) return { ...overrides, prompt: text, scan: undefined };
  return { ...overrides, prompt: `${named.prompt}\n\n${text}`, paths: overrides.paths ?? named.paths, scan: undefined };
}

/** The findings that are named, else the one of the issue, else all. */
function verifyAgain(named: readonly string[], at: Performed, ports: Ports & { gate: Gate }): Promise<ScanOutcome> {
  const { work, comment, desk } = at;
  const { findings } = desk.ledger;
  const meant = findings.filter(({ id, issue }) =>
    named.length > 0 ? named.includes(id) : issue?.number === comment.issue,
  );
  const ids = named.length > 0 ? named : meant.map(({ id }) => id);
  // Where a run was killed after it had found them gone, their issues are still to be brought in line.
  if (ids.length > 0 && meant.length === ids.length && !meant.some(isOpen)) {
    const states = meant.map(({ id, state }) => `${id} is ${state}`);
    const why = `Nothing was looked at: ${states.join(', ')}.`;
    return withoutLooking({ what: 'Re-check', why, file: [] }, at, ports);
  }
  return verify({ ...work, findings: ids, strict: false }, ports);
}

/** Brings the issues in line with the ledger, and files held findings where somebody asked for them. */
async function withoutLooking(
  { what, why, file }: { what: string; why: string; file: readonly string[] },
  { work, desk: { github, remote, config, ledger } }: Performed,
  ports: Ports & { gate: Gate },
): Promise<ScanOutcome> {
  const settings = resolveSettings(config, withoutAgent(work.overrides), { ...work, strict: false });
  const view = await readDashboard(ledger.dashboard, { settings, github });
  const dashboard = { ...view, ticks: { ...noTicks, file } };
  return fileHeld({ ...work, settings, remote, what, why, dashboard }, ports);
}

function whyFiled(ids: readonly string[], { author = 'somebody' }: PlacedComment): string {
  return `Nothing was looked at: ${author} asked to file ${count(ids.length, 'finding')}.`;
}

/** Somebody else has it: a worker that died had started a second run, or the request was sent again. */
function leave(work: RequestedWork, { config, remote }: Desk, ports: Ports & { gate: Gate }): Promise<ScanOutcome> {
  const settings = resolveSettings(config, withoutAgent(work.overrides), { ...work, strict: false });
  return skip({ ...work, settings, remote, why: 'Another run of this workflow has done or does it.' }, ports);
}
