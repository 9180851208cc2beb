import { limits } from '../publishing/bound.ts';
import type { Gate } from '../publishing/gate.ts';
import { amongShown, joinSafe, type SafeText, safe } from '../publishing/safe-text.ts';

/**
 * What a status comment says of one command, between two lines that nobody sees. Several writers know each other by them: whoever answers the
 * comment, the run of each command, and whoever notices that a run died. Each writes its own part only, and never over a later one.
 */
export type Part = { index: number; rank: number; text: SafeText };

const mostTold = 999_998;
const perAttempt = 1_000_000;

/**
 * How late a text is: the start of a command, what the attempts of its run tell as they go (`told` counts from 1), and the end of each attempt.
 * An attempt that ended tells nothing any more; the next one does.
 */
export const rankOf = {
  start: 0,
  progress: ({ attempt, told }: { attempt: number; told: number }) => attempt * perAttempt + Math.min(told, mostTold),
  end: (attempt: number) => attempt * perAttempt + mostTold + 1,
} as const;

/** The attempt that told a text of that rank. */
export function attemptIn(rank: number): number {
  return Math.floor(rank / perAttempt);
}

const endMarker = safe`<!-- courier:part-end -->`;

/** A part as it stands in a comment; its text stays on the lines between the markers. */
export function renderPart({ index, rank, text }: Part): SafeText {
  return safe`<!-- courier:part ${index} ${rank} -->\n${text}\n${endMarker}`;
}

// Each alone on its line. Text of others cannot hold one: the gate takes the markers' beginning apart.
const markers = /^<!-- courier:(?:part (\d{1,3}) (\d{1,15})|(part-end)) -->[ \t]*\r?$/gm;

type Place = { index: number; rank: number; start: number; end: number };

/** The parts of a comment's text, each with where it stands. A part whose end somebody removed is none. */
export function findParts(body: string): Place[] {
  const found: Place[] = [];
  let open: Omit<Place, 'end'> | undefined;
  for (const match of body.matchAll(markers)) {
    const [line, index, rank, end] = match;
    if (end === undefined) open = { index: Number(index), rank: Number(rank), start: match.index };
    else if (open) found.push({ ...open, end: match.index + line.trimEnd().length });
    if (end !== undefined) open = undefined;
  }
  return found;
}

/**
 * The body with later parts in the place of earlier ones; all else stays as it is. `undefined` where there is nothing to change: the parts are
 * not there, or later texts are.
 */
export function replaceParts(body: string, parts: readonly Part[], gate: Gate): SafeText | undefined {
  let now: SafeText | undefined;
  for (const part of parts) {
    const text: string = now ?? body;
    const place = findParts(text).find(({ index }) => index === part.index);
    if (!place || place.rank >= part.rank) continue;
    const [before, after] = [text.slice(0, place.start), text.slice(place.end)];
    const room = limits.body - before.length - after.length - frame;
    if (room < 0) continue;
    now = amongShown(before, renderPart({ ...part, text: gate.body(part.text, room) }), after);
  }
  return now;
}

// Longer than the two markers with their line ends.
const frame = 100;

/** Several answers in one comment: each behind its verb. What begins with a list or a table begins on a line of its own. */
export function renderSections(sections: readonly { verb: SafeText | undefined; text: SafeText }[]): SafeText {
  const [only] = sections;
  if (sections.length === 1 && only) return only.text;
  const rendered = sections.map(({ verb, text }) => {
    if (verb === undefined) return text;
    return /^(?:[-|#<>*]|\d+\.)/.test(text) ? safe`${verb}:\n\n${text}` : safe`${verb}: ${text}`;
  });
  return joinSafe(rendered, safe`\n\n`);
}
