import { joinScopes, type ScopeAt } from './scopes.ts';

// A declaration that begins farther up than this, or a line longer than that, was hardly written by hand.
const farthest = 5_000;
const widest = 300;
const deepest = 12;
const tabWidth = 4;

const keywords =
  /^(?:[\w@]+(?:\([^()]{0,40}\))? ){0,5}(?:function|func|fun|fn|def|defp|defmodule|sub|proc|procedure|method|class|struct|interface|protocol|trait|impl|enum|record|object|module|namespace|type|extension|service|message|resource)(?:<[^<>]{0,40}>)?[ \t*]+(?:\([^()]{0,80}\)[ \t]*)?(?:self\.)?([\p{L}_$][\p{L}\p{N}_$]*(?:(?:\.|::|\\)[\p{L}_$][\p{L}\p{N}_$]*){0,6})/u;
const assigned =
  /^(?:(?:export|default|const|let|var|val|local|public|private|static) ){0,4}([\p{L}_$][\p{L}\p{N}_$.]*)[ \t]*[:=][ \t]*(?:async\b|function\b|\([^()]*\)[^()]*=>|\{$|class\b|fun\b|fn\b)/u;
const opened =
  /^(?:[\p{L}_][\p{L}\p{N}_<>[\],.?*&:]*[ \t]+[*&]*){0,6}([\p{L}_$~][\p{L}\p{N}_$~:]*)[ \t]*\([^()]*(?:\([^()]*\)[^()]*){0,3}\)[^()=]*\{(?:$|.*\}$)/u;
const statements =
  /^(?:\}[ \t]*)?(?:if|else|elif|elsif|for|foreach|while|until|switch|case|when|match|catch|return|with|do|try|new|throw|await|yield|unless|using|lock|assert|print)\b/;
const comments = /^(?:\/\/|#|\*|\/\*|--)/;
const noNames = new Set(['func', 'function', 'fn', 'if', 'for', 'while', 'switch', 'catch', 'extends', 'implements']);

type Line = { indent: number; text: string };

/**
 * The enclosing declarations as the indentation shows them: from each line upwards, every nearest line that is indented less, where it
 * looks like a declaration. For languages without a parser, and files that none can read.
 */
export function scopesByIndentation(text: string): ScopeAt {
  let lines: Line[] | undefined;
  const known = new Map<number, string | undefined>();
  return (line) => {
    lines ??= joinBraces(text.split(/\r\n|\r|\n/).map(toLine));
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
  if (statements.test(text) || comments.test(text)) return undefined;
  const name = (keywords.exec(text) ?? assigned.exec(text) ?? opened.exec(text))?.[1];
  return name === undefined || noNames.has(name) ? undefined : name.replace(/::|\\/g, '.');
}

/** A brace on a line of its own belongs to the line before. */
function joinBraces(lines: Line[]): Line[] {
  return lines.map((line, index) => {
    const next = lines[index + 1];
    return next?.text === '{' && next.indent === line.indent && line.text.endsWith(')')
      ? { ...line, text: `${line.text} {` }
      : line;
  });
}

function toLine(raw: string): Line {
  const white = /^[ \t]*/.exec(raw)?.[0] ?? '';
  const indent = [...white.slice(0, widest)].reduce((sum, char) => sum + (char === '\t' ? tabWidth : 1), 0);
  const code = raw
    .slice(white.length, white.length + widest)
    .replace(/[ \t](?:\/\/|#|--)[ \t].*$/, '')
    .trimEnd();
  return { indent, text: code };
}
