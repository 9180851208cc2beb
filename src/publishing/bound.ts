/** What GitHub takes: characters of a title, a label's name, and a body or comment. */
export const limits = { title: 256, label: 50, body: 65_536 } as const;

const note = '_Cut here: the text was longer than GitHub takes._';
const endMarker = '<!-- courier:end -->';

/**
 * At most `limit` characters of finished Markdown, cut between lines and said so. A code block or `details` that the cut leaves open is
 * closed, and what follows the last managed block's end marker stays, with the marker.
 */
export function boundMarkdown(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const end = text.lastIndexOf(`\n${endMarker}`);
  const tail = end === -1 ? '' : text.slice(end);
  const head = end === -1 ? text : text.slice(0, end);
  const room = limit - tail.length - note.length - 2;
  const lines = head.slice(0, Math.max(0, room)).split('\n').slice(0, -1);
  while (lines.length > 0 && [...lines, ...closing(lines)].join('\n').length > room) lines.pop();
  return [...lines, ...closing(lines), '', note].join('\n') + tail;
}

/** The lines that close what these lines leave open. */
function closing(lines: readonly string[]): string[] {
  let fence = '';
  let depth = 0;
  for (const line of lines) {
    const next = fenceAfter(fence, line);
    if (fence === '' && next === '') depth += depthOf(line);
    fence = next;
  }
  const ends = Array.from({ length: Math.max(0, depth) }, () => '\n</details>');
  return fence === '' ? ends : [fence, ...ends];
}

/** The fence that is open after the line; none: ''. */
function fenceAfter(fence: string, line: string): string {
  const run = /^ {0,3}(`{3,})/.exec(line)?.[1] ?? '';
  if (fence === '') return run;
  return run.length >= fence.length && line.trim() === run ? '' : fence;
}

function depthOf(line: string): number {
  if (line.startsWith('<details>')) return 1;
  return line.startsWith('</details>') ? -1 : 0;
}
