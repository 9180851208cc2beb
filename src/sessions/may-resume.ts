import type { Session } from './session.ts';

/** Questions that the session waits for: blocking ones without an answer. */
export function openQuestions({ questions, answers, parked }: Session): Session['questions'] {
  const answered = new Set(answers.map(({ question }) => question));
  const waited = new Set(parked?.questions ?? []);
  return questions.filter(({ id, blocking }) => (blocking || waited.has(id)) && !answered.has(id));
}

/** How another one takes the place of an answering session. */
export function again({ answering }: Pick<Session, 'answering'>): string {
  return `Start another: courier answer-session${answering ? ` ${answering.session}` : ''}, or /courier answer-session.`;
}

/**
 * Whether a session goes on where it was.
 * @returns why not, and what to do instead, in sentences for people.
 */
export function mayResume(session: Session): { may: true } | { may: false; why: string } {
  const { id, phase } = session;
  switch (phase) {
    case 'stopped': {
      if (session.kind === 'answer')
        return { may: false, why: `Session ${id} answered questions; what it had proposed is kept. ${again(session)}` };
      const open = openQuestions(session).map((question) => question.id);
      if (session.stopReason !== 'waiting_input' || open.length === 0) return { may: true };
      return {
        may: false,
        why: `Session ${id} waits for ${open.join(', ')}. Answer (courier answer ${id} ${open[0]} TEXT), or leave it to the agent's assumption (courier answer ${id} ${open[0]} --skip).`,
      };
    }
    case 'completed':
      return {
        may: false,
        why: `Session ${id} has ended and its record is closed. Start one that builds on it: courier follow-up ${id} TEXT.`,
      };
    case 'failed':
    case 'killed':
    case 'cancelled':
      if (session.issueRun)
        return {
          may: false,
          why: `Session ${id} was a run of #${session.issueRun.issue} and has ended (${phase}): write /courier retry there.`,
        };
      return {
        may: false,
        why: `Session ${id} has ended (${phase}) and cannot go on. Start it anew: courier clone ${id}.`,
      };
    case 'pending':
    case 'creating':
    case 'running':
    case 'reviewing':
    case 'stopping':
      return { may: false, why: `Session ${id} is at work (${phase}). To tell it something: courier tell ${id} TEXT.` };
  }
}
