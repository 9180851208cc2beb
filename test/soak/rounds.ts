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
