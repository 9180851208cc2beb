import type { Settled } from './settled.ts';

/**
 * What an agent says that it contradicts, by its names in the notes: the whole name, or its last part where only one has that. Only what the agent
 * was told counts, so that nothing is doubted by guessing.
 */
export function findContradicted(
  named: readonly string[],
  settled: Pick<Settled, 'assumptions' | 'answers'> | undefined,
): { refs: string[] } | { refused: string } {
  const known = [...(settled?.assumptions ?? []), ...(settled?.answers ?? [])].map(({ id }) => id);
  const refs: string[] = [];
  for (const name of named) {
    const meant = known.filter((id) => id === name || id.endsWith(`/${name}`));
    const [one, ...others] = meant;
    if (one === undefined) return { refused: `your notes name nothing settled as ${name.slice(0, 90)}${list(known)}` };
    if (others.length > 0) return { refused: `${name} may be ${meant.slice(0, 5).join(' or ')}: name it in full` };
    if (!refs.includes(one)) refs.push(one);
  }
  return { refs };
}

function list(known: readonly string[]): string {
  return known.length === 0 ? '; nothing is settled here.' : `; there are: ${known.slice(0, 20).join(', ')}.`;
}
