/** One measurement: Courier's work beside what it is compared to. Both do the same amount of it. */
export type Comparison = {
  what: string;
  beside: string;
  courier: () => unknown;
  other: () => unknown;
  /** At most; fewer where the time runs out. */
  repetitions: number;
};

export type Row = {
  what: string;
  beside: string;
  courierMs: number;
  otherMs: number;
  ratio: number;
  repetitions: number;
};

// Enough for a median; more are taken only while a measurement's time lasts.
const fewest = 3;

/**
 * Runs both sides by turns, so that whatever else the machine does meets both, after one round that is not counted. Each side's time
 * is its median; the ratio is the median of the rounds' own ratios.
 * @param limitMs for all counted rounds of one measurement.
 * @param now milliseconds of a clock that only goes on.
 */
export async function measure(
  comparison: Comparison,
  { limitMs, now = () => performance.now() }: { limitMs: number; now?: () => number },
): Promise<Row> {
  const timeOf = async (work: () => unknown) => {
    const begin = now();
    await work();
    return now() - begin;
  };
  await comparison.courier();
  await comparison.other();
  const rounds: { courier: number; other: number }[] = [];
  const begin = now();
  while (rounds.length < comparison.repetitions) {
    if (rounds.length >= fewest && now() - begin > limitMs) break;
    rounds.push({ courier: await timeOf(comparison.courier), other: await timeOf(comparison.other) });
  }
  return {
    what: comparison.what,
    beside: comparison.beside,
    courierMs: median(rounds.map(({ courier }) => courier)),
    otherMs: median(rounds.map(({ other }) => other)),
    ratio: median(rounds.map(({ courier, other }) => courier / other)),
    repetitions: rounds.length,
  };
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const [low = Number.NaN, high = Number.NaN] = [sorted[middle - 1], sorted[middle]];
  return sorted.length % 2 === 1 ? high : (low + high) / 2;
}

/** The rows as a Markdown table. */
export function renderRows(rows: readonly Row[]): string {
  return [
    '| what | Courier, ms | beside | ms | ratio | rounds |',
    '|---|---:|---|---:|---:|---:|',
    ...rows.map(
      ({ what, courierMs, beside, otherMs, ratio, repetitions }) =>
        `| ${what} | ${digits(courierMs)} | ${beside} | ${digits(otherMs)} | ${digits(ratio)} | ${repetitions} |`,
    ),
  ].join('\n');
}

/** Two significant digits, and whole numbers where there are more. */
function digits(value: number): string {
  if (value >= 100) return value.toFixed(0);
  return Number(value.toPrecision(2)).toString();
}
