import type { AgentEvent } from '../../../../src/agents/agent.ts';
import { aFinding } from '../../scripted-session.ts';
import { type Bed, type BedOptions, type Programs, programOf, type Tools } from '../program-bed.ts';
import { call, type Turns } from '../spoken-models.ts';

/** What one agent tool is to come to, with a bed that is closed afterwards. */
export type Stage = { tool: Tools; open: (turns: Turns, options?: BedOptions) => Promise<Bed> };

/** A row of the table: the same for every agent tool. What one of them cannot do, it declares, and then that is what is asserted. */
export type Scenario = {
  name: string;
  /**
   * The real programs that play it in the suite, for each start of one costs seconds of a processor; `npm run soak` has all of them play all. Each
   * program has the long session, a limit and an error of its API, and each row one program at least that plays it there, or says what has the same in its place.
   */
  suite: readonly Programs[];
  /** Absent: for all. */
  of?: (tool: Tools) => boolean;
  play: (stage: Stage) => Promise<void>;
};

export const everyProgram: readonly Programs[] = ['claude-code', 'codex', 'gemini', 'opencode'];

/** Whether its conversation can go on in another run: what `can` of a program declares, and docs/agents.md says. */
export const resumes = (tool: Tools): boolean => tool === 'anthropic' || programOf(tool).can.resume;
/** Whether its conversation can go on in another sandbox. */
export const carries = (tool: Tools): boolean => tool === 'anthropic' || programOf(tool).carry !== undefined;
export const isProgram = (tool: Tools): boolean => tool !== 'anthropic';

export const report = (title: string) => call('report_finding', { ...aFinding, title });

export function noticesIn(events: readonly AgentEvent[]): string {
  return events.flatMap((event) => (event.type === 'notice' ? [event.text] : [])).join('\n');
}

export function retriesIn(events: readonly AgentEvent[]): number {
  return events.filter(({ type }) => type === 'retry').length;
}
