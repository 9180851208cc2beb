import type { IssueRuns, PastRun } from '../ledger/runs-record.ts';
import { oneLine, truncate } from '../lib/text.ts';
import type { Gate } from '../publishing/gate.ts';
import { joinSafe, type SafeText, safe } from '../publishing/safe-text.ts';

const most = 20;
const longest = { summary: 1_500, asked: 300, all: 10_000 } as const;
const gap = safe`\n\n`;

type Told = { session: string; by: string; wish: string | undefined; summary: string };

/**
 * What the pushed runs of an issue said, oldest first, after one more of them. A run that is put on record again stays as it was told.
 * @param plain takes secrets out of a text.
 */
export function withPast(
  { past = [], attempts, asked }: Pick<IssueRuns, 'past' | 'attempts' | 'asked'>,
  { session, by, wish, summary }: Told,
  plain: (text: string) => string,
): PastRun[] {
  if (past.some((known) => known.session === session)) return past;
  const cut = (text: string, length: number) => truncate(plain(text), length);
  const order = attempts.find((attempt) => attempt.session === session)?.order;
  const cause = order !== undefined && asked?.order?.id === order ? { cause: asked.order.cause.kind } : {};
  const words = wish === undefined || wish.trim() === '' ? {} : { wish: cut(oneLine(wish), longest.asked) };
  return [...past, { session, by, ...cause, ...words, summary: cut(summary, longest.summary) }].slice(-most);
}

/** The runs before the latest one, oldest first, folded; where they are too long together, the oldest are left out. */
export function renderPast(past: readonly PastRun[], gate: Gate): SafeText | undefined {
  if (past.length === 0) return undefined;
  const runs = past.map((run) => renderRun(run, gate));
  let [first, length] = [runs.length, 0];
  for (const run of runs.toReversed()) {
    length += run.length + gap.length;
    if (length > longest.all - frame) break;
    first -= 1;
  }
  const left = first === 0 ? undefined : safe`The oldest are left out: ${first}.`;
  return joinSafe([opening, left, ...runs.slice(first), closing], gap);
}

const opening = safe`<details><summary>Earlier runs</summary>`;
const closing = safe`</details>`;
const frame = 200;

function renderRun({ session, by, cause, wish, summary }: PastRun, gate: Gate): SafeText {
  const words = wish === undefined ? safe`` : safe`: ${gate.inline(wish)}`;
  const said = gate.block(truncate(summary, longest.summary));
  return safe`${gate.codeSpan(session)}, ${renderCause(cause, gate.inline(by))}${words}\n\n${said}`;
}

function renderCause(cause: PastRun['cause'], by: SafeText): SafeText {
  switch (cause) {
    case 'review':
      return safe`as ${by} asked for changes`;
    case 'checks':
      return safe`as checks failed`;
    case 'chain':
      return safe`in a chain that ${by} asked for`;
    case undefined:
      return safe`asked for by ${by}`;
  }
}
