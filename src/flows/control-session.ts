import type { Ledger, LedgerChanges } from '../ledger/ledger.ts';
import { updateLedger } from '../ledger/update-ledger.ts';
import { isoTime } from '../lib/clock.ts';
import { UserError } from '../lib/errors.ts';
import { randomBase32 } from '../lib/hash.ts';
import { oneLine } from '../lib/text.ts';
import type { Gate } from '../publishing/gate.ts';
import { headOf } from '../questions/plan-questions.ts';
import type { Question } from '../questions/question.ts';
import { understandAnswer } from '../questions/understand-answer.ts';
import { closeResting } from '../sessions/close-resting.ts';
import { keepRecord } from '../sessions/keep-record.ts';
import { type Mail, mailFile, renderMail } from '../sessions/mail.ts';
import { openQuestions } from '../sessions/may-resume.ts';
import { isEnded, isUnderWay } from '../sessions/phases.ts';
import { Session } from '../sessions/session.ts';
import { deleteSessions } from './delete-sessions.ts';
import { type FoundSession, findSession } from './find-session.ts';
import { settledByAnswers } from './keep-memory.ts';
import type { Ports } from './ports.ts';
import { identityOf } from './record-session.ts';
import type { Controlled, ControlRequest, SessionOrder } from './session-order.ts';
import { tellWhereItRested } from './tell-rest-ended.ts';

type ControlPorts = Ports & { gate: Gate };

/** @throws UserError for what cannot be done, with what to do instead. */
export async function controlSession(request: ControlRequest, ports: ControlPorts): Promise<Controlled> {
  const { order } = request;
  if (order.kind === 'delete' || order.kind === 'delete-all') return deleteSessions({ ...request, order }, ports);
  const found = await findSession(order.session, request, ports);
  switch (order.kind) {
    case 'answer':
      return answer(order, { ...request, found }, ports);
    case 'tell':
      if (order.text.trim() === '') throw new UserError('There is nothing to tell: the text is empty.');
      return send({ kind: 'tell', text: order.text }, { ...request, found }, ports);
    case 'stop':
      if (found.session.phase === 'stopped' && found.session.issueRun) return end(found, request, ports);
      return send({ kind: 'stop', text: '' }, { ...request, found }, ports);
    case 'kill':
      return found.session.phase === 'stopped'
        ? end(found, request, ports)
        : send({ kind: 'kill', text: '' }, { ...request, found }, ports);
    case 'rename':
      return change(found, { displayName: toName(order.name) }, `is now named ${toName(order.name)}`, ports);
    case 'archive':
      return change(found, { archived: true }, 'is archived: lists leave it out', ports);
    case 'unarchive':
      return change(found, { archived: false }, 'is in the lists again', ports);
  }
}

type Found = { found: FoundSession } & Pick<ControlRequest, 'by' | 'from'>;

async function answer(
  order: Extract<SessionOrder, { kind: 'answer' }>,
  { found, by, from }: Found,
  ports: ControlPorts,
): Promise<Controlled> {
  const said = { by, at: isoTime(ports.clock.now()), from };
  const after = await rewrite(found, `answer to ${order.question}`, async (session, ledger) => {
    if (isUnderWay(session.phase)) throw new UserError(noAnswer(session));
    const named = session.questions.find(({ id }) => id.toLowerCase() === order.question.toLowerCase());
    if (!named) throw new UserError(noQuestion(session, order.question));
    // One that asks the same as others is answered for all of them.
    const question = session.questions.find(({ id }) => id === headOf(named)) ?? named;
    const same = session.questions.filter((other) => headOf(other) === question.id).map(({ id }) => id);
    const words = wordsFor(question, order.text, ports.gate);
    const others = session.answers.filter(
      (it) => !same.includes(it.question) || it.at < (session.resumedAt.at(-1) ?? ''),
    );
    const settled = { question, answer: words.text, ...said };
    const remembered = { session, ledger, findings: ledger.findings, remote: found.remote };
    const changes = await settledByAnswers(remembered, [settled]);
    // The record of one that has ended is closed: the answer is kept beside it.
    if (isEnded(session.phase)) return { session, ...changes };
    return {
      session: { ...session, answers: [...others, ...same.map((id) => ({ question: id, ...words, ...said }))] },
      ...changes,
    };
  });
  if (isEnded(after.phase)) return { done: true, said: [tellLate(after, order)] };
  const open = openQuestions(after).map(({ id }) => id);
  const next =
    open.length > 0
      ? `It still waits for ${open.join(', ')}.`
      : `Nothing is open any more: courier resume ${after.id} goes on.`;
  return { done: true, said: [`${order.question.toUpperCase()} of session ${after.id} is answered. ${next}`] };
}

/** Nothing where the question is skipped. */
function wordsFor(question: Question, said: string | undefined, { plain }: Gate): { text?: string } {
  if (said === undefined) return {};
  const understood = understandAnswer(question, said);
  if ('refused' in understood) throw new UserError(understood.refused);
  return { text: plain(understood.text) };
}

function tellLate({ id, phase }: Session, { question, text }: Extract<SessionOrder, { kind: 'answer' }>): string {
  const name = question.toUpperCase();
  if (text === undefined)
    return `Session ${id} has ended (${phase}): nobody waits for ${name}. An answer that was remembered is taken back.`;
  return `${name} of session ${id} is answered. It has ended (${phase}) and does not hear it; the answer stands in the place of what was assumed, and later sessions are told. courier follow-up ${id} TEXT starts one now.`;
}

function noAnswer({ id, phase }: Session): string {
  return `Session ${id} is at work (${phase}). Tell it: courier tell ${id} TEXT.`;
}

function noQuestion({ id, questions }: Session, asked: string): string {
  const ids = questions.map((question) => question.id);
  return `Session ${id} has no question ${asked}: ${ids.length > 0 ? `it asked ${ids.join(', ')}` : 'it asked none'}.`;
}

/** Into the session's mailbox; whoever works on it reads it within seconds. */
async function send(
  { kind, text }: Pick<Mail, 'kind' | 'text'>,
  { found: { session }, by }: Found,
  { sessionFolder, clock, gate, github }: ControlPorts,
): Promise<Controlled> {
  if (!isUnderWay(session.phase)) throw new UserError(notAtWork(session, kind));
  if (github)
    throw new UserError(
      `Session ${session.id} works in a workflow, which hears nothing from here in this version: cancel its run${session.run ? ` (${session.run})` : ''} to end it; what it had found is kept.`,
    );
  const at = isoTime(clock.now());
  const letter = { id: `${at}-${randomBase32(6)}`, at, from: by, kind, text: gate.plain(text) };
  await sessionFolder(session.id).append(mailFile, renderMail(letter));
  return { done: true, said: [sent[kind](session.id)] };
}

const sent = {
  tell: (id: string) => `Session ${id} reads it after its current step.`,
  stop: (id: string) => `Session ${id} stops after its current step; courier resume ${id} goes on.`,
  kill: (id: string) => `Session ${id} ends now; what it had found is kept.`,
} as const satisfies Record<Mail['kind'], (id: string) => string>;

function notAtWork({ id, phase }: Session, kind: Mail['kind']): string {
  if (kind !== 'tell') return `Session ${id} is not at work (${phase}).`;
  return phase === 'stopped'
    ? `Session ${id} rests: resume it first (courier resume ${id}), or answer its questions.`
    : `Session ${id} has ended (${phase}). courier follow-up ${id} TEXT starts one that cites it.`;
}

/** A session that rests has nobody to tell: its record is closed. */
async function end(found: FoundSession, { by }: ControlRequest, ports: ControlPorts): Promise<Controlled> {
  const at = isoTime(ports.clock.now());
  const why = `It was ended by ${ports.gate.plain(by)} while it rested.`;
  const after = await rewrite(found, 'ended', async (session, ledger) => {
    const runs = session.issueRun && (await ledger.readRuns(session.issueRun.issue));
    const closed = closeResting(session, { end: 'ended', why, at }, runs);
    if ('refused' in closed) throw new UserError(closed.refused);
    return closed;
  });
  await tellWhereItRested(found, ports);
  return { done: true, said: [`Session ${after.id} has ended; what it had found is kept.`] };
}

async function change(
  found: FoundSession,
  fields: Partial<Pick<Session, 'displayName' | 'archived'>>,
  what: string,
  { gate }: ControlPorts,
): Promise<Controlled> {
  const clean = fields.displayName === undefined ? fields : { ...fields, displayName: gate.plain(fields.displayName) };
  const { id } = await rewrite(found, what, (session) => ({ session: { ...session, ...clean } }));
  return { done: true, said: [`Session ${id} ${what}.`] };
}

const longestName = 100;

function toName(given: string): string {
  const name = oneLine(given).trim();
  if (name === '') throw new UserError('The name is empty.');
  if ([...name].length > longestName)
    throw new UserError(`The name has ${[...name].length} characters; ${longestName} are the most.`);
  return name;
}

type Decision = Pick<LedgerChanges, 'memory' | 'runs'> & { session: Session };

/** Changes the record as it is now, whoever else wrote meanwhile. */
async function rewrite(
  { session: { id }, store, remote }: FoundSession,
  what: string,
  decide: (session: Session, ledger: Ledger) => Decision | Promise<Decision>,
): Promise<Session> {
  const { decided } = await updateLedger(
    store,
    `session ${id}: ${what}`,
    async (ledger) => {
      const found = await ledger.readSession(id, Session);
      if (!found || !('session' in found)) throw new UserError(`The ledger holds no session ${id} any more.`);
      const { session, ...besides } = await decide(found.session, ledger);
      const kept = keepRecord(found.session, session);
      if ('refused' in kept) throw new UserError(kept.refused);
      return { session: kept.record, ...besides };
    },
    identityOf(remote),
  );
  return decided.session;
}
