import type { GatewayVendor } from '../../sandboxes/gateway.ts';
import type { ProgramName } from '../../sandboxes/program-package.ts';
import type { AgentEvent, AgentTask } from '../agent.ts';
import type { ToolSpec } from '../model.ts';
import type { Usage } from '../usage.ts';

/**
 * Courier's own tools, for a program that calls them over MCP: those of the built-in agent, without its shell.
 *
 * Contract: `call` never rejects. It stays open where it waits for a person, until the program is ended. What it returned for is stored.
 */
export type ToolDesk = {
  readonly tools: readonly ToolSpec[];
  call(name: string, input: unknown): Promise<{ ok: boolean; text: string }>;
};

/** Where a program works, inside the sandbox. All paths are absolute. */
export type ProgramPlace = {
  /** What starts it: the program, or an interpreter and its script. */
  command: readonly [string, ...string[]];
  /** A folder of its own, outside of the repository, for its configuration and its conversations. It is kept as long as the sandbox is. */
  home: string;
  workspace: string;
  /** Base URL of the model's API, and what goes there in the place of a key: worth something to this session's gateway alone. */
  api: {
    url: string;
    token: string;
    /** See `GatewayAccess.authorities`. */
    authorities?: string | undefined;
  };
  /** URL of Courier's tools (MCP over HTTP, with the same token as a bearer). Absent: the host cannot be reached from here. */
  toolsUrl: string | undefined;
};

/** What a program is to do in one run: a session's first, or one that goes on. */
export type ProgramRun = {
  /** What it is told beside its own system prompt; the same in all runs of a session. */
  system: string;
  /** The message that the run begins with. */
  message: string;
  /** The program's own name of the conversation that goes on. Absent: a new one begins. */
  thread: string | undefined;
  model: string;
  effort: AgentTask['effort'];
  maxTokens: number;
  /** Model calls that are left. The gateway counts too: this is for a program that plans with it. */
  maxCalls: number;
  /** US dollars that are left. `undefined`: the price is not known. */
  budgetUsd: number | undefined;
  /** Milliseconds that a call of the model may be silent. */
  silenceMs: number;
  /** Courier's tools that are offered at `ProgramPlace.toolsUrl`. */
  tools: ToolDesk['tools'];
};

/** How it is started. No secret is in it but the session's token. */
export type ProgramStart = {
  /** After `ProgramPlace.command`. */
  args: readonly string[];
  /** On top of the sandbox's own. */
  env: Readonly<Record<string, string>>;
  /** Laid down before; paths are absolute, below `ProgramPlace.home`. */
  files: readonly { path: string; text: string }[];
  stdin: string;
};

/** What happened in a program, as it told it. */
export type ProgramEvent =
  | Extract<AgentEvent, { type: 'message' | 'thinking' | 'tool-use' | 'retry' | 'notice' }>
  | Omit<Extract<AgentEvent, { type: 'tool-result' }>, 'durationMs'>
  /** What its conversation is called. */
  | { type: 'thread'; id: string }
  /** A call of the model was answered. The same id is told once. */
  | { type: 'call'; id: string }
  /** What this run has used so far; each takes the place of the one before. `calls`, `costUsd`: where it tells them. */
  | { type: 'used'; usage: Usage; calls?: number; costUsd?: number };

/**
 * How one run of a program ended, by its own words; an exit code alone is never believed.
 *
 * - `done`: it said that it is done.
 * - `limited`: its own limit of turns or money.
 * - `interrupted`: it was asked to stop, and did.
 * - `refused`: the model declined.
 * - `failed`: with an error. `status`: what the API answered, where it tells that.
 * - `cut`: there is no last word: it was killed, crashed, or went out in silence.
 */
export type ProgramEnd =
  | { end: 'done'; text: string }
  | { end: 'limited'; limit: 'iterations' | 'budget' }
  | { end: 'interrupted' }
  | { end: 'refused'; reason: string }
  | { end: 'failed'; reason: string; status?: number }
  | { end: 'cut'; reason: string };

/** Reads along one run. Untrusted: commands of the repository share the sandbox with the program. */
export type ProgramReader = {
  /** @param line of its stdout, without the line break. What is no event of the program gives nothing. Never throws. */
  read(line: string): readonly ProgramEvent[];
  /** After the last line. @param exit.stderr the end of it */
  end(exit: { exitCode: number; stderr: string }): ProgramEnd;
};

/** A part of a conversation as the program keeps it, between two machines: JSON. */
export type ConversationRow = Readonly<Record<string, unknown>>;

/** A command in the sandbox. */
type Inside = { argv: readonly [string, ...string[]]; env: Readonly<Record<string, string>> };

/**
 * How a conversation gets out of one sandbox and into another. Names and rows are untrusted: commands of the repository share the sandbox with
 * the program, and what was kept may come back from anywhere.
 */
export type Carrier = {
  /** What prints it. `undefined`: the program gives no such name. */
  take(id: string, place: ProgramPlace): Inside | undefined;
  /** Of rows those that are a conversation, and of these what belongs to one: neither settings nor anything that runs. `undefined`: there is none. */
  sift(rows: readonly unknown[], id: string, place: ProgramPlace): readonly ConversationRow[] | undefined;
  /** Where it is laid down, a row to a line, and what has the program take it from there, if it needs that. */
  lay(id: string, place: ProgramPlace): { path: string; afterwards?: Inside } | undefined;
};

/**
 * An agent tool of others, as far as it differs from the next one: how it is started and what its words mean. No I/O: whoever runs it does that
 * through the `Sandbox`.
 */
export interface Program {
  readonly tool: ProgramName;
  /** How the API is spoken to that it calls for a model. */
  vendorOf(model: string): GatewayVendor;
  /** What it can; what it cannot is in a table of docs/agents.md. */
  readonly can: {
    /** It goes on with a conversation, given its name and the files below its home. */
    resume: boolean;
    /** SIGINT ends it with its last word; else it is ended by SIGTERM. */
    interrupt: boolean;
    /** It tells what a run cost. */
    cost: boolean;
  };
  /** Absent: its conversations stay where they are. */
  readonly carry?: Carrier;
  /** What it tells of its use is the whole conversation's, of earlier runs too. */
  readonly totals: boolean;
  start(run: ProgramRun, place: ProgramPlace): ProgramStart;
  createReader(): ProgramReader;
}
