import type { Finding } from '../findings/finding.ts';
import { addToHistory } from '../findings/history.ts';
import { labelFor, toLabelPriority } from '../findings/labels.ts';
import { toSeverity } from '../findings/severity.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { isoTime } from '../lib/clock.ts';
import { safe } from '../publishing/safe-text.ts';
import type { CommandOf } from './command.ts';
import type { Change, CommandContext } from './executor.ts';

const day = 24 * 3_600_000;

/** The finding that a command is about: the one it names, else the one of the issue. */
export function findFinding(
  named: string | undefined,
  { issue }: CommandContext,
  { findings }: Ledger,
): Finding | undefined {
  return findings.find((finding) => (named === undefined ? finding.issue?.number === issue : finding.id === named));
}

/** What is said where there is none. */
export function noFinding(named: string | undefined, { gate }: CommandContext): Change {
  const say =
    named === undefined
      ? safe`This is not the issue of a finding; name one by its id, \`F-…\`.`
      : safe`The ledger knows no finding ${gate.inline(named)}.`;
  return { answer: { outcome: 'refused', say } };
}

export function ignore(command: CommandOf<'ignore'>, context: CommandContext, ledger: Ledger): Change {
  const finding = findFinding(command.finding, context, ledger);
  const { at, by, gate } = context;
  if (!finding) return noFinding(command.finding, context);
  const { id } = finding;
  if (finding.state === 'resolved') return refuse(safe`${gate.inline(id)} is resolved: there is nothing to ignore.`);
  const until = command.days === undefined ? undefined : isoTime(Date.parse(at) + command.days * day);
  const reason = command.reason === undefined ? undefined : gate.plain(command.reason);
  const ignored = { at, by, ...(until === undefined ? {} : { until }), ...(reason === undefined ? {} : { reason }) };
  const silent = addToHistory({ ...finding, state: 'ignored', ignored }, { at, what: 'ignored', by, detail: reason });
  const end =
    until === undefined
      ? safe`until somebody writes \`/courier unignore\``
      : safe`until ${gate.inline(until.slice(0, 10))}`;
  const label = gate.label(labelFor({ state: 'ignored' }));
  return {
    answer: { outcome: 'done', say: safe`Courier is silent about ${gate.inline(id)} ${end}.` },
    changes: { findings: [silent] },
    audit: { action: 'ignore', target: id },
    ...(finding.issue ? { issue: { number: finding.issue.number, update: { addLabels: [label] } } } : {}),
  };
}

export function unignore(command: CommandOf<'unignore'>, context: CommandContext, ledger: Ledger): Change {
  const finding = findFinding(command.finding, context, ledger);
  const { at, by, gate } = context;
  if (!finding) return noFinding(command.finding, context);
  const { ignored, ...rest } = finding;
  if (!ignored) return refuse(safe`${gate.inline(finding.id)} is not ignored.`);
  const state = finding.issue ? ('open' as const) : ('detected' as const);
  const label = gate.label(labelFor({ state: 'ignored' }));
  return {
    answer: { outcome: 'done', say: safe`Courier tells of ${gate.inline(finding.id)} again from the next scan on.` },
    changes: { findings: [addToHistory({ ...rest, state }, { at, what: 'unignored', by })] },
    audit: { action: 'unignore', target: finding.id },
    ...(finding.issue ? { issue: { number: finding.issue.number, update: { removeLabels: [label] } } } : {}),
  };
}

export function setPriority(command: CommandOf<'priority'>, context: CommandContext, ledger: Ledger): Change {
  const finding = findFinding(command.finding, context, ledger);
  const { at, by, gate } = context;
  if (!finding) return noFinding(command.finding, context);
  const { priority } = command;
  const { issue } = finding;
  const label = labelFor({ priority });
  const others = [...(issue?.observed?.labels ?? []), ...(issue?.labels ?? [])].filter((each) => {
    const other = toLabelPriority(each);
    return other !== undefined && other !== priority;
  });
  const update = {
    addLabels: [gate.label(label)],
    removeLabels: [...new Set(others)].map((other) => gate.label(other)),
  };
  // Where the next command comes before anybody looked at the issue, it has to take this label away.
  const labels = [...(issue?.labels ?? []).filter((each) => each !== label && !others.includes(each)), label];
  const set = {
    ...finding,
    ...(issue && { issue: { ...issue, labels } }),
    ...{ severity: toSeverity(priority), prioritySet: { at, by } },
  };
  return {
    answer: {
      outcome: 'done',
      say: safe`The priority of ${gate.inline(finding.id)} is ${gate.inline(priority)} from now on, whatever scans say.`,
    },
    changes: { findings: [addToHistory(set, { at, what: 'priority', by, detail: priority })] },
    audit: { action: 'priority', target: finding.id },
    ...(issue ? { issue: { number: issue.number, update } } : {}),
  };
}

export function pause(_: CommandOf<'pause'>, context: CommandContext, { dashboard }: Ledger): Change {
  const { at, by, gate } = context;
  if (dashboard?.paused)
    return refuse(safe`Scheduled scans are held already, since ${gate.inline(dashboard.paused.at)}.`);
  return {
    answer: { outcome: 'done', say: safe`Scheduled scans are held until somebody writes \`/courier unpause\`.` },
    changes: { dashboard: { version: 1, sessions: [], ...dashboard, paused: { at, by } } },
    audit: { action: 'pause', target: 'scheduled scans' },
  };
}

export function unpause(_: CommandOf<'unpause'>, __: CommandContext, { dashboard }: Ledger): Change {
  if (!dashboard?.paused) return refuse(safe`Scheduled scans are not held.`);
  const { paused: _paused, ...rest } = dashboard;
  return {
    answer: { outcome: 'done', say: safe`Scheduled scans go on.` },
    changes: { dashboard: rest },
    audit: { action: 'unpause', target: 'scheduled scans' },
  };
}

/** Whether findings that were asked for may be filed, in words for the person. `undefined`: they may. */
export function whyNotFiled(
  ids: readonly string[],
  { gate }: CommandContext,
  { findings }: Ledger,
): Change | undefined {
  const unknown = whyUnknown(ids, { gate }, { findings });
  if (unknown) return unknown;
  const others = findings.filter(({ id, issue, state }) => ids.includes(id) && (issue || state === 'resolved'));
  if (others.length === 0) return undefined;
  const names = gate.inline(others.map(({ id }) => id).join(', '));
  const rest = others.length === 1 ? safe`has an issue or is resolved` : safe`have an issue or are resolved`;
  return refuse(safe`Nothing was filed: ${names} ${rest}.`);
}

/** A run that could only say so is not started. */
export function whyUnknown(
  ids: readonly string[],
  { gate }: Pick<CommandContext, 'gate'>,
  { findings }: Pick<Ledger, 'findings'>,
): Change | undefined {
  const unknown = ids.find((id) => !findings.some((finding) => finding.id === id));
  return unknown === undefined ? undefined : refuse(safe`The ledger knows no finding ${gate.inline(unknown)}.`);
}

function refuse(say: Change['answer']['say']): Change {
  return { answer: { outcome: 'refused', say } };
}
