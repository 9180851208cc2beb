import type { Answered, CommandOf } from './command.ts';
import { type Misuse, toText } from './words.ts';

const questionId = /^Q[1-9]\d{0,5}$/;
// A letter or a number, or several; then what is behind it.
const choices = /^((?:[a-z]|\d{1,2})(?:\s*,\s*(?:[a-z]|\d{1,2}))*)(?:\s+(.*))?$/is;
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
  let left = rest.trim();
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
  const chosen = number === undefined ? undefined : takeChoices(text);
  return { answer: { question, ...(chosen?.rest === '' ? { choices: chosen.choices } : { text }) } };
}

function takeAnswer(text: string): { answer: Answered; rest: string } | Misuse {
  const [, id = '', gap = '', mark = '', behind = ''] = /^(Q[1-9]\d{0,5})(\s*)([:=]?)(.*)$/is.exec(text) ?? [];
  const question = id.toUpperCase();
  const isApart = gap !== '' || mark !== '' || behind === '';
  if (!questionId.test(question) || !isApart) return { misused: 'each answer begins with its question, as `Q1`' };
  const said = toText(behind);
  if (said === undefined) return saysNothing(question);
  const chosen = mark === ':' ? undefined : takeChoices(said);
  if (!chosen || !/^(?:Q[1-9]\d{0,5}\b.*)?$/is.test(chosen.rest)) return { answer: { question, text: said }, rest: '' };
  return { answer: { question, choices: chosen.choices }, rest: chosen.rest };
}

/** Letters and numbers at the beginning; words of a person's own stay as they wrote them. */
function takeChoices(text: string): { choices: string[]; rest: string } | undefined {
  const [, list, rest = ''] = choices.exec(text) ?? [];
  return list === undefined ? undefined : { choices: [...new Set(list.toLowerCase().split(/\s*,\s*/))], rest };
}

function saysNothing(question: string): Misuse {
  return { misused: `${question} is there without an answer; \`skip ${question}\` leaves it open` };
}
