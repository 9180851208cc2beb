import type { PlacedComment } from '../commands/read-request.ts';
import type { Configuration } from '../config/schema.ts';
import type { PushRun } from '../runs/run-work.ts';
import type { GitHub, RemoteRepository } from './github-ports.ts';
import type { ScanRequest } from './prepare-scan.ts';

/** A run, as a comment asks for it. */
export type RunRequest = ScanRequest & {
  /** The comment that asks for it, and which of its commands. */
  comment: PlacedComment;
  index: number;
  command: { text?: string; model?: string };
  /** The commit of the branch that was asked for; absent: as the ledger has it. */
  head: string | undefined;
  config: Configuration;
  github: GitHub;
  remote: RemoteRepository;
  /** Brings what is to be pushed to its branch. */
  push: PushRun;
};
