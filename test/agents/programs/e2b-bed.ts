import { createE2bSandboxProvider } from '../../../src/adapters/e2b/e2b-sandbox.ts';
import type { Agent, AgentEvent, AgentResult, AgentTask, RunContext } from '../../../src/agents/agent.ts';
import type { JournalEntry } from '../../../src/agents/journal.ts';
import { silentLog } from '../../../src/lib/log.ts';
import type { ModelKeyPlace, Sandbox, SandboxFile } from '../../../src/sandboxes/sandbox.ts';
import { whyNoEgress } from '../../fakes/e2b/egress.ts';
import { whyNoMachine } from '../../fakes/e2b/machine.ts';
import { type E2bDouble, startE2b } from '../../fakes/e2b/start-e2b.ts';
import { aTask } from '../scripted-session.ts';
import { files, longest, openAgent, type Programs } from './program-bed.ts';
import { carriedPrograms } from './real-programs.ts';
import { shell, type Turn, type Turns } from './spoken-models.ts';

/** Why no program can work in an emulated machine of E2B here. */
export const whyNoE2bBed = (): string | undefined =>
  whyNoMachine() ?? whyNoEgress() ?? (process.arch === 'x64' ? undefined : 'the machines of E2B are x64');

/** Where the makers' own APIs are. */
const upstreams = {
  'claude-code': 'https://api.anthropic.com',
  codex: 'https://api.openai.com/v1',
  opencode: 'https://api.openai.com/v1',
  gemini: 'https://generativelanguage.googleapis.com',
} as const satisfies Record<Programs, string>;

/** A line of a file in `$COURIER_OUT`, written as agents write them. */
export const write = (file: string, line: object): Turn =>
  shell(`cat >> /home/user/${file} <<'END_OF_LINE'\n${JSON.stringify(line)}\nEND_OF_LINE`);
export const ended = write('finish.json', { summary: 'Looked at all of it.', verdict: 'complete' });

export type E2bBed = {
  agent: Agent;
  model: Awaited<ReturnType<typeof openAgent>>['model'];
  sandbox: Sandbox;
  e2b: E2bDouble;
  events: AgentEvent[];
  journal: JournalEntry[];
  run(overrides?: Partial<AgentTask>, context?: Partial<RunContext>): Promise<AgentResult>;
  /** Its sandbox rests, and is woken. */
  rest(): Promise<void>;
  close(): Promise<void>;
};

async function* streamOf(contents: Readonly<Record<string, string>>): AsyncIterable<SandboxFile> {
  for (const [path, text] of Object.entries(contents))
    yield { path, mode: 'file', data: new TextEncoder().encode(text) };
}

/** The real program in an emulated machine of E2B, whose proxy leads to a model on loopback that says these turns. */
export async function openE2bBed(
  tool: Programs,
  turns: Turns,
  { modelKey = 'outside', rules = true }: { modelKey?: ModelKeyPlace; rules?: boolean } = {},
): Promise<E2bBed> {
  const e2b = await startE2b();
  const upstream = upstreams[tool];
  const { agent, model, modelId } = await openAgent(tool, turns, { upstream });
  await e2b.internet({ [new URL(upstream).hostname]: model.url });
  await e2b.plan({ rules });
  const outfit = agent.outfit?.({ model: modelId });
  const provider = createE2bSandboxProvider({
    access: { apiKey: e2b.key, apiUrl: e2b.url, sandboxUrl: e2b.url },
    owner: { repository: 'acme/shop', job: 'job-1' },
    log: silentLog,
    programs: carriedPrograms,
  });
  const events: AgentEvent[] = [];
  const journal: JournalEntry[] = [];
  const spec = { session: 'S1', lifetimeMs: longest.session, modelKey, files: () => streamOf(files), ...outfit?.spec };
  let sandbox = await provider.create(spec);
  return {
    ...{ agent, model, e2b, events, journal },
    get sandbox() {
      return sandbox;
    },
    run: (overrides = {}, context = {}) =>
      agent.run(aTask({ model: modelId, timeoutMs: longest.session, ...overrides }), {
        ...{ sandbox, outfit, signal: new AbortController().signal },
        onEvent: (event) => events.push(event),
        journal: { append: async (entry) => void journal.push(JSON.parse(JSON.stringify(entry))) },
        ...context,
      }),
    async rest() {
      const ref = await sandbox.pause?.();
      const woken = ref && (await provider.resume?.(ref, spec));
      if (!woken) throw new Error('the sandbox is gone');
      sandbox = woken;
    },
    async close() {
      await sandbox.kill();
      await model.close();
      await e2b.close();
    },
  };
}
