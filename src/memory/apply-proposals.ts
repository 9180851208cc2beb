import type { Evidence } from '../findings/finding.ts';
import { truncate } from '../lib/text.ts';
import type { Proposal, Withdrawal } from '../questions/proposal.ts';
import type { Question } from '../questions/question.ts';
import type { AssumptionRecord, Said } from './assumption.ts';
import { contradictsOf } from './contradicts-of.ts';
import { findAssumption, type Memory, nextAssumptionId, withAssumptions } from './memory.ts';
import { propose, refine, withdraw } from './review.ts';
import { type Surroundings, scopeOf } from './scope-of.ts';

/** What an answering session proposes, its quotes proven; `seen`: the revision of each assumption as the agent was told of it. */
export type Proposed = {
  session: string;
  proposals: readonly Proposal[];
  withdrawals: readonly Withdrawal[];
  seen: Readonly<Record<string, number>>;
};

type At = Surroundings & {
  said: Said;
  /** The session's, those that are open now. */
  open: readonly Question[];
  /** Ids of assumptions that the session's own record has. */
  known: readonly string[];
  issue?: number | undefined;
};

export type AppliedProposals = {
  memory: Memory;
  /** As they are now: new ones, and those with another text or basis. */
  proposed: readonly AssumptionRecord[];
  withdrawn: readonly Withdrawal[];
  /** What came too late, with the reason (a sentence). */
  refused: readonly { title: string; reason: string }[];
};

/**
 * The memory with what an answering session proposes: a proposal takes the place of the assumption that it names, else of the only one that stands
 * in for its question, else it is a new one; with a withdrawn question go the assumptions that stood in for it. What people did meanwhile stays.
 */
export function applyProposals(
  before: Memory,
  { session, proposals, withdrawals, seen }: Proposed,
  at: At,
): AppliedProposals {
  let memory = before;
  const proposed: AssumptionRecord[] = [];
  const withdrawn: Withdrawal[] = [];
  const refused: { title: string; reason: string }[] = [];
  for (const proposal of proposals) {
    const result = applyOne(memory, { session, proposal, seen }, at);
    if ('refused' in result) refused.push({ title: truncate(proposal.text, 160), reason: result.refused });
    else {
      proposed.push(result.record);
      memory = withAssumptions(memory, [result.record]);
    }
  }
  for (const withdrawal of withdrawals) {
    const { questionId } = withdrawal;
    if (at.open.some(({ id }) => id === questionId)) {
      withdrawn.push(withdrawal);
      memory = withdrawOne(memory, { session, withdrawal }, at);
    } else refused.push({ title: `Withdrawal of ${questionId}`, reason: `${questionId} is not open any more.` });
  }
  return { memory, proposed, withdrawn, refused };
}

function applyOne(
  memory: Memory,
  { session, proposal, seen }: Pick<Proposed, 'session' | 'seen'> & { proposal: Proposal },
  at: At,
): { record: AssumptionRecord } | { refused: string } {
  const { text, questionId, assumption } = proposal;
  const id = assumption ?? onlyFor(memory, session, questionId)?.id;
  const record = id === undefined ? undefined : findAssumption(memory, { session, id });
  if (!record)
    return assumption === undefined
      ? proposeAnew(memory, { session, proposal }, at)
      : { refused: `${assumption} is not there any more.` };
  const revision = seen[record.id];
  if (revision === undefined) return { refused: `${record.id} came up meanwhile: the agent did not know of it.` };
  return refine(record, { text, ...groundsOf(proposal, memory) }, { ...at.said, revision });
}

function proposeAnew(
  memory: Memory,
  { session, proposal }: { session: string; proposal: Proposal },
  { said, open, known, issue, ...where }: At,
): { record: AssumptionRecord } | { refused: string } {
  const { text, questionId } = proposal;
  const question = open.find((one) => one.id === questionId);
  if (!question) return { refused: `${questionId ?? 'Its question'} is not open any more.` };
  const fresh = {
    session,
    id: nextAssumptionId(memory, session, known),
    ...(issue === undefined ? {} : { issue }),
    text,
    ...groundsOf(proposal, memory),
    questionId: question.id,
    findings: question.findings,
    scope: scopeOf(question, where),
  };
  return { record: propose(fresh, said) };
}

function groundsOf(proposal: Proposal, memory: Memory) {
  const { basis, confidence } = proposal;
  return {
    evidence: [...basis],
    basis: placesOf(basis),
    ...(confidence === undefined ? {} : { confidence }),
    ...contradictsOf(proposal, memory),
  };
}

function onlyFor(memory: Memory, session: string, questionId: string | undefined): AssumptionRecord | undefined {
  const own = memory.assumptions.filter((one) => one.session === session && one.questionId === questionId);
  const [first, ...others] = own.filter(({ state }) => state === 'proposed');
  return questionId !== undefined && others.length === 0 ? first : undefined;
}

/** With the question go the assumptions that stood in for it. */
function withdrawOne(
  memory: Memory,
  { session, withdrawal: { questionId, answer } }: { session: string; withdrawal: Withdrawal },
  { said }: At,
): Memory {
  const reason = `The repository answers ${questionId}: ${answer}`;
  const own = memory.assumptions.filter((one) => one.session === session && one.questionId === questionId);
  const gone = own.flatMap((record) => {
    const result = withdraw(record, { ...said, revision: record.revision, reason });
    return 'record' in result ? [result.record] : [];
  });
  return withAssumptions(memory, gone);
}

/** `src/a.ts:3, src/b.ts`. */
export function placesOf(basis: readonly Pick<Evidence, 'path' | 'startLine'>[]): string {
  return [
    ...new Set(basis.map(({ path, startLine }) => (startLine === undefined ? path : `${path}:${startLine}`))),
  ].join(', ');
}
