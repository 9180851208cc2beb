import { truncate } from '../lib/text.ts';
import type { Gate } from '../publishing/gate.ts';
import { joinSafe, type SafeText, safe } from '../publishing/safe-text.ts';
import type { Evidence, Finding, Reproduce } from './finding.ts';
import { issueDigest } from './issue-digest.ts';
import { renderManagedBlock } from './issue-markers.ts';
import { baseLabel, labelsOf } from './labels.ts';
import { type Hosted, languageOf, permalink, placeText } from './permalink.ts';
import { renderFooter } from './render-footer.ts';
import { renderPrompt } from './render-prompt.ts';
import { renderSettledPoints, type SettledPoint } from './settled-points.ts';
import { type ShownEvidence, shownEvidence } from './shown-evidence.ts';

/** What an issue is written with: the gate, where the repository is shown, and the labels that every issue gets (default: `courier`). */
export type IssueContext = Omit<Hosted, 'commit'> & {
  gate: Gate;
  /** The scanned commit, 40 hex digits. */
  commit: string | undefined;
  labels?: readonly string[];
  /** The issue of another finding, where it has one that may be told here. */
  issueOf?: (finding: string) => number | undefined;
  /** What a finding hangs on and people settled. */
  settledOf?: (finding: string) => readonly SettledPoint[];
  /** What a person can do about it; default: the words for an issue. */
  advice?: SafeText;
};

/** `body` is the managed block with its markers; `digest` covers what is material in it. */
export type RenderedIssue = {
  title: SafeText;
  body: SafeText;
  labels: readonly SafeText[];
  digest: string;
  evidence: ShownEvidence;
};

// One section may not crowd out the others: GitHub takes 65,536 characters in all.
const longest = { description: 12_000, text: 4_000, quote: 6_000, quoteLines: 80, step: 1_000 } as const;
const most = { evidence: 8, steps: 20 } as const;
const gap = safe`\n\n`;

/** The issue of a finding: what, where, evidence, how to reproduce, what was expected, next steps, a prompt and where it stands. */
export function renderIssue(finding: Finding, context: IssueContext): RenderedIssue {
  const { gate } = context;
  const hosted = hostedAt(finding, context);
  const content = joinSafe(
    [
      gate.block(cut(finding.description, longest.description)),
      renderPlace(finding, { gate, hosted }),
      renderEvidence(finding.evidence, { gate, hosted }),
      finding.reproduce && renderReproduce(finding.reproduce, gate),
      renderDifference(finding, gate),
      renderSteps(finding.nextSteps, gate),
      renderSettledPoints(context.settledOf?.(finding.id) ?? [], gate),
      renderPrompt(finding, gate),
      renderPossiblySame(finding, context),
      renderFooter(finding, { gate, hosted, advice: context.advice }),
    ],
    gap,
  );
  return {
    title: gate.title(finding.title),
    body: gate.body(renderManagedBlock(finding.id, content, gate)),
    labels: toLabels([...(context.labels ?? [baseLabel]), ...labelsOf(finding)], gate),
    digest: issueDigest(finding, context.settledOf?.(finding.id)),
    evidence: shownEvidence(finding),
  };
}

/** The commit at which the finding was last seen, as its lines are those of that commit. */
export function hostedAt(finding: Finding, { serverUrl, repository, commit }: IssueContext): Hosted {
  return { serverUrl, repository, commit: finding.lastSeen.commit ?? commit };
}

/** Each name once, without case, as GitHub compares them. */
function toLabels(names: readonly string[], gate: Gate): readonly SafeText[] {
  const byKey = new Map<string, SafeText>();
  for (const name of names) {
    const label = gate.label(name);
    if (label !== '' && !byKey.has(label.toLowerCase())) byKey.set(label.toLowerCase(), label);
  }
  return [...byKey.values()];
}

type Writing = { gate: Gate; hosted: Hosted };

function renderPlace({ location }: Finding, writing: Writing): SafeText | undefined {
  if (!location) return undefined;
  const symbol = location.symbol ? safe` in ${writing.gate.codeSpan(location.symbol)}` : undefined;
  return joinSafe([safe`**Where:** ${renderLink(location, writing)}`, symbol], safe``);
}

function renderLink(
  place: { path: string; startLine?: number | undefined; endLine?: number | undefined },
  { gate, hosted }: Writing,
) {
  const text = gate.codeSpan(placeText(place));
  const address = permalink(place, hosted);
  return address === undefined ? text : gate.link(text, address);
}

function renderEvidence(evidence: readonly Evidence[], writing: Writing): SafeText | undefined {
  if (evidence.length === 0) return undefined;
  const shown = evidence.slice(0, most.evidence).map((each) => renderQuote(each, writing));
  const rest = evidence.slice(most.evidence, 10 * most.evidence).map((each) => safe`- ${renderLink(each, writing)}`);
  const more = evidence.length - most.evidence;
  const list = rest.length > 0 ? safe`And in ${more} more:\n\n${joinSafe(rest, safe`\n`)}` : undefined;
  return joinSafe([safe`### Evidence`, ...shown, list], gap);
}

function renderQuote(evidence: Evidence, writing: Writing): SafeText {
  const { text, left } = cutLines(evidence.quote);
  const code = writing.gate.code(text, languageOf(evidence.path));
  const note = left > 0 ? safe`_${left} more lines are not shown._` : undefined;
  return joinSafe([renderLink(evidence, writing), code, note], gap);
}

function renderReproduce({ command, present, remark }: Reproduce, gate: Gate): SafeText {
  const code = gate.code(cut(command, longest.text), 'sh');
  const seen = remark === undefined ? safe`` : safe` ${gate.inline(cut(remark, 500))}`;
  const presence = safe`The problem is there while ${renderPresence(present, gate)}.${seen}`;
  return joinSafe([safe`### Reproduce`, code, presence], gap);
}

function renderPresence(present: Reproduce['present'], gate: Gate): SafeText {
  const parts = [
    present?.exitCode === undefined ? undefined : safe`the command ends with exit code ${present.exitCode}`,
    present?.match === undefined ? undefined : safe`its output matches ${gate.codeSpan(cut(present.match, 500))}`,
  ].filter((part) => part !== undefined);
  return parts.length === 0 ? safe`the command fails` : joinSafe(parts, safe` and `);
}

function renderDifference({ expected, actual }: Finding, gate: Gate): SafeText | undefined {
  if (!expected && !actual) return undefined;
  return joinSafe(
    [
      safe`### Expected and actual`,
      expected ? safe`**Expected:** ${gate.inline(cut(expected, longest.text))}` : undefined,
      actual ? safe`**Actual:** ${gate.inline(cut(actual, longest.text))}` : undefined,
    ],
    gap,
  );
}

function renderSteps(steps: readonly string[], gate: Gate): SafeText | undefined {
  const shown = steps.filter((step) => step.trim() !== '').slice(0, most.steps);
  if (shown.length === 0) return undefined;
  const items = shown.map((step, index) => safe`${index + 1}. ${gate.inline(cut(step, longest.step))}`);
  return joinSafe([safe`### Next steps`, joinSafe(items, safe`\n`)], gap);
}

/** Not part of the digest: it is told with the first text and with whatever changes it later. */
function renderPossiblySame({ possiblySame }: Finding, { issueOf }: IssueContext): SafeText | undefined {
  const numbers = possiblySame.map((id) => issueOf?.(id)).filter((number) => number !== undefined);
  if (numbers.length === 0) return undefined;
  const links = joinSafe(
    numbers.map((number) => safe`#${number}`),
    safe`, `,
  );
  return safe`Possibly the same as ${links}: place and words alone could not tell.`;
}

function cut(text: string, limit: number): string {
  return truncate(text.trim(), limit, '… (cut)');
}

/** As many whole lines as may be shown, and how many are left out. */
function cutLines(quote: string): { text: string; left: number } {
  const lines = quote.replace(/\s+$/, '').split('\n');
  const shown: string[] = [];
  let length = 0;
  for (const line of lines.slice(0, longest.quoteLines)) {
    length += line.length + 1;
    if (length > longest.quote && shown.length > 0) break;
    shown.push(truncate(line, longest.quote, '… (cut)'));
  }
  return { text: shown.join('\n'), left: lines.length - shown.length };
}
