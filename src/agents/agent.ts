import type { Finding } from '../findings/finding.ts';
import type { Sandbox } from '../sandboxes/sandbox.ts';

/** What happened in a session, as it happens; also the record's event log. */
export type AgentEvent =
  | { type: 'iteration'; iteration: number; of: number }
  | { type: 'message'; text: string }
  | { type: 'thinking'; text: string }
  | { type: 'tool-use'; tool: string; input: unknown; id: string }
  | { type: 'tool-result'; id: string; ok: boolean; output: string; durationMs: number }
  | { type: 'usage'; usage: Usage; costUsd: number | undefined }
  | { type: 'retry'; attempt: number; waitMs: number; reason: string }
  | { type: 'notice'; text: string };

/** Token counts, summed over the session. */
export type Usage = { inputTokens: number; outputTokens: number; cacheReadTokens: number; cacheWriteTokens: number };

export const noUsage: Usage = { inputTokens: 0, outputTokens: 0, cacheReadTokens: 0, cacheWriteTokens: 0 };

export type AgentTask = {
  /** The scan's name: a configured one, or `prompt` for the input of that name. */
  scan: string;
  prompt: string;
  /** Globs to focus on; empty: everything. */
  paths: readonly string[];
  model: string;
  effort: 'low' | 'medium' | 'high' | 'max';
  temperature?: number;
  /** Output tokens per response, thinking included. */
  maxTokens: number;
  maxIterations: number;
  budgetUsd: number;
  timeoutMs: number;
  /** Findings that the ledger knows in this scope. */
  known: readonly Pick<Finding, 'id' | 'title' | 'location'>[];
  /** Those of them to look for on purpose, with the code that showed them. */
  verify: readonly Pick<Finding, 'id' | 'title' | 'location' | 'evidence'>[];
  /** Framing by path, from the configuration. */
  rules: readonly { paths: readonly string[]; text: string }[];
  /** Bound context: documents from the configuration, as data. */
  context: readonly { path: string; text: string }[];
  /** Named shell commands that the sandbox offers. */
  commands: Readonly<Record<string, string>>;
  /** Why what prepares the sandbox failed, in words of its output among others. */
  setupProblem?: string | undefined;
  /** The repository's files, for the map in the prompt. */
  files: readonly string[];
  /** Where the history's bundle is in the sandbox, or why it is not there. Absent: nobody asked for it. */
  history?: { bundle: string } | { none: string };
  /** Paths whose contents are not there: submodules, and files of Git LFS that were not fetched. Absent: none. */
  gaps?: { submodules: readonly string[]; pointers: readonly string[] };
};

/**
 * How an agent session ended. Only `finished` (the agent called `finish`) may count as a complete scan.
 * `limited`: the iteration, time or budget limit was reached and the wrap-up turn was given.
 */
export type AgentEnding =
  | { ending: 'finished' }
  | { ending: 'limited'; stopReason: 'iterations' | 'budget' | 'timeout' }
  | { ending: 'unfinished'; reason: string }
  | { ending: 'refused'; reason: string }
  | { ending: 'aborted'; stopReason: 'user' }
  | { ending: 'failed'; reason: string; hint?: string };

export type AgentResult = AgentEnding & {
  iterations: number;
  usage: Usage;
  /** `undefined`: the model's price is not known. */
  costUsd: number | undefined;
  model: string;
  /** The last text of the agent, for the record. */
  finalText: string;
};

/**
 * Drives one session to its end. What it found lies in the sandbox's `$COURIER_OUT` files, flushed as it was reported.
 *
 * Contract: never throws for what the model, the API or the commands do; such an end is an `AgentResult`. `signal` ends it within seconds.
 */
export interface Agent {
  readonly tool: string;
  run(
    task: AgentTask,
    context: { sandbox: Sandbox; signal: AbortSignal; onEvent: (event: AgentEvent) => void },
  ): Promise<AgentResult>;
}
