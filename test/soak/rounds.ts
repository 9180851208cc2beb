/** Random numbers from 0 up to 1 that are the same for the same seed (mulberry32, Tommy Ettinger). */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The seeds of a campaign: a failing round is run again alone with `SOAK_ROUNDS=1 SOAK_SEED=…`. */
export function seeds(rounds: number): number[] {
  const first = Number(process.env.SOAK_SEED ?? '1');
  return Array.from({ length: Number(process.env.SOAK_ROUNDS ?? rounds) }, (_, at) => first + at);
}

export function pick<Item>(random: () => number, items: readonly Item[]): Item {
  const item = items[Math.floor(random() * items.length)];
  if (item === undefined) throw new Error('there is nothing to pick from');
  return item;
}
