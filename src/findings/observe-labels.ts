import type { Finding } from './finding.ts';
import { addToHistory } from './history.ts';
import { labelFor, labelStates, toLabelPriority } from './labels.ts';
import type { Sight } from './look.ts';
import { obeyClosing } from './observe-closing.ts';
import { type Priority, toPriority, toSeverity } from './severity.ts';

const ignoring = labelFor({ state: 'ignored' });
const own = new Set(labelStates.map((state) => labelFor({ state })));

/** Labels that are a person's word to Courier: priorities and `courier: ignored`, in small letters. */
export function meaningfulLabels(labels: readonly string[]): string[] {
  return labels
    .map((label) => label.toLowerCase())
    .filter((label) => label === ignoring || toLabelPriority(label) !== undefined)
    .sort();
}

/** What people said by labels since the last look. Only who may triage can set one, so a label is people's word, whoever set it. */
export function observeLabels(finding: Finding, sight: Sight): Finding {
  return observeOthers(observePriority(observeIgnoring(finding, sight), sight), sight);
}

function labelsBefore({ before, link }: Sight): Set<string> {
  return new Set(before?.labels ?? meaningfulLabels(link.labels));
}

function observeIgnoring(finding: Finding, sight: Sight): Finding {
  const { issue, at, before } = sight;
  const had = labelsBefore(sight).has(ignoring);
  const has = meaningfulLabels(issue.labels).includes(ignoring);
  if (had === has) return finding;
  const { at: when, by } = has ? whoSet(ignoring, sight) : { at, by: undefined };
  if (has) {
    // Silenced already: by a command, which sets the label itself, or with its issue closed as not planned.
    if (finding.ignored) return finding;
    const ignored = { at: when, ...(by === undefined ? {} : { by }), how: 'label' } as const;
    return addToHistory({ ...finding, state: 'ignored', ignored }, { at: when, what: 'ignored', by });
  }
  if (finding.ignored === undefined || isSilencedByClosing(finding)) return finding;
  const { ignored: _, ...rest } = finding;
  const spoken = addToHistory({ ...rest, state: 'open' }, { at, what: 'unignored' });
  return issue.state === 'closed' && before?.closing !== 'app'
    ? obeyClosing(spoken, issue, issue.closedAt ?? at)
    : spoken;
}

function isSilencedByClosing({ ignored }: Finding): boolean {
  return ignored?.how === 'not-planned' || ignored?.how === 'duplicate';
}

/** A priority that is there since the last look and is not Courier's is the priority from now on; the newest of two. */
function observePriority(finding: Finding, sight: Sight): Finding {
  const set = setPriorities(finding, sight);
  const chosen = set.toSorted((a, b) => compareTimes(whoSet(a, sight), whoSet(b, sight))).at(-1);
  const priority = chosen === undefined ? undefined : toLabelPriority(chosen);
  if (chosen === undefined || priority === undefined) return finding;
  const { at, by } = whoSet(chosen, sight);
  return addToHistory(
    { ...finding, severity: toSeverity(priority), prioritySet: { at, ...(by === undefined ? {} : { by }) } },
    { at, what: 'priority', by, detail: priority },
  );
}

/**
 * Courier writes the ledger's priority only, and says so before: that label, or one that it wrote before, is not a person's. Once a person
 * has set one, any other is a person's, too.
 */
function setPriorities(finding: Finding, sight: Sight): string[] {
  const { link, issue } = sight;
  const had = labelsBefore(sight);
  const known: Priority = toPriority(finding.severity);
  const written = new Set(finding.prioritySet ? [] : link.labels.map((label) => label.toLowerCase()));
  return meaningfulLabels(issue.labels).filter((label) => {
    const priority = toLabelPriority(label);
    return priority !== undefined && priority !== known && !had.has(label) && !written.has(label);
  });
}

function whoSet(label: string, { issue, at }: Sight): { at: string; by: string | undefined } {
  const act = issue.labelled?.findLast((each) => each.label.toLowerCase() === label);
  return act ? { at: act.at, by: act.by } : { at, by: undefined };
}

function compareTimes(a: { at: string }, b: { at: string }): number {
  return Date.parse(a.at) - Date.parse(b.at);
}

/** Other labels that people gave or took: for the record only, told once. */
function observeOthers(finding: Finding, { issue, link, at }: Sight): Finding {
  const plain = (labels: readonly string[]) =>
    new Set(
      labels
        .map((label) => label.toLowerCase())
        .filter((label) => !own.has(label) && toLabelPriority(label) === undefined),
    );
  const [written, current] = [plain(link.labels), plain(issue.labels)];
  const given = [...current.difference(written)].map((label) => `+${label}`);
  const taken = [...written.difference(current)].map((label) => `-${label}`);
  if (given.length + taken.length === 0) return finding;
  const next = addToHistory(finding, { at, what: 'relabelled', detail: [...given, ...taken].join(', ') });
  const told = finding.history.findLast(({ what }) => what === 'relabelled')?.detail;
  return told === next.history.at(-1)?.detail ? finding : next;
}
