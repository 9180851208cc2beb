/** A pair that may be matched: the places of its findings in their lists, and its odds of being one against both being alone. */
export type Edge = { raised: number; known: number };

const rounds = 8;

/**
 * How probable each pair is where each finding is matched once at most and a matching's weight is the product of its pairs' odds; and the
 * logarithm of the sum of all matchings' weights. Belief propagation on the monomer-dimer model (Zdeborová and Mézard 2006, The number of
 * matchings in random graphs): tends to the exact value where the pairs form no circle, and is close where they do.
 */
export function marginalsOf(
  edges: readonly Edge[],
  odds: Float64Array,
  { raised, known }: { raised: number; known: number },
): { probabilities: Float64Array; logSum: number } {
  // Numbers side by side: this runs some ten thousand times for a large ledger.
  const ends = {
    raised: Int32Array.from(edges, (edge) => edge.raised),
    known: Int32Array.from(edges, (edge) => edge.known),
  };
  const free = { raised: new Float64Array(edges.length).fill(0.5), known: new Float64Array(edges.length).fill(0.5) };
  const sums = { raised: new Float64Array(raised), known: new Float64Array(known) };
  for (let round = 0; round < rounds; round++) {
    update(odds, { ends: ends.raised, from: free.known, to: free.raised, sums: sums.raised });
    update(odds, { ends: ends.known, from: free.raised, to: free.known, sums: sums.known });
  }
  addUp(odds, { ends: ends.raised, from: free.known, sums: sums.raised });
  addUp(odds, { ends: ends.known, from: free.raised, sums: sums.known });
  const probabilities = new Float64Array(edges.length);
  let logSum = 0;
  for (let index = 0; index < odds.length; index++) {
    const both = (odds[index] ?? 0) * (free.raised[index] ?? 0) * (free.known[index] ?? 0);
    probabilities[index] = both / (1 + both);
    logSum -= Math.log1p(both);
  }
  for (const sum of sums.raised) logSum += Math.log1p(sum);
  for (const sum of sums.known) logSum += Math.log1p(sum);
  return { probabilities, logSum };
}

type Messages = { ends: Int32Array; from: Float64Array; sums: Float64Array };

/** How probably each finding is left free by its other pairs; half of the step, so that the messages settle. */
function update(odds: Float64Array, { ends, from, to, sums }: Messages & { to: Float64Array }): void {
  addUp(odds, { ends, from, sums });
  for (let index = 0; index < odds.length; index++) {
    const others = Math.max(0, (sums[ends[index] ?? 0] ?? 0) - (odds[index] ?? 0) * (from[index] ?? 0));
    to[index] = 0.5 * (to[index] ?? 0) + 0.5 / (1 + others);
  }
}

function addUp(odds: Float64Array, { ends, from, sums }: Messages): void {
  sums.fill(0);
  for (let index = 0; index < odds.length; index++) {
    const end = ends[index] ?? 0;
    sums[end] = (sums[end] ?? 0) + (odds[index] ?? 0) * (from[index] ?? 0);
  }
}
