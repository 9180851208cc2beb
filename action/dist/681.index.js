export const id = 681;
export const ids = [681,19,169];
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


/***/ }),

/***/ 10575:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   H: () => (/* binding */ installTools)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(51455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(76760);
/* harmony import */ var _lib_text_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(95498);



const usualTimeoutMs = 120_000;
/** Exactly what the lock says, no install scripts, and one more try for a registry that stumbled: without a network the answer comes soon. */
const npmCi = [
    ...['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'],
    ...['--fetch-retries=1', '--fetch-retry-mintimeout=1000', '--fetch-retry-maxtimeout=2000'],
];
/**
 * Installs what a lock file names into `folder`, which is there afterwards as a whole or not at all: several at once do
 * each other no harm. The integrity of every package is checked by npm against the lock.
 */
async function installTools(installation) {
    const { what, lock, folder, npm, flags = [], timeoutMs = usualTimeoutMs, check, commands } = installation;
    const refuse = (why) => ({ unavailable: `${what} could not be installed: ${why}` });
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.mkdir)(node_path__WEBPACK_IMPORTED_MODULE_1__.dirname(folder), { recursive: true });
    const draft = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.mkdtemp)(node_path__WEBPACK_IMPORTED_MODULE_1__.join(node_path__WEBPACK_IMPORTED_MODULE_1__.dirname(folder), '.installing-'));
    try {
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.writeFile)(node_path__WEBPACK_IMPORTED_MODULE_1__.join(draft, 'package.json'), lock.manifest);
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.writeFile)(node_path__WEBPACK_IMPORTED_MODULE_1__.join(draft, 'package-lock.json'), lock.lock);
        const result = await commands.run({ argv: [...npm, ...npmCi, ...flags] }, { cwd: draft, timeoutMs });
        if (result.exitCode !== 0)
            return refuse(whyNot(result, timeoutMs));
        const useless = check?.(draft);
        if (useless !== undefined)
            return refuse(useless);
        // A sandbox may run as another user than the one who installs.
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.chmod)(draft, 0o755);
        await moveInto(folder, draft);
        return folder;
    }
    finally {
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.rm)(draft, { recursive: true, force: true });
    }
}
async function moveInto(folder, draft) {
    try {
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.rename)(draft, folder);
    }
    catch (error) {
        // Somebody else was faster; what they installed comes from the same lock.
        const there = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.stat)(folder).catch(() => undefined);
        if (!there?.isDirectory())
            throw error;
    }
}
function whyNot(result, timeoutMs) {
    if (result.timedOut)
        return `npm ci did not end within ${timeoutMs / 1000} seconds.`;
    if (result.spawnError)
        return `npm could not be started (${result.spawnError}).`;
    if (/E(NOTFOUND|AI_AGAIN|CONNREFUSED|CONNRESET|TIMEDOUT|HOSTUNREACH|NETUNREACH)/.test(result.stderr)) {
        return 'the npm registry cannot be reached (offline?).';
    }
    if (result.stderr.includes('EINTEGRITY'))
        return 'a package is not the one that the lock file names (EINTEGRITY).';
    const line = result.stderr.split('\n').find((text) => /^npm (error|ERR!)/.test(text)) ?? `exit code ${result.exitCode}`;
    return `${(0,_lib_text_js__WEBPACK_IMPORTED_MODULE_2__/* .truncate */ .xv)((0,_lib_text_js__WEBPACK_IMPORTED_MODULE_2__/* .oneLine */ .TN)(line), 300)}.`;
}


/***/ }),

/***/ 36681:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  createProgramShelf: () => (/* binding */ createProgramShelf)
});

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(77598);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(73024);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(51455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: ./build/src/lib/errors.js
var errors = __webpack_require__(89862);
// EXTERNAL MODULE: ./node_modules/zod/v4/classic/schemas.js + 3 modules
var schemas = __webpack_require__(28942);
;// CONCATENATED MODULE: ./build/src/sandboxes/program-lock.js

const Names = schemas/* record */.g1P(schemas/* string */.YjP(), schemas/* string */.YjP());
const Entry = schemas/* looseObject */._H3({ cpu: schemas/* array */.YOg(schemas/* string */.YjP()).optional(), libc: schemas/* array */.YOg(schemas/* string */.YjP()).optional() });
const Lock = schemas/* looseObject */._H3({
    name: schemas/* string */.YjP(),
    version: schemas/* string */.YjP(),
    packages: schemas/* looseObject */._H3({
        '': schemas/* looseObject */._H3({ dependencies: Names.optional(), optionalDependencies: Names.optional() }),
    }),
});
/**
 * What npm is to install of a program's lock: of a package for each platform the one that fits, as one that has to be there. As an optional
 * one npm would pass over it without a word where the registry cannot be reached, or where it is another package than the lock names.
 *
 * @returns the text of both files, or `undefined` where the lock has nothing for the platform.
 */
function toInstall(text, platform) {
    const lock = Lock.parse(JSON.parse(text));
    const { optionalDependencies, ...root } = lock.packages[''];
    const found = Object.entries(optionalDependencies ?? {}).flatMap(([name, spec]) => {
        const entry = Entry.safeParse(lock.packages[`node_modules/${name}`]);
        return entry.success && fits(entry.data, platform) ? [{ name, spec, entry: entry.data }] : [];
    })[0];
    if (!found)
        return optionalDependencies ? undefined : write(lock, lock.packages);
    const { optional: _, ...entry } = found.entry;
    const needed = { ...root, dependencies: { ...root.dependencies, [found.name]: found.spec } };
    return write(lock, { '': needed, [`node_modules/${found.name}`]: entry });
}
function fits({ cpu, libc }, platform) {
    return (!cpu || cpu.includes(platform.arch)) && (!libc || libc.includes(platform.libc));
}
function write(lock, packages) {
    const { name, version } = lock;
    return {
        manifest: JSON.stringify({ ...Object(packages['']), name, version, private: true }),
        lock: JSON.stringify({ ...lock, packages }),
    };
}

// EXTERNAL MODULE: ./build/src/sandboxes/program-package.js
var program_package = __webpack_require__(37192);
// EXTERNAL MODULE: ./build/src/adapters/local/command-runner.js + 1 modules
var command_runner = __webpack_require__(52019);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(48161);
;// CONCATENATED MODULE: ./build/src/adapters/local/find-program-on-runner.js






// A program of 200 MB, from a slow disk.
const versionMs = 60_000;
/**
 * A program on the PATH of this machine, of a version that Courier's tests know. Folders of packages (`node_modules/.bin`) on the PATH do not
 * count: they may be the scanned repository's.
 */
async function findProgramOnRunner(name, { env, log }) {
    const { binary, title } = program_package/* programPackages */.qV[name];
    const folders = (env.PATH ?? '').split(external_node_path_.delimiter);
    const usable = folders.filter((folder) => external_node_path_.isAbsolute(folder) && !folder.includes('node_modules'));
    for (const named of usable.map((folder) => external_node_path_.join(folder, binary)).filter((file) => (0,external_node_fs_.existsSync)(file))) {
        const found = await look(name, await (0,promises_.realpath)(named));
        const version = found && (await versionOf(name, found, env));
        if (found && version && (0,program_package/* isTested */.eW)(name, version))
            return toShelved(name, found, version);
        const what = version ?? 'of a kind that Courier does not know';
        log.info(`${title} on the PATH is ${what}: not used, as Courier was tested with ${(0,program_package/* testedVersions */.pI)(name)}.`);
    }
    return undefined;
}
function toShelved(name, { file, folder }, version) {
    const { interpreter } = program_package/* programPackages */.qV[name];
    const share = { from: folder ?? file, to: `${program_package/* programsInside */.q_}/${name}` };
    const program = folder ? `${share.to}/${external_node_path_.relative(folder, file)}` : share.to;
    return { share, program: { version, command: interpreter ? [interpreter, program] : [program] } };
}
/** A program by itself, or what a script of a known package stands for. */
async function look(name, file) {
    const { onRunner } = program_package/* programPackages */.qV[name];
    if (!onRunner)
        return (await isProgram(file)) ? { file } : undefined;
    const mark = `/node_modules/${onRunner.package}/`;
    const at = file.lastIndexOf(mark);
    if (at < 0)
        return undefined;
    const outer = file.slice(0, at);
    const roots = [`${outer}${mark}`, outer];
    const places = roots.flatMap((root) => onRunner.entries.map((entry) => external_node_path_.join(root, entry)));
    const script = places.find((place) => (0,external_node_fs_.existsSync)(place));
    return script === undefined ? undefined : { file: script, folder: packageOf(script) };
}
/** The folder of the package that holds the file: nothing else of a machine's packages is to be seen inside. */
function packageOf(file) {
    const start = file.lastIndexOf('/node_modules/') + '/node_modules/'.length;
    const [scope = '', name = ''] = file.slice(start).split('/');
    return external_node_path_.join(file.slice(0, start), scope, name);
}
/** Whether it is a program of Linux, and no script. */
async function isProgram(file) {
    const handle = await (0,promises_.open)(file);
    try {
        const { buffer, bytesRead } = await handle.read(Buffer.alloc(4), 0, 4, 0);
        return bytesRead === 4 && buffer.toString('latin1') === '\x7fELF';
    }
    finally {
        await handle.close();
    }
}
async function versionOf(name, { file }, env) {
    const command = program_package/* programPackages */.qV[name].interpreter ? [process.execPath, file] : [file];
    const commands = (0,command_runner.createCommandRunner)({ env });
    const { exitCode, stdout } = await commands.run({ argv: [...command, '--version'] }, { cwd: (0,external_node_os_.tmpdir)(), timeoutMs: versionMs, maxOutputBytes: 10_000 });
    return exitCode === 0 ? /\d+\.\d+\.\d+/.exec(stdout)?.[0] : undefined;
}

// EXTERNAL MODULE: ./build/src/adapters/local/install-tools.js
var install_tools = __webpack_require__(10575);
// EXTERNAL MODULE: ./build/src/adapters/local/toolbox.js + 1 modules
var toolbox = __webpack_require__(16169);
;// CONCATENATED MODULE: ./build/src/adapters/local/program-shelf.js











const installMs = 600_000;
function createProgramShelf(options) {
    const taken = new Map();
    return {
        take(name) {
            const before = taken.get(name);
            if (before)
                return before;
            const found = find(name, options);
            taken.set(name, found);
            // What could not be had may be there the next time.
            found.catch(() => taken.delete(name));
            return found;
        },
    };
}
async function find(name, options) {
    const lock = (0,external_node_fs_.readFileSync)(external_node_path_.join(options.locks, name, 'package-lock.json'), 'utf8');
    const digest = (0,external_node_crypto_.createHash)('sha256').update(lock).digest('hex').slice(0, 16);
    const elsewhere = options.platform ? `-${options.platform.arch}-${options.platform.libc}` : '';
    const folder = external_node_path_.join(options.folder, `${name}${elsewhere}-${digest}`);
    if ((0,external_node_fs_.existsSync)(folder)) {
        await (0,promises_.utimes)(folder, new Date(), new Date()).catch(() => undefined);
        return program_shelf_toShelved(name, folder);
    }
    const here = options.platform ? undefined : await findProgramOnRunner(name, options);
    if (here)
        return here;
    await install(name, { lock, folder }, options);
    return program_shelf_toShelved(name, folder);
}
async function install(name, { lock, folder }, { env, log, folder: shelf, platform = { arch: process.arch, libc: libcHere() } }) {
    const { title } = program_package/* programPackages */.qV[name];
    const refuse = (why) => new errors/* UserError */.yo(`${why} Let npm reach its registry, or have ${title} ${(0,program_package/* testedVersions */.pI)(name)} on the PATH of the machine that runs Courier.`);
    const none = `there is none for Linux on ${platform.arch}.`;
    const [chosen, npm] = [toInstall(lock, platform), (0,toolbox/* locateNpm */.a)(env)];
    if (!chosen)
        throw refuse(`${title} could not be installed: ${none}`);
    if ('unavailable' in npm)
        throw refuse(`${title} could not be installed: ${npm.unavailable}`);
    log.info(`Installing ${title} into the tool cache.`);
    await sweep(shelf, name);
    const outcome = await (0,install_tools/* installTools */.H)({
        what: title,
        lock: chosen,
        folder,
        npm: npm.argv,
        // What is left of optional packages would have to be built.
        flags: ['--omit=optional', '--os=linux', `--cpu=${platform.arch}`, `--libc=${platform.libc}`],
        timeoutMs: installMs,
        check: (draft) => (entryIn(name, draft) ? undefined : none),
        commands: (0,command_runner.createCommandRunner)({ env }),
    });
    if (typeof outcome !== 'string')
        throw refuse(outcome.unavailable);
}
/** Which C library programs of this machine are made for. */
function libcHere() {
    const report = process.report.getReport();
    const header = 'header' in report && typeof report.header === 'object' ? report.header : undefined;
    return header && 'glibcVersionRuntime' in header ? 'glibc' : 'musl';
}
function program_shelf_toShelved(name, folder) {
    const { title } = program_package/* programPackages */.qV[name];
    const entry = entryIn(name, folder);
    if (!entry)
        throw new errors/* UserError */.yo(`${title} in ${folder} is damaged: delete this folder, and it is installed anew.`);
    const share = { from: folder, to: `${program_package/* programsInside */.q_}/${name}` };
    return { program: { command: (0,program_package/* commandInside */.Gt)(name, entry), version: program_shelf_versionOf(external_node_path_.join(folder, entry)) }, share };
}
/** What is run, below the folder. */
function entryIn(name, folder) {
    const { entries, interpreter } = program_package/* programPackages */.qV[name];
    return entries.find((entry) => isThere(external_node_path_.join(folder, entry), interpreter ? external_node_fs_.constants.R_OK : external_node_fs_.constants.X_OK));
}
function isThere(file, mode) {
    try {
        (0,external_node_fs_.accessSync)(file, mode);
        return true;
    }
    catch {
        return false;
    }
}
/** Of the package that holds the file. */
function program_shelf_versionOf(file) {
    for (let folder = external_node_path_.dirname(file); folder !== external_node_path_.dirname(folder); folder = external_node_path_.dirname(folder)) {
        const manifest = external_node_path_.join(folder, 'package.json');
        if (!(0,external_node_fs_.existsSync)(manifest))
            continue;
        return /"version":\s*"(\d+\.\d+\.\d+)/.exec((0,external_node_fs_.readFileSync)(manifest, 'utf8'))?.[1] ?? 'unknown';
    }
    return 'unknown';
}
const longestDraftMs = 2 * installMs;
const longestUnusedMs = 30 * 24 * 3_600_000;
/** Removes what a killed installation left, and earlier versions of the program that nobody used for a month: they are large. */
async function sweep(shelf, name) {
    for (const entry of await (0,promises_.readdir)(shelf).catch(() => [])) {
        const isDraft = entry.startsWith('.installing-');
        if (!isDraft && !(entry.startsWith(`${name}-`) && /-[0-9a-f]{16}(\.tar\.gz)?$/.test(entry)))
            continue;
        const place = external_node_path_.join(shelf, entry);
        const age = Date.now() - ((await (0,promises_.stat)(place).catch(() => undefined))?.mtimeMs ?? Date.now());
        if (age > (isDraft ? longestDraftMs : longestUnusedMs))
            await (0,promises_.rm)(place, { recursive: true, force: true });
    }
}


/***/ }),

/***/ 16169:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  createToolbox: () => (/* binding */ createToolbox),
  a: () => (/* binding */ locateNpm)
});

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(77598);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(73024);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: ./build/src/lib/errors.js
var errors = __webpack_require__(89862);
// EXTERNAL MODULE: ./build/src/adapters/local/command-runner.js + 1 modules
var command_runner = __webpack_require__(52019);
// EXTERNAL MODULE: ./node_modules/zod/v4/classic/schemas.js + 3 modules
var schemas = __webpack_require__(28942);
;// CONCATENATED MODULE: ./build/src/adapters/local/find-package.js



const Manifest = schemas/* looseObject */._H3({
    version: schemas/* string */.YjP(),
    bin: schemas/* union */.KCZ([schemas/* string */.YjP(), schemas/* record */.g1P(schemas/* string */.YjP(), schemas/* string */.YjP())]).optional(),
});
/** The package as Node would find it from `from`: in the nearest `node_modules` that holds it. */
function findPackage(name, from) {
    for (let folder = external_node_path_.resolve(from);; folder = external_node_path_.dirname(folder)) {
        const found = external_node_path_.join(folder, 'node_modules', name);
        if ((0,external_node_fs_.existsSync)(external_node_path_.join(found, 'package.json')))
            return readPackage(name, found);
        if (folder === external_node_path_.dirname(folder))
            return undefined;
    }
}
/** The package that holds the program of this platform: `<name>-<platform>-<arch>`, with the C library where that matters. */
function findPlatformPackage(name, from) {
    const suffix = { linux: '-gnu', win32: '-msvc' }[String(process.platform)] ?? '';
    return findPackage(`${name}-${process.platform}-${process.arch}${suffix}`, from);
}
function readPackage(name, folder) {
    const manifest = Manifest.safeParse(JSON.parse((0,external_node_fs_.readFileSync)(external_node_path_.join(folder, 'package.json'), 'utf8')));
    if (!manifest.success)
        return undefined;
    const { version, bin = {} } = manifest.data;
    const programs = typeof bin === 'string' ? { [name.replace(/^@[^/]+\//, '')]: bin } : bin;
    return {
        folder,
        version,
        bin: Object.fromEntries(Object.entries(programs).map(([program, file]) => [program, external_node_path_.join(folder, file)])),
    };
}

// EXTERNAL MODULE: ./build/src/adapters/local/install-tools.js
var install_tools = __webpack_require__(10575);
;// CONCATENATED MODULE: ./build/src/adapters/local/toolbox.js







/**
 * Finds the presets' tools: in Courier's own dependencies (a checkout, an installed package), or, for the bundle, installed once into
 * the tool cache from the lock file that ships with it. Node, npm and shellcheck come from the machine.
 */
function createToolbox(options) {
    const env = options.env ?? process.env;
    let installed;
    const packages = () => {
        if (options.mode === 'dependencies')
            return Promise.resolve(options.packageRoot);
        installed ??= ensureInstalled(options, env);
        return installed;
    };
    return {
        assets: options.assets,
        async locate(tool) {
            const own = locateOnMachine(tool, env);
            if (own)
                return own;
            const name = pinned.get(tool);
            if (name === undefined)
                return { unavailable: `Courier knows no tool named ${tool}.` };
            const root = await packages();
            return typeof root === 'string' ? locatePinned(tool, name, root) : root;
        },
    };
}
/** The pinned tools and the packages that bring them. */
const pinned = new Map([
    ['oxlint', 'oxlint'],
    ['secretlint', 'secretlint'],
    ['ast-grep', '@ast-grep/cli'],
]);
function locatePinned(tool, name, root) {
    const found = findPackage(name, root);
    if (!found)
        return { unavailable: `${tool} is not installed beside Courier: run npm ci in its folder.` };
    if (tool === 'ast-grep')
        return locateAstGrep(found);
    const script = found.bin[tool];
    if (script === undefined)
        return { unavailable: `The package of ${tool} holds no program of that name.` };
    return { argv: [process.execPath, script], version: found.version };
}
/** Its npm package fetches nothing but copies a program; the platform's package holds that very program. */
function locateAstGrep(cli) {
    const platform = findPlatformPackage('@ast-grep/cli', cli.folder);
    const program = platform && external_node_path_.join(platform.folder, process.platform === 'win32' ? 'ast-grep.exe' : 'ast-grep');
    if (!program || !(0,external_node_fs_.existsSync)(program)) {
        return {
            unavailable: `ast-grep has no program for ${process.platform} on ${process.arch}, or it was not installed.`,
        };
    }
    return { argv: [program], version: cli.version };
}
function locateOnMachine(tool, env) {
    if (tool === 'node')
        return { argv: [process.execPath], version: process.versions.node };
    if (tool === 'npm')
        return locateNpm(env);
    if (tool !== 'shellcheck')
        return undefined;
    const program = (0,command_runner/* findExecutable */.o)('shellcheck', env.PATH);
    return program
        ? { argv: [program], version: 'installed' }
        : { unavailable: 'shellcheck is not installed on this machine.' };
}
/** The npm beside the running Node first, as it is known to fit; else the one on the PATH. */
function locateNpm(env) {
    const beside = external_node_path_.join(external_node_path_.dirname(process.execPath), '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js');
    const onPath = (0,command_runner/* findExecutable */.o)('npm', env.PATH);
    const found = (0,external_node_fs_.existsSync)(beside) ? beside : onPath && (0,external_node_fs_.realpathSync)(onPath);
    if (!found)
        return { unavailable: 'npm was found neither beside Node nor on the PATH.' };
    const version = versionOf(external_node_path_.join(external_node_path_.dirname(found), '..', 'package.json'));
    return { argv: found.endsWith('.js') ? [process.execPath, found] : [found], version };
}
function versionOf(manifest) {
    try {
        return /"version":\s*"([^"]+)"/.exec((0,external_node_fs_.readFileSync)(manifest, 'utf8'))?.[1] ?? 'unknown';
    }
    catch {
        return 'unknown';
    }
}
async function ensureInstalled(options, env) {
    const lockDir = options.lockDir ?? external_node_path_.join(options.assets, 'lock');
    try {
        const lock = (0,external_node_fs_.readFileSync)(external_node_path_.join(lockDir, 'package-lock.json'), 'utf8');
        const manifest = (0,external_node_fs_.readFileSync)(external_node_path_.join(lockDir, 'package.json'), 'utf8');
        const digest = (0,external_node_crypto_.createHash)('sha256').update(lock).digest('hex').slice(0, 16);
        const folder = external_node_path_.join(options.cacheDir, 'courier-tools', digest);
        if ((0,external_node_fs_.existsSync)(folder))
            return folder;
        const npm = locateNpm(env);
        if ('unavailable' in npm)
            return npm;
        options.log.info('Installing the tools of the presets into the tool cache.');
        const what = "The presets' tools";
        const commands = (0,command_runner.createCommandRunner)({ env });
        return await (0,install_tools/* installTools */.H)({ what, lock: { manifest, lock }, folder, npm: npm.argv, commands });
    }
    catch (error) {
        return { unavailable: `The presets' tools could not be installed: ${(0,errors/* messageOf */.bD)(error)}` };
    }
}


/***/ })

};
