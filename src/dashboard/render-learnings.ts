import { renderLearningBox, wrapLearnings } from '../events/learning-boxes.ts';
import { count, truncate } from '../lib/text.ts';
import type { Learning, Learnings, Rule } from '../memory/learning.ts';
import { type Effect, type Precision, type Rated, ratioOf, type Tally } from '../memory/precision.ts';
import { rulesOf } from '../memory/rules.ts';
import type { Gate } from '../publishing/gate.ts';
import { joinSafe, type SafeText, safe } from '../publishing/safe-text.ts';

const gap = safe`\n\n`;
const line = safe`\n`;
const longest = { text: 600, why: 300, rule: 300, name: 80 } as const;
const shown = { rows: 5 } as const;

/** What was learned, each with boxes that are bound to its words, and the rules that people gave; nothing where there is neither. */
export function renderLearnings(
  learned: Learnings,
  { gate, size }: { gate: Gate; size: number },
): SafeText | undefined {
  const content = learningsContent(learned, { gate, size });
  return content === undefined ? undefined : wrapLearnings(content);
}

/** The same without its markers. */
export function learningsContent(
  learned: Learnings,
  { gate, size }: { gate: Gate; size: number },
): SafeText | undefined {
  const rules = rulesOf(learned);
  const proposed = learned.learnings.filter(({ state }) => state === 'proposed');
  const approved = learned.learnings.filter(({ state }) => state === 'approved');
  if (rules.length + proposed.length + approved.length === 0) return undefined;
  const most = Math.max(3, size);
  const left = [proposed, approved, rules].reduce((sum, list) => sum + Math.max(0, list.length - most), 0);
  return joinSafe(
    [
      safe`### Learnings and rules`,
      safe`What people did to findings comes to learnings, which act once somebody with write approves them. They guide agents; they hide nothing that checks find and change no severity. \`/courier correct L1: …\` gives one your words.`,
      ...proposed.slice(0, most).map((learning) => renderProposed(learning, gate)),
      ...approved.slice(0, most).map((learning) => renderApproved(learning, gate)),
      rules.length === 0
        ? undefined
        : joinSafe(
            rules.slice(0, most).map((rule) => renderRule(rule, gate)),
            line,
          ),
      left > 0 ? safe`And ${left} more, kept in the ledger.` : undefined,
      safe`A ticked box takes effect where the app is installed or the workflow runs on edited issues; \`/courier approve L1\` and \`/courier decline L1\` do the same.`,
    ],
    gap,
  );
}

function renderProposed({ id, text, why }: Learning, gate: Gate): SafeText {
  const head = safe`**${gate.inline(id)}**, proposed: ${gate.inline(truncate(text, longest.text))} _${gate.inline(truncate(why, longest.why))}_`;
  const boxes = [
    renderLearningBox({ id, text, act: 'approve' }, { label: safe`Approve ${gate.inline(id)}`, gate }),
    renderLearningBox({ id, text, act: 'delete' }, { label: safe`Decline ${gate.inline(id)}`, gate }),
  ];
  return joinSafe([head, joinSafe(boxes, line)], gap);
}

function renderApproved({ id, text, history }: Learning, gate: Gate): SafeText {
  const by = history.findLast(({ what }) => what === 'approved' || what === 'corrected')?.by;
  const who = by === undefined ? safe`` : safe` by ${gate.inline(by)}`;
  const head = safe`**${gate.inline(id)}**, approved${who}: ${gate.inline(truncate(text, longest.text))}`;
  const label = safe`Delete ${gate.inline(id)}`;
  return joinSafe([head, renderLearningBox({ id, text, act: 'delete' }, { label, gate })], gap);
}

function renderRule({ id, paths, text, by }: Rule, gate: Gate): SafeText {
  const where = gate.codeSpan(truncate(paths.join(', '), longest.name));
  const label = safe`Delete the rule **${gate.inline(id)}** of ${gate.inline(by)} for ${where}: ${gate.inline(truncate(text, longest.rule))}`;
  return renderLearningBox({ id, text, act: 'delete' }, { label, gate });
}

/** How well it went as people judged it; nothing while nobody did. */
export function renderPrecision(
  { all, byAgent, byCategory, byScan, learnings }: Precision,
  { gate }: { gate: Gate },
): SafeText | undefined {
  if (ratioOf(all) === undefined) return undefined;
  const rows = [
    ...rowsOf('agent', byAgent, gate),
    ...rowsOf('category', byCategory, gate),
    ...rowsOf('scan or check', byScan, gate),
  ];
  const table = [safe`| | | Right | Wrong | Not judged | Precision |`, safe`|---|---|---|---|---|---|`, ...rows];
  const effects = learnings.slice(0, shown.rows).map((effect) => renderEffect(effect, gate));
  return joinSafe(
    [
      safe`### As people judged it`,
      safe`Right: done by people or a merge, 👍, \`rate up\`. Wrong: 👎, \`rate down\`, ignored as none.`,
      joinSafe(table, line),
      effects.length === 0 ? undefined : joinSafe(effects, line),
    ],
    gap,
  );
}

function rowsOf(kind: string, rated: readonly Rated[], gate: Gate): SafeText[] {
  return rated
    .filter(({ tally }) => ratioOf(tally) !== undefined)
    .slice(0, shown.rows)
    .map(
      ({ name, tally }) =>
        safe`| ${gate.cell(kind)} | ${gate.cell(truncate(name, longest.name))} | ${tally.confirmed} | ${tally.wrong} | ${tally.unjudged} | ${gate.cell(ratioText(tally))} |`,
    );
}

function renderEffect({ learning, before, after }: Effect, gate: Gate): SafeText {
  return safe`- ${gate.inline(learning)}: before it ${gate.inline(tallyText(before))}; since then ${gate.inline(tallyText(after))}.`;
}

function tallyText(tally: Tally): string {
  const { confirmed, wrong, unjudged } = tally;
  return `${count(confirmed + wrong + unjudged, 'finding')}, ${confirmed} right, ${wrong} wrong (${ratioText(tally)})`;
}

/** Counts stand beside it: of few, it says little. */
function ratioText(tally: Tally): string {
  const ratio = ratioOf(tally);
  return ratio === undefined ? 'nobody judged' : `${Math.round(ratio * 100)} % of ${tally.confirmed + tally.wrong}`;
}
