/**
 * Finds the declarations that enclose the lines of a file.
 *
 * Contract: the answer for a line (from 1) is the path of names from the outermost declaration to the innermost (`Orders.total`), or
 * `undefined` where nothing named encloses it. A declaration encloses its own first and last line, and its decorators; what has no name
 * (a callback, a block) is part of what encloses it. The path of a line stays the same when the file is indented anew or changes elsewhere.
 * It never throws, takes bounded time and memory whatever the text, and answers for any file: where it has no parser, it estimates.
 */
export type ScopeFinder = (path: string, text: string) => Promise<ScopeAt>;
export type ScopeAt = (line: number) => string | undefined;

const longestPath = 300;

/** Names as one path. */
export function joinScopes(names: readonly string[]): string | undefined {
  return names.length === 0 ? undefined : names.join('.').slice(0, longestPath);
}
