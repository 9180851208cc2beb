import { oneLine } from '../lib/text.ts';
import type { Question } from './question.ts';

const most = 5;
const shortest = 15;
const longest = 400;

// What agents say out of politeness, and what asks for permission: nothing that a finding hangs on.
const courtesy =
  /^(?:and |so |now |finally )*(?:would you like|do you want|shall i|should i|may i|can i|could i|want me to|let me know|anything else|is there anything else|does (?:this|that) (?:help|look|sound|make sense)|how (?:does|would) (?:this|that)|ready|ok(?:ay)?|any questions|what (?:else|next|would you like))\b/i;

/**
 * Direct questions at the very end of an agent's closing words, of one that handed over none. A paragraph or a list counts only where all of it is
 * questions: what asks and answers itself, quotes or code does not.
 */
export function findPlainQuestions(closing: string): Question[] {
  const lines = closing.trimEnd().split('\n');
  const block: string[] = [];
  for (const line of lines.toReversed()) {
    if (line.trim() === '') {
      if (block.length > 0 && !isItem(block[0] ?? '')) break;
      continue;
    }
    if (!isQuestion(line)) break;
    block.unshift(line);
  }
  const before = lines.slice(0, lines.length - block.length).filter((line) => /^\s*(?:```|~~~)/.test(line)).length;
  const texts = block.flatMap(toSentences).filter((text) => !courtesy.test(text));
  if (before % 2 === 1 || block.length === 0 || texts.length === 0 || texts.length > most) return [];
  return texts.map((question, index) => ({
    ...{
      id: `t${index + 1}`,
      question,
      options: [],
      multiSelect: false,
      allowOther: true,
      blocking: false,
      findings: [],
    },
  }));
}

const mark = /^\s*(?:[-*+]|\d{1,2}[.)]|q\d{1,2}[.:)])\s+/i;

function isItem(line: string): boolean {
  return mark.test(line);
}

/** A line of nothing but questions. Quotes and code speak for others. */
function isQuestion(line: string): boolean {
  if (/^\s*(?:>|\||#|```|~~~| {4,}\S|\t)/.test(line) && !isItem(line)) return false;
  const sentences = toSentences(line);
  return (
    sentences.length > 0 &&
    sentences.every(
      (text) => text.indexOf('?') === text.length - 1 && text.length >= shortest && text.length <= longest,
    )
  );
}

function toSentences(line: string): string[] {
  const text = oneLine(line.replace(mark, '').replaceAll('**', ''));
  return (text.match(/[^.!?]+(?:[.!?](?!\s|$)[^.!?]*)*[.!?]*/g) ?? [])
    .map((sentence) => sentence.trim())
    .filter(Boolean);
}
