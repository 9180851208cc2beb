/** A stretch of Markdown: prose, or a fenced code block as its author meant it. `indent` is 0 to 3. */
export type Block =
  | { kind: 'prose'; lines: readonly string[] }
  | { kind: 'fence'; indent: number; language: string; lines: readonly string[] };

type Opening = { fence: string; indent: number; language: string };

/**
 * Splits Markdown at its fenced code blocks. More generous than CommonMark about what a fence is (any indentation, an end that is
 * missing): every fence is written anew by `renderFence`, so that it is one to every reader.
 */
export function splitBlocks(text: string): Block[] {
  const blocks: Block[] = [];
  let lines: string[] = [];
  let opening: Opening | undefined;
  const close = () => {
    if (opening) blocks.push({ kind: 'fence', indent: opening.indent, language: opening.language, lines });
    else if (lines.length > 0) blocks.push({ kind: 'prose', lines });
    lines = [];
    opening = undefined;
  };
  for (const line of text.split('\n')) {
    if (opening) {
      if (isClosing(line, opening.fence)) close();
      else lines.push(withoutIndent(line, opening.indent));
      continue;
    }
    const next = openingOf(line);
    if (!next) lines.push(line);
    else {
      close();
      opening = next;
    }
  }
  close();
  return blocks;
}

function openingOf(line: string): Opening | undefined {
  const match = /^([ \t]*)(`{3,}|~{3,})(.*)$/.exec(line);
  if (!match) return undefined;
  const [, indent = '', fence = '', info = ''] = match;
  if (fence.startsWith('`') && info.includes('`')) return undefined;
  return { fence, indent: Math.min(indent.length, 3), language: info.trim().split(/\s/)[0] ?? '' };
}

function isClosing(line: string, fence: string): boolean {
  const trimmed = line.trim();
  return trimmed.length >= fence.length && trimmed === fence.charAt(0).repeat(trimmed.length);
}

function withoutIndent(line: string, indent: number): string {
  let at = 0;
  while (at < indent && line[at] === ' ') at++;
  return line.slice(at);
}

// GitHub draws these instead of showing their text.
const drawn = /^(?:mermaid|geojson|topojson|stl|math)$/i;

/**
 * A fenced code block that is one in any surroundings (blank lines around it are the caller's): its fence is longer than any within, and
 * all its lines share one indentation, so that a list either holds it whole or not at all.
 */
export function renderFence(code: { lines: readonly string[]; language: string; indent: number }): string {
  const longest = Math.max(2, ...code.lines.map(longestBackticks));
  const fence = '`'.repeat(longest + 1);
  const language = /^[A-Za-z0-9][A-Za-z0-9+#._-]{0,29}$/.test(code.language) ? code.language : '';
  const indent = ' '.repeat(code.indent);
  return [fence + (drawn.test(language) ? 'text' : language), ...code.lines, fence]
    .map((line) => (line === '' ? '' : indent + line))
    .join('\n');
}

/** The length of the longest run of backticks. */
export function longestBackticks(text: string): number {
  let longest = 0;
  for (const [run] of text.matchAll(/`+/g)) longest = Math.max(longest, run.length);
  return longest;
}
