import { createMatcher } from '../lib/glob.ts';
import type { Ports } from './ports.ts';

const contextFileLimit = 256_000;

/** The documents that the configuration binds to an agent. */
export async function readContext(globs: readonly string[], files: readonly string[], repository: Ports['repository']) {
  if (globs.length === 0) return [];
  const matches = createMatcher(globs);
  const documents: { path: string; text: string }[] = [];
  for (const path of files.filter(matches)) {
    const bytes = await repository.read(path, { maxBytes: contextFileLimit });
    if (bytes) documents.push({ path, text: new TextDecoder().decode(bytes) });
  }
  return documents;
}
