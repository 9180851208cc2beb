import type { Session } from '../sessions/session.ts';

/** `8 s`, `2 min 05 s`, `1 h 02 min`. */
export function elapsedText(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  const minutes = Math.floor(seconds / 60);
  if (minutes === 0) return `${seconds} s`;
  if (minutes < 60) return `${minutes} min ${two(seconds % 60)} s`;
  return `${Math.floor(minutes / 60)} h ${two(minutes % 60)} min`;
}

/** How long a check took: `310 ms` below a second, else as `elapsedText`. */
export function timeText(milliseconds: number): string {
  return milliseconds < 1000 ? `${Math.max(0, Math.round(milliseconds))} ms` : elapsedText(milliseconds);
}

/** How long the session took; nothing while it has not ended. */
export function durationText({ startedAt, endedAt }: Pick<Session, 'startedAt' | 'endedAt'>): string | undefined {
  const milliseconds = Date.parse(endedAt ?? '') - Date.parse(startedAt);
  return Number.isFinite(milliseconds) ? elapsedText(milliseconds) : undefined;
}

/** `$0.42`; below a cent four digits, so that a small cost does not read as none. */
export function costText(usd: number): string {
  return `$${usd.toFixed(usd > 0 && usd < 0.01 ? 4 : 2)}`;
}

/** `$0.42 ($0.21 per confirmed finding)`: one that is proven and that nobody dismissed. Nothing where the price is not known. */
export function sessionCostText({ costUsd, confirmed }: Pick<Session, 'costUsd' | 'confirmed'>): string | undefined {
  if (costUsd === undefined) return undefined;
  return costUsd > 0 && confirmed
    ? `${costText(costUsd)} (${costText(costUsd / confirmed)} per confirmed finding)`
    : costText(costUsd);
}

/** `12 iterations of at most 40`, summed over the agents; nothing where none ran. */
export function iterationsText({ agents }: Pick<Session, 'agents'>): string | undefined {
  if (agents.length === 0) return undefined;
  const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);
  const done = sum(agents.map(({ currentIteration }) => currentIteration));
  return `${done} iteration${done === 1 ? '' : 's'} of at most ${sum(agents.map(({ maxIterations }) => maxIterations))}`;
}

/** `28 %`; only all is 100 %, and only nothing is 0 %. */
export function shareText(part: number, whole: number): string {
  if (whole === 0 || part >= whole) return '100 %';
  return part <= 0 ? '0 %' : `${Math.min(99, Math.max(1, Math.round((part / whole) * 100)))} %`;
}

/** How much of the repository the agents looked at, a line for each scan; none where nobody watched. */
export function coverageText({ agents }: Pick<Session, 'agents'>): string[] {
  const watched = agents.flatMap(({ scan, coverage }) => (coverage ? [{ scan, coverage }] : []));
  return watched.map(({ scan, coverage: { files, lines, looked, soFar } }) => {
    const now = `${grouped(looked.files)} of ${grouped(files)} files, ${shareText(looked.lines, lines)} of the lines`;
    const all = `${shareText(soFar.lines, lines)} of the lines as they are now in all sessions so far`;
    return `${watched.length > 1 ? `${scan}: ` : ''}${now} in this session; ${all}`;
  });
}

/** `12,345 in, 678 out` with what the prompt cache gave; nothing where no token was used. */
export function tokensText({ usage }: Pick<Session, 'usage'>): string | undefined {
  const { inputTokens, outputTokens, cacheReadTokens, cacheWriteTokens } = usage;
  const input = inputTokens + cacheReadTokens + cacheWriteTokens;
  if (input + outputTokens === 0) return undefined;
  const cached = cacheReadTokens > 0 ? ` (${grouped(cacheReadTokens)} from the cache)` : '';
  return `${grouped(input)} in${cached}, ${grouped(outputTokens)} out`;
}

/** How the host proved a finding, to stand after "Verified:". */
export const verifiedText = {
  reproduced: 'reproduced (shown by running it)',
  quoted: 'quoted (the code was found at the commit)',
  none: 'no',
} as const;

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

/** `20 Nov 2026, 10:00 UTC` for ISO 8601; what is no date stays as it is. */
export function dateText(iso: string): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return iso;
  const time = `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}`;
  return `${date.getUTCDate()} ${months[date.getUTCMonth()]} ${date.getUTCFullYear()}, ${time} UTC`;
}

function two(number: number): string {
  return String(number).padStart(2, '0');
}

function grouped(number: number): string {
  return String(number).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** What came of looking for a known finding, as a word for people. */
export const verdictText = { gone: 'gone', present: 'still there', inconclusive: 'undecided' } as const;
