import { spawn } from 'node:child_process';
import { appendFile, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createAnthropicModel } from '../../src/adapters/anthropic/anthropic-model.ts';
import type { AgentResult } from '../../src/agents/agent.ts';
import { toLine } from '../../src/agents/journal.ts';
import { createBuiltInAgent } from '../../src/agents/run-agent.ts';
import { systemClock } from '../../src/lib/clock.ts';
import type { ExecResult, Sandbox } from '../../src/sandboxes/sandbox.ts';

/** A whole session of the built-in agent with its journal in a file. Its commands run without a sandbox, as Claude Code's do. */
export async function runLoop(url: string, folder: string): Promise<AgentResult> {
  const model = createAnthropicModel({ apiKey: 'bench', baseUrl: url }, { clock: systemClock });
  const task = {
    scan: 'bench',
    prompt: 'Run the commands.',
    paths: [],
    model: 'claude-sonnet-5-5',
    effort: 'medium',
    maxTokens: 4000,
    maxIterations: 1000,
    budgetUsd: 1000,
    timeoutMs: 600_000,
    known: [],
    verify: [],
    rules: [],
    context: [],
    commands: {},
    files: ['src/app.ts'],
  } as const;
  return createBuiltInAgent(model, { clock: systemClock }).run(task, {
    sandbox: openFolder(folder),
    signal: new AbortController().signal,
    onEvent: () => {},
    journal: { append: (entry) => appendFile(path.join(folder, 'transcript.ndjson'), `${toLine(entry)}\n`) },
  });
}

function openFolder(folder: string): Sandbox {
  return {
    ref: { kind: 'local', id: 'bench' },
    workspace: folder,
    out: folder,
    exec: ([program, ...parameters]) => execute(program, parameters, folder),
    writeFile: (file, data) => writeFile(file, data),
    appendFile: (file, data) => appendFile(file, data),
    readFile: (file) => readFile(file).catch(() => undefined),
    kill: async () => {},
  };
}

/** A command without a sandbox. */
export function execute(program: string, parameters: readonly string[], cwd: string): Promise<ExecResult> {
  const begin = performance.now();
  return new Promise((resolve, reject) => {
    const child = spawn(program, parameters, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    let stdout = '';
    child.stdout.on('data', (chunk) => {
      stdout += chunk;
    });
    child.on('error', reject);
    child.on('close', (code) => {
      const durationMs = performance.now() - begin;
      resolve({ exitCode: code ?? 1, stdout, stderr: '', timedOut: false, truncated: false, durationMs });
    });
  });
}

// Started as a process of its own: the address of the model, and a folder to work in.
const [, started = '', url, folder] = process.argv;
if (path.basename(started) === path.basename(import.meta.filename) && url && folder) {
  const { ending } = await runLoop(url, folder);
  if (ending !== 'finished') throw new Error(`the session ended ${ending}`);
}
