import { joinScopes, type ScopeAt } from './scopes.ts';

// A declaration that begins farther up than this, or a line longer than that, was hardly written by hand.
const farthest = 5_000;
const widest = 300;
const deepest = 12;
const tabWidth = 4;

const keywords =
  /\b(?:function|func|fun|fn|def|defp|defmodule|sub|proc|procedure|method|class|struct|interface|protocol|trait|impl|enum|record|object|module|namespace|package|extension|service|message|resource)[ \t*]+(?:\([^()]{0,80}\)[ \t]*)?((?:self\.)?[\p{L}_$][\p{L}\p{N}_$]*(?:(?:\.|::)[\p{L}_$][\p{L}\p{N}_$]*){0,6})/u;
const assigned =
  /^(?:export |default |const |let |var |val |local |public |private |static ){0,4}([\p{L}_$][\p{L}\p{N}_$.]*)[ \t]*[:=][ \t]*(?:async\b|function\b|\(|\{$|class\b|fun\b|fn\b)/u;
const called = /^(?:[\p{L}_][\p{L}\p{N}_<>[\],.?*&:]* ){0,6}([\p{L}_$~][\p{L}\p{N}_$~:]*)[ \t]*\([^;]*$/u;
const statements =
  /^(?:if|else|elif|elsif|for|foreach|while|until|switch|case|when|match|catch|return|with|do|try|new|throw|await|yield|unless|using|lock|assert|print)\b/;

type Line = { indent: number; text: string };

/**
 * The enclosing declarations as the indentation shows them: from each line upwards, every nearest line that is indented less, where it
 * looks like a declaration. For languages without a parser, and files that none can read.
 */
export function scopesByIndentation(text: string): ScopeAt {
  let lines: Line[] | undefined;
  const known = new Map<number, string | undefined>();
  return (line) => {
    lines ??= text.split(/\r\n|\r|\n/).map(toLine);
    if (!known.has(line)) known.set(line, joinScopes(enclosing(lines, line - 1)));
    return known.get(line);
  };
}

function enclosing(lines: readonly Line[], at: number): string[] {
  const own = lines[at];
  if (!own) return [];
  const names = [nameIn(own.text)].filter((name) => name !== undefined);
  // A line that closes a block belongs to the line that opened it, which stands at the same indentation.
  let indent = /^[)}\]]|^end\b/.test(own.text) ? own.indent + 1 : own.indent;
  if (own.text === '') indent = Number.POSITIVE_INFINITY;
  const first = Math.max(0, at - farthest);
  for (let index = at - 1; index >= first && indent > 0 && names.length < deepest; index--) {
    const line = lines[index];
    if (!line || line.text === '' || line.indent >= indent || /^[)}\]{]/.test(line.text)) continue;
    indent = line.indent;
    const name = nameIn(line.text);
    if (name !== undefined) names.unshift(name);
  }
  return names;
}

function nameIn(text: string): string | undefined {
  if (statements.test(text) || /^(?:\/\/|#|\*|\/\*|--)/.test(text)) return undefined;
  const name = keywords.exec(text)?.[1] ?? assigned.exec(text)?.[1] ?? opened(text);
  return name?.replaceAll('::', '.');
}

/** `total(order) {`, `int main(void)`: a name with parentheses whose line opens a block or ends before one. */
function opened(text: string): string | undefined {
  return /[{:)]$/.test(text) ? called.exec(text)?.[1] : undefined;
}

function toLine(raw: string): Line {
  const white = /^[ \t]*/.exec(raw)?.[0] ?? '';
  const indent = [...white.slice(0, widest)].reduce((sum, char) => sum + (char === '\t' ? tabWidth : 1), 0);
  return { indent, text: raw.slice(white.length, white.length + widest).trimEnd() };
}
