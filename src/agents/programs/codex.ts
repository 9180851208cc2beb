import { z } from 'zod';
import type { Usage } from '../usage.ts';
import { codexConversations } from './codex-conversation.ts';
import { countTurns } from './count-turns.ts';
import { parseLine, shellTool } from './event-line.ts';
import type { Program, ProgramEnd, ProgramEvent, ProgramReader, ProgramRun } from './program.ts';

const server = 'courier';
const keyVariable = 'COURIER_SESSION_TOKEN';

/** Features that reach beyond the sandbox, or that nobody is there for. */
const off = ['plugins', 'hooks', 'apps', 'image_generation', 'multi_agent', 'unbounded_connection_retries'];

/**
 * OpenAI's Codex, by `codex exec`. Its configuration is ours alone; of the repository it takes nothing: the folder is not trusted, and AGENTS.md
 * has no room. Its own sandbox is off, as it works in one.
 *
 * Measured with 0.169.0: it has no limit of turns or money, tells no cost, and counts what it used over all runs of a conversation. Where nobody
 * answers it would wait for ever, but for a feature that is off here.
 */
export const codex: Program = {
  tool: 'codex',
  vendorOf: () => 'openai',
  can: { resume: true, interrupt: false, cost: false },
  totals: true,
  start(run, { home, api, toolsUrl }) {
    return {
      args: [
        ...['exec', ...(run.thread === undefined ? [] : ['resume', run.thread])],
        ...['--json', '--dangerously-bypass-approvals-and-sandbox', '--skip-git-repo-check'],
        ...off.flatMap((feature) => ['--disable', feature]),
        // What it is told comes by stdin: it may be longer than an argument.
        '-',
      ],
      env: { CODEX_HOME: home, [keyVariable]: api.token },
      files: [{ path: `${home}/config.toml`, text: toConfig(run, { api, toolsUrl }) }],
      stdin: run.message,
    };
  },
  carry: codexConversations,
  createReader,
};

const efforts = { low: 'low', medium: 'medium', high: 'high', max: 'xhigh' } as const satisfies Record<
  ProgramRun['effort'],
  string
>;

function toConfig(
  { model, effort, system, silenceMs }: ProgramRun,
  { api, toolsUrl }: { api: { url: string }; toolsUrl: string | undefined },
): string {
  const lines = [
    `model = ${toml(model)}`,
    'model_provider = "courier"',
    `model_reasoning_effort = "${efforts[effort]}"`,
    `developer_instructions = ${toml(system)}`,
    'web_search = "disabled"',
    'check_for_update_on_startup = false',
    'project_doc_max_bytes = 0',
    '[model_providers.courier]',
    'name = "courier"',
    `base_url = ${toml(`${api.url}/v1`)}`,
    `env_key = "${keyVariable}"`,
    'wire_api = "responses"',
    // The gateway tries again where that helps, if there is one.
    `request_max_retries = ${toolsUrl === undefined ? 4 : 0}`,
    `stream_max_retries = ${toolsUrl === undefined ? 5 : 1}`,
    `stream_idle_timeout_ms = ${silenceMs}`,
    '[analytics]',
    'enabled = false',
    '[shell_environment_policy]',
    'inherit = "all"',
    `exclude = ["${keyVariable}"]`,
  ];
  return [...lines, ...(toolsUrl === undefined ? [] : toServer(toolsUrl))].map((line) => `${line}\n`).join('');
}

function toServer(url: string): string[] {
  return [
    `[mcp_servers.${server}]`,
    `url = ${toml(url)}`,
    `bearer_token_env_var = "${keyVariable}"`,
    'required = true',
    'startup_timeout_sec = 30',
    // A check may take its time.
    'tool_timeout_sec = 86400',
    'default_tools_approval_mode = "approve"',
  ];
}

/** A basic string of TOML: JSON's, but that it takes neither half a character nor DEL. */
function toml(text: string): string {
  return JSON.stringify(text.toWellFormed()).replaceAll('\u007f', '\\u007F');
}

const text = z.string().catch('');
const tokens = z.number().nonnegative().catch(0).default(0);

const Item = z.union([
  z.object({ id: text, type: z.enum(['agent_message', 'reasoning']), text: z.string() }),
  z.object({
    id: z.string(),
    type: z.literal('command_execution'),
    command: z.string(),
    aggregated_output: text,
    exit_code: z.number().nullish().catch(undefined),
    status: text,
  }),
  z.object({
    id: z.string(),
    type: z.literal('mcp_tool_call'),
    tool: z.string(),
    arguments: z.unknown(),
    result: z
      .object({ content: z.array(z.object({ text })).catch([]) })
      .nullish()
      .catch(undefined),
    error: z.object({ message: text }).nullish().catch(undefined),
    status: text,
  }),
  z.object({ id: z.string(), type: z.literal('file_change'), changes: z.unknown(), status: text }),
  z.object({ id: text, type: z.literal('error'), message: z.string() }),
]);
type Item = z.infer<typeof Item>;

const Line = z.union([
  z.object({ type: z.literal('thread.started'), thread_id: z.string() }),
  z.object({ type: z.enum(['item.started', 'item.completed']), item: Item }),
  z.object({ type: z.literal('error'), message: z.string() }),
  z.object({ type: z.literal('turn.failed'), error: z.object({ message: text }) }),
  z.object({
    type: z.literal('turn.completed'),
    usage: z.object({
      input_tokens: tokens,
      cached_input_tokens: tokens,
      cache_write_input_tokens: tokens,
      output_tokens: tokens,
    }),
  }),
]);
type Line = z.infer<typeof Line>;

function createReader(): ProgramReader {
  let last: Extract<Line, { type: 'turn.completed' | 'turn.failed' }> | undefined;
  let said = '';
  const turns = countTurns();
  return {
    read(row) {
      const line = parseLine(Line, row);
      if (!line) return [];
      if (line.type === 'turn.completed' || line.type === 'turn.failed') last = line;
      if (!('item' in line)) return eventsIn(line);
      if (line.item.type === 'agent_message') said = line.item.text;
      const events = line.type === 'item.started' ? begunBy(line.item) : doneBy(line.item);
      return turns(events);
    },
    end({ exitCode, stderr }) {
      if (!last)
        return { end: 'cut', reason: stderr.trim() || `It ended with exit code ${exitCode} and no last word.` };
      return last.type === 'turn.completed' ? { end: 'done', text: said } : failedBy(last.error.message);
    },
  };
}

function eventsIn(line: Exclude<Line, { item: Item }>): ProgramEvent[] {
  if (line.type === 'thread.started') return [{ type: 'thread', id: line.thread_id }];
  if (line.type === 'turn.completed') return [{ type: 'used', usage: toUsage(line.usage) }];
  if (line.type !== 'error') return [];
  const [, attempt] = /^Reconnecting\.\.\. (\d+)\//.exec(line.message) ?? [];
  // What is no attempt is told by the last line too.
  return attempt === undefined ? [] : [{ type: 'retry', attempt: Number(attempt), waitMs: 0, reason: line.message }];
}

/** Of a conversation that went on, the whole; a session in which its word is all there is sees its first run alone. */
function toUsage(usage: Extract<Line, { type: 'turn.completed' }>['usage']): Usage {
  const { input_tokens: all, cached_input_tokens: cacheReadTokens, cache_write_input_tokens: cacheWriteTokens } = usage;
  const inputTokens = Math.max(0, all - cacheReadTokens - cacheWriteTokens);
  return { inputTokens, outputTokens: usage.output_tokens, cacheReadTokens, cacheWriteTokens };
}

function begunBy(item: Item): ProgramEvent[] {
  switch (item.type) {
    case 'command_execution':
      return [{ type: 'tool-use', id: item.id, tool: shellTool, input: { command: unwrap(item.command) } }];
    case 'mcp_tool_call':
      return [{ type: 'tool-use', id: item.id, tool: item.tool, input: item.arguments }];
    case 'file_change':
      return [{ type: 'tool-use', id: item.id, tool: 'apply_patch', input: item.changes }];
    default:
      return [];
  }
}

function doneBy(item: Item): ProgramEvent[] {
  const ok = 'status' in item && item.status === 'completed';
  switch (item.type) {
    case 'agent_message':
      return item.text.trim() ? [{ type: 'message', text: item.text }] : [];
    case 'reasoning':
      return item.text.trim() ? [{ type: 'thinking', text: item.text }] : [];
    case 'command_execution': {
      const failed = item.exit_code ? `exit code ${item.exit_code}\n` : '';
      return [{ type: 'tool-result', id: item.id, ok, output: `${failed}${item.aggregated_output}` }];
    }
    case 'mcp_tool_call': {
      const output = item.error?.message ?? (item.result?.content ?? []).map((part) => part.text).join('\n');
      return [{ type: 'tool-result', id: item.id, ok, output }];
    }
    case 'file_change':
      return [{ type: 'tool-result', id: item.id, ok, output: item.status }];
    case 'error':
      return [{ type: 'notice', text: `Codex: ${item.message}` }];
  }
}

/** `/bin/bash -lc 'ls'`: the command that the model gave. */
function unwrap(command: string): string {
  const [, inner] = /^\S*sh -l?c ([\s\S]+)$/.exec(command) ?? [];
  if (inner === undefined) return command;
  const [, quoted] = /^'([\s\S]*)'$/.exec(inner) ?? [];
  return quoted === undefined ? inner : quoted.replaceAll(/'(?:\\''|"'"')/g, "'");
}

function failedBy(message: string): ProgramEnd {
  const [, status] = /\bstatus (\d{3})\b/.exec(message) ?? [];
  return { end: 'failed', reason: message, ...(status === undefined ? {} : { status: Number(status) }) };
}
