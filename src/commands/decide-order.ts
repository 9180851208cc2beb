import type { ChainRecord } from '../ledger/chain-record.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { type Letter, post } from '../ledger/mail-record.ts';
import { type SafeText, safe } from '../publishing/safe-text.ts';
import { currentLink } from '../runs/advance-chain.ts';
import { closeResting } from '../sessions/close-resting.ts';
import { openQuestions } from '../sessions/may-resume.ts';
import { isEnded, isUnderWay } from '../sessions/phases.ts';
import type { Session } from '../sessions/session.ts';
import { chooseSession, type Meant, readSession } from './choose-session.ts';
import type { CommandOf } from './command.ts';
import type { Change, CommandContext, Effect } from './executor.ts';
import { restEnded } from './rest-ended.ts';
import { stopAsked } from './stop-asked.ts';

/** A job that has not ended by its own for so long, although it was asked to, is cancelled when somebody asks again. */
const graceMinutes = 2;

/** It reads the letter within seconds, and rests after the call that it is in. */
export async function stop(command: CommandOf<'stop'>, context: CommandContext, ledger: Ledger): Promise<Change> {
  const chain = await findChain(command.session, context.issue, ledger);
  return chain ? stopChain(chain, context, ledger) : stopSession(command, context, ledger);
}

/** Of a chain the run that is at work stops, and no other begins. */
async function stopChain(chain: ChainRecord, context: CommandContext, ledger: Ledger): Promise<Change> {
  const { gate, by } = context;
  const current = currentLink(chain);
  const runs = current && (await ledger.readRuns(current.issue));
  const isAtWork = runs?.attempts.some(({ order }) => order !== undefined && order === current?.order) ?? false;
  const session = isAtWork && runs?.claim ? await readSession(runs.claim.session, ledger) : undefined;
  const stopped = { ...chain, end: { how: 'stopped' as const, why: `${gate.plain(by)} stopped it.`, told: false } };
  const say = safe`The chain of #${chain.issue} is stopped: no other run of it begins.`;
  const audit = { action: 'stop-chain', target: `#${chain.issue}` };
  if (!session || !isUnderWay(session.phase))
    return { answer: { outcome: 'done', say }, changes: { chain: stopped }, audit };
  const sent = await send('stop', session, context, {
    ledger,
    say: safe`${say} ${nameOf(session, context)} ends after its current step.`,
  });
  return { ...sent, changes: { ...sent.changes, chain: stopped } };
}

/** The chain that was asked for on the issue, or whose run of the issue it is now; where a session is named, the one that it works for. */
async function findChain(session: string | undefined, issue: number, ledger: Ledger): Promise<ChainRecord | undefined> {
  const open = (await ledger.listChains()).filter(({ end }) => !end);
  for (const chain of open) {
    const current = currentLink(chain);
    if (session === undefined && (chain.issue === issue || current?.issue === issue)) return chain;
    const runs = session !== undefined && current ? await ledger.readRuns(current.issue) : undefined;
    const attempt = runs?.attempts.find((one) => one.session === session);
    if (attempt?.order !== undefined && attempt.order === current?.order) return chain;
  }
  return undefined;
}

async function stopSession(command: CommandOf<'stop'>, context: CommandContext, ledger: Ledger): Promise<Change> {
  const { gate } = context;
  const waiting = command.session === undefined ? await stopAsked(context, ledger) : undefined;
  if (waiting) return waiting;
  const session = await chooseSession(command.session, { issue: context.issue, meant: 'working' }, ledger);
  if (!session) return noneThat('working', command.session, context);
  // A run that waits for answers holds its issue: to stop it is to give that back.
  if (session.phase === 'stopped' && session.issueRun) return close(session, context, ledger);
  if (!isUnderWay(session.phase))
    return refuse(safe`${nameOf(session, context)} is not at work (${gate.inline(session.phase)}).`);
  return send('stop', session, context, {
    ledger,
    say: safe`${nameOf(session, context)} ends after its current step; ${whatFollows(session, gate.inline(session.id))}`,
  });
}

/** What can be done after a stop: only scans rest. */
function whatFollows({ kind, issueRun }: Session, id: SafeText): SafeText {
  // What a run's agents wrote is not kept: it begins anew.
  if (issueRun) return safe`\`/courier retry\` on #${issueRun.issue} starts it anew.`;
  if (kind === 'ask')
    return safe`it cannot go on after that: \`/courier clone ${id}\` asks the same question once more.`;
  if (kind === 'answer') return safe`what it proposed by then is kept, and \`/courier answer-session\` starts another.`;
  return safe`\`/courier resume ${id}\` goes on.`;
}

/** What works is told to end; a job that does not is cancelled when somebody asks again; what rests is closed. */
export async function kill(command: CommandOf<'kill'>, context: CommandContext, ledger: Ledger): Promise<Change> {
  const { gate, issue, at } = context;
  const waiting = command.session === undefined ? await stopAsked(context, ledger) : undefined;
  if (waiting) return waiting;
  const session =
    (await chooseSession(command.session, { issue, meant: 'working' }, ledger)) ??
    (command.session === undefined ? await chooseSession(undefined, { issue, meant: 'resting' }, ledger) : undefined);
  if (!session) return noneThat('working', command.session, context);
  if (session.phase === 'stopped') return close(session, context, ledger);
  const name = nameOf(session, context);
  if (isEnded(session.phase)) return refuse(safe`${name} has ended already (${gate.inline(session.phase)}).`);
  const { letters } = await ledger.readMail();
  const asked = letters.find((letter) => letter.kind === 'kill' && letter.session === session.id);
  const isDeaf = asked !== undefined && Date.parse(at) - Date.parse(asked.at) >= graceMinutes * 60_000;
  if (!isDeaf || session.runner?.kind !== 'workflow')
    return send('kill', session, context, {
      ledger,
      say: safe`${name} ends now; what it had found is kept. Where it still works after ${graceMinutes} minutes, write the command again: then its workflow run is cancelled.`,
    });
  return send('kill', session, context, {
    ledger,
    say: safe`${name} did not end by itself: its workflow run is cancelled, which keeps what it had found.`,
    effects: [{ kind: 'cancel-run', run: session.runner.run }],
  });
}

/** `act`: the session has ended, and a new one follows it. */
export async function tell(
  command: CommandOf<'tell'>,
  context: CommandContext,
  ledger: Ledger,
): Promise<Change | 'act'> {
  const { gate, issue } = context;
  const session = await chooseSession(command.session, { issue, meant: 'working' }, ledger);
  if (!session) return noneThat('working', command.session, context);
  const name = nameOf(session, context);
  if (session.phase === 'stopped')
    return refuse(
      safe`${name} rests: \`/courier resume ${gate.inline(session.id)}\` first${openQuestions(session).length > 0 ? safe`, or answer its questions` : safe``}.`,
    );
  if (isEnded(session.phase)) return 'act';
  return send('tell', session, context, { ledger, say: safe`${name} reads it after its current step.` });
}

/** Whether a session that rests may go on; in the words of comments, as the command line has its own. */
export async function resume(
  command: CommandOf<'resume'>,
  context: CommandContext,
  ledger: Ledger,
): Promise<Change | 'act'> {
  const { gate, issue } = context;
  const session = await chooseSession(command.session, { issue, meant: 'resting' }, ledger);
  if (!session) return noneThat('resting', command.session, context);
  const [name, id] = [nameOf(session, context), gate.inline(session.id)];
  if (isUnderWay(session.phase)) return refuse(safe`${name} is at work (${gate.inline(session.phase)}).`);
  if (session.phase === 'completed')
    return refuse(safe`${name} has ended. \`/courier tell ${id} TEXT\` starts one that builds on it.`);
  if (isEnded(session.phase) && session.issueRun)
    return refuse(
      safe`${name} was a run of #${session.issueRun.issue} and has ended: \`/courier retry\` there starts it anew.`,
    );
  if (isEnded(session.phase))
    return refuse(
      safe`${name} has ended (${gate.inline(session.phase)}) and cannot go on: \`/courier clone ${id}\` starts it anew.`,
    );
  const open = session.stopReason === 'waiting_input' ? openQuestions(session).map((question) => question.id) : [];
  if (open.length === 0) return 'act';
  return refuse(
    safe`${name} waits for ${gate.inline(open.join(', '))}: answer, or leave it to the agent's assumption with \`/courier skip ${gate.inline(open[0] ?? '')}\`.`,
  );
}

export async function clone(
  command: CommandOf<'clone'>,
  context: CommandContext,
  ledger: Ledger,
): Promise<Change | 'act'> {
  const session = await chooseSession(command.session, { issue: context.issue, meant: 'last' }, ledger);
  return session ? 'act' : noneThat('last', command.session, context);
}

/** One that rests has nobody to tell: its record is closed. */
async function close(session: Session, context: CommandContext, ledger: Ledger): Promise<Change> {
  const { gate, by, at } = context;
  const name = nameOf(session, context);
  const runs = session.issueRun && (await ledger.readRuns(session.issueRun.issue));
  const why = `It was ended by ${gate.plain(by)} while it rested.`;
  const closed = closeResting(session, { end: 'ended', why, at }, runs);
  if ('refused' in closed) return refuse(gate.inline(closed.refused));
  const free = session.issueRun
    ? safe`#${session.issueRun.issue} is free for another run`
    : safe`what it had found is kept`;
  return {
    answer: { outcome: 'done', say: safe`${name} has ended; ${free}.` },
    changes: closed,
    audit: { action: 'kill-session', target: session.id },
    effects: restEnded(session),
  };
}

async function send(
  kind: Letter['kind'],
  session: Session,
  { mandate, issue, index, by, at }: CommandContext,
  { ledger, say, effects = [] }: { ledger: Ledger; say: SafeText; effects?: readonly Effect[] },
): Promise<Change> {
  const { comment, digest } = mandate;
  const letter = { session: session.id, kind, by, at, issue, comment, index, digest };
  return {
    answer: { outcome: 'done', say },
    changes: { mail: post(await ledger.readMail(), letter) },
    audit: { action: `${kind}-session`, target: session.id },
    effects,
  };
}

const none = {
  last: safe`There is no session yet.`,
  working: safe`No session is at work.`,
  resting: safe`No session rests.`,
} as const satisfies Record<Meant, SafeText>;

function noneThat(meant: Meant, named: string | undefined, { gate }: CommandContext): Change {
  return refuse(
    named === undefined ? none[meant] : safe`The ledger holds no session ${gate.inline(named)} that can be read.`,
  );
}

function nameOf({ id, run }: Pick<Session, 'id' | 'run'>, { gate }: CommandContext): SafeText {
  const name = safe`Session ${gate.inline(id)}`;
  return run === undefined ? name : gate.link(name, run);
}

function refuse(say: SafeText): Change {
  return { answer: { outcome: 'refused', say } };
}
