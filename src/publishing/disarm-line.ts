import { type BacktickRuns, backticksAt, endOfCodeSpan, findBacktickRuns } from './code-spans.ts';
import { entity, isKeptEntity } from './entities.ts';
import { beginsAddress, melts } from './safe-text.ts';
import {
  disarmLinkTarget,
  findReference,
  issueAddress,
  mention,
  slashCommand,
  toInertUrl,
  url,
  word,
} from './triggers.ts';

/** `cell`: pipes may not end a table cell. `table`: the line may be a table's row. `title`: no Markdown but code spans, as in titles. */
export type LineKind = { cell?: boolean; table?: boolean; title?: boolean };

/**
 * `out` is kept in pieces and `end` are its last characters: looking at the end of a growing string would copy it each time.
 * `linked`: GitHub may take what was written since the last white space for an address, and what follows for a part of it.
 */
type Cursor = {
  readonly text: string;
  readonly kind: LineKind;
  readonly runs: BacktickRuns;
  /** The line is one tag and no more. */
  readonly alone: boolean;
  at: number;
  out: string[];
  end: string;
  linked: boolean;
  open: string[];
};
type Step = (cursor: Cursor) => boolean;

/**
 * One line of Markdown prose that does nothing but say what it says: mentions, references, issue addresses and slash commands become
 * code spans (as visible as before), HTML is shown as text but for a few harmless pairs of tags, images become links, links lead to http(s) only, link
 * definitions are shown. Its code spans are closed on the line and nothing in it can reach across its end.
 */
export function disarmLine(text: string, kind: LineKind = {}): string {
  const cursor: Cursor = {
    text,
    kind,
    runs: findBacktickRuns(text),
    alone: tagAlone.test(text),
    at: 0,
    out: [],
    end: '',
    linked: false,
    open: [],
  };
  const steps = kind.title ? titleSteps : markdownSteps;
  startLine(cursor);
  while (cursor.at < text.length) {
    const step = steps.get(text.charAt(cursor.at)) ?? copyOther;
    if (!step(cursor)) emit(cursor, text.charAt(cursor.at), text.charAt(cursor.at));
  }
  const ends = cursor.open.reverse().map((tag) => `</${tag}>`);
  return [...cursor.out, ...ends].join('');
}

const containers = /[ \t]*(?:(?:>|[-*+](?=[ \t])|\d{1,9}[.)](?=[ \t]))[ \t]*)*/y;

function startLine(cursor: Cursor): void {
  const prefix = match(cursor, containers);
  if (prefix) emit(cursor, prefix[0], prefix[0]);
  const command = match(cursor, slashCommand);
  if (command) emitCode(cursor, command[0]);
}

const copyOther: Step = (cursor) => {
  const found = match(cursor, /[^\\&`<@#\]!|A-Za-z0-9]+/y);
  return found !== undefined && emit(cursor, found[0], found[0]);
};

const copyWord: Step = (cursor) => {
  const address = match(cursor, url);
  if (address) return emitUrl(cursor, address[0]);
  const found = match(cursor, word);
  if (!found) return false;
  const text = beforeScheme(cursor, found[0]);
  const reference = findReference(cursor.text, { at: cursor.at, word: text });
  return reference === undefined ? emit(cursor, text, text) : emitCode(cursor, reference);
};

/** The word without the scheme of an address that it runs into, so that the address is seen for itself. */
function beforeScheme({ text, at }: Cursor, found: string): string {
  const before = found.replace(/https?$/i, '');
  return before !== '' && text.startsWith('://', at + found.length) ? before : found;
}

const passMention: Step = (cursor) => {
  // An address (`a@b.org`) mentions nobody; after a code span it is the start of a text.
  if (/[A-Za-z0-9]$/.test(cursor.end)) return false;
  const found = match(cursor, mention);
  return found !== undefined && emitCode(cursor, found[0]);
};

const passReference: Step = (cursor) => {
  const found = match(cursor, /#\d+/y);
  return found !== undefined && emitCode(cursor, found[0]);
};

const passBackslash: Step = (cursor) => {
  const next = cursor.text.charAt(cursor.at + 1);
  if (triggerBehind(cursor)) return emit(cursor, '\\', '');
  if (next === '`') return emit(cursor, '\\`', '&#96;');
  if (next === '<') return emit(cursor, '\\<', '&lt;');
  if (next === '|' && cursor.kind.cell) return emit(cursor, '\\|', '&#124;');
  if (/[!-/:-@[-`{-~]/.test(next)) return emit(cursor, `\\${next}`, `\\${next}`);
  return emit(cursor, '\\', '\\\\');
};

function triggerBehind(cursor: Cursor): boolean {
  mention.lastIndex = cursor.at + 1;
  return mention.test(cursor.text) || /^#\d/.test(cursor.text.slice(cursor.at + 1, cursor.at + 3));
}

const passEntity: Step = (cursor) => {
  const found = match(cursor, entity);
  if (!found) return false;
  return isKeptEntity(found) ? emit(cursor, found[0], found[0]) : emit(cursor, '&', '&amp;');
};

const passBackticks: Step = (cursor) => {
  const length = backticksAt(cursor.text, cursor.at);
  const end = endOfCodeSpan(cursor.runs, { at: cursor.at, length });
  const run = '`'.repeat(length);
  if (end === undefined) return emit(cursor, run, (cursor.kind.title ? "'" : '&#96;').repeat(length));
  const source = cursor.text.slice(cursor.at, end);
  const inTable = cursor.kind.cell || cursor.kind.table;
  return emitApart(cursor, source, inTable ? source.replace(/\\*\|/g, '\\|') : source);
};

const tag = /<(\/?)(br|sub|sup|kbd|code|b|i|em|strong|s|del|ins|samp|var)[ ]?\/?>/iy;
const tagAlone = /^[ \t>*+\-.)\d]*<[^<>]*>[ \t]*$/;

const passAngle: Step = (cursor) => {
  const address = match(cursor, /<(https?:\/\/[A-Za-z0-9._~:/?#@$'+,=%&-]+)>/iy);
  const whole = address?.[1] && fully(url, address[1]);
  if (address && whole) {
    const end = cursor.at + address[0].length;
    emitUrl(cursor, whole);
    cursor.at = end;
    return true;
  }
  const found = match(cursor, tag);
  // A tag alone on its line would begin a block of raw HTML, in which code spans protect nothing.
  const [source = '', slash = '', name = ''] = found && !cursor.alone ? found : [];
  const rendered = renderTag(cursor, { name: name.toLowerCase(), closes: slash !== '' });
  return rendered === undefined ? emit(cursor, '<', '&lt;') : emit(cursor, source, rendered);
};

/** Tags go out in pairs that open and close on the line, as GitHub would otherwise leave the rest of the page in them. */
function renderTag({ open }: Cursor, { name, closes }: { name: string; closes: boolean }): string | undefined {
  if (name === '') return undefined;
  if (name === 'br') return closes ? undefined : '<br>';
  if (!closes) {
    open.push(name);
    return `<${name}>`;
  }
  if (open.at(-1) !== name) return undefined;
  open.pop();
  return `</${name}>`;
}

const passBracket: Step = (cursor) => {
  const next = cursor.text.charAt(cursor.at + 1);
  if (next === ':') return emit(cursor, ']:', ']\\:');
  if (next !== '(') return false;
  const target = disarmLinkTarget(cursor.text, cursor.at);
  return target ? emit(cursor, target.source, target.rendered) : emit(cursor, '](', ']\\(');
};

const passBang: Step = (cursor) => {
  const found = match(cursor, /!+(?=\[)/y);
  return found !== undefined && emit(cursor, found[0], '');
};

const passPipe: Step = (cursor) => emit(cursor, '|', cursor.kind.cell ? '&#124;' : '|');

const titleSteps: ReadonlyMap<string, Step> = new Map<string, Step>([
  ['`', passBackticks],
  ['@', passMention],
  ['#', passReference],
  ...[...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'].map((sign) => [sign, copyWord] as const),
]);

const markdownSteps: ReadonlyMap<string, Step> = new Map<string, Step>([
  ...titleSteps,
  ['\\', passBackslash],
  ['&', passEntity],
  ['<', passAngle],
  [']', passBracket],
  ['!', passBang],
  ['|', passPipe],
]);

function emitUrl(cursor: Cursor, source: string): boolean {
  const address = issueAddress(source);
  if (address) return emitCode(cursor, address);
  return emit(cursor, source, toInertUrl(source));
}

function emitCode(cursor: Cursor, source: string): boolean {
  return emitApart(cursor, source, `\`${source}\``);
}

/** Code spans that touch would read as one, and an address would take a backtick for its own: there, a space comes between. */
function emitApart(cursor: Cursor, source: string, code: string): boolean {
  return emit(cursor, source, cursor.linked || melts(cursor.end, code) ? ` ${code}` : code);
}

function emit(cursor: Cursor, source: string, rendered: string): boolean {
  cursor.out.push(rendered);
  cursor.at += source.length;
  const seen = cursor.end + rendered;
  const run = lastRun(rendered);
  cursor.linked = (cursor.linked && run === rendered) || beginsAddress.test(run === rendered ? seen : run);
  cursor.end = seen.slice(-4);
  return true;
}

function lastRun(text: string): string {
  let start = text.length;
  while (start > 0 && text.charAt(start - 1).trim() !== '') start--;
  return text.slice(start);
}

function match(cursor: Cursor, pattern: RegExp): RegExpExecArray | undefined {
  pattern.lastIndex = cursor.at;
  return pattern.exec(cursor.text) ?? undefined;
}

function fully(pattern: RegExp, text: string): string | undefined {
  pattern.lastIndex = 0;
  return pattern.exec(text)?.[0] === text ? text : undefined;
}
