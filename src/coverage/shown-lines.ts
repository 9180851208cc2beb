/** One command of an agent and what it printed. */
export type Shown = { command: string; output: string };

/** A line of output as it may stand for a line of a file: with the marks taken off that `grep -n`, `nl`, `cat -n`, `awk` and diffs put on. */
export type Reading = {
  text: string;
  /** The line number that stood before it. */
  line?: number;
  /** The path that stood before it. */
  path?: string;
};

export type ShownLines = {
  /** The readings of each line of all outputs, in their order; an empty list stands between two outputs. */
  readonly lines: readonly (readonly Reading[])[];
  /** Where each text stands that is telling enough to begin a match. */
  readonly positions: ReadonlyMap<string, readonly number[]>;
  /** The command whose output a position belongs to. */
  commandAt(position: number): string;
};

// 200 turns with five full outputs each; what comes after it is not looked into.
const mostCharacters = 40_000_000;
/** How often a text is noted: one that stands everywhere tells nothing. */
const mostPositions = 64;

export function indexShown(shown: readonly Shown[]): ShownLines {
  const lines: (readonly Reading[])[] = [];
  const positions = new Map<string, number[]>();
  const starts: { at: number; command: string }[] = [];
  let characters = 0;
  for (const { command, output } of shown) {
    characters += output.length;
    if (characters > mostCharacters) break;
    starts.push({ at: lines.length, command });
    for (const line of output.split('\n')) {
      const readings = readLine(line);
      for (const { text } of readings) if (isTelling(text)) notePosition(positions, text, lines.length);
      lines.push(readings);
    }
    lines.push([]);
  }
  return { lines, positions, commandAt: (position) => starts.findLast(({ at }) => at <= position)?.command ?? '' };
}

function notePosition(positions: Map<string, number[]>, text: string, at: number): void {
  const known = positions.get(text);
  if (!known) positions.set(text, [at]);
  else if (known.length < mostPositions && known.at(-1) !== at) known.push(at);
}

const numbered = /^\s*(\d{1,7})(?:\s*[:|)=-]|\t| {1,2})(.*)$/;
const located = /^([^\s:][^:]{0,300}?)[:-](\d{1,7})[:-](.*)$/;
const named = /^([^\s:]{1,300}):(.*)$/;
const longestLine = 4000;

function readLine(line: string): Reading[] {
  if (line.length > longestLine) return [];
  const whole = line.trim();
  const readings: Reading[] = [{ text: whole }];
  const [, number, rest] = numbered.exec(line) ?? [];
  if (number !== undefined && rest !== undefined) readings.push({ text: rest.trim(), line: Number(number) });
  const [, path, at, found] = located.exec(line) ?? [];
  if (path !== undefined && found !== undefined) readings.push({ text: found.trim(), line: Number(at), path });
  const [, name, match] = named.exec(line) ?? [];
  if (name !== undefined && match !== undefined) readings.push({ text: match.trim(), path: name });
  if (/^[+-]/.test(line)) readings.push({ text: line.slice(1).trim() });
  return readings;
}

/** Whether a match can begin at a text: brackets stand everywhere. */
export function isTelling(text: string): boolean {
  return weightOf(text) >= 4;
}

/** Letters and digits: what a line says, whatever its brackets. */
export function weightOf(text: string): number {
  return text.replace(/[^\p{L}\p{N}]+/gu, '').length;
}
