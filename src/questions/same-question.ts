import type { Question } from './question.ts';

type Asked = Pick<Question, 'question' | 'options'>;

// Words that carry no meaning of their own in a question.
const fillers = new Set(['a', 'an', 'the', 'please', 'that', 'this', 'these', 'those', 'here']);

/**
 * Two questions that have it in common ask the same: the same words in the same order, but for case, marks and articles. Precision comes first:
 * a question that is asked twice costs a person a click, and one that is taken for another costs a wrong answer.
 */
export function keyOfQuestion({ question }: Pick<Asked, 'question'>): string {
  return wordsOf(question).join(' ');
}

/** Whether they ask the same and offer the same, in whatever order. */
export function isSameQuestion(a: Asked, b: Asked): boolean {
  return keyOfQuestion(a) === keyOfQuestion(b) && optionsOf(a) === optionsOf(b);
}

export function isSameText(a: string, b: string): boolean {
  return keyOfText(a) === keyOfText(b);
}

/** Statements that have it in common say the same. */
export function keyOfText(text: string): string {
  return wordsOf(text).join(' ');
}

function optionsOf({ options }: Pick<Asked, 'options'>): string {
  return JSON.stringify(options.map(({ label }) => wordsOf(label).join(' ')).sort());
}

// What a question is asked with, and not what it is about.
const frame = new Set(
  'am an and any are be been by can could did do does for from has have how if in is it its may might must of on or shall should so than then there they to was we were what when where which who whom whose why will with would you'.split(
    ' ',
  ),
);
const alike = 0.75;

/**
 * Whether two questions may ask the same in other words: nearly all words that say what they are about are the same, in whatever order. That is a
 * hint for whoever can tell, and settles nothing.
 */
export function mayAskTheSame(a: string, b: string): boolean {
  const [one, other] = [matterOf(a), matterOf(b)];
  const common = [...one].filter((word) => other.has(word)).length;
  return common >= 2 && (2 * common) / (one.size + other.size) >= alike;
}

/** Its words without endings. */
function matterOf(question: string): Set<string> {
  const matter = wordsOf(question).filter((word) => !frame.has(word));
  return new Set(matter.map((word) => (word.length > 2 ? word.replace(/(?:ing|ed|es|e|s)$/, '') : word)));
}

/** Numbers, signs between digits and code keep what tells them apart: `1.5` is not `15`, `a-b` not `a b`. */
function wordsOf(text: string): string[] {
  const words = text
    .normalize('NFKC')
    .toLowerCase()
    .split(/[\s"'`“”‘’«»]+/)
    .map((word) => word.replace(/^[^\p{L}\p{N}/@#$<>=*+-]+|[.,;:!?)\]}…]+$/gu, ''));
  return words.filter((word) => word !== '' && !fillers.has(word));
}
