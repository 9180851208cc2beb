import { isEllipsis, isQuote, skipBareKey, skipSpace } from './characters.ts';
import { type Block, readBlock } from './read-block.ts';

/**
 * Values that stand next to each other, with nothing but white space, commas or left-over brackets between them: one list, whatever its
 * form (NDJSON, concatenated, comma-separated).
 *
 * `sound`: every value was closed and nothing in it was doubtful or left out. `stray`: closing brackets without an opening one stand
 * around or between the values, so that something before them may be missing.
 */
export type Run = { values: unknown[]; sound: boolean; stray: boolean };

/**
 * `cutOff`: the text ends within a value that no run holds. `debris`: between the runs there are pieces of JSON.
 */
export type Scan = { runs: Run[]; cutOff: boolean; debris: boolean };

const maxBlocks = 300_000;

/**
 * Finds the JSON-like values in a text that may hold anything else: prose, fences, logs, code.
 *
 * `countWanted` tells how much a value is worth: `undefined`, or the number of issues in it. An unclosed value that is worth nothing is
 * taken for prose with a bracket, and reading goes on behind that bracket, as long as that keeps the whole linear.
 */
export function scanBlocks(text: string, countWanted: (value: unknown) => number | undefined): Scan {
  const scan: Scan = { runs: [], cutOff: false, debris: false };
  const budget = { rescans: text.length + 10_000 };
  let rereads = 2 * text.length + 1_000_000;
  let end = 0;
  let start = findOpener(text, 0);
  for (let blocks = 0; start !== undefined; blocks++) {
    if (blocks >= maxBlocks) return { ...scan, cutOff: true };
    const block = readBlock(text, start, budget);
    let next = Math.max(block.end, start + 1);
    if (isWorthKeeping(scan, block, countWanted)) {
      add(scan, block, gapKind(text.slice(end, start)));
      end = block.end;
    } else {
      noteLoss(scan, block, text);
      rereads -= block.end - start;
      if (rereads > 0) next = start + 1;
    }
    start = findOpener(text, next);
  }
  noteGap(scan, gapKind(text.slice(end)));
  return scan;
}

function isWorthKeeping(scan: Scan, block: Block, countWanted: (value: unknown) => number | undefined): boolean {
  if (block.closed && !scan.cutOff) return true;
  const wanted = countWanted(block.value);
  // What seemed to reach the end was no value after all: a list came behind it. An empty one proves nothing.
  if (block.closed && wanted) scan.cutOff = false;
  return block.closed || wanted !== undefined;
}

function noteLoss(scan: Scan, block: Block, text: string): void {
  if (block.end >= text.length) scan.cutOff = true;
  else scan.debris = true;
}

type Gap = 'none' | 'stray' | 'debris' | 'prose';

function gapKind(gap: string): Gap {
  if (/^[\s,;\p{Cc}\u200b-\u200f\u2060\ufeff]*$/u.test(gap)) return 'none';
  if (/^[\s,;\u200b-\u200f\u2060\ufeff\]})]*$/.test(gap)) return 'stray';
  return /["'“”]\s*[:}\]]|[{[]\s*["'“]/.test(gap) ? 'debris' : 'prose';
}

function add(scan: Scan, block: Block, gap: Gap): void {
  noteGap(scan, gap);
  let run = scan.runs.at(-1);
  if (run === undefined || gap === 'prose' || gap === 'debris') {
    run = { values: [], sound: true, stray: gap === 'stray' };
    scan.runs.push(run);
  }
  run.values.push(block.value);
  run.sound &&= block.closed && !block.doubtful && !block.elided;
}

function noteGap(scan: Scan, gap: Gap): void {
  if (gap === 'debris') scan.debris = true;
  const run = scan.runs.at(-1);
  if (gap === 'stray' && run !== undefined) run.stray = true;
}

const bracket = /[{[(]/g;

/** The next bracket that may open a value, rather than a link, a checkbox, an index or a block of code. */
function findOpener(text: string, from: number): number | undefined {
  bracket.lastIndex = from;
  for (let match = bracket.exec(text); match !== null; match = bracket.exec(text)) {
    if (opensValue(text, match.index)) return match.index;
  }
  return undefined;
}

function opensValue(text: string, at: number): boolean {
  const next = skipSpace(text, at + 1);
  const char = text[next];
  if (text[at] === '(') return char === '{' && isQuote(text[skipSpace(text, next + 1)]);
  if (char === undefined) return next === at + 1 || text[at] === '[';
  if (text.startsWith('//', next) || text.startsWith('/*', next)) return true;
  if (char === '#') return text.slice(at, next).includes('\n');
  if (text[at] === '[') return opensList(text, at, next);
  if (isQuote(char) || char === '}' || char === ',' || isEllipsis(text, next)) return true;
  const key = skipBareKey(text, next);
  const colon = skipSpace(text, key);
  return key > next && text[colon] === ':' && text[colon + 1] !== ':' && text[colon + 1] !== '/';
}

function opensList(text: string, at: number, next: number): boolean {
  const char = text[next] ?? '';
  if (char === '{' || char === '[' || char === '(') return true;
  const isIndex = at > 0 && /[\p{L}\p{N}_)\]"'`$]/u.test(text[at - 1] ?? '');
  if (isIndex) return false;
  if (char === ']') return standsAlone(text, next + 1);
  if (isQuote(char) || char === ',' || isEllipsis(text, next)) return true;
  return /[-\d]/.test(char) || /^(?:true|false|null|None)\b/.test(text.slice(next, next + 8));
}

/** Nothing but punctuation follows on the line: `- [ ] to do` and "returns [] when" are no empty lists. */
function standsAlone(text: string, from: number): boolean {
  const [line = ''] = text.slice(from, from + 100).split('\n', 1);
  return /^[\s.,;)}\]`*!]*$/.test(line);
}
