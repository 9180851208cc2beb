import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import path from 'node:path';
import { type ProgramName, programPackages } from '../../src/sandboxes/program-package.ts';
import { startAnthropic } from '../fakes/anthropic/start-anthropic.ts';
import type { Dialect } from '../fakes/model/script.ts';
import { startModel } from '../fakes/model/start-model.ts';
import { median } from './harness.ts';

/** What a session says to its model, what that says back, and when the first request came. */
type Double = {
  url: string;
  first: () => number;
  requests: () => number;
  firstBytes: () => number;
  close: () => Promise<void>;
};

const summary = { summary: 'Looked at it.' };
const code = `text(JSON.stringify(await tools.mcp__courier__finish(${JSON.stringify(summary)})))`;

type Tool = 'anthropic' | ProgramName;
type Case = { title: string; model: string; dialect?: Dialect; use: { name: string; input: unknown } };

/** The model of each, and how it calls `finish`. */
const tools: Readonly<Record<Tool, Case>> = {
  anthropic: { title: 'built in', model: 'claude-sonnet-5-5', use: { name: 'finish', input: summary } },
  'claude-code': {
    title: programPackages['claude-code'].title,
    model: 'claude-sonnet-5-5',
    use: { name: 'mcp__courier__finish', input: summary },
  },
  codex: {
    title: programPackages.codex.title,
    model: 'gpt-6.1-sol',
    dialect: 'openai-responses',
    use: { name: 'exec', input: code },
  },
  opencode: {
    title: programPackages.opencode.title,
    model: 'openai/some-model',
    dialect: 'openai-chat',
    use: { name: 'courier_finish', input: summary },
  },
  gemini: {
    title: programPackages.gemini.title,
    model: 'gemini-3.8-flash',
    dialect: 'gemini',
    use: { name: 'mcp_courier_finish', input: summary },
  },
};

async function aDouble(tool: Tool): Promise<Double> {
  const { dialect, use } = tools[tool];
  const seen = { first: 0, requests: 0, firstBytes: 0 };
  const script = (request: object) => {
    seen.first ||= Date.now();
    seen.requests += 1;
    seen.firstBytes ||= JSON.stringify('raw' in request ? request.raw : request).length;
    return seen.requests === 1 ? { toolUses: [use] } : { text: 'That was all.' };
  };
  const key = 'bench';
  const { url, close } = dialect
    ? await startModel({ dialect, script, key })
    : await startAnthropic({ script, key, from: 'another program' });
  return { url, close, first: () => seen.first, requests: () => seen.requests, firstBytes: () => seen.firstBytes };
}

type Session = { firstMs: number; wholeMs: number; memoryMb: number; requests: number; firstKb: number };

/** A session that finds nothing and says so, from the start of the agent in a sandbox that is there. */
async function session(tool: Tool): Promise<Session> {
  const double = await aDouble(tool);
  const script = path.resolve(import.meta.dirname, 'tool-session.ts');
  const child = spawn(process.execPath, [script, tool, tools[tool].model, double.url], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [output, errors, most] = ['', '', 0];
  child.stdout.on('data', (chunk) => {
    output += chunk;
  });
  child.stderr.on('data', (chunk) => {
    errors += chunk;
  });
  const watch = setInterval(() => {
    most = Math.max(most, memoryOf(child.pid ?? 0));
  }, 100);
  const exit = await new Promise((resolve) => child.on('close', resolve));
  clearInterval(watch);
  const ended = Date.now();
  await double.close();
  if (exit !== 0) throw new Error(`${tool}: ${errors.slice(-2000)}`);
  const began = Number(output.trim());
  return {
    ...{ firstMs: double.first() - began, wholeMs: ended - began, memoryMb: most / 1024 },
    ...{ requests: double.requests(), firstKb: double.firstBytes() / 1000 },
  };
}

/** Kilobytes of a process and all below it, what several share counted once. */
function memoryOf(root: number): number {
  const children = new Map<number, number[]>();
  for (const name of readdirSync('/proc')) {
    const stat = /^\d+$/.test(name) ? read(`/proc/${name}/stat`) : '';
    const parent = Number(/\) \S (\d+)/.exec(stat)?.[1] ?? 0);
    children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
  }
  const sum = (pid: number): number => {
    const own = Number(/^Pss: +(\d+)/m.exec(read(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0);
    return (children.get(pid) ?? []).reduce((total, child) => total + sum(child), own);
  };
  return sum(root);
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

const columns = ['firstMs', 'wholeMs', 'memoryMb', 'requests', 'firstKb'] as const;

/**
 * Start-up, memory and requests of each agent tool beside the built-in agent's, by turns, after one round that is not counted. A tool that
 * cannot be installed here is left out, and it is said.
 */
export async function agentTools(rounds = 3): Promise<string> {
  const before = loadavg()[0] ?? 0;
  const names: Tool[] = ['anthropic', 'claude-code', 'codex', 'opencode', 'gemini'];
  const all = new Map<Tool, Session[]>();
  const missing: string[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    for (const tool of names) {
      if (missing.includes(tool)) continue;
      const measured = await session(tool).catch((error: unknown) => {
        missing.push(tool);
        process.stderr.write(`${String(error)}\n`);
      });
      if (measured && round > 0) all.set(tool, [...(all.get(tool) ?? []), measured]);
    }
  }
  const load = `The machine's load was ${before.toFixed(1)} before and ${(loadavg()[0] ?? 0).toFixed(1)} after.`;
  const left = missing.length > 0 ? ` Left out, as they could not be run here: ${missing.join(', ')}.` : '';
  return `${renderTools(all)}\n\n${load}${left}`;
}

function renderTools(all: ReadonlyMap<Tool, readonly Session[]>): string {
  const middle = (tool: Tool) =>
    Object.fromEntries(columns.map((name) => [name, median((all.get(tool) ?? []).map((each) => each[name]))]));
  const base = middle('anthropic');
  const rows = [...all.keys()].map((tool) => {
    const own = middle(tool);
    const ratio = (name: string) => ((own[name] ?? Number.NaN) / (base[name] ?? Number.NaN)).toPrecision(2);
    const seconds = (name: string) => `${((own[name] ?? Number.NaN) / 1000).toFixed(2)} s`;
    const cells = [
      `${seconds('firstMs')} (${ratio('firstMs')})`,
      `${seconds('wholeMs')} (${ratio('wholeMs')})`,
      `${own.memoryMb?.toFixed(0)} MB (${ratio('memoryMb')})`,
      `${own.requests?.toFixed(0)} (${ratio('requests')})`,
      `${own.firstKb?.toFixed(0)} kB (${ratio('firstKb')})`,
    ];
    return `| ${tools[tool].title} | ${cells.join(' | ')} |`;
  });
  return [
    '| agent tool | until its first call | whole session | memory | calls | first call |',
    '|---|---:|---:|---:|---:|---:|',
    ...rows,
  ].join('\n');
}

// By itself: this table alone.
if (process.argv[1] === import.meta.filename) console.log(await agentTools());
