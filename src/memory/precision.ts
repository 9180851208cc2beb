import type { Finding } from '../findings/finding.ts';
import { createMatcher } from '../lib/glob.ts';
import { type Judgement, judgementOf } from './judgement.ts';
import type { Learning } from './learning.ts';

/** How many findings people called right and wrong, and of how many they said nothing. */
export type Tally = Record<Judgement, number>;
export type Rated = { name: string; tally: Tally };

/** Before and after a learning was approved: the findings in its scope, by when they were first seen. */
export type Effect = { learning: string; approvedAt: string; before: Tally; after: Tally };

export type Precision = {
  all: Tally;
  byAgent: readonly Rated[];
  byCategory: readonly Rated[];
  byScan: readonly Rated[];
  learnings: readonly Effect[];
};

type Counted = Pick<
  Finding,
  'ratings' | 'ignored' | 'issue' | 'state' | 'raisedBy' | 'origin' | 'category' | 'location' | 'firstSeen'
>;

/** How well agents, scans and categories do as people judged it: who said nothing is counted beside it, and in no ratio. */
export function precisionOf(findings: readonly Counted[], learnings: readonly Learning[] = []): Precision {
  return {
    all: tallyOf(findings),
    byAgent: by(findings, agentOf),
    byCategory: by(findings, ({ category }) => category),
    byScan: by(findings, ({ origin }) => origin.name),
    learnings: learnings.flatMap((learning) => effectOf(learning, findings) ?? []),
  };
}

/** 0 to 1; `undefined` where nobody judged. */
export function ratioOf({ confirmed, wrong }: Tally): number | undefined {
  const judged = confirmed + wrong;
  return judged === 0 ? undefined : confirmed / judged;
}

/** Findings that were raised before it was kept by whom are told apart from those of the agents that are known. */
function agentOf({ origin, raisedBy }: Counted): string {
  if (origin.kind === 'check') return 'checks';
  return raisedBy ? `${raisedBy.tool} ${raisedBy.model}` : 'an agent that was not recorded';
}

function by(findings: readonly Counted[], nameOf: (finding: Counted) => string): Rated[] {
  const groups = [...Map.groupBy(findings, nameOf)].map(([name, group]) => ({ name, tally: tallyOf(group) }));
  const judged = ({ tally }: Rated) => tally.confirmed + tally.wrong;
  return groups.sort((a, b) => judged(b) - judged(a) || (a.name < b.name ? -1 : 1));
}

function tallyOf(findings: readonly Counted[]): Tally {
  const tally: Tally = { confirmed: 0, wrong: 0, unjudged: 0 };
  for (const finding of findings) tally[judgementOf(finding)] += 1;
  return tally;
}

function effectOf({ id, state, scope, history }: Learning, findings: readonly Counted[]): Effect | undefined {
  const approvedAt = history.findLast(({ what }) => what === 'approved' || what === 'corrected')?.at;
  if (state !== 'approved' || approvedAt === undefined) return undefined;
  const isIn = createMatcher(scope.paths);
  const own = findings.filter(
    ({ origin, category, location }) =>
      origin.kind === 'agent' &&
      (scope.categories.length === 0 || scope.categories.includes(category)) &&
      (scope.paths.length === 0 || (location !== undefined && isIn(location.path))),
  );
  const isBefore = ({ firstSeen }: Counted) => Date.parse(firstSeen.at) < Date.parse(approvedAt);
  return {
    ...{ learning: id, approvedAt },
    before: tallyOf(own.filter(isBefore)),
    after: tallyOf(own.filter((finding) => !isBefore(finding))),
  };
}
