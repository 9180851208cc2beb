export const id = 272;
export const ids = [272];
export const modules = {

/***/ 84272:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  createAnthropicModel: () => (/* binding */ createAnthropicModel)
});

;// CONCATENATED MODULE: ./build/src/adapters/anthropic/model-traits.js
const allEfforts = { low: 'low', medium: 'medium', high: 'high', max: 'max' };
const large = { windowTokens: 1_000_000, compacts: true };
const small = { windowTokens: 200_000, compacts: false };
const newest = { thinking: 'adaptive', efforts: allEfforts, temperature: false, context: large };
const generation46 = { ...newest, temperature: true };
const opus45 = {
    thinking: 'budget',
    efforts: { ...allEfforts, max: 'high' },
    temperature: true,
    context: small,
};
const older = { ...opus45, efforts: undefined };
/** A gateway's own name. It is taken for the newest kind, but for what a gateway may not know. */
const unknown = { ...newest, context: small };
/**
 * By the version in the id. An id of a later model is taken for the newest kind.
 * Source: the vendor's pages on effort, thinking, compaction and API version 2026-10-21, and its migration guides.
 */
function traitsOf(model) {
    if (model === 'claude-mythos-preview')
        return newest;
    const match = /^claude-([a-z]+)-(\d+)(?:-(\d{1,2}))?(?:-\d{8})?$/.exec(model);
    if (!match)
        return unknown;
    const [, family, major, minor = '0'] = match;
    const version = Number(major) * 100 + Number(minor);
    if (version >= 407)
        return newest;
    if (version === 406)
        return generation46;
    return version === 405 && family === 'opus' ? opus45 : older;
}

// EXTERNAL MODULE: ./build/src/agents/explain-answer.js
var explain_answer = __webpack_require__(46074);
// EXTERNAL MODULE: ./build/src/agents/model-error.js
var model_error = __webpack_require__(42190);
// EXTERNAL MODULE: ./build/src/lib/errors.js
var errors = __webpack_require__(89862);
// EXTERNAL MODULE: ./build/src/lib/text.js
var lib_text = __webpack_require__(95498);
;// CONCATENATED MODULE: ./build/src/adapters/anthropic/to-model-error.js




/** Whatever the client threw, as one of our errors with a sentence for people. */
function toModelError(error, attempt) {
    const { sdk, ended, usage } = attempt;
    const details = { cause: error, ...(usage ? { usage } : {}) };
    if (ended === 'aborted')
        return new model_error/* ModelError */.m('aborted', 'The session was stopped.', details);
    if (ended === 'stalled') {
        const seconds = Math.round(attempt.idleMs / 1000);
        return new model_error/* ModelError */.m('stalled', `The Anthropic API fell silent for more than ${seconds} seconds.`, details);
    }
    if (error instanceof sdk.APIConnectionError) {
        return new model_error/* ModelError */.m('connection', `The Anthropic API at ${attempt.url} could not be reached (${rootOf(error)}).`, {
            ...details,
            hint: 'Check the network and ANTHROPIC_BASE_URL.',
        });
    }
    if (error instanceof sdk.APIError)
        return fromAnswer(error, attempt, details);
    return new model_error/* ModelError */.m('broken-stream', `The reply of the Anthropic API broke off (${rootOf(error)}).`, details);
}
function fromAnswer(error, { model, now }, details) {
    const kind = isTooLong(error) ? 'context-exceeded' : kindOf(error);
    const { message, hint } = (0,explain_answer/* explainAnswer */.i)(kind, {
        api: explain_answer/* anthropicApi */.h,
        model,
        said: saidOf(error),
        status: error.status,
    });
    const retryAfterMs = retryAfterOf(error.headers, now);
    return new model_error/* ModelError */.m(kind, message, {
        ...details,
        ...(hint ? { hint } : {}),
        ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
        ...(error.headers?.get('x-should-retry') === 'false' ? { retry: false } : {}),
    });
}
const spendLimits = new Set(['enforced_spend_limit_reached', 'contract_spend_limit_reached', 'ramp_limit_exceeded']);
const byStatus = new Map([
    [401, 'authentication'],
    [402, 'spend-limit'],
    [403, 'permission'],
    [404, 'model-not-found'],
    [408, 'server'],
    [409, 'server'],
    [429, 'rate-limit'],
    [529, 'overloaded'],
]);
/** Errors inside a stream that began well have a type and no status. */
const byType = new Map([
    ['authentication_error', 'authentication'],
    ['billing_error', 'spend-limit'],
    ['permission_error', 'permission'],
    ['not_found_error', 'model-not-found'],
    ['invalid_request_error', 'bad-request'],
    ['rate_limit_error', 'rate-limit'],
    ['overloaded_error', 'overloaded'],
]);
function kindOf({ status, type, errorCode }) {
    if (errorCode && spendLimits.has(errorCode))
        return 'spend-limit';
    if (status === undefined)
        return byType.get(type ?? '') ?? 'server';
    return byStatus.get(status) ?? (status >= 500 ? 'server' : 'bad-request');
}
/** A prompt beyond the window is an ordinary bad request, and one beyond the size of a request has a status of its own. */
function isTooLong({ status, message }) {
    return (status === 413 ||
        (status === 400 && /prompt is too long|exceeds? the (?:maximum )?context|context window/i.test(message)));
}
function saidOf(error) {
    return (0,lib_text/* truncate */.xv)((0,lib_text/* oneLine */.TN)(error.apiMessage ?? error.message), 300);
}
/** Milliseconds, from `retry-after-ms`, or `retry-after` in seconds or as a date. */
function retryAfterOf(headers, now) {
    const milliseconds = Number(headers?.get('retry-after-ms') || Number.NaN);
    if (Number.isFinite(milliseconds))
        return Math.max(0, milliseconds);
    const header = headers?.get('retry-after');
    if (!header)
        return undefined;
    const seconds = Number(header);
    if (Number.isFinite(seconds))
        return Math.max(0, seconds * 1000);
    const date = Date.parse(header);
    return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
/** The message at the bottom of the causes: the client wraps what the network said twice. */
function rootOf(error) {
    let root = error;
    for (let depth = 0; depth < 5 && root instanceof Error && root.cause instanceof Error; depth++)
        root = root.cause;
    return (0,lib_text/* truncate */.xv)((0,lib_text/* oneLine */.TN)((0,errors/* messageOf */.bD)(root)), 200);
}

;// CONCATENATED MODULE: ./build/src/adapters/anthropic/to-request.js

const cached = { type: 'ephemeral' };
/**
 * Our request in the vendor's words.
 *
 * Four cache breakpoints, the most there may be: after the part of the system prompt that all sessions share (with the tools before it),
 * after the whole of it, and on the last two user messages. The one before last is where the previous request ended, so it is found
 * again however many tool calls lie between: without it, the look-back of 20 blocks misses after some nine parallel calls.
 */
function toRequest(request) {
    const traits = traitsOf(request.model);
    const { temperature } = request;
    const sampled = temperature !== undefined && traits.temperature;
    return {
        body: {
            model: request.model,
            max_tokens: request.maxTokens,
            system: request.system.map(toSystemBlock),
            tools: request.tools.map(({ name, description, inputSchema }) => ({
                name,
                description,
                input_schema: { ...inputSchema, type: 'object' },
            })),
            messages: toMessages(request.messages),
            ...toThinking(request, { traits, sampled }),
            ...(traits.efforts ? { output_config: { effort: traits.efforts[request.effort] } } : {}),
            // Not in the client's types any more: the API version that it sends by default has no temperature.
            ...(sampled ? { temperature: Math.min(temperature, 1) } : {}),
            ...toCompaction(request),
        },
        headers: sampled ? { 'anthropic-version': '2023-06-01' } : {},
    };
}
const leastTrigger = 50_000;
/** A transcript that the service compacted, or tried to, needs the feature's name to be understood, also where no more is asked for. */
function toCompaction({ compact, messages }) {
    const betas = ['compact-2026-01-12'];
    if (!compact)
        return messages.some((message) => compactionsIn(message).length > 0) ? { betas } : {};
    const value = Math.max(leastTrigger, compact.atTokens);
    const { instructions } = compact;
    const edit = { type: 'compact_20260112', trigger: { type: 'input_tokens', value }, instructions };
    return { betas, context_management: { edits: [edit] } };
}
/** The service leaves out what lies before its last summary; so do we, or each request of a long session would carry all of it. */
function afterCompaction(messages) {
    // One without content is a summary that failed, and stands for nothing.
    const isSummary = (block) => 'content' in block && block.content !== null;
    return messages.slice(Math.max(0, messages.findLastIndex((message) => compactionsIn(message).some(isSummary))));
}
function compactionsIn({ role, content }) {
    if (role === 'user')
        return [];
    return content.map(toVerbatim).filter(({ type }) => type === 'compaction');
}
function toSystemBlock(text) {
    return { type: 'text', text, cache_control: cached };
}
function toThinking({ effort, maxTokens }, { traits, sampled }) {
    // A temperature and thinking exclude each other.
    if (sampled)
        return { thinking: { type: 'disabled' } };
    // Summaries, or there would be nothing to show and to keep: the newest models also think what they say between tool calls.
    if (traits.thinking === 'adaptive')
        return { thinking: { type: 'adaptive', display: 'summarized' } };
    const budget = Math.min(thinkingBudgets[effort], Math.floor(maxTokens / 2));
    return budget < 1024 ? {} : { thinking: { type: 'enabled', budget_tokens: budget } };
}
const thinkingBudgets = { low: 2048, medium: 8192, high: 16_384, max: 32_768 };
function toMessages(transcript) {
    const messages = afterCompaction(transcript);
    const lastUsers = messages.flatMap(({ role }, index) => (role === 'user' ? [index] : [])).slice(-2);
    return messages.map((message, index) => {
        if (message.role === 'assistant')
            return { role: 'assistant', content: message.content.map(toVerbatim) };
        const blocks = message.content.map(toUserBlock);
        return { role: 'user', content: lastUsers.includes(index) ? withBreakpoint(blocks) : blocks };
    });
}
function withBreakpoint(blocks) {
    return blocks.map((block, index) => (index === blocks.length - 1 ? { ...block, cache_control: cached } : block));
}
function toUserBlock(block) {
    if (block.type === 'text')
        return { type: 'text', text: block.text };
    return {
        type: 'tool_result',
        tool_use_id: block.toolUseId,
        content: block.text,
        ...(block.isError ? { is_error: true } : {}),
    };
}
function toVerbatim({ verbatim }) {
    if (isContentBlock(verbatim))
        return verbatim;
    throw new TypeError('A block of the transcript did not come from this vendor.');
}
/** We made it from a reply, or read it back from where we stored that: its type tells enough. */
function isContentBlock(value) {
    return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

// EXTERNAL MODULE: ./build/src/agents/usage.js
var agents_usage = __webpack_require__(41659);
;// CONCATENATED MODULE: ./build/src/adapters/anthropic/to-turn.js

/** A whole reply in our words. Blocks that the service would not take back (unsigned thinking, empty text) are left out. */
function toTurn({ content, stop_reason, stop_details, usage }) {
    const compaction = to_turn_toCompaction(content, usage);
    // A refusal before anything was said is not charged.
    const isFree = stop_reason === 'refusal' && content.length === 0;
    return {
        content: content.filter(isWhole).map(toBlock),
        stop: toStop(stop_reason, stop_details),
        usage: isFree ? agents_usage/* noUsage */.t : toUsage(usage),
        ...(compaction ? { compaction } : {}),
    };
}
/** What a compaction used is told apart from the rest, and only there. */
function to_turn_toCompaction(content, { iterations }) {
    const blocks = content.filter(({ type }) => type === 'compaction');
    const entries = (iterations ?? []).filter(({ type }) => type === 'compaction');
    if (blocks.length + entries.length === 0)
        return undefined;
    return { done: blocks.some((block) => block.type === 'compaction' && block.content !== null), usage: sumOf(entries) };
}
function sumOf(entries) {
    return entries.map(toUsage).reduce((sum, usage) => ({
        inputTokens: sum.inputTokens + usage.inputTokens,
        outputTokens: sum.outputTokens + usage.outputTokens,
        cacheReadTokens: sum.cacheReadTokens + usage.cacheReadTokens,
        cacheWriteTokens: sum.cacheWriteTokens + usage.cacheWriteTokens,
    }), agents_usage/* noUsage */.t);
}
/** What an attempt that broke off has used. The output is counted at the end only: until then by what has come, four bytes to a token. */
function toLostUsage({ content, usage }) {
    const counted = toUsage(usage);
    const said = content.map(saidIn).join('');
    const estimated = Math.ceil(Buffer.byteLength(said) / 4);
    return { ...counted, outputTokens: Math.max(counted.outputTokens, estimated) };
}
function saidIn(block) {
    if (block.type === 'text')
        return block.text;
    if (block.type === 'thinking')
        return block.thinking;
    if (block.type === 'compaction')
        return block.content ?? '';
    return block.type === 'tool_use' ? JSON.stringify(inputOf(block.input)) : '';
}
function toUsage(usage) {
    return {
        inputTokens: usage.input_tokens,
        outputTokens: usage.output_tokens,
        cacheReadTokens: usage.cache_read_input_tokens ?? 0,
        cacheWriteTokens: usage.cache_creation_input_tokens ?? 0,
    };
}
function isWhole(block) {
    if (block.type === 'thinking')
        return block.signature !== '';
    return block.type !== 'text' || block.text.trim() !== '';
}
function toBlock(block) {
    // A plain copy: the client's blocks carry hidden parsing state.
    const verbatim = JSON.parse(JSON.stringify(plain(block)));
    switch (block.type) {
        case 'text':
            return { type: 'text', text: block.text, verbatim };
        case 'thinking':
            return { type: 'thinking', text: block.thinking, verbatim };
        case 'redacted_thinking':
            return { type: 'thinking', text: '', verbatim };
        case 'tool_use':
            return { type: 'tool-use', id: block.id, name: block.name, input: block.input, verbatim };
        default:
            return { type: 'other', verbatim };
    }
}
/** The service takes back no input but an object, whatever the model made of it. */
function plain(block) {
    return block.type === 'tool_use' ? { ...block, input: inputOf(block.input) } : block;
}
function inputOf(input) {
    return typeof input === 'object' && input !== null && !Array.isArray(input) ? input : {};
}
const stops = {
    end_turn: 'end-turn',
    stop_sequence: 'end-turn',
    tool_use: 'tool-use',
    max_tokens: 'max-tokens',
    pause_turn: 'paused',
    model_context_window_exceeded: 'context-exceeded',
    compaction: 'paused',
};
function toStop(reason, details) {
    if (reason === 'refusal') {
        return { reason, category: details?.category ?? undefined, explanation: details?.explanation ?? undefined };
    }
    // A reason that is newer than this table: the loop looks at the blocks and asks for `finish`.
    return { reason: (reason && stops[reason]) ?? 'end-turn' };
}

;// CONCATENATED MODULE: ./build/src/adapters/anthropic/watch-stream.js
/**
 * A `fetch` that is watched: each chunk of the answer winds the clock up again.
 *
 * @param idleMs milliseconds without a byte after which `signal` aborts; three times as many until the answer begins, since a long
 * prompt is read first
 */
function watchStream(idleMs) {
    const controller = new AbortController();
    const bark = () => controller.abort();
    let timer = setTimeout(bark, 3 * idleMs);
    const wind = () => {
        clearTimeout(timer);
        timer = setTimeout(bark, idleMs);
    };
    return {
        signal: controller.signal,
        stop: () => clearTimeout(timer),
        async fetch(input, init) {
            const response = await globalThis.fetch(input, init);
            wind();
            if (!response.body)
                return response;
            const watched = response.body.pipeThrough(new TransformStream({
                transform(chunk, out) {
                    wind();
                    out.enqueue(chunk);
                },
            }));
            const { status, statusText, headers } = response;
            return new Response(watched, { status, statusText, headers });
        },
    };
}

;// CONCATENATED MODULE: ./build/src/adapters/anthropic/anthropic-model.js





const publicUrl = 'https://api.anthropic.com';
/**
 * Claude through `@anthropic-ai/sdk`, which is loaded with the first turn.
 *
 * @param options.baseUrl what ANTHROPIC_BASE_URL says; default the public API
 * @param options.idleMs milliseconds without a byte (pings count) after which a turn is given up; default 90 s
 */
function createAnthropicModel(options, { clock }) {
    const { apiKey, idleMs = 90_000 } = options;
    const url = options.baseUrl || publicUrl;
    return {
        async respond(request, { signal, ...listeners }) {
            const sdk = await __webpack_require__.e(/* import() */ 947).then(__webpack_require__.bind(__webpack_require__, 91947));
            const watchdog = watchStream(idleMs);
            const client = new sdk.default({
                apiKey,
                baseURL: url,
                fetch: watchdog.fetch,
                // Turns are retried by the loop, which also sees streams that break in the middle.
                maxRetries: 0,
                // Nothing of it may reach the standard output, which belongs to --json.
                logLevel: 'off',
                openTelemetry: false,
            });
            const either = AbortSignal.any([signal, watchdog.signal]);
            const stream = openStream(client, request, either);
            try {
                return await readTurn(stream, listeners);
            }
            catch (error) {
                const ended = whyEnded(signal, watchdog.signal);
                const usage = usageOf(stream);
                throw toModelError(error, { sdk, model: request.model, url, ended, idleMs, usage, now: clock.now() });
            }
            finally {
                watchdog.stop();
            }
        },
        contextOf: (model) => traitsOf(model).context,
        ignored,
    };
}
function openStream(client, request, signal) {
    const { body, headers } = toRequest(request);
    return client.beta.messages.stream(body, { headers, signal });
}
async function readTurn(stream, { onText, onThinking, onProgress }) {
    if (onProgress)
        stream.on('streamEvent', () => onProgress());
    if (onText)
        stream.on('text', (piece) => onText(piece));
    if (onThinking)
        stream.on('thinking', (piece) => onThinking(piece));
    return toTurn(await stream.finalMessage());
}
function usageOf(stream) {
    const message = stream.currentMessage;
    return message && toLostUsage(message);
}
function whyEnded(caller, watchdog) {
    if (caller.aborted)
        return 'aborted';
    return watchdog.aborted ? 'stalled' : undefined;
}
function ignored({ model, temperature }) {
    if (temperature === undefined)
        return [];
    if (!traitsOf(model).temperature)
        return [`temperature has no effect: ${model} does not take one.`];
    const capped = temperature > 1 ? [`temperature ${temperature} is sent as 1, the most that ${model} takes.`] : [];
    return [...capped, `effort has little effect: with a temperature, ${model} answers without thinking.`];
}


/***/ })

};
