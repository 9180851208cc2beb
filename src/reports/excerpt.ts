import type { Finding } from '../findings/finding.ts';
import { truncate } from '../lib/text.ts';
import { type Place, placesOf } from './place.ts';
import type { Excerpt } from './report.ts';

const context = 4;
const longestLine = 240;
const mostHighlighted = 40;
const mask = '***';

/** The spots of all findings by file: which files have to be read for the excerpts. */
export function placesByPath(findings: readonly Finding[]): ReadonlyMap<string, readonly Place[]> {
  const byPath = new Map<string, Place[]>();
  for (const place of findings.flatMap(placesOf)) byPath.set(place.path, [...(byPath.get(place.path) ?? []), place]);
  return byPath;
}

/**
 * The lines around all spots of one file, four of context on either side, overlapping ones joined.
 *
 * A secret stays masked: where a quote holds `***`, its lines are shown as quoted, never as they stand in the file, and what the mask
 * hides there is masked in every other line too. Such a spot gets no context: the neighbours of a secret tend to be secrets.
 */
export function toExcerpts({ path, text }: { path: string; text: string }, places: readonly Place[]): Excerpt[] {
  const lines = text.split(/\r\n|\r|\n/);
  const here = places.filter((place) => place.path === path);
  const masked = maskLines(lines, here.filter(isMasked));
  const quotes = quotesByLine(here.filter((place) => !isMasked(place)));
  const windows = here.map((place) => windowOf(place, lines.length)).filter((window) => window !== undefined);
  return join(windows).map(([start, end]) => ({
    path,
    startLine: start,
    lines: masked.slice(start - 1, end).map((line, index) => cutLine(line, quotes.get(start + index))),
  }));
}

/** Whether the quote hides a secret. */
export function isMasked(place: Place): boolean {
  return place.quote?.includes(mask) ?? false;
}

/** First and last line to show for a spot, and those of them to highlight; nothing where its lines are not known. */
export function windowOf(place: Place, lineCount: number): readonly [start: number, end: number] | undefined {
  if (!place.startLine || place.startLine > lineCount) return undefined;
  const [start, end] = highlightOf(place, place.startLine);
  const around = isMasked(place) ? 0 : context;
  return [Math.max(1, start - around), Math.min(lineCount, end + around)];
}

/** The spot's own lines, at most 40 of them. */
export function highlightOf(place: Place, startLine: number): readonly [start: number, end: number] {
  return [startLine, Math.min(Math.max(place.endLine ?? startLine, startLine), startLine + mostHighlighted - 1)];
}

function join(windows: readonly (readonly [number, number])[]): [number, number][] {
  const joined: [number, number][] = [];
  for (const [start, end] of windows.toSorted((a, b) => a[0] - b[0])) {
    const last = joined.at(-1);
    if (last && start <= last[1] + 1) last[1] = Math.max(last[1], end);
    else joined.push([start, end]);
  }
  return joined;
}

function maskLines(lines: readonly string[], places: readonly Place[]): string[] {
  const secrets = new Set<string>();
  const result = [...lines];
  for (const place of places) {
    const quoted = (place.quote ?? '').split(/\r\n|\r|\n/);
    for (const [number, line] of linesOf(place, quoted, lines)) {
      const text = lines[line - 1] ?? '';
      for (const secret of hiddenBy(quoted[number] ?? '', text)) secrets.add(secret);
      result[line - 1] = indentAs(text, quoted[number] ?? mask);
    }
  }
  const byLength = [...secrets].sort((a, b) => b.length - a.length);
  return result.map((line) => byLength.reduce((text, secret) => text.replaceAll(secret, mask), line));
}

/** Pairs of an index into the quote and a line number: the spot's own lines, and every other line that a masked one fits. */
function linesOf(place: Place, quoted: readonly string[], lines: readonly string[]): [number, number][] {
  const fitting = quoted.flatMap((line, index) =>
    line.replaceAll('*', '').trim().length < 3
      ? []
      : lines.flatMap((text, at): [number, number][] => (hiddenBy(line, text).length > 0 ? [[index, at + 1]] : [])),
  );
  const { startLine } = place;
  if (!startLine) return fitting;
  const last = Math.min(lines.length, Math.max(place.endLine ?? startLine, startLine + quoted.length - 1));
  const own = lines.slice(startLine - 1, last).map((_, index): [number, number] => [index, startLine + index]);
  return [...fitting, ...own];
}

/**
 * What stands in the line where the quote has its masks: the quote's parts are looked for from left to right. Nothing where the quote
 * does not fit the line, or for a piece so short that masking it elsewhere would only garble.
 */
function hiddenBy(quote: string, line: string): string[] {
  const parts = quote.trim().split(/\*{3,}/);
  const hidden: string[] = [];
  let at = 0;
  for (const [index, part] of parts.entries()) {
    const found = index === parts.length - 1 && part === '' ? line.trimEnd().length : line.indexOf(part, at);
    if (found < 0) return [];
    if (index > 0) hidden.push(line.slice(at, found));
    at = found + part.length;
  }
  return hidden.filter((secret) => secret.length >= 4);
}

function indentAs(line: string, quote: string): string {
  return (/^\s*/.exec(line)?.[0] ?? '') + quote.trimStart();
}

function quotesByLine(places: readonly Place[]): ReadonlyMap<number, string> {
  return new Map(
    places.flatMap((place): [number, string][] => {
      const [first = ''] = (place.quote ?? '').trim().split('\n');
      return place.startLine && first ? [[place.startLine, first.trim()]] : [];
    }),
  );
}

/** At most 240 characters of a line; a quote further right is kept in sight. */
function cutLine(line: string, quote = ''): string {
  const at = line.length > longestLine ? line.indexOf(quote.slice(0, 40)) : 0;
  if (at + Math.min(quote.length, longestLine) <= longestLine) return truncate(line, longestLine);
  return `…${truncate(line.slice(at - 40).replace(/^[\udc00-\udfff]/, ''), longestLine)}`;
}
