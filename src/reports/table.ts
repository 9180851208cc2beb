import { type Priority, toPriority } from '../findings/severity.ts';
import { count } from '../lib/text.ts';
import { isPut } from '../questions/plan-questions.ts';
import { checksText, countsText, heldText, toConclusion, withheldText } from './conclusion.ts';
import { titleBesidePlace, whereText } from './place.ts';
import { displayWidth, padTo, toPlainLine, wrapTo } from './plain-text.ts';
import type { Report } from './report.ts';
import { sortFindings } from './sort-findings.ts';

type Style = { width: number; colour: boolean };
type Row = { priority: Priority; category: string; where: string; title: string };

const priorityColour = { critical: '1;31', high: '31', medium: '33', low: '36' } as const satisfies Record<
  Priority,
  string
>;
const gap = '  ';
// Narrower than this, columns leave too little for path and title.
const narrow = 72;
const leastTitle = 24;

/** The report for a terminal of `width` columns: findings by priority, then what the checks say and what could not be determined. */
export function renderTable(report: Report, style: Style): string {
  const rows = sortFindings(report.findings).map((finding) => ({
    priority: toPriority(finding.severity),
    category: finding.category,
    where: toPlainLine(whereText(finding)),
    title: toPlainLine(titleBesidePlace(finding)),
  }));
  const table = style.width < narrow ? stackedRows(rows, style) : columnRows(rows, style);
  return [...table, ...(table.length > 0 ? [''] : []), ...closingLines(report, style)].join('\n');
}

function columnRows(rows: readonly Row[], style: Style): string[] {
  if (rows.length === 0) return [];
  const priority = widest(rows, 'priority');
  const category = widest(rows, 'category');
  const rest = style.width - priority - category - 3 * gap.length;
  const where = Math.min(
    widest(rows, 'where'),
    Math.max(20, Math.floor(rest / 2), Math.min(widestPlace(rows), rest - leastTitle)),
  );
  const render = (row: Row) => {
    const places = wrapTo(row.where, where);
    const titles = wrapTo(row.title, Math.max(10, rest - where));
    const lines = Array.from({ length: Math.max(places.length, titles.length) }, (_, index) =>
      `${padTo(places[index] ?? '', where)}${gap}${titles[index] ?? ''}`.trimEnd(),
    );
    const [first = '', ...others] = lines;
    const head = paint(padTo(row.priority, priority), priorityColour[row.priority], style);
    const indent = ' '.repeat(priority + category + 2 * gap.length);
    return [[head, padTo(row.category, category), first].join(gap), ...others.map((line) => indent + line)];
  };
  const names = ['priority', 'category', 'where', 'title'];
  const widths = [priority, category, where, 0];
  const head = names.map((name, index) => padTo(name, widths[index] ?? 0)).join(gap);
  return [paint(head, '2', style), ...rows.flatMap(render)];
}

function widest(rows: readonly Row[], column: keyof Row): number {
  return rows.reduce((width, row) => Math.max(width, displayWidth(row[column])), column.length);
}

/** Without the count of further places, which may go on in the next line. */
function widestPlace(rows: readonly Row[]): number {
  return rows.reduce((width, { where }) => Math.max(width, displayWidth(where.replace(/ \(\+\d+ more\)$/, ''))), 0);
}

/** Too narrow for columns: where in one line, the title in the next; the place takes lines of its own where it does not fit. */
function stackedRows(rows: readonly Row[], style: Style): string[] {
  const room = Math.max(10, style.width - gap.length);
  return rows.flatMap((row) => {
    const head = `${paint(row.priority, priorityColour[row.priority], style)} ${row.category}`;
    const inFull = displayWidth(`${row.priority} ${row.category} ${row.where}`) <= style.width;
    const places = inFull ? [] : wrapTo(row.where, room);
    return [inFull ? `${head} ${row.where}` : head, ...[...places, ...wrapTo(row.title, room)].map((it) => gap + it)];
  });
}

function closingLines(report: Report, style: Style): string[] {
  const conclusion = toConclusion(report);
  const counts = countsText(report);
  return [
    paint(conclusion.headline, conclusion.clean ? '1;32' : '1', style) + (counts ? ` (${counts})` : ''),
    `Checks: ${checksText(report.checks)}`,
    ...askedLines(report),
    ...conclusion.undetermined.map((text) => paint(`Could not determine: ${toPlainLine(text)}`, '33', style)),
    ...conclusion.reasons.map((text) => `Not complete: ${toPlainLine(text)}`),
    ...[heldText(report), withheldText(report)].filter((text) => text !== undefined).map(toPlainLine),
  ];
}

/** Nobody who reads the table alone would know that somebody waits for a word. */
function askedLines({ session: { id, questions, assumptions, answering } }: Report): string[] {
  const put = questions.filter(isPut);
  // An answering session's headline tells.
  if (answering || put.length + assumptions.length === 0) return [];
  const counts = [count(put.length, 'question'), count(assumptions.length, 'assumption')];
  return [`Asked and assumed: ${counts.join(', ')} (courier show ${id}, and the reports)`];
}

function paint(text: string, code: string, { colour }: Style): string {
  return colour ? `\u001b[${code}m${text}\u001b[0m` : text;
}
