import path from 'node:path';
import type { ScopeAt, ScopeFinder } from '../../findings/scopes.ts';
import { scopesByIndentation } from '../../findings/scopes-by-indentation.ts';
import { messageOf } from '../../lib/errors.ts';
import { type Log, silentLog } from '../../lib/log.ts';
import { collectScopes } from './collect-scopes.ts';
import { findGrammar } from './languages.ts';
import { type Runtime, startRuntime } from './runtime.ts';

// Nobody writes longer files by hand; a tree takes some thirty times the memory of its text.
const maxLength = 1 << 19;
const fileLimitMs = 4_000;
const totalLimitMs = 60_000;
const mostStarts = 3;

const shippedFolder = path.join(import.meta.dirname, 'grammars');

/**
 * Enclosing declarations by tree-sitter's parsers. The indentation tells instead for languages without a grammar, files above half a million
 * characters, those that take longer than four seconds or are not understood at all, and when the parser itself fails or a minute is spent.
 */
export function createScopeFinder(options: { log?: Log; folder?: string } = {}): ScopeFinder {
  const { log = silentLog, folder = shippedFolder } = options;
  let running: Promise<Runtime> | undefined;
  let starts = 0;
  let spentMs = 0;
  const start = () => {
    starts += 1;
    return startRuntime(folder);
  };
  const parsed = async (grammar: string, text: string): Promise<ScopeAt | undefined> => {
    running ??= start();
    const parse = await (await running).parserFor(grammar);
    const began = performance.now();
    try {
      return scopesIn(text, { grammar, parse });
    } finally {
      spentMs += performance.now() - began;
    }
  };
  return async (name, text) => {
    const grammar = text.length > maxLength || spentMs > totalLimitMs ? undefined : findGrammar(name);
    if (grammar === undefined || (running === undefined && starts >= mostStarts)) return scopesByIndentation(text);
    try {
      return (await parsed(grammar, text)) ?? scopesByIndentation(text);
    } catch (error) {
      // What a trap left behind in the parser's memory is no ground to go on.
      running = undefined;
      log.debug(`The enclosing declarations in ${name} are estimated: ${messageOf(error)}`);
      return scopesByIndentation(text);
    }
  };
}

function scopesIn(
  text: string,
  { grammar, parse }: { grammar: string; parse: Awaited<ReturnType<Runtime['parserFor']>> },
): ScopeAt | undefined {
  // Rows are counted by line feeds, and NUL ends a text for some scanners.
  const plain = text.replace(/\r\n?/g, '\n').replaceAll('\0', ' ');
  const end = performance.now() + fileLimitMs;
  const isLate = () => performance.now() > end;
  const tree = parse(plain, isLate);
  if (!tree) return undefined;
  try {
    return tree.rootNode.type === 'ERROR' ? undefined : collectScopes(tree, { grammar, isLate });
  } finally {
    tree.delete();
  }
}
