import type { Gate } from '../publishing/gate.ts';
import { joinSafe, type SafeText, safe } from '../publishing/safe-text.ts';
import type { LateWord } from './late-words.ts';

const words = {
  declined: safe`was declined by`,
  corrected: safe`was put right by`,
  approved: safe`had been declined, and was approved by`,
  reworded: safe`was approved in other words by`,
  answered: safe`was answered by`,
} as const satisfies Record<LateWord['what'], SafeText>;

const most = 20;

/** For a pull request and its issue: what people said after it was made, and how it is taken up. */
export function renderLate(late: readonly LateWord[], pullRequest: number, gate: Gate): SafeText {
  const said = late
    .slice(0, most)
    .map(({ ref, what, by }) => safe`${gate.codeSpan(ref)} ${words[what]} ${gate.inline(by)}`);
  const more = late.length > most ? safe` and ${late.length - most} more` : safe``;
  const since = safe`after the change of #${pullRequest} was made`;
  if (said.length === 1) return safe`${joinSafe(said, safe``)} ${since}: \`/courier run\` takes it up.`;
  const rows = said.map((line) => safe`- ${line}`);
  return safe`What people said ${since} goes against it:\n\n${joinSafe(rows, safe`\n`)}${more}\n\n\`/courier run\` takes it up.`;
}
