import { displayWidth, fitEnd, fitStart, padTo, toPlainLine } from '../reports/plain-text.ts';

/** `cut` says which part of a text goes first where room is short; without it the column keeps its width. */
export type Column = { name: string; cut?: 'start' | 'end' };

const gap = '  ';
const least = 8;

/** A table within `width` columns. Cells are untrusted: terminal sequences and line ends do not get through. */
export function renderColumns(columns: readonly Column[], rows: readonly (readonly string[])[], width: number): string {
  const cells = rows.map((row) => row.map(toPlainLine));
  const natural = columns.map((column, index) =>
    cells.reduce((widest, row) => Math.max(widest, displayWidth(row[index] ?? '')), column.name.length),
  );
  const widths = shrink(columns, natural, width - gap.length * (columns.length - 1));
  const render = (row: readonly string[]) =>
    row
      .map((cell, index) => padTo(cut(cell, columns[index], widths[index] ?? 0), widths[index] ?? 0))
      .join(gap)
      .trimEnd();
  return [columns.map(({ name }) => name), ...cells].map(render).join('\n');
}

/** Columns that may be cut share what the others leave, none below a few characters. */
function shrink(columns: readonly Column[], natural: readonly number[], room: number): number[] {
  const fixed = natural.reduce((sum, width, index) => sum + (columns[index]?.cut ? 0 : width), 0);
  let left = Math.max(0, room - fixed);
  let sharers = columns.filter(({ cut }) => cut).length;
  return columns.map(({ cut }, index) => {
    const wanted = natural[index] ?? 0;
    if (!cut) return wanted;
    const others = natural
      .slice(index + 1)
      .reduce((sum, width, offset) => sum + (columns[index + 1 + offset]?.cut ? width : 0), 0);
    const share = Math.max(Math.floor(left / sharers), left - others);
    const given = Math.max(least, Math.min(wanted, share));
    left -= given;
    sharers -= 1;
    return given;
  });
}

function cut(text: string, column: Column | undefined, width: number): string {
  return column?.cut === 'start' ? fitEnd(text, width) : fitStart(text, width);
}
