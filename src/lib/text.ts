/** At most `limit` UTF-16 units, never cutting a character in two; `mark` ends a text that was cut and counts. */
export function truncate(text: string, limit: number, mark = '…'): string {
  if (text.length <= limit) return text;
  let end = Math.max(0, limit - mark.length);
  const last = text.charCodeAt(end - 1);
  if (last >= 0xd800 && last <= 0xdbff) end -= 1;
  return text.slice(0, end) + mark;
}

/** One line, inner white space folded. */
export function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/** `1 finding`, `2 findings`. */
export function count(number: number, noun: string, plural = `${noun}s`): string {
  return `${number} ${number === 1 ? noun : plural}`;
}

/** `once`, `twice`, `3 times`. */
export function timesText(times: number): string {
  return ['never', 'once', 'twice'][times] ?? `${times} times`;
}

/** The candidate nearest to `word` (Damerau-free Levenshtein), when it is near enough to be a misspelling of it. */
export function suggest(word: string, candidates: readonly string[]): string | undefined {
  const scored = candidates.map((candidate) => ({
    candidate,
    distance: distance(word.toLowerCase(), candidate.toLowerCase()),
  }));
  const best = scored.sort((a, b) => a.distance - b.distance)[0];
  if (!best || best.distance > Math.max(2, Math.floor(best.candidate.length / 3))) return undefined;
  return best.candidate;
}

function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, substitution));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
