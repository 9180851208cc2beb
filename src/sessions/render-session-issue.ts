import type { Finding } from '../findings/finding.ts';
import { renderManagedBlock } from '../findings/issue-markers.ts';
import { count, oneLine, truncate } from '../lib/text.ts';
import type { Gate } from '../publishing/gate.ts';
import { joinSafe, type SafeText, safe } from '../publishing/safe-text.ts';
import type { Session } from './session.ts';

const mostFindings = 20;

/** The issue on which a session asks people; the questions are in a comment below. `findings`: those of the session that may be told. */
export function renderSessionIssue(
  { id, displayName, kind, startedAt, run, questions, issueRun }: Session,
  findings: readonly Finding[],
  gate: Gate,
): { title: SafeText; body: SafeText } {
  const name = gate.inline(truncate(oneLine(displayName), 120));
  const filed = findings.flatMap(({ issue }) => (issue ? [safe`#${issue.number}`] : []));
  const more = filed.length - mostFindings;
  const session = run === undefined ? safe`Session` : gate.link(safe`Session`, run);
  const something = questions.length === 1 ? safe`something` : safe`some things`;
  const what =
    questions.length === 0
      ? safe`assumed some things on which people are to decide: they are in the comment of Courier below.`
      : safe`could not tell ${something} from the repository. The questions are in the comment of Courier below; who may triage here can answer them.`;
  const text = joinSafe(
    [
      safe`${session} \`${gate.inline(id)}\` (${gate.inline(kind)}, ${name}, begun ${gate.inline(startedAt)}) ${what}`,
      issueRun && safe`It works on #${issueRun.issue}, where \`/courier answer\` is heard, too.`,
      filed.length === 0
        ? undefined
        : safe`Its findings: ${joinSafe(filed.slice(0, mostFindings), safe`, `)}${more > 0 ? safe` and ${gate.inline(count(more, 'more', 'more'))}` : safe``}.`,
      safe`Courier closes this issue when the session has ended and nothing is open. Closed by a person it stays closed, and what is open stays an assumption.`,
    ],
    safe`\n\n`,
  );
  return {
    title: gate.title(`Questions of Courier: ${truncate(oneLine(displayName), 160)}`),
    body: renderManagedBlock(`session ${id}`, text, gate),
  };
}
