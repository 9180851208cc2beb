/** Ids of the questions that nobody has answered, and of the assumptions that nobody has decided on. */
export type OpenMatters = { questions: readonly string[]; assumptions: readonly string[] };

/**
 * Whether a proposal or withdrawal is about something that is open.
 *
 * @returns why not, in a sentence for the model.
 */
export function whyNotOpen(
  { questionId, assumption }: { questionId?: string | undefined; assumption?: string | undefined },
  { questions, assumptions }: OpenMatters = { questions: [], assumptions: [] },
): string | undefined {
  if (questionId !== undefined && !questions.includes(questionId))
    return `${questionId} is no open question. ${list('open question', questions)}`;
  if (assumption !== undefined && !assumptions.includes(assumption))
    return `${assumption} is no proposed assumption. ${list('proposed assumption', assumptions)}`;
  if (questionId === undefined && assumption === undefined)
    return 'say what it is for: questionId, assumption, or both.';
  return undefined;
}

function list(what: string, ids: readonly string[]): string {
  if (ids.length === 0) return `There is no ${what}.`;
  return `There ${ids.length === 1 ? 'is' : 'are'}: ${ids.join(', ')}.`;
}
