import { displayWidth, padTo, toPlainLine, wrapTo } from '../reports/plain-text.ts';

/** Where room is short, columns that wrap go on in the next line; the others keep their width. */
export type Column = { name: string; wraps?: true };

const gap = '  ';
const least = 8;
// What a later column can do with, so that the first one (the place) seldom breaks.
const enough = 20;

/** A table within `width` columns. Cells are untrusted: terminal sequences and line ends do not get through. */
export function renderColumns(columns: readonly Column[], rows: readonly (readonly string[])[], width: number): string {
  const cells = rows.map((row) => row.map(toPlainLine));
  const natural = columns.map((column, index) =>
    cells.reduce((widest, row) => Math.max(widest, displayWidth(row[index] ?? '')), column.name.length),
  );
  const widths = shrink(columns, natural, width - gap.length * (columns.length - 1));
  const render = (row: readonly string[]) => {
    const lines = row.map((cell, index) => (columns[index]?.wraps ? wrapTo(cell, widths[index] ?? 0) : [cell]));
    const height = Math.max(...lines.map((cell) => cell.length));
    return Array.from({ length: height }, (_, line) =>
      lines
        .map((cell, index) => padTo(cell[line] ?? '', widths[index] ?? 0))
        .join(gap)
        .trimEnd(),
    );
  };
  return [columns.map(({ name }) => name), ...cells].flatMap(render).join('\n');
}

/** Columns that wrap share what the others leave, none below a few characters. */
function shrink(columns: readonly Column[], natural: readonly number[], room: number): number[] {
  const fixed = natural.reduce((sum, width, index) => sum + (columns[index]?.wraps ? 0 : width), 0);
  let left = Math.max(0, room - fixed);
  let sharers = columns.filter(({ wraps }) => wraps).length;
  return columns.map(({ wraps }, index) => {
    const wanted = natural[index] ?? 0;
    if (!wraps) return wanted;
    const others = natural
      .slice(index + 1)
      .reduce((sum, width, offset) => sum + (columns[index + 1 + offset]?.wraps ? width : 0), 0);
    const share = Math.max(Math.floor(left / sharers), left - others, left - (sharers - 1) * enough);
    const given = Math.max(least, Math.min(wanted, share));
    left -= given;
    sharers -= 1;
    return given;
  });
}
