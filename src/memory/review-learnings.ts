import type { Said } from './assumption.ts';
import type { Learning, Learnings } from './learning.ts';

/** What a person wants of a learning or a rule, by its id: `L1`, `R1`. */
export type LearningAct =
  /** `until`: how long it holds (ISO); absent: for good. */
  | { kind: 'approve'; id: string; until?: string }
  /** A proposed one is declined, one that acts is deleted; a rule is deleted. */
  | { kind: 'decline'; id: string; reason?: string | undefined }
  | { kind: 'correct'; id: string; text: string };

/** `seen`: when the person saw it (ISO), as what was changed since is not what they meant. */
export type LearningReview = Said & { seen: string };

export type LearningReviewed = { learnings: Learnings; done: string } | { refused: string };

/**
 * The learnings after one act. `done` and `refused` are sentences. Doing it again changes nothing. A learning that somebody approves or words
 * acts from the next scan on.
 */
export function reviewLearning(before: Learnings, act: LearningAct, review: LearningReview): LearningReviewed {
  if (act.id.startsWith('R')) return reviewRule(before, act, review);
  const learning = before.learnings.find(({ id }) => id === act.id);
  if (!learning) return { refused: `There is no learning ${act.id}.` };
  const refused = whyNot(learning, act, review);
  if (refused !== undefined) return { refused };
  const { next, done } = follow(learning, act, review);
  const learnings = before.learnings.map((each) => (each === learning ? next : each));
  return { learnings: next === learning ? before : { ...before, learnings }, done };
}

function whyNot(learning: Learning, act: LearningAct, { seen }: LearningReview): string | undefined {
  const { id, state, history } = learning;
  if (act.kind !== 'decline' && (state === 'declined' || state === 'deleted'))
    return `${id} was ${state === 'declined' ? 'declined' : 'deleted'}: a rule says what it said, \`/courier rule TEXT\`.`;
  const moved = history.findLast(({ text, what }) => text !== undefined && what !== 'declined' && what !== 'deleted');
  const isNewer = moved !== undefined && Date.parse(moved.at) > Date.parse(seen);
  // One's own words are no news.
  const isOwn = act.kind === 'correct' && moved?.text === act.text;
  return isNewer && !isOwn ? `${id} has another text since: read it again.` : undefined;
}

function follow(learning: Learning, act: LearningAct, review: LearningReview): { next: Learning; done: string } {
  const acts = 'agents are told from the next scan on';
  switch (act.kind) {
    case 'approve':
      // Said again it is the same, but for how long it holds.
      if (learning.state === 'approved' && learning.expiresAt === act.until)
        return { next: learning, done: `${learning.id} is approved: ${acts}.` };
      return {
        next: approved(learning, act.until, review),
        done: `${learning.id} is approved${act.until === undefined ? '' : ` until ${act.until.slice(0, 10)}`}: ${acts}.`,
      };
    case 'correct':
      return { next: corrected(learning, act.text, review), done: `${learning.id} has your words, and ${acts}.` };
    case 'decline': {
      const next = declined(learning, act.reason, review);
      return { next, done: `${learning.id} is ${next.state} and is not proposed again.` };
    }
  }
}

function approved(
  { expiresAt: _, ...learning }: Learning,
  until: string | undefined,
  review: LearningReview,
): Learning {
  const lasts = until === undefined ? {} : { expiresAt: until };
  return noted({ ...learning, state: 'approved', ...lasts }, 'approved', review);
}

function corrected(learning: Learning, text: string, review: LearningReview): Learning {
  if (learning.state === 'approved' && learning.text === text) return learning;
  return noted({ ...learning, text, state: 'approved' }, 'corrected', review, text);
}

function declined(learning: Learning, reason: string | undefined, review: LearningReview): Learning {
  if (learning.state === 'declined' || learning.state === 'deleted') return learning;
  const state = learning.state === 'approved' ? 'deleted' : 'declined';
  return noted({ ...learning, state }, state, review, reason);
}

function reviewRule(before: Learnings, act: LearningAct, { by, at, from }: LearningReview): LearningReviewed {
  const { id } = act;
  if (act.kind !== 'decline') {
    const how = `\`/courier decline ${id}\` deletes it, and \`/courier rule TEXT\` makes another`;
    return { refused: `${id} is a rule: ${how}.` };
  }
  const rule = before.rules.find((each) => each.id === id);
  if (!rule) return { refused: `There is no rule ${id}.` };
  const rules = before.rules.map((each) => (each === rule ? { ...rule, deleted: { by, at, from } } : each));
  return { learnings: rule.deleted ? before : { ...before, rules }, done: `${id} is deleted.` };
}

function noted(learning: Learning, what: string, { by, at, from }: LearningReview, text?: string): Learning {
  const entry = { what, by, at, from, ...(text === undefined ? {} : { text }) };
  return { ...learning, history: [...learning.history, entry] };
}
