import type { Answered, CommandOf } from './command.ts';
import { type Misuse, takeWord, toText } from './words.ts';

const questionId = /^Q[1-9]\d{0,5}$/;
// A letter or a number, or several.
const choices = /^(?:[a-z]|\d{1,2})(?:,(?:[a-z]|\d{1,2}))*$/;
/** `Q3: text` */
const answerLine = /^ {0,3}(Q[1-9]\d{0,5})\s*:(.*)$/is;
/** `3. b` or `3) text`: the reply to a numbered list. */
const numberedLine = /^ {0,3}([1-9]\d{0,5})[.)](?:\s(.*))?$/s;

/**
 * Arguments of `answer`: `Q1 b`, `Q2=a,c`, several of them, `Q1: text` or `Q1 some words`, and the lines that follow the command; numbered
 * ones only behind a bare `answer`, as anything else may be a list of its own. White space is no answer.
 */
export function parseAnswers(rest: string, following: readonly string[]): CommandOf<'answer'> | Misuse {
  const answers: Answered[] = [];
  let left = rest.replace(/\s*,\s*/g, ',').trim();
  while (left !== '') {
    const taken = takeAnswer(left);
    if ('misused' in taken) return taken;
    answers.push(taken.answer);
    left = taken.rest;
  }
  const isList = answers.length === 0;
  for (const line of following) {
    if (numberedLine.test(line) && !isList) break;
    const taken = takeLine(line);
    if ('misused' in taken) return taken;
    answers.push(taken.answer);
  }
  if (answers.length === 0) return { misused: 'it names no question, as `answer Q1 b` does' };
  const twice = answers.find(({ question }, index) => answers.findIndex((each) => each.question === question) < index);
  if (twice) return { misused: `${twice.question} is answered twice` };
  return { verb: 'answer', answers };
}

/** The lines right behind a command, empty ones among them, that say `Q3: text` or `3. text`. */
export function takeAnswerLines(lines: readonly string[]): string[] {
  const found: string[] = [];
  for (const line of lines) {
    if (answerLine.test(line) || numberedLine.test(line)) found.push(line);
    else if (line.trim() !== '') break;
  }
  return found;
}

function takeLine(line: string): { answer: Answered } | Misuse {
  const [, id = '', said = ''] = answerLine.exec(line) ?? [];
  const [, number, reply = ''] = numberedLine.exec(line) ?? [];
  const question = number === undefined ? id.toUpperCase() : `Q${number}`;
  const text = toText(number === undefined ? said : reply);
  if (text === undefined) return saysNothing(question);
  const letters = text.toLowerCase().replace(/\s*,\s*/g, ',');
  if (number === undefined || !choices.test(letters)) return { answer: { question, text } };
  return { answer: { question, choices: [...new Set(letters.split(','))] } };
}

function takeAnswer(text: string): { answer: Answered; rest: string } | Misuse {
  const [, id = '', gap = '', mark = '', behind = ''] = /^(Q[1-9]\d{0,5})(\s*)([:=]?)(.*)$/is.exec(text) ?? [];
  const question = id.toUpperCase();
  const isApart = gap !== '' || mark !== '' || behind === '';
  if (!questionId.test(question) || !isApart) return { misused: 'each answer begins with its question, as `Q1`' };
  const said = toText(behind);
  if (said === undefined) return saysNothing(question);
  const { word, rest } = takeWord(said);
  const isChoice = mark !== ':' && choices.test(word.toLowerCase()) && (rest === '' || /^Q[1-9]\d{0,5}\b/i.test(rest));
  if (!isChoice) return { answer: { question, text: said }, rest: '' };
  return { answer: { question, choices: [...new Set(word.toLowerCase().split(','))] }, rest };
}

function saysNothing(question: string): Misuse {
  return { misused: `${question} is there without an answer; \`skip ${question}\` leaves it open` };
}
