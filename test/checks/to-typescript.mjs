// ast-grep has one grammar for a rule, and .ts files need their own (`<T>x` is a cast there and a tag in TSX).
// Run with `node test/checks/to-typescript.mjs` after changing src/checks/presets/rules/javascript; a test holds both folders together.
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';

function toTypeScript(rule) {
  return rule.replace(/^id: js-/m, 'id: ts-').replace(/^language: Tsx$/m, 'language: TypeScript');
}

/** JSX has no place in .ts files: what speaks of it is left out. */
function withoutJsx(rule) {
  return rule.replace(/^ {4}# jsx only\n(?: {4}- .*\n(?: {6}.*\n)*)+/m, '');
}

const rules = new URL('../../src/checks/presets/rules/', import.meta.url);
const from = new URL('javascript/', rules);
const to = new URL('typescript/', rules);
for (const name of readdirSync(to)) rmSync(new URL(name, to));
for (const name of readdirSync(from)) {
  const rule = withoutJsx(toTypeScript(readFileSync(new URL(name, from), 'utf8')));
  writeFileSync(new URL(name.replace(/^js-/, 'ts-'), to), rule);
}
