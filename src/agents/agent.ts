import type { NextFiles } from '../coverage/choose-next.ts';
import type { Finding } from '../findings/finding.ts';
import type { Sandbox } from '../sandboxes/sandbox.ts';
import type { Briefing } from './briefing.ts';
import type { AgentEnding } from './ending.ts';
import type { AgentJournal, HandedOver, JournalEntry } from './journal.ts';
import type { OpenMatters } from './open-matters.ts';
import type { Outfit } from './outfit.ts';
import type { Purse } from './purse.ts';
import type { Settled } from './settled.ts';
import type { Skill } from './skill.ts';
import type { TaskKind } from './task-kinds.ts';
import type { Usage } from './usage.ts';

/** What happened in a session, as it happens; also the record's event log. */
export type AgentEvent =
  | { type: 'iteration'; iteration: number; of: number }
  | { type: 'message'; text: string }
  | { type: 'thinking'; text: string }
  | { type: 'tool-use'; tool: string; input: unknown; id: string }
  | { type: 'tool-result'; id: string; ok: boolean; output: string; durationMs: number }
  | { type: 'usage'; usage: Usage; costUsd: number | undefined }
  | { type: 'retry'; attempt: number; waitMs: number; reason: string }
  | { type: 'notice'; text: string }
  /** A finding, verdict, question or assumption: the host's own copy of a line of `$COURIER_OUT`. */
  | ({ type: 'handed-over' } & HandedOver)
  /** The agent read what a person wrote to it while it worked. */
  | { type: 'heard'; id: string; from: string; text: string };

export type AgentTask = {
  /** What the session is for: its guide and its tools. Default `scan`. */
  kind?: TaskKind;
  /** The scan's name: a configured one, or `prompt` for the input of that name. */
  scan: string;
  prompt: string;
  /** Globs to focus on; empty: everything. */
  paths: readonly string[];
  /** One of several agents that look at parts of the repository side by side; `paths` are then names of its folders. */
  part?: { number: number; count: number };
  model: string;
  effort: 'low' | 'medium' | 'high' | 'max';
  temperature?: number;
  /** Output tokens per response, thinking included. */
  maxTokens: number;
  maxIterations: number;
  budgetUsd: number;
  timeoutMs: number;
  /** Milliseconds without any event or output while it works, after which it is stopped. Absent: no such limit. */
  stallMs?: number;
  /** Milliseconds that it is kept while it waits for an answer. Absent or 0: for ever. */
  inactivityMs?: number;
  /** Whether a blocking question waits for its answer (`block`), or the agent goes on with an assumption. Default `record`. */
  questions?: 'record' | 'block';
  /** Findings that the ledger knows in this scope. */
  known: readonly Pick<Finding, 'id' | 'title' | 'location'>[];
  /** Those of them to look for on purpose, with the code that showed them. */
  verify: readonly Pick<Finding, 'id' | 'title' | 'location' | 'evidence'>[];
  /** Framing by path, from the configuration. */
  rules: readonly { paths: readonly string[]; text: string }[];
  /** Bound context: documents from the configuration, as data. */
  context: readonly { path: string; text: string }[];
  /** Named shell commands, which the sandbox's `courier-run` knows. */
  commands: Readonly<Record<string, string>>;
  /** Domain knowledge in the sandbox. Absent: none. */
  skills?: readonly Skill[];
  /** Programs of the project on the PATH of the sandbox. Absent: none. */
  scripts?: readonly string[];
  /** What the session is about, beside the prompt, for kinds that have more to say than a scan. Absent: nothing. */
  briefing?: readonly Briefing[];
  /** Of an answering session: what is open, which alone it may settle. */
  open?: OpenMatters;
  /** Names of the checks that `run_check` takes. Absent: none. */
  checks?: readonly string[];
  /** What people and earlier sessions settled. Absent: nothing is. */
  settled?: Settled;
  /** Why what prepares the sandbox failed, in words of its output among others. */
  setupProblem?: string | undefined;
  /** The repository's files, for the map in the prompt. */
  files: readonly string[];
  /** What earlier sessions have not looked at as it is now. Absent: nobody knows. */
  next?: NextFiles | undefined;
  /** Where the history's bundle is in the sandbox, or why it is not there. Absent: nobody asked for it. */
  history?: { bundle: string } | { none: string };
  /** Paths whose contents are not there: submodules, and files of Git LFS that were not fetched. Absent: none. */
  gaps?: { submodules: readonly string[]; pointers: readonly string[] };
};

export type AgentResult = AgentEnding & {
  iterations: number;
  usage: Usage;
  /** `undefined`: the model's price is not known. */
  costUsd: number | undefined;
  /** The model that was asked last: the fallback, where the first one refused. */
  model: string;
  /** What else people should know of the session, a sentence each. */
  notes?: readonly string[];
  /** The last text of the agent, for the record. */
  finalText: string;
  /** What it handed over, as the host kept it. Absent: the sandbox alone holds it. */
  handedOver?: readonly HandedOver[];
};

/** What a person wrote to a session that works; `question`: as the answer to that question, in the place of what was said before. */
export type PersonMessage = { id: string; from: string; text: string; question?: string };

/** A person's answer to a question of the session; `skipped`: there will be none. */
export type Answer = { questionId: string; from: string } & ({ text: string } | { skipped: true });

/**
 * How a session goes on that ended `parked` or `stopped`, or whose process died.
 *
 * - `journal`: exactly where it was, with the same transcript. Answers are the results of the questions' calls.
 * - `record`: the transcript is not there any more. A new one begins, with what the record still tells.
 */
export type Resume =
  | {
      from: 'journal';
      entries: readonly JournalEntry[];
      /** Whether the sandbox still holds what the session's commands wrote. */
      sandbox: 'kept' | 'fresh';
      answers?: readonly Answer[];
    }
  | { from: 'record'; prior: PriorWork };

/** What a record tells of a session's earlier part. */
export type PriorWork = {
  findings: readonly { title: string; path?: string }[];
  finalText: string;
  /** Questions of the session; those without an answer are still open. */
  questions: readonly { question: string; answer?: string; from?: string }[];
  iterations: number;
  usage: Usage;
  costUsd: number | undefined;
};

/**
 * An answer of an earlier session. `ref`: its name there; `told`: who said it, when and where; `kindred`: what was asked then, where only the agent
 * can tell whether that is the same question.
 */
export type SettledBefore = { ref: string; answer: string; told: string; kindred?: string };

export type RunContext = {
  sandbox: Sandbox;
  /** Ends the session at once. */
  signal: AbortSignal;
  onEvent: (event: AgentEvent) => void;
  /** Ends it after the current tool calls; it may go on later. */
  stop?: AbortSignal;
  /** Absent: nothing is kept, and nothing can be resumed. */
  journal?: AgentJournal;
  resume?: Resume;
  /** What people said to the same question before, for the agent to read; it is then not put to anybody. A kindred one is told once. */
  settledAnswer?:
    | ((question: { question: string; options: readonly { label: string }[] }) => SettledBefore | undefined)
    | undefined;
  /** Asked after each batch of tool calls; each message is told once. What it throws is told in a notice. */
  messages?: () => Promise<readonly PersonMessage[]>;
  /** Runs one of `task.checks` and tells what came of it; where it is absent, there are none. Never rejects for what a check does. */
  runCheck?: (name: string, signal: AbortSignal) => Promise<string>;
  /** The session's money, where several agents share it. `task.budgetUsd` holds as well. */
  spend?: Purse;
  /** What `Agent.outfit` gave, with which the sandbox was made. */
  outfit?: Outfit | undefined;
};

/**
 * Drives one session to its end. What it found lies in the sandbox's `$COURIER_OUT` files, flushed as it was reported, and in its
 * `handed-over` events, of which each came before the agent was told that it is stored.
 *
 * Contract: never throws for what the model, the API or the commands do; such an end is an `AgentResult`. `signal` ends it within seconds.
 */
export interface Agent {
  readonly tool: string;
  /**
   * What a sandbox must be made with in which it is to work with that model; for each sandbox anew. Absent: any sandbox will do.
   *
   * @throws UserError where it cannot be had, with what to do about it
   */
  readonly outfit?: (choice: { model: string }) => Outfit;
  run(task: AgentTask, context: RunContext): Promise<AgentResult>;
}
