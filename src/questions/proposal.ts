import { z } from 'zod';
import { decodeOutput } from '../findings/extract/decode.ts';
import { Evidence } from '../findings/finding.ts';
import { parseLines } from '../lib/ndjson.ts';

const Text = z.string().trim().min(1).max(4000);
const Id = z.string().max(40);
const Basis = z
  .array(Evidence.omit({ masked: true }))
  .max(20)
  .default([]);

/** What an answering agent proposes to assume: in the place of an assumption, for a question, or both. */
export const Proposal = z.object({
  /** The agent's own id of it in its session. */
  id: Id,
  questionId: Id.optional(),
  /** The assumption that it takes the place of. */
  assumption: Id.optional(),
  text: Text,
  basis: Basis,
  confidence: z.number().min(0).max(1).optional(),
  /** What is settled otherwise, by its names in the memory. */
  contradicts: z.array(z.string().max(90)).max(10).optional(),
});
export type Proposal = z.infer<typeof Proposal>;

/** A question that the repository answers, so that people need not. */
export const Withdrawal = z.object({ questionId: Id, answer: Text, basis: Basis });
export type Withdrawal = z.infer<typeof Withdrawal>;

export type ProposalExtraction = {
  /** `no-json`: not even the word of the agent that it has nothing to propose. */
  outcome: 'complete' | 'incomplete' | 'no-json';
  proposals: Proposal[];
  withdrawals: Withdrawal[];
};

const Line = z.union([z.object({ proposals: z.array(Proposal) }), z.object({ withdrawals: z.array(Withdrawal) })]);

// Nobody reviews more; what an agent proposes beyond it is a runaway.
const most = 500;

/**
 * What an answering agent handed over, a line each (`{"proposals":[…]}`, `{"withdrawals":[…]}`). The last word about an assumption or a question
 * holds, be it a proposal or a withdrawal.
 */
export function extractProposals(input: Uint8Array | string): ProposalExtraction {
  const { text, cut } = decodeOutput(input);
  const { values: known, damaged, torn } = parseLines(text, (value) => Line.safeParse(value).data);
  if (known.length === 0) return { outcome: 'no-json', proposals: [], withdrawals: [] };
  const said = known.flatMap((line): Said[] =>
    'proposals' in line
      ? line.proposals.map((proposal) => ({ proposal }))
      : line.withdrawals.map((withdrawal) => ({ withdrawal })),
  );
  const kept = lastWords(said).slice(0, most);
  const isWhole = !cut && damaged === 0 && !torn && said.length <= most;
  return {
    outcome: isWhole ? 'complete' : 'incomplete',
    proposals: kept.flatMap((each) => ('proposal' in each ? [each.proposal] : [])),
    withdrawals: kept.flatMap((each) => ('withdrawal' in each ? [each.withdrawal] : [])),
  };
}

type Said = { proposal: Proposal } | { withdrawal: Withdrawal };

/** Each about something else; in the order of what holds. */
function lastWords(said: readonly Said[]): Said[] {
  const last = new Map(said.map((each) => [aboutOf(each), each]));
  const withdrawn = new Set(
    [...last.values()].flatMap((each) => ('withdrawal' in each ? [each.withdrawal.questionId] : [])),
  );
  return [...last.values()].filter((each) => !('proposal' in each && withdrawn.has(each.proposal.questionId ?? '')));
}

function aboutOf(said: Said): string {
  if ('withdrawal' in said) return `question ${said.withdrawal.questionId}`;
  const { id, assumption, questionId } = said.proposal;
  if (assumption !== undefined) return `assumption ${assumption}`;
  return questionId === undefined ? `proposal ${id}` : `question ${questionId}`;
}
