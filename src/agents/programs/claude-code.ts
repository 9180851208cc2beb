import { z } from 'zod';
import { keyHeader } from '../../sandboxes/gateway.ts';
import type { Usage } from '../usage.ts';
import { claudeConversations } from './claude-conversation.ts';
import { parseLine, shellTool } from './event-line.ts';
import type { Program, ProgramEnd, ProgramEvent, ProgramPlace, ProgramReader } from './program.ts';

const ownTools = ['Bash', 'Read', 'Grep', 'Glob', 'Write', 'Edit'] as const;
/** What it calls the endpoint of Courier's tools; its names for them are `mcp__courier__report_finding`. */
const server = 'courier';

/**
 * Claude Code, by `claude -p`. Settings, hooks, memory and MCP servers of the repository are off: of all sources it reads the user's alone,
 * and that folder is ours.
 *
 * Measured with 2.1.329: the terminal event says `success` for errors of the API too (`is_error` counts); SIGINT ends it with one. What it used and
 * cost is told over all runs of a conversation, but for those that were killed.
 */
export const claudeCode: Program = {
  tool: 'claude-code',
  vendorOf: () => 'anthropic',
  can: { resume: true, interrupt: true, cost: true },
  totals: true,
  start(run, { home, api, toolsUrl }) {
    const systemFile = `${home}/system.md`;
    const toolsFile = `${home}/tools.json`;
    const offered = toolsUrl === undefined ? [] : [`mcp__${server}`];
    return {
      args: [
        ...['-p', '--output-format', 'stream-json', '--verbose'],
        ...['--setting-sources', 'user', '--strict-mcp-config', '--mcp-config', toolsFile, '--disable-slash-commands'],
        ...['--tools', ownTools.join(','), '--allowedTools', [...ownTools, ...offered].join(',')],
        ...['--model', run.model, '--effort', run.effort, '--max-turns', String(run.maxCalls)],
        ...(run.budgetUsd === undefined ? [] : ['--max-budget-usd', run.budgetUsd.toFixed(4)]),
        ...['--append-system-prompt-file', systemFile],
        ...(run.thread === undefined ? [] : ['--resume', run.thread]),
      ],
      env: {
        CLAUDE_CONFIG_DIR: home,
        ANTHROPIC_BASE_URL: api.url,
        ...keyVariable(api),
        CLAUDE_CODE_MAX_OUTPUT_TOKENS: String(run.maxTokens),
        // The gateway tries again where that helps, if there is one.
        CLAUDE_CODE_MAX_RETRIES: toolsUrl === undefined ? '5' : '2',
        CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
        DISABLE_AUTOUPDATER: '1',
        // An answer in one piece is silent for as long as it takes.
        CLAUDE_CODE_DISABLE_NONSTREAMING_FALLBACK: '1',
        // Else it hides them behind a search that it has to think of.
        ENABLE_TOOL_SEARCH: 'false',
        MCP_TIMEOUT: '30000',
        // A check may take its time, and a question waits until it is ended.
        MCP_TOOL_TIMEOUT: String(24 * 3_600_000),
      },
      files: [
        { path: systemFile, text: run.system },
        { path: toolsFile, text: JSON.stringify({ mcpServers: serversOf(toolsUrl, api.token) }) },
      ],
      stdin: run.message,
    };
  },
  carry: claudeConversations,
  createReader,
};

/** Two names, for the two headers in which a key may go. */
function keyVariable({ url: upstream, token: key }: ProgramPlace['api']): Readonly<Record<string, string>> {
  const isOwn = 'x-api-key' in keyHeader({ vendor: 'anthropic', upstream, key });
  return { [isOwn ? 'ANTHROPIC_API_KEY' : 'ANTHROPIC_AUTH_TOKEN']: key };
}

function serversOf(toolsUrl: string | undefined, token: string) {
  if (toolsUrl === undefined) return {};
  return { [server]: { type: 'http', url: toolsUrl, headers: { Authorization: `Bearer ${token}` } } };
}

const tokens = z.number().nonnegative().catch(0).default(0);

const Block = z.union([
  z.object({ type: z.literal('text'), text: z.string() }),
  z.object({ type: z.literal('thinking'), thinking: z.string() }),
  z.object({ type: z.literal('tool_use'), id: z.string(), name: z.string(), input: z.unknown() }),
  z.object({
    type: z.literal('tool_result'),
    tool_use_id: z.string(),
    content: z.unknown(),
    is_error: z.boolean().nullish(),
  }),
  z.object({ type: z.string() }).transform(() => undefined),
]);

const Blocks = z.union([z.string().transform((text) => [{ type: 'text' as const, text }]), z.array(Block)]);

const ModelUsage = z.record(
  z.string(),
  z.object({
    inputTokens: tokens,
    outputTokens: tokens,
    cacheReadInputTokens: tokens,
    cacheCreationInputTokens: tokens,
  }),
);

const Result = z.object({
  type: z.literal('result'),
  subtype: z.string(),
  is_error: z.boolean(),
  result: z.string().catch(''),
  terminal_reason: z.string().nullish(),
  api_error_status: z.number().nullish(),
  stop_reason: z.string().nullish(),
  total_cost_usd: z.number().nonnegative().optional().catch(undefined),
  modelUsage: ModelUsage.optional().catch(undefined),
});
type Result = z.infer<typeof Result>;

/** Lines of `--output-format stream-json`, as far as they mean something here; its other types are left. */
const Line = z.union([
  z.object({ type: z.literal('assistant'), message: z.object({ id: z.string(), model: z.string(), content: Blocks }) }),
  z.object({ type: z.literal('user'), message: z.object({ content: Blocks }) }),
  z.object({
    type: z.literal('system'),
    subtype: z.literal('api_retry'),
    attempt: z.number(),
    retry_delay_ms: z.number(),
    error_status: z.number().nullish(),
    error: z.string().catch('unknown'),
  }),
  z.object({ type: z.literal('system'), subtype: z.literal('init'), session_id: z.string() }),
  z.object({
    type: z.literal('system'),
    subtype: z.enum(['model_refusal_fallback', 'model_refusal_no_fallback']),
    original_model: z.string().catch('The model'),
    api_refusal_category: z.string().nullish().catch(undefined),
  }),
  Result,
]);
type Line = z.infer<typeof Line>;

/** What it says in the name of the model: its own words about an error. */
const ownWords = '<synthetic>';

function createReader(): ProgramReader {
  const answered = new Set<string>();
  let last: Result | undefined;
  let refusal: string | undefined;
  return {
    read(text) {
      const line = parseLine(Line, text);
      if (!line) return [];
      if (line.type === 'result') {
        last = line;
        return usedIn(line);
      }
      if (line.type === 'system' && line.subtype.startsWith('model_refusal')) refusal = refusalIn(line);
      return eventsIn(line, answered);
    },
    end: ({ exitCode, stderr }) => endOf(last, { exitCode, stderr, refusal }),
  };
}

function eventsIn(line: Exclude<Line, Result>, answered: Set<string>): ProgramEvent[] {
  if (line.type === 'assistant') {
    const { id, model, content } = line.message;
    if (model === ownWords) return [];
    const isNew = !answered.has(id);
    answered.add(id);
    return [...(isNew ? [{ type: 'call' as const, id }] : []), ...content.flatMap(toEvent)];
  }
  if (line.type === 'user') {
    // Its own reminders are text in the user's name.
    return line.message.content.flatMap(toEvent).filter(({ type }) => type === 'tool-result');
  }
  if (line.subtype === 'init') return [{ type: 'thread', id: line.session_id }];
  if (line.subtype === 'api_retry') {
    const { attempt, retry_delay_ms: waitMs, error, error_status: status } = line;
    return [{ type: 'retry', attempt, waitMs: Math.round(waitMs), reason: status ? `${error} (${status})` : error }];
  }
  const text = refusalIn(line);
  return text === undefined ? [] : [{ type: 'notice', text }];
}

function refusalIn(line: Extract<Line, { type: 'system' }>): string | undefined {
  if (!('original_model' in line)) return undefined;
  const category = line.api_refusal_category ? ` (${line.api_refusal_category})` : '';
  return `${line.original_model} declined${category}.`;
}

function toEvent(block: z.infer<typeof Block>): ProgramEvent[] {
  if (block === undefined) return [];
  switch (block.type) {
    case 'text':
      return block.text.trim() ? [{ type: 'message', text: block.text }] : [];
    case 'thinking':
      return block.thinking.trim() ? [{ type: 'thinking', text: block.thinking }] : [];
    case 'tool_use':
      return [{ type: 'tool-use', id: block.id, ...toolOf(block) }];
    case 'tool_result':
      return [
        { type: 'tool-result', id: block.tool_use_id, ok: block.is_error !== true, output: textIn(block.content) },
      ];
  }
}

function toolOf({ name, input }: { name: string; input: unknown }): { tool: string; input: unknown } {
  if (name === 'Bash') return { tool: shellTool, input };
  const own = `mcp__${server}__`;
  return { tool: name.startsWith(own) ? name.slice(own.length) : name, input };
}

const Parts = z.union([z.string(), z.array(z.object({ text: z.string().catch('') }))]).catch('');

function textIn(content: unknown): string {
  const parts = Parts.parse(content);
  return typeof parts === 'string' ? parts : parts.map(({ text }) => text).join('\n');
}

function usedIn({ modelUsage, total_cost_usd: costUsd }: Result): ProgramEvent[] {
  if (!modelUsage) return [];
  const usage: Usage = { inputTokens: 0, outputTokens: 0, cacheReadTokens: 0, cacheWriteTokens: 0 };
  for (const each of Object.values(modelUsage)) {
    usage.inputTokens += each.inputTokens;
    usage.outputTokens += each.outputTokens;
    usage.cacheReadTokens += each.cacheReadInputTokens;
    usage.cacheWriteTokens += each.cacheCreationInputTokens;
  }
  return [{ type: 'used', usage, ...(costUsd === undefined ? {} : { costUsd }) }];
}

function endOf(
  last: Result | undefined,
  { exitCode, stderr, refusal }: { exitCode: number; stderr: string; refusal: string | undefined },
): ProgramEnd {
  if (!last) return { end: 'cut', reason: stderr.trim() || `It ended with exit code ${exitCode} and no last word.` };
  if (last.subtype === 'success' && !last.is_error) {
    return last.stop_reason === 'refusal' ? refusedBy(refusal, last) : { end: 'done', text: last.result };
  }
  if (last.terminal_reason?.startsWith('aborted')) return { end: 'interrupted' };
  if (last.subtype === 'error_max_turns') return { end: 'limited', limit: 'iterations' };
  if (last.subtype === 'error_max_budget_usd') return { end: 'limited', limit: 'budget' };
  if (last.stop_reason === 'refusal') return refusedBy(refusal, last);
  const status = last.api_error_status;
  const reason = last.result.trim() || last.terminal_reason || last.subtype;
  return { end: 'failed', reason, ...(status ? { status } : {}) };
}

function refusedBy(refusal: string | undefined, { result }: Result): ProgramEnd {
  return { end: 'refused', reason: refusal ?? (result.trim() || 'The model declined.') };
}
