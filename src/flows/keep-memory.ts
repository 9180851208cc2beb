import type { Finding } from '../findings/finding.ts';
import type { Ledger, LedgerChanges } from '../ledger/ledger.ts';
import { count } from '../lib/text.ts';
import { boundMemory } from '../memory/bound-memory.ts';
import { type Basis, withBases } from '../memory/check-bases.ts';
import type { Memory } from '../memory/memory.ts';
import { raiseAssumptions } from '../memory/raise-assumptions.ts';
import { raiseContradictions } from '../memory/raise-contradictions.ts';
import { type Stand, settleAnswers } from '../memory/settle-answers.ts';
import type { Gate } from '../publishing/gate.ts';
import { standingOf, wordsOf } from '../questions/answers-of.ts';
import type { PanelAct, PanelRecord } from '../questions/panel.ts';
import { headOf } from '../questions/plan-questions.ts';
import type { Question } from '../questions/question.ts';
import { mayTellOf } from '../sessions/put-questions.ts';
import type { Session } from '../sessions/session.ts';
import type { RemoteRepository } from './github-ports.ts';

type MemoryChange = Pick<LedgerChanges, 'memory'>;

/** A session, and who may read what is kept of it. `findings`: as they are after it. */
export type Remembered = {
  session: Session;
  ledger: Pick<Ledger, 'readMemory'>;
  findings: readonly Finding[];
  remote: Pick<RemoteRepository, 'visibility'> | undefined;
  /** False: nothing can be asked with it any more. */
  asks?: boolean;
};

/**
 * What a session assumed goes on record with it, as proposed, and what it saw of the code that others rest on. What may not be told to everybody who can
 * read the ledger does not. What contradicts each other by now is a question of the session.
 */
export async function raisedBy(
  of: Remembered,
  bases: readonly Basis[] = [],
): Promise<{ session: Session; changes: MemoryChange }> {
  const { session } = of;
  const said = { by: 'courier', at: session.endedAt ?? session.startedAt, from: `session ${session.id}` };
  const before = await of.ledger.readMemory();
  const raised = withBases(raise(before, of), bases, said);
  // Nobody is asked by a session that failed; the next one notices the same.
  const noticed =
    session.phase === 'completed' && of.asks !== false ? notice(raised, of) : { memory: raised, questions: [] };
  const { memory, dropped } = boundMemory(noticed.memory, said.at);
  const left = `${count(dropped.length, 'assumption or answer', 'assumptions and answers')} that held no more ${dropped.length === 1 ? 'was' : 'were'} dropped: assumptions.json had grown too large.`;
  return {
    session: {
      ...session,
      questions: [...session.questions, ...noticed.questions],
      notes: dropped.length === 0 ? session.notes : [...session.notes, left],
    },
    changes: memory === before ? {} : { memory },
  };
}

function notice(memory: Memory, { session, findings, remote }: Remembered) {
  return raiseContradictions(memory, {
    session: session.id,
    at: session.endedAt ?? session.startedAt,
    questions: session.questions,
    isTold: mayTellOf(session, findings, remote?.visibility),
  });
}

/** The memory with all that a session assumed, also where its record is one of an older Courier. */
export async function memoryWith(of: Remembered): Promise<Memory> {
  return raise(await of.ledger.readMemory(), of);
}

/** What people did on a panel comes to this in the memory: those of its questions that these acts are about. */
export async function settledBy(
  of: Remembered & { panel: PanelRecord },
  acts: readonly PanelAct[],
  { gate }: { gate: Gate },
): Promise<MemoryChange> {
  const touched = new Set(acts.flatMap((act) => ('question' in act ? act.question : [])));
  const questions = of.session.questions.filter(({ id }) => touched.has(id));
  return settledByAnswers(
    of,
    questions.flatMap((question) => standOf(question, of.panel, gate)),
  );
}

/** The same for what was said elsewhere. Without words a question is skipped. */
export async function settledByAnswers(of: Remembered, stands: readonly Stand[]): Promise<MemoryChange> {
  const isTold = mayTellOf(of.session, of.findings, of.remote?.visibility);
  const sameAs = (id: string) => of.session.questions.filter((one) => headOf(one) === id).map((one) => one.id);
  const told = stands
    .filter(({ question }) => isTold(question))
    .map((stand) => ({ ...stand, same: sameAs(stand.question.id) }));
  // The record may be one of an older Courier: what it assumed comes on record with its first answer.
  return change(of, (memory) => settleAnswers(raise(memory, of), of.session.id, { stands: told, ...placesOf(of) }));
}

function standOf(question: Question, { acts }: PanelRecord, { plain }: Gate): Stand[] {
  const standing = standingOf(question, acts);
  if (standing.state !== 'open') {
    const { by, at, from } = standing;
    const answer = standing.state === 'answered' ? { answer: plain(wordsOf(question, standing)) } : {};
    return [{ question, by, at, from, ...answer }];
  }
  const last = acts.findLast((act) => 'question' in act && act.question === question.id);
  return last ? [{ question, by: last.by, at: last.at, from: last.from }] : [];
}

function raise(memory: Memory, of: Remembered): Memory {
  const { session, findings, remote } = of;
  const isTold = mayTellOf(session, findings, remote?.visibility);
  const hidden = new Set(session.questions.filter((question) => !isTold(question)).map(({ id }) => id));
  const assumptions = session.assumptions.filter((one) => isTold(one) && !hidden.has(one.questionId ?? ''));
  const at = session.endedAt ?? session.startedAt;
  return raiseAssumptions(memory, {
    session: session.id,
    at,
    assumptions,
    questions: session.questions,
    ...placesOf(of),
  });
}

async function change({ ledger }: Remembered, decide: (memory: Memory) => Memory): Promise<MemoryChange> {
  const before = await ledger.readMemory();
  const memory = decide(before);
  return memory === before ? {} : { memory };
}

function placesOf({ session, findings }: Remembered) {
  return { findings, scans: session.configuration?.scans ?? [] };
}
