import type { PastRun } from '../ledger/runs-record.ts';
import { oneLine, truncate } from '../lib/text.ts';
import type { Gate } from '../publishing/gate.ts';
import { amongShown, joinSafe, type SafeText, safe } from '../publishing/safe-text.ts';
import { costText } from '../reports/measures.ts';
import { renderPast } from './past-runs.ts';
import { type BaseNews, renderBase } from './render-base.ts';

/** One thing that was tried to see whether the work is right. */
export type Verification = {
  name: string;
  ok: boolean;
  /** What that means, as the rest of a sentence about it. */
  verdict?: string;
  /** How it ended without the change, and with it: the last lines of its output. */
  before?: string;
  after: string;
};

/** What a pull request of a run says. Its texts are agents', people's and programs': untrusted. */
export type RunReport = {
  issue: number;
  session: string;
  /** What was done and why, in the agent's words. */
  summary: string;
  leftOut: readonly string[];
  verified: readonly Verification[];
  assumptions: readonly { id: string; text: string }[];
  /** What people had settled before, and its agents were told of. */
  settled?: readonly { id: string; text: string }[];
  judge?: string;
  /** What an evaluator gave, in words. */
  scores?: string;
  blueprint: string;
  model: string;
  costUsd: number | undefined;
  /** The runs before it that pushed, oldest first. */
  past?: readonly PastRun[];
  /** What became of what is new in the base; absent: nothing is. */
  base?: BaseNews | undefined;
};

const most = { verified: 12, assumptions: 20, leftOut: 20 } as const;
const longest = { summary: 8_000, output: 1_500, line: 600 } as const;
const gap = safe`\n\n`;

/** The parts of the description: what and why, how it was verified, what was assumed, what was left out, and where it comes from. */
export function renderPullRequest(
  report: RunReport,
  gate: Gate,
): { lead: SafeText /** What stands under a lead that is there already. */; next: SafeText; rest: SafeText } {
  const summary = gate.block(truncate(report.summary, longest.summary));
  const lead = joinSafe([safe`Fixes #${report.issue}`, summary], gap);
  const next = joinSafe([safe`### What the latest run changed`, summary], gap);
  const rest = joinSafe(
    [
      renderPast(report.past ?? [], gate),
      renderVerified(report.verified, gate),
      report.base && renderBase(report.base, gate),
      renderAssumed(report.assumptions, gate),
      renderSettled(report.settled ?? [], gate),
      renderLeft(report.leftOut, gate),
      renderJudge(report, gate),
      renderScores(report, gate),
      renderOrigin(report, gate),
    ],
    gap,
  );
  return { lead, next, rest };
}

function renderVerified(verified: readonly Verification[], gate: Gate): SafeText {
  if (verified.length === 0)
    return safe`### How it was verified\n\nNothing was run: the blueprint has no gate that applies here.`;
  const rows = verified.slice(0, most.verified).map(({ name, ok, verdict, before, after }) => {
    const now = gate.code(tail(after));
    const told =
      before === undefined
        ? [now]
        : [safe`Without the change:\n\n${gate.code(tail(before))}`, safe`With it:\n\n${now}`];
    const mark = gate.inline(verdict ?? (ok ? 'passes' : 'fails'));
    // Not in the summary: what stands in a line of HTML is no Markdown, and a name in backticks would be a mention there.
    const output = safe`<details><summary>Output</summary>\n\n${joinSafe(told, gap)}\n\n</details>`;
    return safe`${nameOf(name, gate)}: ${mark}.\n\n${output}`;
  });
  return joinSafe([safe`### How it was verified`, ...rows], gap);
}

function nameOf(name: string, gate: Gate): SafeText {
  return name === 'checks' ? safe`The configured checks` : gate.codeSpan(truncate(oneLine(name), longest.line));
}

/** What a program says last is what it comes to. */
function tail(output: string): string {
  const text = output.trim();
  if (text === '') return '(no output)';
  return text.length > longest.output ? `…${text.slice(-longest.output)}` : text;
}

function renderAssumed(assumptions: RunReport['assumptions'], gate: Gate): SafeText | undefined {
  if (assumptions.length === 0) return undefined;
  return joinSafe([safe`### What was assumed`, listOf(assumptions, gate)], gap);
}

function renderSettled(settled: RunReport['assumptions'], gate: Gate): SafeText | undefined {
  if (settled.length === 0) return undefined;
  const summary = safe`<details><summary>What people had settled before, and its agents were told of</summary>`;
  return joinSafe([summary, listOf(settled, gate), safe`</details>`], gap);
}

function listOf(assumptions: RunReport['assumptions'], gate: Gate): SafeText {
  const rows = assumptions
    .slice(0, most.assumptions)
    .map(({ id, text }) => safe`- ${gate.inline(id)}: ${gate.inline(truncate(text, longest.line))}`);
  return joinSafe(rows, safe`\n`);
}

function renderLeft(leftOut: readonly string[], gate: Gate): SafeText | undefined {
  if (leftOut.length === 0) return undefined;
  const rows = leftOut.slice(0, most.leftOut).map((text) => safe`- ${gate.inline(truncate(text, longest.line))}`);
  return joinSafe([safe`### What was left out`, joinSafe(rows, safe`\n`)], gap);
}

function renderJudge({ judge }: RunReport, gate: Gate): SafeText | undefined {
  return judge === undefined
    ? undefined
    : safe`### What the judge said\n\n${gate.block(truncate(judge, longest.summary))}`;
}

function renderScores({ scores }: RunReport, gate: Gate): SafeText | undefined {
  return scores === undefined ? undefined : safe`### How it was evaluated\n\n${gate.inline(scores)}`;
}

function renderOrigin({ session, blueprint, model, costUsd }: RunReport, gate: Gate): SafeText {
  const cost = costUsd === undefined ? safe`cost unknown` : gate.inline(costText(costUsd));
  return safe`<sub>Courier, session ${gate.inline(session)} · blueprint ${gate.inline(blueprint)} · ${gate.inline(model)} · ${cost}. Continue it with \`/courier run what to change\`.</sub>`;
}

const describing = /^#{1,6}\s.*\b(?:descri\w*|summary|what|why|changes?|overview|motivation|proposed)\b/i;

/**
 * The description in the repository's own template: the lead stands under its first heading that asks what the change is, everything else of
 * the template stays as it is for its author, and the rest follows. Without a template, one after the other.
 */
export function fillTemplate(
  { lead, rest }: { lead: SafeText; rest: SafeText },
  template: string | undefined,
  gate: Gate,
): SafeText {
  if (template === undefined || template.trim() === '') return gate.body(joinSafe([lead, rest], gap));
  const lines = gate.plain(template).split('\n');
  const at = lines.findIndex((line) => describing.test(line));
  const [before, after] = [lines.slice(0, at + 1), lines.slice(at + 1)];
  const head = before.length === 0 ? '' : `${before.join('\n')}\n\n`;
  const filled = amongShown(head, lead, `\n\n${after.join('\n').trim()}`);
  return gate.body(joinSafe([filled, rest], gap));
}
