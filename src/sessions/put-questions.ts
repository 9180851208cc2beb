import type { Finding } from '../findings/finding.ts';
import type { Answer } from '../questions/answer.ts';
import { actsAbout, lastSubmit, standingOf, wordsOf } from '../questions/answers-of.ts';
import type { PanelRecord } from '../questions/panel.ts';
import { byWeight, headOf, isPut } from '../questions/plan-questions.ts';
import type { Question } from '../questions/question.ts';
import type { Course } from '../questions/render-course.ts';
import { isSensitive, type Visibility } from './audience.ts';
import { isEnded } from './phases.ts';
import type { Session } from './session.ts';

/** Which questions of a session everybody who can read the repository may be told, and which not. */
export type PutQuestions = { told: readonly Question[]; withheld: readonly Question[]; aside: readonly Question[] };

/** What was asked or assumed: by which scan, about which findings. */
type Asked = { scan?: string | undefined; findings: readonly string[] };

/**
 * Which words of a session everybody who can read the repository may know of. On a public repository it is none that is about a security
 * finding, or that comes from a scan which raised one in this session: it may tell of it.
 */
export function mayTellOf(
  { raised, updated }: Pick<Session, 'raised' | 'updated'>,
  findings: readonly Finding[],
  visibility: Visibility | undefined,
): (asked: Asked) => boolean {
  if (visibility !== 'public') return () => true;
  const isHidden = (finding: Finding) => isSensitive(finding, visibility) || finding.sealed !== undefined;
  const own = new Set([...raised, ...updated]);
  const hidden = findings.filter(isHidden);
  const scans = new Set(hidden.filter(({ id }) => own.has(id)).map(({ origin }) => origin.name));
  const ids = new Set(hidden.map(({ id }) => id));
  return ({ scan, findings: about }) =>
    !about.some((id) => ids.has(id)) && !(scan === undefined ? scans.size > 0 : scans.has(scan));
}

export function putQuestions(
  session: Session,
  findings: readonly Finding[],
  visibility: Visibility | undefined,
): PutQuestions {
  const aside = session.questions.filter((question) => !isPut(question));
  const questions = byWeight(session.questions.filter(isPut), session);
  const isTold = mayTellOf(session, findings, visibility);
  return {
    told: questions.filter(isTold),
    withheld: questions.filter((question) => !isTold(question)),
    aside: aside.filter(isTold),
  };
}

/** Ids of the questions that the work waits for. */
export function waitedFor({ questions, parked, phase }: Session): string[] {
  if (phase !== 'stopped' || !parked) return [];
  const waited = new Set(parked.questions);
  const waiting = questions.filter((question) => question.blocking || waited.has(question.id));
  return [...new Set(waiting.filter(({ aside }) => aside?.why !== 'settled').map(headOf))];
}

/** Those about which nobody did anything that counts. */
export function openOf(questions: readonly Question[], { acts }: Pick<PanelRecord, 'acts'>): Question[] {
  return questions.filter((question) => isPut(question) && standingOf(question, acts).state === 'open');
}

// In milliseconds. A workflow that has not taken the session up by then never started, or died before it could.
const sendingLasts = 15 * 60_000;

/** So often a session that rests is sent on its way. */
export const mostSends = 3;

/** Whether it was sent so often since it rests, and no run took it up. */
export function isSentInVain({ parked, startedAt }: Session, { sends = [] }: Pick<PanelRecord, 'sends'>): boolean {
  const since = Date.parse(parked?.at ?? startedAt);
  return sends.filter((at) => Date.parse(at) >= since).length >= mostSends;
}

export function courseOf(session: Session, { sentAt }: Pick<PanelRecord, 'sentAt'>, now: number): Course {
  if (isEnded(session.phase)) return 'ended';
  if (session.phase !== 'stopped') return 'at-work';
  if (!waitsForPeople(session)) return 'rests';
  const since = Date.parse(session.parked?.at ?? session.startedAt);
  const sent = sentAt === undefined ? Number.NaN : Date.parse(sentAt);
  return sent >= since && now - sent < sendingLasts ? 'sent' : 'waits';
}

/** Also after its time is over: answers still bring it back. */
function waitsForPeople({ parked, stopReason }: Session): boolean {
  return parked !== undefined && (stopReason === 'waiting_input' || stopReason === 'inactivity');
}

/** Whether a session that waits is sent on its way: nothing blocks it any more, and all is answered or somebody said that this was all. */
export function mayGoOn(session: Session, panel: PanelRecord, now: number): boolean {
  if (courseOf(session, panel, now) !== 'waits') return false;
  const waited = new Set(waitedFor(session));
  const open = openOf(session.questions, panel);
  if (open.some(({ id }) => waited.has(id))) return false;
  return open.length === 0 || isSubmitted(open, panel);
}

/** Whether somebody said that this was all when these questions were asked already. */
export function isSubmitted(open: readonly Question[], { acts }: Pick<PanelRecord, 'acts'>): boolean {
  const of = lastSubmit(acts);
  const number = of?.kind === 'submit' ? (of.of ?? 0) : 0;
  return open.every(({ id }) => Number(/\d+/.exec(id)?.[0] ?? 0) <= number);
}

/**
 * A session that rests, with what people answered to it since it was given to a machine last; what it got then stays. The record of one that
 * is at work or has ended is not changed: the answers are in the panel's.
 */
export function withAnswers(session: Session, { acts }: Pick<PanelRecord, 'acts'>): Session {
  if (session.phase !== 'stopped') return session;
  const since = Date.parse(session.resumedAt.at(-1) ?? session.startedAt);
  const isNew = ({ at }: { at: string }) => Date.parse(at) >= since;
  const touched = session.questions.filter((question) => actsAbout(headOf(question), acts).some(isNew));
  const ids = new Set(touched.map(({ id }) => id));
  const others = session.answers.filter((answer) => !(ids.has(answer.question) && isNew(answer)));
  const answers = touched.flatMap((question): Answer[] => {
    // Its answer is that of the question that asks the same.
    const head = session.questions.find(({ id }) => id === headOf(question)) ?? question;
    const standing = standingOf(head, acts);
    if (standing.state === 'open') return [];
    const { by, at, from } = standing;
    const text = standing.state === 'answered' ? { text: wordsOf(head, standing) } : {};
    return [{ question: question.id, ...text, by, at, from }];
  });
  return { ...session, answers: [...others, ...answers] };
}
