export const id = 19;
export const ids = [19];
export const modules = {

/***/ 5441:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   b: () => (/* binding */ createBoundedOutput)
/* harmony export */ });
/** Keeps at most `limit` bytes (and the line that marks a cut): one half from the beginning, one half from the end. */
function createBoundedOutput(limit) {
    const headLimit = Math.ceil(limit / 2);
    const tailLimit = limit - headLimit;
    const head = [];
    let tail = [];
    let headBytes = 0;
    let tailBytes = 0;
    let cut = 0;
    const addToTail = (chunk) => {
        tail.push(chunk);
        tailBytes += chunk.length;
        // Trimmed now and then only, so that many small chunks stay cheap.
        if (tailBytes < 2 * tailLimit + 65_536)
            return;
        const kept = Buffer.concat(tail).subarray(tailBytes - tailLimit);
        cut += tailBytes - tailLimit;
        tail = [Buffer.from(kept)];
        tailBytes = tailLimit;
    };
    return {
        add(chunk) {
            const room = headLimit - headBytes;
            if (room > 0) {
                head.push(Buffer.from(chunk.subarray(0, room)));
                headBytes += Math.min(room, chunk.length);
            }
            if (chunk.length > room)
                addToTail(Buffer.from(chunk.subarray(Math.max(0, room))));
        },
        get truncated() {
            return cut > 0 || tailBytes > tailLimit;
        },
        bytes() {
            const last = Buffer.concat(tail);
            if (cut === 0 && tailBytes <= tailLimit)
                return Buffer.concat([...head, last]);
            const first = wholeCharacters(Buffer.concat(head));
            const end = afterPartialCharacter(last.subarray(last.length - tailLimit));
            const left = cut + tailBytes - end.length + headBytes - first.length;
            return Buffer.concat([first, Buffer.from(`\n[… ${left} bytes left out …]\n`), end]);
        },
    };
}
const isContinuation = (byte) => byte !== undefined && (byte & 0xc0) === 0x80;
/** Without a UTF-8 character that the cut split at the end (at most 3 bytes). */
function wholeCharacters(bytes) {
    let start = bytes.length - 1;
    while (start > 0 && start > bytes.length - 4 && isContinuation(bytes[start]))
        start -= 1;
    const lead = bytes[start] ?? 0;
    const length = [0xf0, 0xe0, 0xc0].findIndex((mark) => lead >= mark);
    const needed = length === -1 ? 1 : 4 - length;
    return start + needed > bytes.length ? bytes.subarray(0, start) : bytes;
}
function afterPartialCharacter(bytes) {
    let start = 0;
    while (start < 3 && isContinuation(bytes[start]))
        start += 1;
    return bytes.subarray(start);
}


/***/ }),

/***/ 52019:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  createCommandRunner: () => (/* binding */ createCommandRunner),
  o: () => (/* binding */ findExecutable)
});

// EXTERNAL MODULE: external "node:child_process"
var external_node_child_process_ = __webpack_require__(31421);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(73024);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: external "node:timers/promises"
var promises_ = __webpack_require__(58500);
// EXTERNAL MODULE: ./build/src/adapters/local/bounded-output.js
var bounded_output = __webpack_require__(5441);
;// CONCATENATED MODULE: ./build/src/adapters/local/clean-environment.js
/** What no command of a repository and no tool may see: credentials, and the files by which a step steers the job. */
const withheld = [
    /^INPUT_/i,
    /^ACTIONS_(RUNTIME|ID_TOKEN_REQUEST|CACHE|RESULTS)_/i,
    /^GITHUB_(TOKEN|ENV|OUTPUT|PATH|STATE|STEP_SUMMARY)$/i,
    /^(E2B|ANTHROPIC|OPENAI|GEMINI|LANGFUSE)_/i,
    /(^|_)(TOKEN|SECRET|PASSWORD|PASSWD|CREDENTIALS?)$/i,
    /(^|_)(API|ACCESS|PRIVATE|SECRET|LEDGER|SIGNING|ENCRYPTION)_?KEY$/i,
    /AUTH_?TOKEN/i,
    /^(WEBHOOK_SECRET|LEDGER_KEY|STATE_|SSH_AUTH_SOCK$)/i,
];
/** Left by the npm script that started Courier: it would make another npm act for that project instead of the one it stands in. */
const foreignToTheRepository = /^(npm_(package|lifecycle)_|npm_(command|execpath|node_execpath|config_local_prefix)$|INIT_CWD$)/;
/** The environment for commands: everything but credentials, the job's own steering files and traces of another npm. */
function cleanEnvironment(env) {
    const kept = {};
    for (const [name, value] of Object.entries(env)) {
        if (value === undefined || foreignToTheRepository.test(name))
            continue;
        if (!withheld.some((pattern) => pattern.test(name)))
            kept[name] = value;
    }
    return kept;
}

;// CONCATENATED MODULE: ./build/src/adapters/local/command-runner.js






const defaultMaxOutputBytes = 1_000_000;
/**
 * Runs commands on this machine as a CI step would, each in a process group of its own, with the cleaned environment of `env`.
 * A shell line goes to bash where there is one, else to sh. Whatever the command leaves running is ended with it.
 */
function createCommandRunner({ env }) {
    const environment = cleanEnvironment(env);
    return {
        run: (command, options) => runCommand(toArguments(command, environment.PATH), { ...options, environment }),
    };
}
function toArguments(command, searchPath) {
    if ('argv' in command)
        return command.argv;
    const bash = findExecutable('bash', searchPath);
    // Its input is a socket: bash may take that for a connection over the network, for which it reads the user's start-up files.
    return bash ? [bash, '--noprofile', '--norc', '-c', command.shell] : ['sh', '-c', command.shell];
}
/** The first folder of the search path that holds the program. */
function findExecutable(name, searchPath) {
    const folders = (searchPath ?? '').split(external_node_path_.delimiter).filter((folder) => external_node_path_.isAbsolute(folder));
    return folders.map((folder) => external_node_path_.join(folder, name)).find((file) => (0,external_node_fs_.existsSync)(file));
}
async function runCommand([program, ...parameters], options) {
    const begin = performance.now();
    const outputLimit = options.maxOutputBytes ?? defaultMaxOutputBytes;
    const [stdout, stderr] = [(0,bounded_output/* createBoundedOutput */.b)(outputLimit), (0,bounded_output/* createBoundedOutput */.b)(outputLimit)];
    const child = (0,external_node_child_process_.spawn)(program, parameters, {
        cwd: options.cwd,
        env: { ...options.environment, ...options.env },
        detached: true,
        stdio: ['pipe', 'pipe', 'pipe'],
    });
    collect(child.stdout, stdout);
    collect(child.stderr, stderr);
    // A command that does not read its input, or ends before, is no error.
    child.stdin.on('error', () => { });
    child.stdin.end(options.stdin ?? '');
    let timedOut = false;
    const timer = setTimeout(() => {
        timedOut = true;
        killGroup(child);
    }, options.timeoutMs);
    const onAbort = () => killGroup(child);
    options.signal?.addEventListener('abort', onAbort, { once: true });
    if (options.signal?.aborted)
        onAbort();
    const ending = await ended(child);
    clearTimeout(timer);
    options.signal?.removeEventListener('abort', onAbort);
    return {
        ...ending,
        stdout: stdout.bytes().toString(),
        stderr: stderr.bytes().toString(),
        timedOut,
        truncated: stdout.truncated || stderr.truncated,
        durationMs: Math.round(performance.now() - begin),
    };
}
/** How the command ended; its whole group is gone then, and what it wrote has arrived. */
async function ended(child) {
    const closed = new Promise((resolve) => child.once('close', () => resolve()));
    const ending = await new Promise((resolve) => {
        child.once('error', (error) => resolve({ exitCode: undefined, spawnError: error.message }));
        child.once('exit', (code, signal) => resolve({ exitCode: code ?? undefined, ...(signal ? { signal } : {}) }));
    });
    if (ending.spawnError !== undefined)
        return ending;
    killGroup(child);
    // A process that left the group may hold the pipes open for ever: nobody waits for it.
    await Promise.race([closed, (0,promises_.setTimeout)(2000, undefined, { ref: false })]);
    child.stdout?.destroy();
    child.stderr?.destroy();
    return ending;
}
function killGroup(child) {
    if (child.pid === undefined)
        return;
    try {
        process.kill(-child.pid, 'SIGKILL');
    }
    catch {
        // Nobody of the group is left.
    }
}
function collect(stream, output) {
    stream.on('data', (chunk) => output.add(chunk));
    stream.on('error', () => { });
}


/***/ })

};
