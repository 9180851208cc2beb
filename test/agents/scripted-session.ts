import { createAnthropicModel } from '../../src/adapters/anthropic/anthropic-model.ts';
import type { AgentEvent, AgentResult, AgentTask, RunContext } from '../../src/agents/agent.ts';
import { type AgentJournal, type JournalEntry, readJournal, toLine } from '../../src/agents/journal.ts';
import { createBuiltInAgent } from '../../src/agents/run-agent.ts';
import { type Clock, systemClock } from '../../src/lib/clock.ts';
import type { Sandbox } from '../../src/sandboxes/sandbox.ts';
import type { Script, ScriptedReply } from '../fakes/anthropic/script.ts';
import { type AnthropicDouble, startAnthropic } from '../fakes/anthropic/start-anthropic.ts';
import { createFakeSandbox, type FakeSandbox } from '../fakes/sandbox.ts';

export function aTask(overrides: Partial<AgentTask> = {}): AgentTask {
  return {
    scan: 'security',
    prompt: 'Find injection flaws.',
    paths: [],
    model: 'claude-opus-5-5',
    effort: 'high',
    maxTokens: 32_000,
    maxIterations: 40,
    budgetUsd: 5,
    timeoutMs: 600_000,
    known: [],
    verify: [],
    rules: [],
    context: [],
    commands: {},
    files: ['src/app.ts', 'package.json'],
    ...overrides,
  };
}

export const aFinding = {
  title: 'SQL injection in the search',
  description: 'The query is put together from the request.',
  priority: 'high',
  category: 'security',
  evidence: [{ path: 'src/app.ts', startLine: 3, quote: 'db.query("select " + q)' }],
};

/** Turns that call one tool each. */
export const bash = (command: string, more: object = {}): ScriptedReply => ({
  toolUses: [{ name: 'bash', input: { command, ...more } }],
});
export const report = (finding: object = aFinding): ScriptedReply => ({
  toolUses: [{ name: 'report_finding', input: finding }],
});
export const finish = (input: object = { summary: 'Looked at all of it.' }): ScriptedReply => ({
  toolUses: [{ name: 'finish', input }],
});

export type ScriptedSession = {
  result: AgentResult;
  events: AgentEvent[];
  sandbox: FakeSandbox;
  api: AnthropicDouble;
  /** Milliseconds that the agent waited between tries; no time passes. */
  waits: number[];
  /** Lines of issues.json, parsed; `undefined` where there is none. */
  issues: unknown[] | undefined;
};

type Options = {
  task?: Partial<AgentTask>;
  sandbox?: FakeSandbox;
  signal?: AbortSignal;
  key?: string;
  url?: string;
  idleMs?: number;
  /** Tokens that the model can hold, by the scripted API. */
  windowTokens?: number;
  onEvent?: (event: AgentEvent) => void;
  /** One that stays open; else there is one for this session. */
  api?: AnthropicDouble;
  clock?: Clock;
} & Pick<RunContext, 'journal' | 'resume' | 'stop' | 'messages' | 'spend' | 'runCheck'>;

/** A whole session: the real loop, the real client, the scripted API, a sandbox in memory. */
export async function runScripted(script: Script, options: Options = {}): Promise<ScriptedSession> {
  const { journal, resume, stop, messages, spend, runCheck, clock = systemClock, windowTokens } = options;
  const api = options.api ?? (await startAnthropic({ script, ...(windowTokens ? { windowTokens } : {}) }));
  const sandbox = options.sandbox ?? createFakeSandbox();
  const waits: number[] = [];
  const events: AgentEvent[] = [];
  const model = createAnthropicModel(
    {
      apiKey: options.key ?? api.key,
      baseUrl: options.url ?? api.url,
      ...(options.idleMs ? { idleMs: options.idleMs } : {}),
    },
    { clock: systemClock },
  );
  const agent = createBuiltInAgent(model, {
    clock,
    wait: async (milliseconds) => void waits.push(milliseconds),
  });
  try {
    const result = await agent.run(aTask(options.task), {
      sandbox,
      signal: options.signal ?? new AbortController().signal,
      onEvent: (event) => {
        events.push(event);
        options.onEvent?.(event);
      },
      ...(journal ? { journal } : {}),
      ...(resume ? { resume } : {}),
      ...(stop ? { stop } : {}),
      ...(messages ? { messages } : {}),
      ...(spend ? { spend } : {}),
      ...(runCheck ? { runCheck } : {}),
    });
    return { result, events, sandbox, api, waits, issues: linesOf(sandbox, 'issues.json') };
  } finally {
    if (!options.api) await api.close();
  }
}

export function linesOf(sandbox: FakeSandbox & Sandbox, file: string): unknown[] | undefined {
  return sandbox
    .text(`/out/${file}`)
    ?.trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}

export type FakeJournal = AgentJournal & { readonly entries: JournalEntry[] };

/** A journal in memory. What it gives back went through its text, as from a file. */
export function aJournal(earlier: readonly JournalEntry[] = []): FakeJournal {
  const entries = [...earlier];
  return {
    entries,
    async append(entry) {
      const { entries: read, leftOut } = readJournal(toLine(entry));
      if (leftOut > 0) throw new Error(`unreadable: ${toLine(entry)}`);
      entries.push(...read);
    },
  };
}
