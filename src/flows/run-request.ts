import type { PlacedComment } from '../commands/read-request.ts';
import type { Configuration } from '../config/schema.ts';
import type { PushRun } from '../runs/run-work.ts';
import type { GitHub, RemoteRepository } from './github-ports.ts';
import type { ScanRequest } from './prepare-scan.ts';

/** A run, as a comment asks for it. */
export type RunRequest = ScanRequest & {
  /** The comment that asks for it, and which of its commands; of an order what stands in its place. */
  comment: PlacedComment;
  index: number;
  command: { text?: string; model?: string };
  /** The order that it follows, where no command of its own asks for it; `own`: Courier goes on by itself. */
  order?: { id: string; own: boolean } | undefined;
  /** The commit of the branch that was asked for; absent: as the ledger has it. */
  head: string | undefined;
  /** Name of the file below `.github/workflows` whose own checks count for nothing; absent: the usual one. */
  workflow?: string | undefined;
  config: Configuration;
  github: GitHub;
  remote: RemoteRepository;
  /** Brings what is to be pushed to its branch. */
  push: PushRun;
};
