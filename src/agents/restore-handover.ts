import type { Sandbox } from '../sandboxes/sandbox.ts';
import { type HandedOver, handedOverFiles } from './journal.ts';

/** Puts what was handed over back into the sandbox, as far as it is not there: a fresh one has none of it, a killed one may lack the end. */
export async function restoreHandover(
  sandbox: Pick<Sandbox, 'out' | 'readFile' | 'writeFile'>,
  earlier: readonly HandedOver[],
): Promise<void> {
  for (const file of handedOverFiles) {
    const path = `${sandbox.out}/${file}`;
    if (!earlier.some((entry) => entry.file === file)) continue;
    const there = new TextDecoder().decode(await sandbox.readFile(path));
    const whole = withKept(there, earlier, file);
    if (whole !== there) await sandbox.writeFile(path, whole);
  }
}

/** A file's text with the lines that the host kept of it: whatever became of them in the sandbox, they were handed over. */
export function withKept(text: string, kept: readonly HandedOver[], file: HandedOver['file']): string {
  const ours = kept.filter((entry) => entry.file === file).map(({ line }) => JSON.stringify(line));
  const there = text.split('\n').filter(Boolean);
  // What an agent wrote itself is kept as it reads, not as it was spelt.
  const read = new Map(there.map((line) => [line, asRead(line)]));
  const has = new Set(read.values());
  const isWhole = ours.every((line) => has.has(line)) && /^$|\n$/.test(text);
  if (isWhole || ours.length === 0) return text;
  // A line that a kill tore off is the beginning of one of ours.
  const own = new Set(ours);
  const others = there.filter((line) => !own.has(read.get(line) ?? line) && !ours.some((one) => one.startsWith(line)));
  return `${[...others, ...ours].join('\n')}\n`;
}

function asRead(line: string): string {
  try {
    return JSON.stringify(JSON.parse(line));
  } catch {
    return line;
  }
}
