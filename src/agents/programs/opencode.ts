import { z } from 'zod';
import type { GatewayVendor } from '../../sandboxes/gateway.ts';
import { noUsage, type Usage } from '../usage.ts';
import { parseLine } from './event-line.ts';
import { openCodeConversations, openCodeEnv } from './opencode-conversation.ts';
import type { Program, ProgramEnd, ProgramEvent, ProgramReader, ProgramRun, ProgramStart } from './program.ts';

/** What it calls the endpoint of Courier's tools; its names for them are `courier_report_finding`. */
const server = 'courier';
/** What it calls the model's API. */
const provider = 'courier';

type Api = { vendor: GatewayVendor; npm: string; version: string };
const apis = {
  anthropic: { vendor: 'anthropic', npm: '@ai-sdk/anthropic', version: '/v1' },
  google: { vendor: 'google', npm: '@ai-sdk/google', version: '/v1beta' },
  openai: { vendor: 'openai', npm: '@ai-sdk/openai-compatible', version: '/v1' },
} as const satisfies Record<string, Api>;

/** As it spells a model: `anthropic/claude-…`, `google/gemini-…`, `openai/gpt-…`, or whatever an API of OpenAI's kind calls one. */
function apiOf(model: string): Api {
  if (/^(anthropic\/|claude-)/.test(model)) return apis.anthropic;
  return /^(google\/|gemini-)/.test(model) ? apis.google : apis.openai;
}

const idOf = (model: string) => model.replace(/^(anthropic|google|openai)\//, '');

/**
 * OpenCode, by `opencode run`. It asks nobody for a permission: an answer would end it half way, with exit code 0.
 *
 * Measured with 1.18.33: it runs the repository's plugins (`.opencode/plugins`) also where its project configuration is switched off, some
 * seconds after its start, so they must not be in the copy that it works on; there is no last event, only a last step; its own limit of steps is advice that models do not take, and it puts an
 * assistant's message last, which newer models refuse, so the gateway alone limits.
 */
export const openCode: Program = {
  tool: 'opencode',
  vendorOf: (model) => apiOf(model).vendor,
  can: { resume: true, interrupt: false, cost: false },
  totals: false,
  start(run, { home, api, toolsUrl }) {
    const systemFile = `${home}/system.md`;
    const modelsFile = `${home}/models.json`;
    return {
      args: [
        ...['run', '--format', 'json', '--thinking', '--title', 'Courier', ...variantOf(run)],
        ...(run.thread === undefined ? [] : ['--session', run.thread]),
      ],
      env: {
        ...openCodeEnv(home),
        OPENCODE_CONFIG_CONTENT: JSON.stringify(toConfig(run, { api, toolsUrl, systemFile })),
        OPENCODE_MODELS_PATH: modelsFile,
        OPENCODE_EXPERIMENTAL_OUTPUT_TOKEN_MAX: String(run.maxTokens),
      },
      files: [
        { path: systemFile, text: run.system },
        // Its list of all models of the world takes it a second to read: ours is the only one that it may use.
        { path: modelsFile, text: '{}' },
        ...nothingToInstall(`${home}/config/opencode`),
      ],
      stdin: run.message,
    };
  },
  carry: openCodeConversations,
  createReader,
};

/** At each start it has npm install its library for plugins into the folder of its configuration, unless that is there by these files. */
function nothingToInstall(folder: string): ProgramStart['files'] {
  const lock = { packages: { '': { dependencies: { '@opencode-ai/plugin': '*' } } } };
  return [
    { path: `${folder}/package-lock.json`, text: JSON.stringify(lock) },
    { path: `${folder}/node_modules/.keep`, text: '' },
  ];
}

/** Effort means something for models that reason; another one would not take it. */
function variantOf({ model, effort }: ProgramRun): readonly string[] {
  const id = idOf(model);
  if (/^claude-/.test(id)) return ['--variant', effort];
  return /^(gpt-[5-9]|o\d|gemini-)/.test(id) ? ['--variant', effort === 'max' ? 'high' : effort] : [];
}

function toConfig(
  { model, maxTokens }: ProgramRun,
  {
    api,
    toolsUrl,
    systemFile,
  }: { api: { url: string; token: string }; toolsUrl: string | undefined; systemFile: string },
) {
  const { npm, version } = apiOf(model);
  const id = idOf(model);
  const headers = { Authorization: `Bearer ${api.token}` };
  const day = 24 * 3_600_000;
  return {
    autoupdate: false,
    share: 'disabled',
    snapshot: false,
    model: `${provider}/${id}`,
    small_model: `${provider}/${id}`,
    enabled_providers: [provider],
    // Whoever works alone answers for what it did; of the web there is nothing.
    permission: { '*': 'allow', task: 'deny', skill: 'deny', webfetch: 'deny', websearch: 'deny', question: 'deny' },
    instructions: [systemFile],
    ...(toolsUrl === undefined
      ? {}
      : { mcp: { [server]: { type: 'remote', url: toolsUrl, headers, oauth: false, enabled: true, timeout: day } } }),
    provider: {
      [provider]: {
        npm,
        options: { baseURL: `${api.url}${version}`, apiKey: api.token, timeout: false },
        models: { [id]: { tool_call: true, reasoning: true, limit: { context: 200_000, output: maxTokens } } },
      },
    },
  };
}

const tokens = z.number().nonnegative().catch(0).default(0);
const part = <T extends z.ZodRawShape>(shape: T) => z.object(shape);
const State = z.object({
  status: z.string(),
  input: z.unknown(),
  output: z.string().optional().catch(undefined),
  error: z.string().optional().catch(undefined),
  metadata: z
    .object({ exit: z.number().optional().catch(undefined) })
    .optional()
    .catch(undefined),
});
const StepFinish = z.object({
  type: z.literal('step_finish'),
  part: part({
    id: z.string(),
    reason: z.string(),
    tokens: z
      .object({
        input: tokens,
        output: tokens,
        reasoning: tokens,
        cache: z.object({ read: tokens, write: tokens }).catch({ read: 0, write: 0 }),
      })
      .optional()
      .catch(undefined),
  }),
});
const Failure = z.object({
  type: z.literal('error'),
  error: z.object({
    name: z.string().catch('Error'),
    data: z
      .object({ message: z.string().catch(''), statusCode: z.number().optional().catch(undefined) })
      .catch({ message: '' }),
  }),
});

/** Lines of `--format json`, as far as they mean something here. */
const Line = z.intersection(
  z.object({ sessionID: z.string() }),
  z.union([
    z.object({ type: z.enum(['text', 'reasoning']), part: part({ text: z.string() }) }),
    z.object({ type: z.literal('tool_use'), part: part({ callID: z.string(), tool: z.string(), state: State }) }),
    StepFinish,
    Failure,
    z.object({ type: z.literal('step_start') }),
  ]),
);
type Line = z.infer<typeof Line>;

type Told = { thread: string | undefined; text: string; last: string | undefined; failure: Failure | undefined };
type Failure = z.infer<typeof Failure>['error'];

function createReader(): ProgramReader {
  const told: Told = { thread: undefined, text: '', last: undefined, failure: undefined };
  const usage: Usage = { ...noUsage };
  let calls = 0;
  return {
    read(text) {
      const line = parseLine(Line, text);
      if (!line) return [];
      const begun: ProgramEvent[] = told.thread === undefined ? [{ type: 'thread', id: line.sessionID }] : [];
      told.thread ??= line.sessionID;
      if (line.type === 'text') told.text = line.part.text;
      if (line.type === 'error') told.failure = line.error;
      if (line.type !== 'step_finish') return [...begun, ...eventsIn(line)];
      told.last = line.part.reason;
      calls += 1;
      addTo(usage, line.part.tokens);
      return [...begun, { type: 'call', id: line.part.id }, { type: 'used', usage: { ...usage }, calls }];
    },
    end: (exit) => endOf(told, exit),
  };
}

function addTo(usage: Usage, used: z.infer<typeof StepFinish>['part']['tokens']): void {
  if (!used) return;
  usage.inputTokens += used.input;
  usage.outputTokens += used.output + used.reasoning;
  usage.cacheReadTokens += used.cache.read;
  usage.cacheWriteTokens += used.cache.write;
}

function eventsIn(line: Exclude<Line, { type: 'step_finish' }>): ProgramEvent[] {
  switch (line.type) {
    case 'text':
      return line.part.text.trim() ? [{ type: 'message', text: line.part.text }] : [];
    case 'reasoning':
      return line.part.text.trim() ? [{ type: 'thinking', text: line.part.text }] : [];
    case 'tool_use':
      return toolEvents(line.part);
    case 'error':
    case 'step_start':
      return [];
  }
}

/** One line for a call and its result, when it has ended. */
function toolEvents({ callID: id, tool, state }: Extract<Line, { type: 'tool_use' }>['part']): ProgramEvent[] {
  const own = `${server}_`;
  const ok = state.status === 'completed' && tool !== 'invalid' && (state.metadata?.exit ?? 0) === 0;
  return [
    { type: 'tool-use', id, tool: tool.startsWith(own) ? tool.slice(own.length) : tool, input: state.input },
    { type: 'tool-result', id, ok, output: state.output ?? state.error ?? '' },
  ];
}

function endOf({ text, last, failure }: Told, { exitCode, stderr }: { exitCode: number; stderr: string }): ProgramEnd {
  if (last === 'content-filter' || failure?.name === 'ContentFilterError') {
    return { end: 'refused', reason: failure?.data.message || 'The model declined.' };
  }
  if (failure) {
    const { message, statusCode: status } = failure.data;
    return { end: 'failed', reason: message.trim() || failure.name, ...(status ? { status } : {}) };
  }
  if (last === 'stop' && exitCode === 0) return { end: 'done', text };
  if (last === 'length') return { end: 'failed', reason: 'The answer was longer than the model may write at a time.' };
  return { end: 'cut', reason: stderr.trim() || `It ended with exit code ${exitCode} before it was done.` };
}
