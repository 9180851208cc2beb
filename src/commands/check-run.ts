import type { CheckEntry, CommandOutcome, InboxRecord } from '../ledger/inbox-record.ts';
import type { Gate } from '../publishing/gate.ts';
import { joinSafe, type SafeText, safe } from '../publishing/safe-text.ts';
import type { CommandAt } from './command-ends.ts';
import type { Verb } from './verbs.ts';

/** Buttons of a check run. GitHub takes three at most, and 20 characters of a label, 40 of a description, 20 of an identifier. */
const buttons = {
  rerun: { identifier: 'rerun', label: 'Re-run', description: 'Do it again, on the same request' },
  stop: { identifier: 'stop', label: 'Stop', description: 'End it now; what it had is kept' },
  approve: { identifier: 'approve', label: 'Approve', description: 'Approve all assumptions of the request' },
} as const;
export type Button = keyof typeof buttons;

export function isButton(identifier: string): identifier is Button {
  return Object.hasOwn(buttons, identifier);
}

/** The verb whose permission a button asks for; what is repeated asks for that of the command itself. */
export const verbOf = { stop: 'stop', approve: 'approve' } as const satisfies Record<Exclude<Button, 'rerun'>, Verb>;

const stateWords = {
  in_progress: 'at work',
  success: 'done',
  failure: 'failed',
  cancelled: 'cancelled',
  timed_out: 'timed out',
} as const;

export type CheckState = keyof typeof stateWords;

export type CheckContent = {
  state: CheckState;
  title: SafeText;
  summary: SafeText;
  buttons: readonly { identifier: string; label: string; description: string }[];
};

/** By what a check run is found again whose making was answered to nobody. */
export function externalIdOf({ issue }: { issue: number }, { comment, index, run, attempt }: CheckEntry): string {
  return `courier:${issue}:${comment}:${index}:${run}:${attempt}`;
}

/** What a check run shows. `note`: what came of a button, as a sentence. */
export function renderCheck(
  { state, verb, run, say, note }: CheckShown,
  { gate, offered }: { gate: Gate; offered: ReadonlySet<Verb> },
): CheckContent {
  const isOver = state !== 'in_progress';
  const wanted: readonly Button[] = isOver ? ['rerun', 'approve'] : ['stop'];
  const shown = wanted.filter((button) => button !== 'approve' || offered.has('approve'));
  const link = safe`${gate.link(safe`The workflow's run`, run)}.`;
  return {
    state,
    title: safe`${gate.codeSpan(`/courier ${verb}`)}: ${gate.inline(stateWords[state])}`,
    summary: gate.body(joinSafe([say, note, link], safe`\n\n`)),
    buttons: shown.map((button) => buttons[button]),
  };
}

export type CheckShown = {
  state: CheckState;
  verb: string;
  /** Address of the run. */
  run: string;
  say?: SafeText | undefined;
  note?: SafeText | undefined;
};

/** How a check run ends: as the command did; where the run says more, as that. */
export function toConclusion(outcome: CommandOutcome | undefined, run: string | undefined): CheckState {
  if (outcome === 'done') return 'success';
  if (run === 'cancelled' || run === 'timed_out') return run;
  return 'failure';
}

type CheckKey = Pick<CheckEntry, 'comment' | 'index' | 'run' | 'attempt'>;

const isSame = (one: CheckKey, other: CheckKey) =>
  one.comment === other.comment && one.index === other.index && one.run === other.run && one.attempt === other.attempt;

export function findCheck({ checks }: InboxRecord, key: CheckKey): CheckEntry | undefined {
  return checks.find((each) => isSame(each, key));
}

const mostChecks = 100;

/** Keeps an entry, in the place of the one of the same attempt. */
export function keepCheck(inbox: InboxRecord, entry: CheckEntry): InboxRecord {
  const others = inbox.checks.filter((each) => !isSame(each, entry));
  return { ...inbox, checks: [...others, entry].slice(-mostChecks) };
}

/** Of each issue the newest check run on a commit, which is the one that GitHub shows; by their ids. */
export function newestChecksOn(commit: string, inboxes: readonly InboxRecord[]): number[] {
  return inboxes.flatMap(({ checks }) => {
    const own = checks.filter((each) => each.commit === commit && each.check !== undefined);
    return own.toSorted((a, b) => a.at.localeCompare(b.at)).at(-1)?.check ?? [];
  });
}

/** The check run of an id, with its issue. */
export function findCheckById(
  inboxes: readonly InboxRecord[],
  check: number,
): (CommandAt & { entry: CheckEntry }) | undefined {
  for (const inbox of inboxes) {
    const entry = inbox.checks.find((each) => each.check === check);
    if (entry) return { issue: inbox.issue, comment: entry.comment, index: entry.index, entry };
  }
  return undefined;
}
