import { normaliseCode } from './fingerprint.ts';

/** `compact`: without white space and secrets; empty where there is no such line. `tells`: whether it can tell one place from others. */
export type TellingLine = { compact: string; tells: boolean };
/** Lines count from 1. */
export type TellingLines = { readonly count: number; at(line: number): TellingLine };

const shortest = 8;
const longest = 4_000;

// Lines of nothing but these and of signs stand everywhere.
const common = new Set(
  `abstract async await begin break case catch class const continue def default do elif else elsif end ensure enum except export extends false
  final finally fn for from func function if impl import in interface let match module namespace new nil none null override package pass
  private protected pub public readonly require rescue return self static struct super switch then this throw true try undefined unless until
  use using var void when where while with yield`.split(/\s+/),
);

/**
 * A text's lines as they are compared. One tells something that is longer than eight characters without white space and holds a word
 * beyond keywords: `} else {` and `return null;` do not.
 * @param clean gives a line without its secrets
 */
export function createTellingLines(text: string, clean: (text: string, line: number) => string): TellingLines {
  const lines = text.split(/\r\n|\r|\n/);
  const known = new Map<number, TellingLine>();
  return {
    count: lines.length,
    at(line) {
      const before = known.get(line);
      if (before) return before;
      const cleaned = clean((lines[line - 1] ?? '').slice(0, longest), line);
      const compact = normaliseCode(cleaned);
      const told = { compact, tells: compact.length > shortest && hasWord(cleaned) };
      known.set(line, told);
      return told;
    },
  };
}

function hasWord(line: string): boolean {
  return (line.match(/[\p{L}_$][\p{L}\p{N}_$]*|\p{N}{2,}/gu) ?? []).some((word) => !common.has(word.toLowerCase()));
}
