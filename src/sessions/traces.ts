import { z } from 'zod';
import { parseLines } from '../lib/ndjson.ts';

/** What the events of a session show of it, also of one that was cut off in the middle of a line. */
export type Traces = {
  /** By scan, in the order in which they began. */
  scans: readonly TracedScan[];
  /** `undefined`: no call of a model is told, or its price is not known. */
  costUsd: number | undefined;
};

export type TracedScan = {
  scan: string;
  iterations: number;
  /** What its agent had handed over, a line each: the files of contract section 6. */
  files: Readonly<Record<'issues.json' | 'questions.json', string>>;
};

// Lenient: a file that others wrote, of this version or a later one.
const Trace = z.object({
  type: z.string(),
  session: z.string().optional(),
  scan: z.string().max(200).optional(),
  iteration: z.number().int().nonnegative().optional(),
  file: z.string().optional(),
  line: z.record(z.string(), z.unknown()).optional(),
  costUsd: z.number().nonnegative().optional(),
});
type Trace = z.infer<typeof Trace>;

/** @param text of `events.ndjson`, as it was found; events of other sessions do not count. */
export function readTraces(text: string, id: string): Traces {
  const events = understand(text).filter(({ session = id }) => session === id);
  const byScan = Map.groupBy(
    events.filter(({ scan }) => scan !== undefined),
    ({ scan }) => scan ?? '',
  );
  const costs = events.flatMap(({ type, costUsd }) => (type === 'model-call' ? (costUsd ?? []) : []));
  return {
    scans: [...byScan].map(([scan, own]) => ({
      scan,
      iterations: Math.max(0, ...own.map(({ iteration = 0 }) => iteration)),
      files: { 'issues.json': linesOf(own, 'issues.json'), 'questions.json': linesOf(own, 'questions.json') },
    })),
    costUsd: costs.length > 0 ? costs.reduce((sum, cost) => sum + cost, 0) : undefined,
  };
}

function understand(text: string): Trace[] {
  return parseLines(text, (value) => Trace.safeParse(value).data).values;
}

function linesOf(events: readonly Trace[], file: string): string {
  const lines = events.flatMap((event) => (event.file === file && event.line ? [event.line] : []));
  return lines.map((line) => `${JSON.stringify(line)}\n`).join('');
}
