const suffix = / \((\d+) of \d+\)$/;

/** What an agent goes by that looks at a part of the repository: in the log, the transcript and the folder of what it handed over. */
export function partName(scan: string, { number, count }: { number: number; count: number }): string {
  return `${scan} (${number} of ${count})`;
}

/** The scan that an agent of that name works for. */
export function scanOfPart(name: string): string {
  return name.replace(suffix, '');
}

/** A question's id as the agent gave it, in the numbering of its scan: each agent begins with Q1. */
export function refOfPart(number: number, id: string): string {
  return `${number}/${id}`;
}

/** The id by which the agent of that name knows a question; `undefined`: it is another one's. */
export function ownRef(
  name: string,
  { scan, ref }: { scan?: string | undefined; ref?: string | undefined },
): string | undefined {
  if (scan === name) return ref;
  const [, number = ''] = suffix.exec(name) ?? [];
  const prefix = refOfPart(Number(number), '');
  return number !== '' && scan === scanOfPart(name) && ref?.startsWith(prefix) ? ref.slice(prefix.length) : undefined;
}
