import { z } from 'zod';
import { oneLine, truncate } from '../lib/text.ts';
import type { Gate } from '../publishing/gate.ts';
import { joinSafe, type SafeText, safe } from '../publishing/safe-text.ts';

/** Something that was settled and that a finding hangs on: an assumption that people decided on, a question that they answered, or one that the repository answers. */
export const SettledPoint = z.object({
  /** `A1`, `Q1`, of that session. */
  id: z.string(),
  session: z.string(),
  /** The session's issue, where there is one. */
  issue: z.number().optional(),
  state: z.enum(['approved', 'corrected', 'declined', 'answered', 'withdrawn']),
  /** What was assumed, or asked. */
  text: z.string(),
  /** The answer, the correction, or why it was declined or withdrawn. */
  words: z.string().optional(),
  by: z.string(),
});
export type SettledPoint = z.infer<typeof SettledPoint>;

const most = 10;
const longest = 600;

const verbs = {
  approved: safe`approved by`,
  corrected: safe`put right by`,
  declined: safe`declined by`,
  answered: safe`answered by`,
  withdrawn: safe`withdrawn by`,
} as const satisfies Record<SettledPoint['state'], SafeText>;

/** The section of an issue that names what its finding hangs on. */
export function renderSettledPoints(points: readonly SettledPoint[], gate: Gate): SafeText | undefined {
  if (points.length === 0) return undefined;
  const items = points.slice(0, most).map((point) => renderPoint(point, gate));
  const more = points.length > most ? safe`- and ${points.length - most} more` : undefined;
  const doubt = points.some(({ state }) => state !== 'approved')
    ? safe`The finding was raised before that was said: look whether it still holds.`
    : undefined;
  return joinSafe([safe`### What it hangs on`, joinSafe([...items, more], safe`\n`), doubt], safe`\n\n`);
}

function renderPoint({ id, issue, session, state, text, words, by }: SettledPoint, gate: Gate): SafeText {
  const where = issue === undefined ? safe`session ${gate.codeSpan(session)}` : safe`#${issue}`;
  const said = words === undefined ? safe`` : safe` → ${cut(words, gate)}`;
  return safe`- **${gate.inline(id)}** (${where}), ${verbs[state]} ${gate.inline(by)}: ${cut(text, gate)}${said}`;
}

function cut(text: string, gate: Gate): SafeText {
  return gate.inline(truncate(oneLine(text), longest));
}

/** What is material of them: who said it is not. */
export function pointsDigest(points: readonly SettledPoint[]): readonly unknown[] {
  return points.map(({ id, session, state, text, words }) => [id, session, state, text, words ?? null]);
}
