import { oneLine, truncate } from '../lib/text.ts';
import type { Gate } from '../publishing/gate.ts';
import { joinSafe, type SafeText, safe } from '../publishing/safe-text.ts';
import { tellAside } from './plan-questions.ts';
import type { Question } from './question.ts';

const most = 20;

/** What else the session asked, and why nobody is asked it; `undefined` where there is nothing of the kind. */
export function renderAside(aside: readonly Question[], gate: Gate): SafeText | undefined {
  if (aside.length === 0) return undefined;
  const lines = aside.slice(0, most).map((question) => {
    const text = gate.inline(truncate(oneLine(question.question), 160));
    return safe`- ${gate.inline(question.id)} ${text}: ${gate.inline(tellAside(question) ?? '')}.`;
  });
  const more = aside.length > most ? [safe`- and ${aside.length - most} more`] : [];
  return joinSafe(
    [safe`<details><summary>Not asked: ${aside.length}</summary>\n`, ...lines, ...more, safe`\n</details>`],
    safe`\n`,
  );
}
