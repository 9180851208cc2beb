import { count } from '../lib/text.ts';
import type { Gate } from '../publishing/gate.ts';
import { joinSafe, type SafeText, safe } from '../publishing/safe-text.ts';
import type { ChangeKind, HoldReason, IssueChange, IssuePlan } from './issue-plan.ts';
import { writesOf } from './issue-plan.ts';

const verbs = {
  create: 'Create',
  adopt: 'Remember',
  update: 'Update',
  close: 'Close',
  reopen: 'Reopen',
  hold: 'Hold back',
  none: 'Leave alone',
} as const satisfies Record<ChangeKind, string>;

const holds = {
  sensitive: 'security findings are not told on a public repository',
  'below-min-priority': 'below the lowest priority that gets an issue',
  unverified: 'not verified',
  review: 'waits until somebody files it (review.gate)',
  'max-new': 'more new findings than one session may file',
} as const satisfies Record<HoldReason, string>;

/** The plan as Markdown: one line per operation on GitHub, one per reason for holding back, and how many findings need nothing. */
export function renderPlan(plan: IssuePlan, gate: Gate): SafeText {
  const writes = plan.changes.filter((change) => change.kind !== 'hold' && change.kind !== 'none');
  const quiet = plan.changes.filter((change) => change.kind === 'none');
  const total = gate.inline(count(writesOf(plan).length, 'operation'));
  const lines = [
    ...writes.map((change) => renderChange(change, gate)),
    ...renderHolds(plan, gate),
    quiet.length > 0 ? safe`- ${gate.inline(verbs.none)} ${gate.inline(count(quiet.length, 'finding'))}` : undefined,
  ];
  return joinSafe([safe`**Plan:** ${total}`, joinSafe(lines, safe`\n`)], safe`\n\n`);
}

function renderChange(change: IssueChange, gate: Gate): SafeText {
  const number = 'number' in change && change.number !== undefined ? safe` issue ${change.number}` : safe` an issue`;
  return safe`- ${gate.inline(verbs[change.kind])}${number}: ${gate.inline(change.title)} (${gate.codeSpan(change.finding)})`;
}

function renderHolds({ changes }: IssuePlan, gate: Gate): SafeText[] {
  const held = changes.filter((change) => change.kind === 'hold');
  const byReason = Map.groupBy(held, ({ reason }) => reason);
  return [...byReason].map(
    ([reason, list]) =>
      safe`- ${gate.inline(verbs.hold)} ${gate.inline(count(list.length, 'finding'))}: ${gate.inline(holds[reason])}`,
  );
}

/** The plan for machines (`plan.json`): the operations with all that they would write, and what is held back and why. */
export function toPlanJson(plan: IssuePlan): string {
  return `${JSON.stringify({ version: 1, changes: plan.changes }, undefined, 2)}\n`;
}
