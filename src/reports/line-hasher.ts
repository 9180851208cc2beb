import { primaryLocationLineHashes } from '../findings/line-hash.ts';
import type { LineHash } from './sarif-results.ts';

/** Line hashes of the given texts by path, each file hashed once and only when one of its lines is asked for. */
export function lineHasher(texts: ReadonlyMap<string, string>): LineHash {
  const hashes = new Map<string, readonly string[]>();
  return (path, line) => {
    const text = texts.get(path);
    if (text === undefined) return undefined;
    const known = hashes.get(path) ?? primaryLocationLineHashes(text);
    hashes.set(path, known);
    return known[line - 1];
  };
}
