// ast-grep has one grammar for a rule, and .ts files need their own (`<T>x` is a cast there and a tag in TSX).
// Run with `node src/checks/presets/rules/to-typescript.mjs` after changing rules/javascript; a test holds both folders together.
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';

export function toTypeScript(rule) {
  return rule.replace(/^id: js-/m, 'id: ts-').replace(/^language: Tsx$/m, 'language: TypeScript');
}

/** JSX has no place in .ts files: what speaks of it is left out. */
export function withoutJsx(rule) {
  return rule.replace(/^ {4}# jsx only\n(?: {4}- .*\n(?: {6}.*\n)*)+/m, '');
}

if (process.argv[1] === import.meta.filename) {
  const from = new URL('javascript/', import.meta.url);
  const to = new URL('typescript/', import.meta.url);
  for (const name of readdirSync(to)) rmSync(new URL(name, to));
  for (const name of readdirSync(from)) {
    writeFileSync(
      new URL(name.replace(/^js-/, 'ts-'), to),
      withoutJsx(toTypeScript(readFileSync(new URL(name, from), 'utf8'))),
    );
  }
}
