import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createAnthropicModel } from '../../src/adapters/anthropic/anthropic-model.ts';
import { createLocalSandboxProvider } from '../../src/adapters/local/local-sandbox.ts';
import { serveTools } from '../../src/adapters/mcp/serve-tools.ts';
import type { Agent, AgentTask } from '../../src/agents/agent.ts';
import { createProgramAgent } from '../../src/agents/programs/create-program-agent.ts';
import { findProgram } from '../../src/agents/programs/programs.ts';
import { createBuiltInAgent } from '../../src/agents/run-agent.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { silentLog } from '../../src/lib/log.ts';
import type { SandboxFile } from '../../src/sandboxes/sandbox.ts';
import { realPrograms } from '../agents/programs/real-programs.ts';

/** One whole session of an agent tool, in a process of its own: `tool model url`. Its first line is when it began. */
const [, , tool = '', model = '', url = ''] = process.argv;
const key = 'bench';

const task: AgentTask = {
  ...{ scan: 'bench', prompt: 'Look at it.', paths: [], known: [], verify: [], rules: [], context: [], commands: {} },
  ...{ model, effort: 'medium', maxTokens: 8000, maxIterations: 20, budgetUsd: 1000, timeoutMs: 300_000 },
  files: ['src/app.ts'],
};

async function* files(): AsyncGenerator<SandboxFile> {
  yield { path: 'src/app.ts', mode: 'file', data: new TextEncoder().encode('export const a = 1;\n') };
}

function openAgent(): Agent {
  const program = findProgram(tool);
  if (!program && tool !== 'anthropic') throw new Error(`${tool} is not driven by this version`);
  if (!program) {
    return createBuiltInAgent(createAnthropicModel({ apiKey: key, baseUrl: url }, { clock: systemClock }), {
      clock: systemClock,
    });
  }
  const access = { [program.vendorOf(model)]: { upstream: url, key } };
  return createProgramAgent(program, { clock: systemClock, access, serveTools });
}

const folder = mkdtempSync(path.join(tmpdir(), 'courier-bench-tool-'));
const agent = openAgent();
const outfit = agent.outfit?.({ model });
const provider = createLocalSandboxProvider({
  ...{ env: process.env, tempDir: folder, programs: realPrograms, log: silentLog },
});
const sandbox = await provider.create({ session: 'S-bench', lifetimeMs: 600_000, files, ...outfit?.spec });
try {
  process.stdout.write(`${Date.now()}\n`);
  const result = await agent.run(task, {
    ...{ sandbox, outfit, signal: new AbortController().signal },
    onEvent: () => {},
  });
  if (result.ending !== 'finished') throw new Error(`the session ended so: ${JSON.stringify(result)}`);
} finally {
  await sandbox.kill();
  rmSync(folder, { recursive: true, force: true });
}
