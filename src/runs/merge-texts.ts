/** Lines `start` to `end` (not included) of the old text, and what stands in their place. */
type Hunk = { start: number; end: number; lines: readonly string[] };

// More edits than that are looked for in no text: the time they take grows with their square.
const mostEdits = 600;

/**
 * Whether what two sides made of a text can be put together line by line, as git does it: changes of the same lines, or of lines that touch, cannot,
 * where they are not the same change. `undefined`: too much was changed to tell.
 */
export function mergesCleanly(base: string, ours: string, theirs: string): boolean | undefined {
  const lines = toLines(base);
  const [mine, others] = [hunksOf(lines, toLines(ours)), hunksOf(lines, toLines(theirs))];
  if (!mine || !others) return undefined;
  return mine.every((hunk) => others.every((other) => !meets(hunk, other) || isSame(hunk, other)));
}

function meets(one: Hunk, other: Hunk): boolean {
  return one.start <= other.end && other.start <= one.end;
}

function isSame(one: Hunk, other: Hunk): boolean {
  if (one.start !== other.start || one.end !== other.end || one.lines.length !== other.lines.length) return false;
  return one.lines.every((line, at) => line === other.lines[at]);
}

/** Each with its line break: a last line without one is another line. */
function toLines(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

function hunksOf(before: readonly string[], after: readonly string[]): Hunk[] | undefined {
  const shared = Math.min(before.length, after.length);
  let start = 0;
  while (start < shared && before[start] === after[start]) start += 1;
  let end = 0;
  while (end < shared - start && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  const middle = { old: before.slice(start, before.length - end), now: after.slice(start, after.length - end) };
  const kept = findKept(middle.old, middle.now);
  return kept && toHunks(kept, middle).map((hunk) => ({ ...hunk, start: hunk.start + start, end: hunk.end + start }));
}

/** Between pairs of lines that stayed. */
function toHunks(
  kept: readonly (readonly [number, number])[],
  { old, now }: { old: readonly string[]; now: readonly string[] },
): Hunk[] {
  const hunks: Hunk[] = [];
  let [from, at] = [0, 0];
  for (const [x, y] of [...kept, [old.length, now.length] as const]) {
    if (x > from || y > at) hunks.push({ start: from, end: x, lines: now.slice(at, y) });
    [from, at] = [x + 1, y + 1];
  }
  return hunks;
}

/** Lines that stay, and those that stay before them. */
type Run = { x: number; y: number; length: number; before: Run | undefined };
/** How far a diagonal is walked, and what stayed on the way. */
type Walk = { x: number; run: Run | undefined };

const outset: Walk = { x: 0, run: undefined };

/**
 * The lines that stay, as pairs of places, by a shortest edit script. `undefined`: it would take more than `mostEdits`.
 *
 * Source: E. Myers, "An O(ND) Difference Algorithm and Its Variations", 1986, the greedy algorithm; git's default is a variation of it.
 */
function findKept(old: readonly string[], now: readonly string[]): (readonly [number, number])[] | undefined {
  const walks = new Map<number, Walk>();
  for (let edits = 0; edits <= Math.min(old.length + now.length, mostEdits); edits++) {
    for (let diagonal = -edits; diagonal <= edits; diagonal += 2) {
      const walk = follow(stepOf(walks, diagonal, edits), diagonal, { old, now });
      walks.set(diagonal, walk);
      if (walk.x >= old.length && walk.x - diagonal >= now.length) return toPairs(walk.run);
    }
  }
  return undefined;
}

/** Where the next edit leads on a diagonal: down, which brings a line, or right, which takes one away. */
function stepOf(walks: ReadonlyMap<number, Walk>, diagonal: number, edits: number): Walk {
  if (edits === 0) return outset;
  const [below, above] = [walks.get(diagonal - 1) ?? outset, walks.get(diagonal + 1) ?? outset];
  const isDown = diagonal === -edits || (diagonal !== edits && below.x < above.x);
  return isDown ? above : { ...below, x: below.x + 1 };
}

function follow(
  { x: from, run }: Walk,
  diagonal: number,
  { old, now }: { old: readonly string[]; now: readonly string[] },
): Walk {
  let x = from;
  while (x < old.length && x - diagonal < now.length && old[x] === now[x - diagonal]) x += 1;
  return { x, run: x === from ? run : { x: from, y: from - diagonal, length: x - from, before: run } };
}

function toPairs(last: Run | undefined): (readonly [number, number])[] {
  const runs: Run[] = [];
  for (let run = last; run; run = run.before) runs.push(run);
  return runs.reverse().flatMap(({ x, y, length }) => Array.from({ length }, (_, at) => [x + at, y + at] as const));
}
