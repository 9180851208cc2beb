import { z } from 'zod';
import { listOf, parseSettings, setting, toKebab } from '../config/setting.ts';
import { categories } from '../findings/category.ts';
import { type Finding, findingStates } from '../findings/finding.ts';
import { priorities, toPriority } from '../findings/severity.ts';
import { UserError } from '../lib/errors.ts';
import { count } from '../lib/text.ts';
import { type Precision, precisionOf, type Rated, ratioOf } from '../memory/precision.ts';
import { titleBesidePlace, whereText } from '../reports/place.ts';
import { sortFindings } from '../reports/sort-findings.ts';
import type { Command } from './command.ts';
import { renderColumns } from './render-columns.ts';
import { resolveFolder } from './resolve-folder.ts';
import { exitCodes, widthOf } from './terminal.ts';

const states = [...findingStates, 'all'] as const;
const openStates: readonly string[] = ['detected', 'open', 'investigated'];

const wordsOf = (words: readonly string[]) =>
  setting(
    listOf(
      z.string().refine((it) => words.includes(it)),
      `some of ${words.join(', ')}`,
    ),
    { description: `Only these, comma-separated: ${words.join(', ')}.`, kind: 'list' },
  );

const options = z.object({ priority: wordsOf(priorities), category: wordsOf(categories), state: wordsOf(states) });

export const findingsCommand: Command = {
  name: 'findings',
  summary: 'Lists the findings of the local ledger; those that are open, where no state is given.',
  operand: { name: 'path', required: false, meaning: 'The repository; the current folder where it is not given.' },
  options,
  flags: ['json', 'no-color'],
  async run(given, { terminal, loadCore }) {
    const wanted = parseSettings(options, given.options, (key) => `--${toKebab(key)}`);
    const path = await resolveFolder(terminal.cwd, given.operands[0]);
    const all = await (await loadCore()).listFindings(path);
    if (!all) throw new UserError(noLedger);
    const findings = sortFindings(all).filter((finding) => isWanted(finding, wanted));
    const { stdout } = terminal;
    if (given.flags.has('json'))
      stdout.write(`${JSON.stringify({ findings, precision: withRatios(precisionOf(all)) }, null, 2)}\n`);
    else
      stdout.write(
        `${renderFindings(findings, { of: all.length, width: widthOf(stdout), showState: wanted.state !== undefined })}\n`,
      );
    return exitCodes.done;
  },
};

/** Of the whole ledger, whatever was asked for; without a ratio where nobody judged. */
function withRatios({ all, byAgent, byCategory, byScan }: Precision) {
  const withRatio = ({ name, tally }: Rated) => ({ name, ...tally, precision: ratioOf(tally) });
  return {
    all: { ...all, precision: ratioOf(all) },
    byAgent: byAgent.map(withRatio),
    byCategory: byCategory.map(withRatio),
    byScan: byScan.map(withRatio),
  };
}

export const noLedger = 'No ledger here yet: run `courier scan` first.';

type Wanted = { priority?: readonly string[]; category?: readonly string[]; state?: readonly string[] };

function isWanted({ severity, category, state }: Finding, wanted: Wanted): boolean {
  const inStates = wanted.state ?? openStates;
  return (
    (wanted.priority?.includes(toPriority(severity)) ?? true) &&
    (wanted.category?.includes(category) ?? true) &&
    (inStates.includes('all') || inStates.includes(state))
  );
}

function renderFindings(
  findings: readonly Finding[],
  { of, width, showState }: { of: number; width: number; showState: boolean },
): string {
  if (findings.length === 0) {
    return of === 0 ? 'The ledger holds no finding.' : `None of ${count(of, 'finding')} in the ledger fits.`;
  }
  const rows = findings.map((it) => [
    it.id,
    toPriority(it.severity),
    it.category,
    ...(showState ? [it.state] : []),
    whereText(it),
    titleBesidePlace(it),
  ]);
  const columns = [
    { name: 'id' },
    { name: 'priority' },
    { name: 'category' },
    ...(showState ? [{ name: 'state' }] : []),
    { name: 'where', wraps: true as const },
    { name: 'title', wraps: true as const },
  ];
  return `${renderColumns(columns, rows, width)}\n\n${findings.length} of ${count(of, 'finding')} in the ledger.`;
}
