import { count, oneLine, truncate } from '../lib/text.ts';
import type { Gate } from '../publishing/gate.ts';
import { joinSafe, type SafeText, safe } from '../publishing/safe-text.ts';
import { type AssumptionRecord, textOf } from './assumption.ts';
import { assumptionsFile, keyOf } from './assumptions-file.ts';
import type { FileOutcome } from './decide-assumptions-file.ts';

export const pullTitle = safe`Assumptions to review`;

export type PullView = {
  /** Those that stand in the file. */
  shown: readonly AssumptionRecord[];
  edited: readonly AssumptionRecord[];
  left: readonly AssumptionRecord[];
  /** The role that it takes. */
  role: string;
  /** Why the file cannot be read as it stands on the branch. */
  unreadable?: string | undefined;
};

const mostRows = 150;
const gap = safe`\n\n`;

/** The text of the pull request: what to do, and how each assumption stands. */
export function renderPull({ shown, edited, left, role, unreadable }: PullView, gate: Gate): SafeText {
  const file = gate.codeSpan(assumptionsFile);
  const editedKeys = new Set(edited.map(keyOf));
  const rows = shown.slice(0, mostRows).map((record) => renderRow(record, editedKeys.has(keyOf(record)), gate));
  const more = shown.length - rows.length;
  const parts = [
    safe`What Courier's agents assumed about this repository, for review in ${file}.`,
    safe`- **Merging approves** what stands in the file then, word for word.
- **Edit the file** on this branch to put a text right. \`state: declined\`, or an entry that is taken out, declines. Both count when it is merged.
- **A review that approves** counts at once, for the texts of its commit. Requesting changes approves nothing.
- **One by one:** \`/courier approve A1 A2\`, \`/courier decline A3 reason\` or \`/courier correct A4: text\` in a comment.
- Closed without merging, nothing is approved.`,
    safe`All of it takes the role ${gate.inline(role)}.`,
    unreadable === undefined
      ? undefined
      : safe`**The file cannot be read as it stands on this branch**, and merged like this it would approve nothing:\n\n${gate.code(unreadable)}`,
    rows.length === 0 ? undefined : joinSafe([tableHead, ...rows], safe`\n`),
    more > 0 ? safe`And ${more} more in the file.` : undefined,
    left.length === 0
      ? undefined
      : safe`**Left out:** ${gate.inline(count(left.length, 'older assumption'))}, for which the file has no room.`,
  ];
  return gate.body(joinSafe(parts, gap));
}

const tableHead = safe`| | session | now | assumption |\n|---|---|---|---|`;

function renderRow(record: AssumptionRecord, isEdited: boolean, gate: Gate): SafeText {
  const { id, session, state } = record;
  const now = isEdited ? safe`${gate.cell(state)}, edited here` : gate.cell(state);
  const text = gate.cell(truncate(oneLine(textOf(record)), 200));
  return safe`| ${gate.cell(id)} | ${gate.cell(session)} | ${now} | ${text} |`;
}

/** What became of a pull request that was merged. */
export function renderMerged(outcomes: readonly FileOutcome[], { by }: { by: string }, gate: Gate): SafeText {
  const idsOf = (did: FileOutcome['did']) => outcomes.filter((outcome) => outcome.did === did).map(({ id }) => id);
  const lines = (['approved', 'corrected', 'declined'] as const).flatMap((did) => {
    const ids = idsOf(did);
    return ids.length === 0 ? [] : [safe`- ${gate.inline(did)}: ${gate.inline(truncate(ids.join(', '), 2000))}`];
  });
  const nothing = outcomes.flatMap((outcome) => (outcome.did === 'nothing' ? [outcome] : []));
  const kept = nothing.slice(0, 50).map(({ session, why }) => safe`- ${gate.inline(why)} (${gate.inline(session)})`);
  const say = lines.length === 0 ? safe`There was nothing left to approve.` : joinSafe(lines, safe`\n`);
  return joinSafe(
    [
      safe`Merged by ${gate.inline(by)}, and so on record:`,
      say,
      kept.length === 0 ? undefined : joinSafe([safe`Not changed by it:\n`, ...kept], safe`\n`),
    ],
    gap,
  );
}
