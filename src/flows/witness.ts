import type { Usage } from '../agents/usage.ts';
import type { CheckOutcome } from '../checks/check.ts';
import type { RunVerdict } from '../findings/judge-run.ts';
import type { Discovery } from '../sessions/discovery.ts';

/** Old path, new path; and what people should know about it, a sentence each. */
export type Moved = { renames: [string, string][]; notes: string[] };

export type JudgedIdentities = {
  judged: Discovery['judged'];
  notes: readonly string[];
  /** Nothing where nobody was asked. */
  spent: readonly { usage: Usage; costUsd: number | undefined }[];
};

/**
 * Everything that decides about findings and is no text of an agent and no file of the scanned commit: what checks, commands, git and the
 * judge answered. A session keeps these answers beside its events; a replay gives them instead of asking again.
 *
 * Contract: in a session each method does the work and gives what it gave; in a replay the work is never done.
 */
export interface Witness {
  checks(work: () => Promise<readonly CheckOutcome[]>): Promise<readonly CheckOutcome[]>;
  renames(work: () => Promise<Moved>): Promise<Moved>;
  /** @param about the command, with what its presence looks like */
  command(about: string, work: () => Promise<RunVerdict[]>): Promise<RunVerdict[]>;
  judge(work: () => Promise<JudgedIdentities>): Promise<JudgedIdentities>;
}

/** Keeps nothing: for work whose answers nobody will want again. */
export const noWitness: Witness = {
  checks: (work) => work(),
  renames: (work) => work(),
  command: (_about, work) => work(),
  judge: (work) => work(),
};
