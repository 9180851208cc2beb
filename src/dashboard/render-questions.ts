import type { SessionLine } from '../ledger/dashboard-record.ts';
import { count } from '../lib/text.ts';
import type { Gate } from '../publishing/gate.ts';
import { joinSafe, type SafeText, safe } from '../publishing/safe-text.ts';

/** What the last session of each scan asked; on a public repository only how much. Nothing where nobody waits. */
export function renderQuestions(
  asking: readonly SessionLine[],
  { gate, size }: { gate: Gate; size: number },
): SafeText | undefined {
  if (asking.length === 0) return undefined;
  return joinSafe(
    [safe`### Questions`, ...asking.slice(0, Math.max(1, size)).map((line) => renderSession(line, { gate, size }))],
    safe`\n\n`,
  );
}

function renderSession({ id, name, questions, asked }: SessionLine, { gate, size }: { gate: Gate; size: number }) {
  const items = questions
    .slice(0, size)
    .map(
      ({ id: number, text, blocking }) =>
        safe`- **${gate.inline(number)}** ${gate.inline(text)}${blocking ? safe` _(the work waits for it)_` : safe``}`,
    );
  const head = safe`${gate.inline(name)} (session ${gate.codeSpan(id)}) left ${gate.inline(count(asked, 'question'))} unanswered${items.length > 0 ? safe`:` : safe`.`}`;
  const left = items.length > 0 ? asked - items.length : 0;
  const more = left > 0 ? safe`And ${left} more.` : undefined;
  return joinSafe([head, joinSafe(items, safe`\n`), more], safe`\n\n`);
}
