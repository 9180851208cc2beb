import { createAnthropicModel } from '../../src/adapters/anthropic/anthropic-model.ts';
import { createBuiltInAgent } from '../../src/agents/run-agent.ts';
import type { Ports, Repository } from '../../src/flows/ports.ts';
import { resume } from '../../src/flows/resume.ts';
import { scan } from '../../src/flows/scan.ts';
import { silentLog } from '../../src/lib/log.ts';
import { createGate } from '../../src/publishing/gate.ts';
import type { Overrides } from '../../src/sessions/settings.ts';
import type { AcceptedRequest } from '../fakes/anthropic/check-request.ts';
import type { Script } from '../fakes/anthropic/script.ts';
import { type AnthropicDouble, startAnthropic } from '../fakes/anthropic/start-anthropic.ts';
import { createFakeProvider } from '../fakes/sandbox.ts';
import { createMemoryStore } from '../ledger/memory-store.ts';
import { aRepository } from './ports.ts';

export type ScriptedScans = Awaited<ReturnType<typeof startScans>>;

/**
 * Scans of files in memory, one after the other on one ledger: the real flows, the real loop and client, a scripted model. In the sandbox
 * `cat PATH` works, and nothing else.
 *
 * @param files by path; what is changed in it is there in the next scan
 */
export async function startScans(files: Record<string, string>, script: Script) {
  const api: AnthropicDouble = await startAnthropic({ script });
  const clock = { time: Date.parse('2026-11-01T03:00:00Z'), now: () => clock.time };
  const model = createAnthropicModel({ apiKey: api.key, baseUrl: api.url }, { clock });
  const { store, files: ledger } = createMemoryStore();
  const written = new Map<string, string>();
  const sandboxes = createFakeProvider((there) =>
    Object.fromEntries(Object.entries(there).map(([path, text]) => [`cat ${path}`, { stdout: text }])),
  );
  const ports = {
    findScopes: async () => () => undefined,
    commands: { run: () => Promise.reject(new Error('no command is meant to run')) },
    tools: { assets: '/', locate: async () => ({ unavailable: 'not here' }) },
    layFiles: () => Promise.reject(new Error('no files are meant to be laid')),
    localLedger: store,
    github: undefined,
    agent: createBuiltInAgent(model, { clock }),
    model: undefined,
    sandboxes,
    matchPattern: async () => false,
    output: memoryOutput(written),
    sessionFolder: () => memoryOutput(written),
    mailbox: () => ({ read: async () => [] }),
    clock,
    log: silentLog,
    progress: () => {},
    salvage: async () => [],
    processes: { own: { host: 'here', pid: 1 }, isAlive: () => true },
    began: () => {},
    gate: createGate({ secrets: [] }),
  } as const;

  /** A night later (or so many hours), the same scan again. */
  async function run(
    over: Partial<Ports> = {},
    { hours = 24, overrides = {} }: { hours?: number; overrides?: Overrides } = {},
  ) {
    clock.time += hours * 3_600_000;
    const repository: Repository = aRepository(files);
    return scan(
      {
        trigger: { name: 'schedule', actor: undefined, ref: undefined, pullRequest: undefined },
        overrides,
        configPath: undefined,
        ledgerKey: undefined,
        hasModelKey: true,
        strict: true,
        signal: new AbortController().signal,
      },
      { ...ports, repository, ...over },
    );
  }
  /** The session that rests goes on. */
  async function goOn(over: Partial<Ports> = {}) {
    clock.time += 60_000;
    return resume(
      {
        trigger: { name: 'workflow_dispatch', actor: 'octocat', ref: undefined, pullRequest: undefined },
        session: 'latest',
        overrides: {},
        configPath: undefined,
        ledgerKey: undefined,
        hasModelKey: true,
        strict: true,
        signal: new AbortController().signal,
      },
      { ...ports, repository: aRepository(files), ...over },
    );
  }
  return { run, goOn, ports, api, store, ledger, written, sandboxes, close: () => api.close() };
}

function memoryOutput(written: Map<string, string>): Ports['output'] {
  return {
    folder: '/output',
    async write(path, text) {
      written.set(path, text);
      return `/output/${path}`;
    },
    async append(path, line) {
      written.set(path, `${written.get(path) ?? ''}${line}\n`);
    },
    read: async (path) => written.get(path),
    list: async () => [...written.keys()].sort(),
    remove: async () => written.clear(),
  };
}

/** The files that the notes of a session list, in their order. */
export function listedIn(request: AcceptedRequest): string[] {
  const notes = JSON.stringify(request.system);
  const part = /## Where to begin.*$/.exec(notes)?.[0] ?? '';
  const listed: string[] = [];
  let folder = '';
  for (const line of part.split('\\n')) {
    const [, name] = /^ {2}(\S+) \(\d+/.exec(line) ?? [];
    if (name !== undefined) listed.push(folder + name);
    else if (/^\S+\/$/.test(line)) folder = line === './' ? '' : line;
  }
  return listed;
}
