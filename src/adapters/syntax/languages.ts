import path from 'node:path';

// Headers go to C++, which reads C's as well. `.phtml` and the like are PHP between text, as the grammar expects it.
const extensions: Readonly<Record<string, readonly string[]>> = {
  javascript: ['js', 'mjs', 'cjs', 'jsx'],
  typescript: ['ts', 'mts', 'cts'],
  tsx: ['tsx'],
  python: ['py', 'pyi', 'pyw'],
  go: ['go'],
  java: ['java'],
  ruby: ['rb', 'rake', 'gemspec', 'ru'],
  rust: ['rs'],
  c: ['c'],
  cpp: ['cc', 'cpp', 'cxx', 'c++', 'h', 'hh', 'hpp', 'hxx', 'ipp', 'inl'],
  c_sharp: ['cs', 'csx'],
  php: ['php', 'phtml', 'php5', 'inc'],
};

const grammars = new Map(
  Object.entries(extensions).flatMap(([grammar, names]) => names.map((name) => [`.${name}`, grammar])),
);
const namedFiles = new Map([
  ['Rakefile', 'ruby'],
  ['Gemfile', 'ruby'],
]);

/** The grammar (`tree-sitter-<name>.wasm`) for a file; `undefined` where there is none. */
export function findGrammar(file: string): string | undefined {
  return grammars.get(path.extname(file).toLowerCase()) ?? namedFiles.get(path.basename(file));
}
