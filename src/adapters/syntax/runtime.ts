import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { brotliDecompress } from 'node:zlib';

// The part of web-tree-sitter 0.27 that is used here. It lies beside this file, and beside the bundle, as it cannot be bundled.
export type SyntaxNode = {
  readonly type: string;
  readonly text: string;
  readonly parent: SyntaxNode | null;
  readonly lastNamedChild: SyntaxNode | null;
  childForFieldName(name: string): SyntaxNode | null;
};
export type TreeCursor = {
  readonly nodeType: string;
  readonly nodeIsNamed: boolean;
  readonly startPosition: { row: number };
  readonly endPosition: { row: number };
  readonly currentNode: SyntaxNode;
  gotoFirstChild(): boolean;
  gotoNextSibling(): boolean;
  gotoParent(): boolean;
  delete(): void;
};
export type Tree = { readonly rootNode: SyntaxNode; walk(): TreeCursor; delete(): void };
type Language = object;
type Parser = {
  setLanguage(language: Language): void;
  /** `null` when the callback said to stop. */
  parse(text: string, before: null, options: { progressCallback: () => boolean }): Tree | null;
  delete(): void;
};
type TreeSitter = {
  Parser: { new (): Parser; init(options: { wasmBinary: Uint8Array }): Promise<void> };
  Language: { load(wasm: Uint8Array): Promise<Language> };
};

export type Parse = (text: string, isLate: () => boolean) => Tree | undefined;
export type Runtime = { parserFor(grammar: string): Promise<Parse> };

const decompress = promisify(brotliDecompress);

/**
 * Starts web-tree-sitter; grammars are loaded when they are asked for. What it throws is not recoverable: start another one.
 * @param folder of the grammars and the runtime, with their checksums
 */
export async function startRuntime(folder: string): Promise<Runtime> {
  const sums: Record<string, string> = JSON.parse(await readFile(path.join(folder, 'sha256.json'), 'utf8'));
  const read = async (name: string) => {
    const bytes = await decompress(await readFile(path.join(folder, `${name}.br`)));
    const sum = createHash('sha256').update(bytes).digest('hex');
    if (sum !== sums[name]) throw new Error(`${name} is not the file that was shipped: its checksum differs.`);
    return bytes;
  };
  const location = pathToFileURL(path.join(folder, 'web-tree-sitter.mjs')).href;
  const { Parser, Language }: TreeSitter = await import(/* webpackIgnore: true */ /* @vite-ignore */ location);
  await Parser.init({ wasmBinary: await read('web-tree-sitter.wasm') });
  const languages = new Map<string, Promise<Language>>();
  return {
    async parserFor(grammar) {
      const loading = languages.get(grammar) ?? read(`tree-sitter-${grammar}.wasm`).then((wasm) => Language.load(wasm));
      languages.set(grammar, loading);
      const language = await loading;
      return (text, isLate) => {
        const parser = new Parser();
        try {
          parser.setLanguage(language);
          return parser.parse(text, null, { progressCallback: isLate }) ?? undefined;
        } finally {
          parser.delete();
        }
      };
    },
  };
}
