import type { Question } from './question.ts';

const longest = 20_000;

/**
 * An answer to a question as the agent is to read it. Letters (`b`, `a,c`) choose among the options, unless an option has that very name;
 * everything else is the person's own words.
 *
 * @returns the text, with the options where they were chosen (from 0), or why it is none (a sentence): white space is no answer, and nothing is made up.
 */
export function understandAnswer(
  { id, options, multiSelect, allowOther }: Pick<Question, 'id' | 'options' | 'multiSelect' | 'allowOther'>,
  said: string,
): { text: string; options?: readonly number[] } | { refused: string } {
  const words = said.trim();
  if (words === '') return { refused: `The answer to ${id} is empty.` };
  if (words.length > longest)
    return { refused: `The answer to ${id} has ${words.length} characters; ${longest} are the most.` };
  const named = options.findIndex(({ label }) => label.toLowerCase() === words.toLowerCase());
  if (named >= 0) return { text: options[named]?.label ?? '', options: [named] };
  const chosen = chooseByLetters(words, options);
  if (chosen === undefined) {
    if (allowOther || options.length === 0) return { text: words };
    return { refused: `${id} takes one of its options: ${lettersOf(options)}.` };
  }
  if (chosen.length > 1 && !multiSelect) return { refused: `${id} takes one option: ${lettersOf(options)}.` };
  return { text: chosen.map((option) => options[option]?.label).join('\n'), options: chosen };
}

/** `undefined` where the words are no letters of these options. */
function chooseByLetters(words: string, options: Question['options']): number[] | undefined {
  if (!/^[a-z](?:[\s,]+[a-z])*$/i.test(words)) return undefined;
  const letters = [...new Set(words.toLowerCase().split(/[\s,]+/))];
  const places = letters.map((letter) => letter.charCodeAt(0) - 'a'.charCodeAt(0));
  return places.every((place) => place < options.length) ? places : undefined;
}

function lettersOf(options: Question['options']): string {
  return options.map(({ label }, index) => `${String.fromCharCode(97 + index)} (${label})`).join(', ');
}
