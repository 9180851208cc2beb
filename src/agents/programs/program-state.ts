import type { GatewayRefusal } from '../../sandboxes/gateway.ts';
import type { InstalledProgram } from '../../sandboxes/program-package.ts';
import type { Answer } from '../agent.ts';
import type { Limit } from '../limits.ts';
import type { SessionState } from '../loop-state.ts';
import type { FinishInput } from '../tool-inputs.ts';
import type { Usage } from '../usage.ts';
import type { Program, ProgramPlace } from './program.ts';

/** A session in which a program of others works. */
export type ProgramState = SessionState & {
  readonly program: Program;
  readonly installed: InstalledProgram;
  readonly place: ProgramPlace;
  /** Whether calls of the model pass this host: then they are counted and decided on here. */
  readonly hosted: boolean;
  /** What `finish` was called with, once it was taken. */
  finish: FinishInput | undefined;
  /** Ids of blocking questions that nobody has answered. */
  waiting: string[];
  /** The limit at which a call was refused, or the time ran out. */
  limit: Limit | undefined;
  /** Calls of the model that are still for saying good-bye: after `finish`, a question that waits, in the run for wrapping up. `undefined`: it works. */
  closing: number | undefined;
  /** The last call was refused because its good-byes took too long. */
  cutShort: boolean;
  /** What the API said last, where it gave no answer. */
  failure: { why: GatewayRefusal; detail: string } | undefined;
  /** How the last answer of the API broke off, if it did, and how many runs in a row ended with one that did. */
  broken: 'cut' | 'silent' | undefined;
  breaks: number;
  /** People wrote, and the run was ended for it. */
  called: boolean;
  /** Whether this sandbox holds the conversation that `thread` names. */
  here: boolean;
  /** Of a conversation from another sandbox, until it went on: what people answered meanwhile. */
  brought: readonly Answer[] | undefined;
  /** Calls of the model in a row that were not answered to their end: who calls again is at the same turn. */
  unanswered: number;
  /** What the program told of its use, all of which counts by now; where its word is all there is. */
  told: { usage: Usage; costUsd: number };
  /** Looks at what it handed over in files, where it cannot call the host; and the look that is under way. */
  look: () => void;
  looking: Promise<void> | undefined;
  /** Runs of the program in this process. */
  runs: number;
  /** When each tool that runs was called, by the call's id; milliseconds since the epoch. */
  readonly begun: Map<string, number>;
  /** Ends the run that is going on, so that its conversation can go on. */
  interrupt: () => void;
  /** The program has said what it had to say, and is given a while to go by itself. */
  leave: () => void;
};

/** Enough to hand over what is left, to finish, and to say a last word. */
export const closingCalls = 3;

/** Whether another run can go on with the conversation. */
export function maySayMore({ program, thread, here }: ProgramState): boolean {
  return program.can.resume && here && thread?.tool === program.tool;
}
