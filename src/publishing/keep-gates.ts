import { createGateOver, type Gate } from './gate.ts';
import { takeApart } from './secret-pieces.ts';

/**
 * Makes gates, and takes each secret apart once: to do so with a private key takes longer, and holds more memory, than most of what is done
 * with it, and it stays while tokens come and go, one for each repository. The `most` secrets that were used last are kept.
 */
export function keepGates(most: number, apart = takeApart): (secrets: readonly string[]) => Gate {
  const kept = new Map<string, ReturnType<typeof takeApart>>();

  function piecesOf(secret: string) {
    const pieces = kept.get(secret) ?? apart([secret]);
    kept.delete(secret);
    kept.set(secret, pieces);
    const [oldest] = kept.keys();
    if (kept.size > most && oldest !== undefined) kept.delete(oldest);
    return pieces;
  }

  return (secrets) => createGateOver(secrets.map(piecesOf));
}
