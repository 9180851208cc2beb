import { suggest } from '../lib/text.ts';
import type { Command } from './command.ts';
import { findCommandLines, toLines } from './find-command-lines.ts';
import { takeAnswerLines } from './parse-answers.ts';
import { parseArguments } from './parse-arguments.ts';
import { type Verb, verbs } from './verbs.ts';
import { takeWord } from './words.ts';

/** Why a line that begins with `/courier` is no command. Each is answered in one sentence. */
export type Problem =
  | { kind: 'unknown'; verb: string; suggestion: Verb | undefined }
  | { kind: 'misused'; verb: Verb; why: string }
  /** It may stand in a quote, in code or in HTML. */
  | { kind: 'unclear' }
  | { kind: 'too-many'; most: number };

/** One line of a comment. `line` counts from 0. */
export type Parsed = { line: number } & ({ command: Command } | { problem: Problem });

const most = 20;

/**
 * The commands of a comment in their order, and what was meant to be one. Pure, bounded, and it never throws; text of the comment is in
 * nothing but the places that say so.
 */
export function parseCommands(body: string): Parsed[] {
  const found = findCommandLines(body);
  const lines = found.some(({ text }) => /^answer(?:\s|$)/i.test(text)) ? toLines(body) : [];
  if (found.length > most) return [{ line: found[0]?.line ?? 0, problem: { kind: 'too-many', most } }];
  return found.map(({ line, text, unclear }) => {
    if (unclear) return { line, problem: { kind: 'unclear' } };
    return { line, ...understand(text, lines.slice(line + 1)) };
  });
}

function understand(text: string, behind: readonly string[]): { command: Command } | { problem: Problem } {
  const { word, rest } = takeWord(text);
  const wanted = word.toLowerCase();
  const verb = wanted === '' ? 'help' : verbs.find((each) => each === wanted);
  if (!verb) return { problem: { kind: 'unknown', verb: word.slice(0, 40), suggestion: nearest(wanted) } };
  const parsed = parseArguments(verb, rest, verb === 'answer' ? takeAnswerLines(behind) : []);
  return 'misused' in parsed ? { problem: { kind: 'misused', verb, why: parsed.misused } } : { command: parsed };
}

/** Bounded before it is compared: the distance takes the product of both lengths. */
function nearest(word: string): Verb | undefined {
  const found = word.length > 20 ? undefined : suggest(word, verbs);
  return verbs.find((verb) => verb === found);
}
