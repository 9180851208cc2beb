import { z } from 'zod';
import type { Usage } from '../usage.ts';
import { countTurns } from './count-turns.ts';
import { parseLine, shellTool } from './event-line.ts';
import type { Program, ProgramEnd, ProgramEvent, ProgramReader, ProgramRun } from './program.ts';

/** What it calls the endpoint of Courier's tools; its names for them are `mcp_courier_report_finding`. */
const server = 'courier';

/** Tools that reach for the web, for a person, or for another agent of its own. */
const without = [
  ...['web_fetch', 'google_web_search', 'save_memory', 'ask_user'],
  ...['enter_plan_mode', 'exit_plan_mode', 'activate_skill', 'invoke_agent'],
];

/**
 * Gemini CLI, headless. The folder is not trusted: neither hooks nor MCP servers nor settings of the repository run. What it reads of a
 * repository all the same (`GEMINI.md`, `.env`) is not in the copy that it works on.
 *
 * Measured with 0.61.0: exit codes are HTTP statuses modulo 256, and 0 with a signal; a conversation that goes on has each result of a
 * tool twice, so it begins anew. Its own HOME is the only place from which it takes words for the system prompt without losing its own.
 */
export const geminiCli: Program = {
  tool: 'gemini',
  vendorOf: () => 'google',
  can: { resume: false, interrupt: false, cost: false },
  totals: false,
  start(run, { home, api, toolsUrl }) {
    return {
      args: ['--skip-trust', '-m', run.model, '--approval-mode', 'yolo', '--output-format', 'stream-json'],
      env: {
        GEMINI_CLI_HOME: home,
        GEMINI_API_KEY: api.token,
        GOOGLE_GEMINI_BASE_URL: api.url,
        // Its wrapper swallows signals.
        GEMINI_CLI_NO_RELAUNCH: 'true',
        ...unmoved,
      },
      files: [
        { path: `${home}/.gemini/settings.json`, text: JSON.stringify(toSettings(run, { api, toolsUrl })) },
        { path: `${home}/.gemini/GEMINI.md`, text: run.system },
      ],
      stdin: run.message,
    };
  },
  createReader,
};

/** A `.env` sets what is not set. */
const unmoved = {
  ...{ HTTP_PROXY: '', HTTPS_PROXY: '', NO_PROXY: '*', http_proxy: '', https_proxy: '', no_proxy: '*' },
  ...{ NODE_OPTIONS: '', BASH_ENV: '', GOOGLE_API_KEY: '', GOOGLE_GENAI_USE_VERTEXAI: '', GOOGLE_VERTEX_BASE_URL: '' },
};

function toSettings(
  { model, maxCalls, maxTokens, effort }: ProgramRun,
  { api, toolsUrl }: { api: { token: string }; toolsUrl: string | undefined },
) {
  const thinkingConfig = { thinkingLevel: effort === 'max' ? 'HIGH' : effort.toUpperCase() };
  const headers = { Authorization: `Bearer ${api.token}` };
  const mcpServers = { [server]: { httpUrl: toolsUrl, headers, trust: true, timeout: 24 * 3_600_000 } };
  return {
    // The gateway tries again where that helps, if there is one.
    general: {
      enableAutoUpdate: false,
      enableAutoUpdateNotification: false,
      maxAttempts: toolsUrl === undefined ? 5 : 1,
      retryFetchErrors: false,
    },
    privacy: { usageStatisticsEnabled: false },
    telemetry: { enabled: false },
    model: { maxSessionTurns: maxCalls },
    modelConfigs: {
      customOverrides: [
        { match: { model }, modelConfig: { generateContentConfig: { maxOutputTokens: maxTokens, thinkingConfig } } },
      ],
    },
    tools: { exclude: without },
    skills: { enabled: false },
    hooksConfig: { enabled: false },
    mcp: { allowed: [server] },
    ...(toolsUrl === undefined ? {} : { mcpServers }),
    security: { auth: { selectedType: 'gemini-api-key' }, environmentVariableRedaction: { enabled: true } },
  };
}

const tokens = z.number().nonnegative().catch(0).default(0);
const text = z.string().catch('');

const Result = z.object({
  type: z.literal('result'),
  status: z.string(),
  error: z.object({ type: text, message: text }).optional().catch(undefined),
  stats: z.object({ total_tokens: tokens, input_tokens: tokens, cached: tokens }).optional().catch(undefined),
});

/** Lines of `--output-format stream-json`. */
const Line = z.union([
  z.object({ type: z.literal('init'), session_id: z.string() }),
  z.object({ type: z.literal('message'), role: z.string(), content: z.string() }),
  z.object({ type: z.literal('tool_use'), tool_name: z.string(), tool_id: z.string(), parameters: z.unknown() }),
  z.object({ type: z.literal('tool_result'), tool_id: z.string(), status: z.string(), output: text }),
  z.object({ type: z.literal('error'), severity: text, message: z.string() }),
  Result,
]);
type Line = z.infer<typeof Line>;

type Told = { text: string; complaint: string | undefined; last: z.infer<typeof Result> | undefined };

function createReader(): ProgramReader {
  const told: Told = { text: '', complaint: undefined, last: undefined };
  // A message comes in pieces, and ends where something else begins.
  let pieces = '';
  const turns = countTurns();
  const flush = (): ProgramEvent[] => {
    const message = pieces;
    pieces = '';
    if (!message.trim()) return [];
    told.text = message;
    return [{ type: 'message', text: message }];
  };
  return {
    read(line) {
      const event = parseLine(Line, line);
      if (!event) return [];
      if (event.type === 'message') {
        if (event.role === 'assistant') pieces += event.content;
        return [];
      }
      if (event.type === 'result') told.last = event;
      if (event.type === 'error' && event.severity === 'error') told.complaint = event.message;
      return turns([...flush(), ...eventsIn(event)]);
    },
    end: (exit) => endOf(told, exit),
  };
}

function eventsIn(line: Exclude<Line, { type: 'message' }>): ProgramEvent[] {
  switch (line.type) {
    case 'init':
      return [{ type: 'thread', id: line.session_id }];
    case 'tool_use':
      return [{ type: 'tool-use', id: line.tool_id, tool: toolOf(line.tool_name), input: line.parameters }];
    case 'tool_result':
      return [{ type: 'tool-result', id: line.tool_id, ...toResult(line) }];
    case 'error':
      return [{ type: 'notice', text: line.message }];
    case 'result':
      return usedIn(line);
  }
}

function toolOf(name: string): string {
  if (name === 'run_shell_command') return shellTool;
  const own = `mcp_${server}_`;
  return name.startsWith(own) ? name.slice(own.length) : name;
}

/** A command that fails is a success of the tool, which says so in its output. */
function toResult({ status, output }: { status: string; output: string }): { ok: boolean; output: string } {
  return { ok: status === 'success' && !/(^|\n)Command exited with code: [1-9]/.test(output), output };
}

/** What it thought is in the total alone. */
function usedIn({ stats }: z.infer<typeof Result>): ProgramEvent[] {
  if (!stats) return [];
  const usage: Usage = {
    inputTokens: Math.max(0, stats.input_tokens - stats.cached),
    outputTokens: Math.max(0, stats.total_tokens - stats.input_tokens),
    cacheReadTokens: stats.cached,
    cacheWriteTokens: 0,
  };
  return [{ type: 'used', usage }];
}

function endOf(
  { text: said, complaint, last }: Told,
  { exitCode, stderr }: { exitCode: number; stderr: string },
): ProgramEnd {
  if (!last) {
    return { end: 'cut', reason: withoutNoise(stderr) || `It ended with exit code ${exitCode} and no last word.` };
  }
  if (last.status === 'success') return { end: 'done', text: said };
  const { type = '', message = '' } = last.error ?? {};
  if (type === 'FatalTurnLimitedError') return { end: 'limited', limit: 'iterations' };
  const reason = message.trim() || complaint || 'It failed without a reason.';
  if (/blocked due to (safety|prohibited|recitation)/i.test(reason)) return { end: 'refused', reason };
  const status = statusOf(message, exitCode);
  return { end: 'failed', reason, ...(status ? { status } : {}) };
}

/** What it says to a terminal whatever happens. */
function withoutNoise(stderr: string): string {
  const noise = /^(Warning: |YOLO mode |Ripgrep is not |\[STARTUP\] |$)/;
  return stderr
    .split('\n')
    .filter((line) => !noise.test(line))
    .join('\n');
}

/** Its error holds the API's own body, most times; else the exit code tells the status, of which it is what fits. */
function statusOf(message: string, exitCode: number): number | undefined {
  const told = /"code":\s*(\d{3})\b/.exec(message)?.[1];
  if (told) return Number(told);
  return [400, 401, 403, 404, 429, 500, 502, 503, 504, 529].find((status) => status % 256 === exitCode);
}
