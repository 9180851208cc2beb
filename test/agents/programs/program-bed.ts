import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createLocalSandboxProvider } from '../../../src/adapters/local/local-sandbox.ts';
import { serveTools } from '../../../src/adapters/mcp/serve-tools.ts';
import type { Agent, AgentEvent, AgentResult, AgentTask, RunContext } from '../../../src/agents/agent.ts';
import type { JournalEntry } from '../../../src/agents/journal.ts';
import { claudeCode } from '../../../src/agents/programs/claude-code.ts';
import { codex } from '../../../src/agents/programs/codex.ts';
import { createProgramAgent } from '../../../src/agents/programs/create-program-agent.ts';
import { geminiCli } from '../../../src/agents/programs/gemini.ts';
import { openCode } from '../../../src/agents/programs/opencode.ts';
import type { Program } from '../../../src/agents/programs/program.ts';
import { systemClock } from '../../../src/lib/clock.ts';
import { messageOf } from '../../../src/lib/errors.ts';
import { silentLog } from '../../../src/lib/log.ts';
import type { GatewayVendor } from '../../../src/sandboxes/gateway.ts';
import type { Sandbox, SandboxFile } from '../../../src/sandboxes/sandbox.ts';
import type { ScriptedReply, ScriptedTurn } from '../../fakes/anthropic/script.ts';
import { startAnthropic } from '../../fakes/anthropic/start-anthropic.ts';
import type { Dialect, ModelRequest, ModelTurn } from '../../fakes/model/script.ts';
import { startModel } from '../../fakes/model/start-model.ts';
import { aTask } from '../scripted-session.ts';
import { realPrograms } from './real-programs.ts';

/** What a model wants done: a command in the shell of whoever drives it, or one of Courier's tools. */
export type Use = { shell: string } | { call: string; input: object };
export type Turn =
  | (Omit<ScriptedReply, 'toolUses'> & { uses?: readonly Use[] })
  | Extract<ScriptedTurn, { error: object }>;
/** What is said to each request, by how often it was asked before. */
export type Turns = readonly Turn[] | ((asked: { texts: string; index: number }) => Turn);

export const shell = (command: string): Turn => ({ uses: [{ shell: command }] });
export const call = (name: string, input: object): Turn => ({ uses: [{ call: name, input }] });
export const finish = call('finish', { summary: 'Looked at all of it.' });
export const done: Turn = { text: 'That was all.' };

export const files: Readonly<Record<string, string>> = {
  'src/app.ts': 'export const a = 1;\nexport function find(q) {\n  return db.query("select " + q);\n}\n',
  'package.json': '{"name":"app"}\n',
};

async function* streamOf(contents: Readonly<Record<string, string>>): AsyncIterable<SandboxFile> {
  for (const [name, text] of Object.entries(contents)) {
    yield { path: name, mode: 'file', data: new TextEncoder().encode(text) };
  }
}

/** A model of the program's vendor on loopback, and how its turns are spoken to that program. */
type Model = {
  url: string;
  key: string;
  calls: () => number;
  bodies: () => string[];
  refused: () => unknown[];
  close: () => Promise<void>;
};

type Speech = { shell: (command: string) => Said; call: (name: string, input: object) => Said };
type Said = { name: string; input: unknown };

const beyond: ScriptedTurn = { error: { status: 400, type: 'invalid_request_error', message: 'beyond the script' } };

/** The turns as the model says them. */
function speak(turns: Turns, { shell: run, call: use }: Speech) {
  const say = (turn: Turn): ScriptedTurn => {
    if ('error' in turn) return turn;
    const { uses, ...reply } = turn;
    if (!uses) return reply;
    return { ...reply, toolUses: uses.map((one) => ('shell' in one ? run(one.shell) : use(one.call, one.input))) };
  };
  return (raw: unknown, index: number): ScriptedTurn => {
    const turn = typeof turns === 'function' ? turns({ texts: JSON.stringify(raw), index }) : turns[index];
    return turn ? say(turn) : beyond;
  };
}

const key = 'sk-real';

async function startAnthropics(turns: Turns, speech: Speech): Promise<Model> {
  const say = speak(turns, speech);
  const api = await startAnthropic({ script: say, key, from: 'another program' });
  return {
    ...{ url: api.url, key, close: api.close },
    calls: () => api.requests.length,
    bodies: () => api.requests.map(({ raw }) => JSON.stringify(raw)),
    refused: () => api.refused,
  };
}

const startOther =
  (dialect: Dialect) =>
  async (turns: Turns, speech: Speech): Promise<Model> => {
    const say = speak(turns, speech);
    const script = ({ raw }: ModelRequest, index: number): ModelTurn => {
      const {
        stopDetails: _,
        compaction: __,
        ...turn
      } = { stopDetails: undefined, compaction: undefined, ...say(raw, index) };
      return turn;
    };
    const api = await startModel({ dialect, script, key });
    return {
      ...{ url: api.url, key, close: api.close },
      calls: () => api.requests.length,
      bodies: () => api.requests.map(({ raw }) => JSON.stringify(raw)),
      refused: () => api.refused,
    };
  };

/** Nobody waits for seconds here. */
const patience = { tries: 3, firstWaitMs: 10, longestWaitMs: 50 };

const named = (shellName: string, prefix: string): Speech => ({
  shell: (command) => ({ name: shellName, input: { command, description: 'looks' } }),
  call: (name, input) => ({ name: `${prefix}${name}`, input }),
});

/** Its newest models write a script that calls the tools. */
const inCode: Speech = {
  shell: (cmd) => ({ name: 'exec', input: `text((await tools.exec_command(${JSON.stringify({ cmd })})).output)` }),
  call: (name, input) => ({
    name: 'exec',
    input: `text(JSON.stringify(await tools.mcp__courier__${name}(${JSON.stringify(input)})))`,
  }),
};

const cases = {
  'claude-code': {
    ...{ program: claudeCode, model: 'claude-sonnet-5-5' },
    ...{ start: startAnthropics, speech: named('Bash', 'mcp__courier__') },
  },
  codex: {
    ...{ program: codex, model: 'gpt-6.1-sol' },
    ...{ start: startOther('openai-responses'), speech: inCode },
  },
  opencode: {
    ...{ program: openCode, model: 'openai/some-model' },
    ...{ start: startOther('openai-chat'), speech: named('bash', 'courier_') },
  },
  gemini: {
    ...{ program: geminiCli, model: 'gemini-3.8-flash' },
    ...{ start: startOther('gemini'), speech: named('run_shell_command', 'mcp_courier_') },
  },
} as const;

export type Programs = keyof typeof cases;

export type Bed = {
  agent: Agent;
  model: Model;
  sandbox: Sandbox;
  events: AgentEvent[];
  journal: JournalEntry[];
  /** Lines of a file of `$COURIER_OUT`, parsed. */
  lines(file: string): Promise<unknown[]>;
  run(overrides?: Partial<AgentTask>, context?: Partial<RunContext>): Promise<AgentResult>;
  close(): Promise<void>;
};

export const programOf = (tool: Programs): Program => cases[tool].program;

/** Why there is no such bed on this machine. */
export async function whatIsMissing(tool: Programs): Promise<string | undefined> {
  try {
    const spec = { session: 'S0', lifetimeMs: 60_000, files: () => streamOf({}), program: tool };
    const provider = createLocalSandboxProvider({ env: process.env, programs: realPrograms, log: silentLog });
    await (await provider.create(spec)).kill();
    return undefined;
  } catch (error) {
    return messageOf(error);
  }
}

/** An agent that drives the program, and a model on loopback that says these turns to it. */
export async function openAgent(
  tool: Programs,
  turns: Turns,
  { upstream }: { upstream?: string | undefined } = {},
): Promise<{ agent: Agent; model: Model; modelId: string; vendor: GatewayVendor }> {
  const { program, model: modelId, start, speech } = cases[tool];
  const vendor: GatewayVendor = program.vendorOf(modelId);
  const model = await start(turns, speech);
  const agent = createProgramAgent(program, {
    clock: systemClock,
    access: { [vendor]: { upstream: upstream ?? model.url, key: model.key, patience, silenceMs: 1500 } },
    serveTools,
  });
  return { agent, model, modelId, vendor };
}

/** The real program in a local sandbox, with a model on loopback that says these turns. */
export async function openBed(
  tool: Programs,
  turns: Turns,
  { contents = files, upstream }: { contents?: Readonly<Record<string, string>>; upstream?: string } = {},
): Promise<Bed> {
  const folder = mkdtempSync(path.join(tmpdir(), 'courier-program-'));
  const { agent, model, modelId } = await openAgent(tool, turns, { upstream });
  const provider = createLocalSandboxProvider({
    env: process.env,
    tempDir: folder,
    programs: realPrograms,
    log: silentLog,
  });
  const outfit = agent.outfit?.({ model: modelId });
  const sandbox = await provider.create({
    session: 'S1',
    lifetimeMs: 600_000,
    files: () => streamOf(contents),
    ...outfit?.spec,
  });
  const events: AgentEvent[] = [];
  const journal: JournalEntry[] = [];
  return {
    ...{ agent, model, sandbox, events, journal },
    async lines(file) {
      const bytes = await sandbox.readFile(`${sandbox.out}/${file}`);
      const text = new TextDecoder().decode(bytes);
      return text.split('\n').flatMap((line) => (line ? [JSON.parse(line)] : []));
    },
    run: (overrides = {}, context = {}) =>
      agent.run(aTask({ model: modelId, ...overrides }), {
        ...{ sandbox, outfit, signal: new AbortController().signal },
        onEvent: (event) => events.push(event),
        journal: { append: async (entry) => void journal.push(JSON.parse(JSON.stringify(entry))) },
        ...context,
      }),
    async close() {
      await sandbox.kill();
      await model.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
