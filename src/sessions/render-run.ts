import { truncate } from '../lib/text.ts';
import type { Gate } from '../publishing/gate.ts';
import { joinSafe, type SafeText, safe } from '../publishing/safe-text.ts';
import { type IssueRun, scoresText } from './issue-run.ts';

const longestWhy = 7_500;
const mostSteps = 40;

const words = {
  pushed: safe`the change is on its branch`,
  'no-change': safe`nothing was changed`,
  refused: safe`the change was refused`,
  failed: safe`failed`,
  stopped: safe`stopped`,
  parked: safe`waits for answers`,
} as const satisfies Record<NonNullable<IssueRun['outcome']>, SafeText>;

/** What people may do then. */
const nexts = {
  pushed: undefined,
  'no-change': safe`Does that settle it? Then close the issue. If not, say what to change: \`/courier run\`, followed by your words.`,
  refused: safe`Say what to do otherwise: \`/courier run\`, followed by your words. What was made is in the session's files.`,
  failed: undefined,
  stopped: undefined,
  parked: undefined,
} as const satisfies Record<NonNullable<IssueRun['outcome']>, SafeText | undefined>;

/** What came of a run, for the comment that asked for it: the outcome, why, and how its steps went. */
export function renderRun(run: IssueRun, name: SafeText, gate: Gate): SafeText {
  const { outcome = 'failed', pullRequest, why } = run;
  const pull = pullRequest ? safe`, pull request #${pullRequest.number}` : safe``;
  const what = outcome === 'pushed' ? renderPushed(run, gate) : words[outcome];
  const head = safe`${name}: ${what}${pull}.`;
  const reason = why === undefined ? undefined : gate.block(truncate(why, longestWhy));
  return joinSafe([head, reason, nexts[outcome], renderSteps(run, gate), renderScores(run, gate)], safe`\n\n`);
}

/** Where the change is, in half a sentence. */
export function renderPushed(
  { branch, commit, held }: Pick<IssueRun, 'branch' | 'commit' | 'held'>,
  gate: Gate,
): SafeText {
  const at = commit === undefined ? safe`` : safe` at ${gate.inline(commit.slice(0, 7))}`;
  return held
    ? safe`the change is made${at}, and comes to ${gate.codeSpan(branch)} next`
    : safe`${words.pushed} ${gate.codeSpan(branch)}${at}`;
}

const ends = {
  done: safe`done`,
  failed: safe`failed, went back`,
  'sent-back': safe`sent back`,
  broken: safe`broke off`,
  open: safe`was under way`,
} as const satisfies Record<IssueRun['steps'][number]['end'], SafeText>;

function renderSteps({ steps, blueprint }: IssueRun, gate: Gate): SafeText | undefined {
  if (steps.length === 0) return undefined;
  const lines = steps.slice(-mostSteps).map(({ name, end }) => safe`${gate.codeSpan(truncate(name, 80))} ${ends[end]}`);
  return safe`<sub>Blueprint ${gate.inline(blueprint)}: ${joinSafe(lines, safe` · `)}</sub>`;
}

function renderScores({ scores }: IssueRun, gate: Gate): SafeText | undefined {
  const text = scoresText(scores);
  return text === undefined ? undefined : safe`<sub>Evaluated: ${gate.inline(text)}</sub>`;
}
