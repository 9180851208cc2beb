import { createGate, type Gate } from './gate.ts';

/**
 * The gate of some secrets, made once: to take a private key and a token apart into all their pieces takes longer, and holds more memory, than
 * most of what is done with it. The `most` that were used last are kept.
 */
export function keepGates(most: number): (secrets: readonly string[]) => Gate {
  const kept = new Map<string, Gate>();
  return (secrets) => {
    const key = JSON.stringify(secrets);
    const gate = kept.get(key) ?? createGate({ secrets });
    kept.delete(key);
    kept.set(key, gate);
    const [oldest] = kept.keys();
    if (kept.size > most && oldest !== undefined) kept.delete(oldest);
    return gate;
  };
}
