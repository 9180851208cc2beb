import type { IssueSnapshot } from '../findings/issue.ts';
import { labelFor } from '../findings/labels.ts';
import { type RunLabel, runLabels } from '../ledger/runs-record.ts';

/** What to do to an issue's labels, by their names. */
export type LabelChange = { add: readonly string[]; remove: readonly string[] };

/**
 * Brings the labels of an issue in line with its runs. People win: one that was there and that a person took away is not given again before
 * the runs say something else, and one that a person gave is not taken away.
 *
 * @param wanted what its runs say now. @param before what it was brought in line with last.
 */
export function planRunLabel(
  { wanted, before }: { wanted: RunLabel | undefined; before: RunLabel | undefined },
  { labels, labelled = [] }: Pick<IssueSnapshot, 'labels' | 'labelled'>,
): LabelChange {
  const there = new Set(labels.map((label) => label.toLowerCase()));
  const isPeoples = (label: string) => {
    const act = labelled.findLast((each) => each.label.toLowerCase() === label);
    // Who cannot be told any more: Courier itself, where it had given the label.
    return act?.by === undefined ? before === undefined || label !== labelFor({ state: before }) : !isApp(act.by);
  };
  const stale = runLabels.filter((state) => state !== wanted).map((state) => labelFor({ state }));
  const own = wanted === undefined || wanted === before ? [] : [labelFor({ state: wanted })];
  return {
    add: own.filter((label) => !there.has(label)),
    remove: stale.filter((label) => there.has(label) && !isPeoples(label)),
  };
}

function isApp(login: string): boolean {
  return login.endsWith('[bot]');
}
