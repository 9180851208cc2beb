import { toPlain } from './plain-text.ts';

/** What a description may hold. Everything else that Markdown or HTML knows is text. */
export type Block =
  | { kind: 'paragraph'; spans: readonly Span[] }
  | { kind: 'code'; language: string; text: string }
  | { kind: 'list'; ordered: boolean; items: readonly (readonly Span[])[] };
export type Span = { kind: 'text' | 'code' | 'bold'; text: string };

const longest = 20_000;
const fence = /^ {0,3}(`{3,}|~{3,})\s*([\w+#.-]*)/;
const bullet = /^\s{0,12}[-*+]\s+(?=\S)/;
const numbered = /^\s{0,12}\d{1,4}[.)]\s+(?=\S)/;

/** Reads untrusted text as minimal Markdown: paragraphs, code spans, fenced code, lists, bold. Headings become bold paragraphs. */
export function parseProse(text: string): Block[] {
  const lines = toPlain(text.slice(0, longest)).split('\n');
  const blocks: Block[] = [];
  let at = 0;
  while (at < lines.length) {
    const line = lines[at] ?? '';
    const { block, next } = line.trim() === '' ? { block: undefined, next: at + 1 } : blockAt(lines, at);
    if (block) blocks.push(block);
    at = next;
  }
  return blocks;
}

type Read = { block: Block; next: number };

function blockAt(lines: readonly string[], at: number): Read {
  const line = lines[at] ?? '';
  if (fence.test(line)) return readFence(lines, at);
  if (bullet.test(line)) return readList(lines, at, bullet);
  if (numbered.test(line)) return readList(lines, at, numbered);
  const heading = /^ {0,3}#{1,6}\s+(.*?)\s*#*$/.exec(line);
  if (heading) return { block: { kind: 'paragraph', spans: [{ kind: 'bold', text: heading[1] ?? '' }] }, next: at + 1 };
  const next = endOf(lines, at + 1, (other) => other.trim() === '' || startsBlock(other));
  const text = lines.slice(at, next).map((other) => other.trim());
  return { block: { kind: 'paragraph', spans: toSpans(text.join('\n')) }, next };
}

function startsBlock(line: string): boolean {
  return fence.test(line) || bullet.test(line) || numbered.test(line) || /^ {0,3}#{1,6}\s/.test(line);
}

function endOf(lines: readonly string[], from: number, isEnd: (line: string) => boolean): number {
  let at = from;
  while (at < lines.length && !isEnd(lines[at] ?? '')) at += 1;
  return at;
}

function readFence(lines: readonly string[], at: number): Read {
  const [, mark = '```', language = ''] = fence.exec(lines[at] ?? '') ?? [];
  const end = endOf(lines, at + 1, (line) => line.trim().startsWith(mark) && /^[`~]+$/.test(line.trim()));
  return { block: { kind: 'code', language, text: lines.slice(at + 1, end).join('\n') }, next: end + 1 };
}

function readList(lines: readonly string[], at: number, marker: RegExp): Read {
  const end = endOf(lines, at + 1, (line) => line.trim() === '' || (startsBlock(line) && !marker.test(line)));
  const items: string[] = [];
  for (const line of lines.slice(at, end)) {
    if (marker.test(line)) items.push(line.replace(marker, '').trim());
    else items.push(`${items.pop() ?? ''} ${line.trim()}`);
  }
  return { block: { kind: 'list', ordered: marker === numbered, items: items.map(toSpans) }, next: end };
}

function toSpans(text: string): Span[] {
  const spans: Span[] = [];
  let at = 0;
  // Each opener looks no further than the next of its kind, so the time is linear.
  for (const match of text.matchAll(/`([^`]+)`|\*\*([^*]+)\*\*/g)) {
    const [whole, code, bold] = match;
    if (match.index > at) spans.push({ kind: 'text', text: text.slice(at, match.index) });
    spans.push(code === undefined ? { kind: 'bold', text: bold ?? '' } : { kind: 'code', text: code });
    at = match.index + whole.length;
  }
  if (at < text.length) spans.push({ kind: 'text', text: text.slice(at) });
  return spans;
}

/** The same without any markup, for places that show text as it is. */
export function proseToPlain(text: string): string {
  return parseProse(text)
    .map((block) => {
      if (block.kind === 'code') return block.text;
      if (block.kind === 'paragraph') return join(block.spans);
      return block.items.map((item) => `- ${join(item)}`).join('\n');
    })
    .join('\n\n');
}

function join(spans: readonly Span[]): string {
  return spans.map(({ text }) => text).join('');
}
