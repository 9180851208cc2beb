import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Anthropic from '@anthropic-ai/sdk';
import type { MessageParam, ToolResultBlockParam } from '@anthropic-ai/sdk/resources/messages/messages';
import type { Comparison } from './harness.ts';
import { type BenchModel, startBenchModel } from './model-server.ts';
import { execute, runLoop } from './run-loop.ts';

const turns = 30;

/**
 * The agent's loop beside the bare client, and beside Claude Code where it is there: the program that COURIER_BENCH_CLAUDE names, or `claude`
 * on the PATH.
 */
export async function agents(
  claude = findClaude(),
): Promise<{ comparisons: Comparison[]; note: string | undefined; end: () => void }> {
  const [one, many] = [await startBenchModel(1), await startBenchModel(turns)];
  const folder = mkdtempSync(path.join(tmpdir(), 'courier-bench-loop-'));
  return {
    comparisons: [loop(many, folder), ...(claude ? besideClaude(claude, { one, many, folder }) : [])],
    note: claude ? undefined : 'Left out: Claude Code, as it is neither on the PATH nor named by COURIER_BENCH_CLAUDE.',
    end() {
      one.close();
      many.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function loop(model: BenchModel, folder: string): Comparison {
  return {
    what: `${turns} turns of the agent, a command in each but the last, with its journal`,
    beside: 'the same replies and commands, by the bare SDK',
    repetitions: 15,
    courier: async () => void (await runLoop(model.url, folder)),
    other: () => streamAll(model.url, folder),
  };
}

async function streamAll(url: string, folder: string): Promise<void> {
  const client = new Anthropic({ apiKey: 'bench', baseURL: url, logLevel: 'off' });
  const messages: MessageParam[] = [{ role: 'user', content: 'Run the commands.' }];
  for (let turn = 0; turn < turns; turn++) {
    const tools = [{ name: 'bash', input_schema: { type: 'object' as const } }];
    const request = { model: 'claude-sonnet-5-5', max_tokens: 4000, messages, tools };
    const { content } = await client.messages.stream(request).finalMessage();
    const results: ToolResultBlockParam[] = [];
    for (const block of content) {
      if (block.type !== 'tool_use') continue;
      const { exitCode } = await execute('bash', ['-c', 'true'], folder);
      results.push({ type: 'tool_result', tool_use_id: block.id, content: `exit code ${exitCode}` });
    }
    messages.push({ role: 'assistant', content }, { role: 'user', content: results.length > 0 ? results : 'Done.' });
  }
}

function besideClaude(
  claude: string,
  { one, many, folder }: { one: BenchModel; many: BenchModel; folder: string },
): Comparison[] {
  const script = path.resolve(import.meta.dirname, 'run-loop.ts');
  const row = (what: string, model: BenchModel): Comparison => ({
    what,
    beside: 'the same by Claude Code',
    repetitions: 15,
    courier: () => ended([process.execPath, script, model.url, folder], folder, { PATH: process.env.PATH }),
    other: () => ended(claudeCommand(claude), folder, claudeEnvironment(model, folder)),
  });
  return [
    row('a process of the agent that ends after its first turn', one),
    row(`a process of the agent with ${turns} turns`, many),
  ];
}

function claudeCommand(claude: string): string[] {
  const settings = ['--setting-sources', 'user', '--strict-mcp-config', '--no-session-persistence'];
  const tools = ['--tools', 'Bash', '--allowedTools', 'Bash', '--max-turns', '1000'];
  const output = ['--output-format', 'stream-json', '--verbose', '--model', 'claude-sonnet-5-5'];
  return [claude, '-p', 'Run the commands.', ...output, ...settings, ...tools];
}

function claudeEnvironment({ url }: BenchModel, home: string): NodeJS.ProcessEnv {
  return {
    PATH: process.env.PATH,
    HOME: home,
    ANTHROPIC_BASE_URL: url,
    ANTHROPIC_API_KEY: 'bench',
    CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
    DISABLE_AUTOUPDATER: '1',
  };
}

function findClaude(): string | undefined {
  const named = process.env.COURIER_BENCH_CLAUDE;
  if (named) return named;
  const folders = (process.env.PATH ?? '').split(path.delimiter);
  return folders.map((each) => path.join(each, 'claude')).find((file) => existsSync(file));
}

function ended([program = '', ...parameters]: readonly string[], cwd: string, env: NodeJS.ProcessEnv): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, parameters, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk) => {
        output += chunk;
      });
    }
    child.on('error', reject);
    child.on('close', (code) =>
      code === 0 ? resolve() : reject(new Error(`${program} ended with ${code}: ${output.slice(-500)}`)),
    );
  });
}
