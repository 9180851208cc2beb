import type { Finding } from '../findings/finding.ts';
import { lastRatings } from '../findings/rating.ts';

/** What people said of a finding; `unjudged`: nothing that tells. */
export type Judgement = 'confirmed' | 'wrong' | 'unjudged';

type Judged = Pick<Finding, 'ratings' | 'ignored' | 'issue' | 'state'>;

// "Accepted risk", "later" and the like say nothing against the finding.
const saysWrong =
  /\b(?:false[ -]?(?:positive|alarm)|not (?:a|an|really a) (?:bug|problem|issue|defect|vulnerability|weakness|risk|finding)|no (?:bug|problem|issue)|(?:is|was) wrong|incorrect|invalid|mistaken|(?:as|is|are) (?:intended|designed|expected)|by design|on purpose|intentional(?:ly)?|not applicable|n\/a|hallucinat\w+|made up|generated (?:code|file)|is generated|are generated|does not apply|doesn't apply|unreachable|cannot happen|can't happen)\b/i;

/**
 * How people judged it: their ratings, where one side has more of them; else what they did. Done by a person or a merge: it was right. Ignored
 * for a reason that says that it is none: it was wrong.
 */
export function judgementOf(finding: Judged): Judgement {
  return byRatings(finding) ?? byDeeds(finding);
}

function byRatings({ ratings = [] }: Judged): Judgement | undefined {
  const said = [...lastRatings(ratings).values()];
  const balance = said.reduce((sum, { value }) => sum + (value === 'up' ? 1 : -1), 0);
  if (balance === 0) return undefined;
  return balance > 0 ? 'confirmed' : 'wrong';
}

function byDeeds({ ignored, issue, state }: Judged): Judgement {
  if (ignored && ignored.how !== 'duplicate') return saysWrong.test(ignored.reason ?? '') ? 'wrong' : 'unjudged';
  const { closing, reason } = issue?.observed ?? {};
  const isDone = closing === 'merge' || (closing === 'person' && reason === 'completed');
  return isDone && state === 'resolved' ? 'confirmed' : 'unjudged';
}
