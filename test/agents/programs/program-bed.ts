import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll } from 'vitest';
import { createAnthropicModel } from '../../../src/adapters/anthropic/anthropic-model.ts';
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
import { createBuiltInAgent } from '../../../src/agents/run-agent.ts';
import { createSifted } from '../../../src/flows/create-sifted.ts';
import { type Clock, systemClock } from '../../../src/lib/clock.ts';
import { messageOf } from '../../../src/lib/errors.ts';
import { silentLog } from '../../../src/lib/log.ts';
import type { GatewayVendor } from '../../../src/sandboxes/gateway.ts';
import type { Sandbox, SandboxFile, SandboxProvider } from '../../../src/sandboxes/sandbox.ts';
import { aTask } from '../scripted-session.ts';
import { realPrograms } from './real-programs.ts';
import { inCode, inHand, type Model, named, startAnthropics, startOther, type Turns } from './spoken-models.ts';

export const files: Readonly<Record<string, string>> = {
  'src/app.ts': 'export const a = 1;\nexport function find(q) {\n  return db.query("select " + q);\n}\n',
  'package.json': '{"name":"app"}\n',
};

async function* streamOf(contents: Readonly<Record<string, string>>): AsyncIterable<SandboxFile> {
  for (const [name, text] of Object.entries(contents)) {
    yield { path: name, mode: 'file', data: new TextEncoder().encode(text) };
  }
}

/**
 * Milliseconds for a test in which real programs start, and for a session in it. Nothing waits for them: on a machine that is as busy as it can be, one
 * start takes a hundred times as long as on an idle one.
 */
export const longest = { test: 900_000, session: 3_600_000 } as const;

/** Nobody waits for seconds here. */
const patience = { tries: 3, firstWaitMs: 10, longestWaitMs: 50 };

const cases = {
  'claude-code': {
    ...{ program: claudeCode, model: 'claude-sonnet-5-5' },
    ...{ start: startAnthropics('another program'), speech: named('Bash', 'mcp__courier__', ['Read', 'file_path']) },
  },
  codex: {
    ...{ program: codex, model: 'gpt-6.1-sol' },
    ...{ start: startOther('openai-responses'), speech: inCode },
  },
  opencode: {
    ...{ program: openCode, model: 'openai/some-model' },
    ...{ start: startOther('openai-chat'), speech: named('bash', 'courier_', ['read', 'filePath']) },
  },
  gemini: {
    ...{ program: geminiCli, model: 'gemini-3.8-flash' },
    ...{ start: startOther('gemini'), speech: named('run_shell_command', 'mcp_courier_', ['read_file', 'file_path']) },
  },
} as const;

const builtIn = { model: 'claude-sonnet-5-5', start: startAnthropics('our client'), speech: inHand } as const;

export type Programs = keyof typeof cases;
/** Whoever can do the work of a session. */
export type Tools = Programs | 'anthropic';

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
export async function whatIsMissing(tool: Tools): Promise<string | undefined> {
  try {
    const spec = { session: 'S0', lifetimeMs: longest.session, files: () => streamOf({}) };
    const provider = createLocalSandboxProvider({ env: process.env, programs: realPrograms, log: silentLog });
    await (await provider.create(tool === 'anthropic' ? spec : { ...spec, program: tool })).kill();
    return undefined;
  } catch (error) {
    return messageOf(error);
  }
}

type Opened = { agent: Agent; model: Model; modelId: string; vendor: GatewayVendor };
type Api = {
  /** Where the API is said to be. Default: where it is. */
  upstream?: string | undefined;
  /** Milliseconds without a byte after which an answer is given up. Default: as in earnest, which no busy machine is silent for. */
  silenceMs?: number | undefined;
  /** How often the gateway sends a call that failed before anything of its answer came. */
  tries?: number | undefined;
  clock?: Clock | undefined;
};

/** An agent, and a model on loopback that says these turns to it. */
export async function openAgent(tool: Tools, turns: Turns, { clock = systemClock, ...api }: Api = {}): Promise<Opened> {
  const { upstream, tries = patience.tries } = api;
  const silence = api.silenceMs === undefined ? {} : { silenceMs: api.silenceMs };
  const { model: modelId, start, speech } = tool === 'anthropic' ? builtIn : cases[tool];
  const model = await start(turns, speech);
  const url = upstream ?? model.url;
  if (tool === 'anthropic') {
    const client = createAnthropicModel(
      { apiKey: model.key, baseUrl: url, ...(api.silenceMs === undefined ? {} : { idleMs: api.silenceMs }) },
      { clock },
    );
    return { agent: createBuiltInAgent(client, { clock, wait: async () => {} }), model, modelId, vendor: 'anthropic' };
  }
  const vendor: GatewayVendor = programOf(tool).vendorOf(modelId);
  const access = { [vendor]: { upstream: url, key: model.key, patience: { ...patience, tries }, ...silence } };
  return { agent: createProgramAgent(programOf(tool), { clock, access, serveTools }), model, modelId, vendor };
}

export type BedOptions = Api & {
  contents?: Readonly<Record<string, string>>;
  /** Nothing is kept out of the tree: as where an agent wrote it. */
  asTheyAre?: boolean;
  /** Beside whatever is run in the sandbox: a script that ends with `exec "$@"`. */
  beside?: string;
};

/** For all beds of a test file: a provider tries the machine once, which costs as much as a short command of a session. */
let shared: { folder: string; provider: SandboxProvider } | undefined;
afterAll(() => {
  if (shared) rmSync(shared.folder, { recursive: true, force: true });
  shared = undefined;
});

function sandboxes(): SandboxProvider {
  if (shared) return shared.provider;
  const folder = mkdtempSync(path.join(tmpdir(), 'courier-program-'));
  const options = { env: process.env, tempDir: folder, programs: realPrograms, log: silentLog };
  shared = { folder, provider: createLocalSandboxProvider(options) };
  return shared.provider;
}

/** An agent in a local sandbox, the real program where it is one, with a model on loopback that says these turns. */
export async function openBed(
  tool: Tools,
  turns: Turns,
  { contents = files, asTheyAre, beside, ...api }: BedOptions = {},
): Promise<Bed> {
  const { agent, model, modelId } = await openAgent(tool, turns, api);
  const provider = sandboxes();
  const outfit = agent.outfit?.({ model: modelId });
  const spec = { session: 'S1', lifetimeMs: longest.session, files: () => streamOf(contents) };
  const made = asTheyAre
    ? await provider.create({ ...spec, ...outfit?.spec })
    : (await createSifted(spec, outfit, provider)).sandbox;
  const sandbox: Sandbox = {
    ...made,
    exec: (argv, options) => made.exec(beside === undefined ? argv : ['bash', '-c', beside, 'bash', ...argv], options),
  };
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
      agent.run(aTask({ model: modelId, timeoutMs: longest.session, ...overrides }), {
        ...{ sandbox, outfit, signal: new AbortController().signal },
        onEvent: (event) => events.push(event),
        journal: { append: async (entry) => void journal.push(JSON.parse(JSON.stringify(entry))) },
        ...context,
      }),
    async close() {
      await sandbox.kill();
      await model.close();
    },
  };
}
