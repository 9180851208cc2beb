import type { Finding } from '../findings/finding.ts';
import { UserError } from '../lib/errors.ts';
import type { Session } from './session.ts';
import type { AgentScan } from './settings.ts';

/** What a new session takes over from an earlier one. */
export type Origin = {
  scans: readonly AgentScan[];
  /** What its record says of where it comes from. */
  stamp: Partial<Pick<Session, 'clonedFrom' | 'priorSessions' | 'citedFindings' | 'displayName'>>;
};

/** The same scans and none of the history; who starts it and what they may do are taken anew. */
export function cloneOf(session: Session): Origin {
  const scans = session.configuration?.scans ?? [];
  return { scans, stamp: { clonedFrom: session.id, displayName: `${session.displayName} (again)` } };
}

/**
 * A session that goes on from one that has ended, with what a person asks for now. The earlier summary, findings, questions and answers are
 * its agent's to read, as data: some of their words come from an agent and from the repository.
 * @throws UserError for words that ask for nothing.
 */
export function followUpOf(session: Session, said: string, known: readonly Finding[]): Origin {
  const prompt = said.trim();
  if (prompt === '') throw new UserError('A follow-up needs words: what is to be looked for now?');
  const own = new Set([...session.raised, ...session.updated]);
  const findings = known.filter(({ id }) => own.has(id));
  const scan = {
    name: 'follow-up',
    prompt,
    paths: [],
    documents: [{ path: `session ${session.id}`, text: renderPrior(session, findings) }],
  };
  return {
    scans: [scan],
    stamp: {
      priorSessions: [session.id],
      citedFindings: findings.map(({ id }) => id),
      displayName: `Follow-up to ${session.displayName}`,
    },
  };
}

function renderPrior(session: Session, findings: readonly Finding[]): string {
  const answers = new Map(session.answers.map((answer) => [answer.question, answer.text ?? '(skipped)']));
  const sections = [
    [
      `Session ${session.id} (${session.displayName}), ended ${session.endedAt ?? 'not yet'}: ${session.result ?? session.phase}.`,
    ],
    session.agents.flatMap(({ scan, prompt, finalText }) => [
      `Scan ${scan} was asked: ${prompt}`,
      ...(finalText ? [`Its last words: ${finalText}`] : []),
    ]),
    findings.map(
      ({ id, title, state, location }) => `Finding ${id} (${state})${location ? ` in ${location.path}` : ''}: ${title}`,
    ),
    session.questions.map(({ id, question }) => `${id}: ${question}\nAnswer: ${answers.get(id) ?? 'none'}`),
    session.assumptions.map(({ id, text }) => `${id} was assumed: ${text}`),
  ];
  return sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}
