import type { ProgramEvent } from './program.ts';

const said: ReadonlySet<ProgramEvent['type']> = new Set(['message', 'thinking', 'tool-use'] as const);

/**
 * Tells the turns of a model beside its events, for a program that does not tell them itself: what comes after a result is another turn. Tools
 * that a model calls one after the other in a single turn count as more.
 */
export function countTurns(): (events: readonly ProgramEvent[]) => ProgramEvent[] {
  let turns = 0;
  let speaks = false;
  return (events) =>
    events.flatMap((event) => {
      const begins = said.has(event.type) && !speaks;
      if (said.has(event.type)) speaks = true;
      if (event.type === 'tool-result') speaks = false;
      if (!begins) return [event];
      turns += 1;
      return [{ type: 'call', id: String(turns) }, event];
    });
}
