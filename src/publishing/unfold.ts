import { backticksAt, endOfCodeSpan, findBacktickRuns } from './code-spans.ts';
import { decodeEntity, entity } from './entities.ts';

// Each round takes away one layer of nesting. What is left after so many is shown as text by the disarming that follows.
const mostRounds = 5;

/**
 * Prose without what GitHub would not show: HTML comments (ended or not as in HTML), link definitions that serve as comments, and
 * entities that spell a character which matters. Code spans stay. Run until nothing changes, for parts that form anew.
 */
export function unfoldProse(text: string): string {
  return untilStable(text, (prose) => decodeEntities(removeComments(prose)).replace(commentDefinition, ''));
}

/** Plain text without HTML comments, outside code spans. */
export function unfoldTitle(text: string): string {
  return untilStable(text, removeComments);
}

function untilStable(text: string, change: (text: string) => string): string {
  let current = text;
  for (let round = 0; round < mostRounds; round++) {
    const next = change(current);
    if (next === current) return next;
    current = next;
  }
  return current;
}

const commentDefinition = /^[ \t>]*\[(?:\/\/|comment|_|#|\.|\s)?\]:[^\n]*(?:\n|$)/gim;

/** A comment that never ends is left for the disarming, which shows it. */
function removeComments(text: string): string {
  let result = '';
  let copied = 0;
  let endless = false;
  walkProse(text, /`+|<!--/g, (at) => {
    const end = endless ? undefined : endOfComment(text, at);
    endless ||= end === undefined;
    if (end === undefined) return at + 4;
    result += text.slice(copied, at);
    copied = end;
    return end;
  });
  return result + text.slice(copied);
}

function endOfComment(text: string, at: number): number | undefined {
  const atOnce = /-{0,1}>/y;
  atOnce.lastIndex = at + 4;
  if (atOnce.test(text)) return atOnce.lastIndex;
  const end = /--!?>/g;
  end.lastIndex = at + 4;
  return end.test(text) ? end.lastIndex : undefined;
}

function decodeEntities(text: string): string {
  let result = '';
  let copied = 0;
  walkProse(text, /`+|&(?=[#A-Za-z])/g, (at) => {
    entity.lastIndex = at;
    const match = entity.exec(text);
    const character = match ? decodeEntity(match) : undefined;
    if (!match || character === undefined) return at + 1;
    result += text.slice(copied, at) + character;
    copied = at + match[0].length;
    return copied;
  });
  return result + text.slice(copied);
}

/** Calls `visit` for each match outside code spans; it answers where to go on. `pattern` matches runs of backticks too, for that. */
function walkProse(text: string, pattern: RegExp, visit: (at: number) => number): void {
  let lineEnd = -1;
  let runs = findBacktickRuns('');
  let lineStart = 0;
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
    const at = match.index;
    if (at > lineEnd) {
      lineStart = text.lastIndexOf('\n', at) + 1;
      lineEnd = endOfLine(text, at);
      runs = findBacktickRuns(text.slice(lineStart, lineEnd));
    }
    if (text[at] !== '`') {
      pattern.lastIndex = visit(at);
      continue;
    }
    const length = backticksAt(text, at);
    const end = endOfCodeSpan(runs, { at: at - lineStart, length });
    pattern.lastIndex = end === undefined ? at + length : lineStart + end;
  }
}

function endOfLine(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end === -1 ? text.length : end;
}
