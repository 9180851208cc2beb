export const id = 195;
export const ids = [195];
export const modules = {

/***/ 45225:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   E9: () => (/* binding */ listSandboxes),
/* harmony export */   sj: () => (/* binding */ openAccount),
/* harmony export */   xf: () => (/* binding */ runsStill)
/* harmony export */ });
/* harmony import */ var _retry_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6136);

/** Loads the SDK, which nothing else does: a step without E2B should not pay for it. It says nothing on its own. */
async function openAccount({ apiKey, domain, apiUrl, sandboxUrl }) {
    const sdk = await __webpack_require__.e(/* import() */ 980).then(__webpack_require__.t.bind(__webpack_require__, 72980, 19));
    return new sdk.E2B({
        apiKey,
        ...(domain ? { domain } : {}),
        ...(apiUrl ? { apiUrl } : {}),
        ...(sandboxUrl ? { sandboxUrl } : {}),
        debug: false,
        logger: {},
    });
}
/** Sandboxes that run and carry all of these marks. */
async function listSandboxes({ Sandbox }, metadata, options) {
    return (0,_retry_js__WEBPACK_IMPORTED_MODULE_0__/* .withRetries */ .L)(async () => {
        const pages = Sandbox.list({ query: { metadata, state: ['running'] } });
        const found = [];
        while (pages.hasNext) {
            const page = await pages.nextItems();
            found.push(...page.map(({ sandboxId, endAt, metadata: marks }) => ({ id: sandboxId, endAt, metadata: marks })));
        }
        return found;
    }, options);
}
/** Whether E2B knows the sandbox as running; `undefined` where it does not say. */
async function runsStill({ Sandbox }, id) {
    try {
        return (await Sandbox.getInfo(id)).state === 'running';
    }
    catch (error) {
        return error instanceof Error && error.name === 'SandboxNotFoundError' ? false : undefined;
    }
}


/***/ }),

/***/ 74195:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  createE2bSandboxProvider: () => (/* binding */ createE2bSandboxProvider)
});

// EXTERNAL MODULE: ./build/src/lib/errors.js
var errors = __webpack_require__(89862);
// EXTERNAL MODULE: ./build/src/adapters/e2b/account.js
var e2b_account = __webpack_require__(45225);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(77598);
// EXTERNAL MODULE: ./build/src/adapters/e2b/retry.js
var retry = __webpack_require__(6136);
;// CONCATENATED MODULE: ./build/src/adapters/e2b/create-machine.js



const what = 'E2B could not start a sandbox';
/** Everything: domains and addresses that are not allowed by name. */
const everywhere = '0.0.0.0/0';
/**
 * One sandbox that reaches `hosts` alone, usually none, and that nobody reaches without its token. An answer that was lost leaves a sandbox that nobody knows:
 * it carries a mark of its own, by which the next attempt finds and takes it; what is there twice in the end is killed.
 */
async function createMachine(account, { template, ttlMs, metadata, hosts, patience, }) {
    const nonce = (0,external_node_crypto_.randomUUID)();
    const options = { what, patience };
    let failed = false;
    const sandbox = await (0,retry/* withRetries */.L)(async () => {
        if (failed) {
            const [orphan] = await (0,e2b_account/* listSandboxes */.E9)(account, { courierNonce: nonce }, options);
            if (orphan)
                return account.Sandbox.connect(orphan.id, { timeoutMs: ttlMs });
        }
        try {
            return await account.Sandbox.create(template, {
                timeoutMs: ttlMs,
                metadata: { ...metadata, courierNonce: nonce },
                network: { allowOut: [...hosts], denyOut: [everywhere], allowPublicTraffic: false },
                lifecycle: { onTimeout: 'kill' },
            });
        }
        catch (error) {
            failed = true;
            throw error;
        }
    }, options);
    if (failed) {
        for (const twin of await (0,e2b_account/* listSandboxes */.E9)(account, { courierNonce: nonce }, options)) {
            if (twin.id !== sandbox.sandboxId)
                await account.Sandbox.kill(twin.id);
        }
    }
    return sandbox;
}
/** Closes what was open at the start, and whatever else. */
async function shutNetwork(account, id, patience) {
    const shut = () => account.Sandbox.updateNetwork(id, { allowOut: [], denyOut: [everywhere] });
    await (0,retry/* withRetries */.L)(shut, { what: 'E2B could not shut the network of a sandbox', patience });
}

// EXTERNAL MODULE: external "node:net"
var external_node_net_ = __webpack_require__(77030);
// EXTERNAL MODULE: ./build/src/sandboxes/gateway.js
var gateway = __webpack_require__(49139);
;// CONCATENATED MODULE: ./build/src/adapters/e2b/gateway-egress.js





/** Where E2B puts the authority of its proxy; programs that bring their own authorities along do not look there by themselves. */
const authorities = '/etc/ssl/certs/ca-certificates.crt';
/**
 * Opens one API to a sandbox that reaches nothing else: E2B's egress proxy, outside of it, puts the key into each call to that host. It knows
 * hosts alone: paths are not looked at and calls are not counted.
 *
 * @param spec.modelKey where the account cannot have that, `inside` opens the host all the same, and commands get the key
 * @returns how the API is called, or why it cannot be had: the sandbox does without.
 * @throws ExternalError where nobody knows what the sandbox reaches.
 */
async function openGatewayEgress(id, spec, tools) {
    const { upstream, key, modelKey } = spec;
    const host = hostOf(upstream);
    const url = baseOf(spec);
    if (host === undefined || url === undefined)
        return { gatewayProblem: whyNot(spec) };
    const rules = { [host]: [{ transform: { headers: everyHeader(spec) } }] };
    const outside = await tryToOpen(id, { allowOut: [host], denyOut: [everywhere], rules }, tools);
    if (outside === undefined)
        return { gateway: { url, key: spec.token, hosted: false, authorities } };
    const why = outside.replaceAll(key, '[key]');
    if (modelKey === 'outside') {
        return {
            gatewayProblem: `${why} (The key cannot be added outside of the sandbox. Use the local sandbox, or accept with sandbox.modelKey: inside that the sandbox gets the key itself: take one that is short-lived and has a limit.)`,
        };
    }
    const inside = await tryToOpen(id, { allowOut: [host], denyOut: [everywhere] }, tools);
    if (inside !== undefined)
        return { gatewayProblem: inside.replaceAll(key, '[key]') };
    tools.log.warn(`${why} (The sandbox gets the key itself, as sandbox.modelKey: inside allows.)`);
    return { gateway: { url, key, hosted: false, authorities } };
}
/** @returns why it did not work; then everything is shut. */
async function tryToOpen(id, network, { account, patience }) {
    try {
        const open = () => account.Sandbox.updateNetwork(id, network);
        await (0,retry/* withRetries */.L)(open, { what: 'E2B did not open an API to a sandbox', patience });
        return undefined;
    }
    catch (error) {
        await shutNetwork(account, id, patience);
        return (0,errors/* messageOf */.bD)(error);
    }
}
/** What a program sends in the place of the key is replaced. To Anthropic itself it goes in one header, to others in whichever they take. */
function everyHeader(spec) {
    const header = (0,gateway/* keyHeader */.LP)(spec);
    return spec.vendor === 'anthropic' ? { 'x-api-key': spec.key, ...header } : { ...header };
}
/** What programs put the API's paths behind, with their version in them: the proxy changes none. */
function baseOf({ vendor, upstream }) {
    const url = upstream.replace(/\/+$/, '');
    if (vendor !== 'openai')
        return url;
    return url.endsWith('/v1') ? url.slice(0, -'/v1'.length) : undefined;
}
function whyNot({ vendor, upstream }) {
    const how = vendor === 'openai' ? 'https://HOST/…/v1' : 'https://HOST';
    return `A sandbox at E2B calls ${how} alone, not ${upstream}. Use the local sandbox (sandbox: local).`;
}
/** By the name alone: rules of E2B know neither ports nor addresses, and a key does not travel in the clear. */
function hostOf(upstream) {
    const url = URL.parse(upstream);
    if (url?.protocol !== 'https:' || url.port !== '' || url.username !== '' || url.password !== '')
        return undefined;
    const { hostname } = url;
    return (0,external_node_net_.isIP)(hostname.replace(/^\[|\]$/g, '')) === 0 && hostname.includes('.') ? hostname : undefined;
}

// EXTERNAL MODULE: external "node:buffer"
var external_node_buffer_ = __webpack_require__(4573);
// EXTERNAL MODULE: ./build/src/lib/text.js
var lib_text = __webpack_require__(95498);
// EXTERNAL MODULE: ./build/src/sandboxes/program-package.js
var program_package = __webpack_require__(37192);
;// CONCATENATED MODULE: ./build/src/adapters/e2b/follow-script.js
/**
 * Says what a command writes, from these bytes on, until it has ended: lines of a stream's name and base64, so that whoever counts what it
 * got can go on from there after a cut. A later one takes the place of an earlier one, whose connection is lost, also where the earlier one starts after it.
 * Arguments: the command's id, bytes of its output and of its error output that are known, its number among those that follow the command.
 */
const followScript = (place) => `
exec 2>/dev/null
dir=${place}/run/$1
declare -A at=([out]=$2 [err]=$3)
mkfifo "${place}/follow.$$"
exec {never}<>"${place}/follow.$$"
rm -f "${place}/follow.$$"
for round in {1..600}; do
  [ -s "$dir/supervisor" ] && break
  read -r -t 0.05 -u "$never"
done
read -r supervisor <"$dir/supervisor" || exit 70
[ -e "$dir/follower" ] && read -r latest <"$dir/follower"
[ "\${latest:-0}" -gt "$4" ] && exit 0
echo "$4" >"$dir/follower"
while :; do
  read -r latest <"$dir/follower"
  [ "\${latest:-0}" -gt "$4" ] && exit 0
  over= said=
  [ -e "$dir/done" ] || ! [ -e "/proc/$supervisor" ] && over=1
  while read -r file size; do
    file=\${file##*/} name=\${file%.live}
    count=$((size - at[$name]))
    [ "$count" -gt 0 ] || continue
    [ "$count" -gt 98304 ] && count=98304
    printf '%s ' "$name"
    dd if="$dir/$file" bs=98304 iflag=skip_bytes,count_bytes skip="\${at[$name]}" count="$count" | base64 -w 0
    echo
    at[$name]=$((at[$name] + count)) said=1
  done < <(stat -c '%n %s' "$dir/out.live" "$dir/err.live")
  [ "$said" ] && continue
  [ "$over" ] && exit 0
  read -r -t 0.1 -u "$never"
done
`;

;// CONCATENATED MODULE: ./build/src/adapters/e2b/guest-scripts.js

/** Where Courier keeps its own things inside: root's alone, where the template has a root. */
const place = '/var/lib/courier';
/** Turns words into a line that a shell reads as these words. */
function quoteLine(words) {
    return words.map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(' ');
}
/**
 * What all scripts share. A process belongs to a command by its environment or its session; at a command's end everything of the
 * commands' user is killed that was not there before the first command and belongs to no other command that runs, and the command itself also
 * where it is not that user's yet. Processes are stopped before they are killed, as one that forks fast would get away.
 */
const library = `
place=${place}
run_as=()
if [ "$EUID" = 0 ]; then
  read -r user <"$place/user"
  run_as=(setpriv --reuid=user --regid=user --init-groups --no-new-privs --inh-caps=-all --bounding-set=-all --)
else
  user=$EUID
fi
keeps() {
  local own=$1 pid=$2 stat rest line marker= other=
  IFS= read -r stat <"/proc/$pid/stat" || return 0
  rest=\${stat##*) }
  set -- $rest
  case $1 in Z|X) return 0 ;; esac
  [ "$pid" = "$leader" ] && return 1
  case " $baseline " in *" $pid:\${20} "*) return 0 ;; esac
  [ -e "$place/sessions/$4" ] && read -r other <"$place/sessions/$4"
  [ -n "$other" ] && [ "$other" != "$own" ] && return 0
  while IFS= read -r -d '' line; do
    case $line in
      COURIER_SUPERVISOR=*) [ "$user" = "$EUID" ] && return 0 ;;
      COURIER_EXEC=*) marker=\${line#*=} ;;
    esac
  done <"/proc/$pid/environ"
  case $marker in ''|*[!a-z0-9-]*) return 1 ;; esac
  [ "$marker" != "$own" ] && [ -d "$place/run/$marker" ] && [ ! -e "$place/run/$marker/done" ]
}
sweep() {
  local own=$1 round name uid found baseline= leader=
  [ -e "$place/run/$own/leader" ] && read -r leader <"$place/run/$own/leader"
  [ -e "$place/baseline" ] && read -r baseline <"$place/baseline"
  for round in {1..200}; do
    found=()
    while read -r name uid; do
      [ "$uid" = "$user" ] || [ "\${name#/proc/}" = "$leader" ] || continue
      keeps "$own" "\${name#/proc/}" || found+=("\${name#/proc/}")
    done < <(stat -c '%n %u' /proc/[0-9]* 2>/dev/null)
    [ \${#found[@]} = 0 ] && return 0
    kill -STOP "\${found[@]}"
    kill -KILL "\${found[@]}"
    read -r -t 0.01 -u "$never"
  done
} 2>/dev/null
`;
/**
 * Runs one command and says what came of it; run again with the same id it waits for the first and says the same. So whoever lost the
 * answer asks again, and no output depends on a connection that lasts.
 * Arguments: id, seconds, bytes kept of the beginning and of the end, KiB of each stream laid down for who listens, folder, input, number of variables, variables, command.
 */
const run = `
exec 3>&2 2>/dev/null
. ${place}/library
id=$1 seconds=$2 first=$3 last=$4 live=$5 cwd=$6 input=$7 count=$8
shift 8
variables=("\${@:1:count}")
shift "$count"
dir=$place/run/$id
lay_down() {
  trap '' XFSZ
  ulimit -f "$live"
  exec tee "$dir/$1.live"
}
pump() {
  exec 3>&-
  if [ "$live" = 0 ]; then keep "$1"; else lay_down "$1" | keep "$1"; fi
}
keep() {
  head -c "$first" >"$dir/$1.first"
  LC_ALL=C dd bs=65536 2>"$dir/$1.count" | tail -c "$last" >"$dir/$1.last"
}
perform() {
  local out err leader pump_out pump_err timer code begin how=itself processes=2048
  [ \${#run_as[@]} = 0 ] && processes=0
  mkfifo -m 666 "$dir/out" "$dir/err" "$dir/never"
  exec {never}<>"$dir/never"
  case $input in
    =*) base64 -d <<<"\${input#=}" >"$dir/in"; input=$dir/in ;;
  esac
  [ "$input" = /dev/null ] || chmod 644 "$input"
  pump out <"$dir/out" >/dev/null &
  pump_out=$!
  pump err <"$dir/err" >/dev/null &
  pump_err=$!
  exec {out}>"$dir/out" {err}>"$dir/err"
  begin='ulimit -c 0; ulimit -n 4096; [ "$1" = 0 ] || ulimit -u "$1"; cd -- "$2" || exit 126; shift 2; exec -- "$@"'
  setsid "\${run_as[@]}" env -u COURIER_SUPERVISOR "\${variables[@]}" COURIER_EXEC="$id" \\
    /bin/bash -p -c "$begin" courier "$processes" "$cwd" "$@" \\
    <"$input" >&"$out" 2>&"$err" 3>&- {out}>&- {err}>&- {never}>&- &
  leader=$!
  echo "$id" >"$place/sessions/$leader"
  echo "$leader" >"$dir/leader"
  exec {out}>&- {err}>&-
  : >"$dir/started"
  # Who stopped it looked for it in vain.
  [ -e "$place/stopped/$id" ] && sweep "$id"
  { exec 3>&- >/dev/null; read -r -t "$seconds" -u "$never"; : >"$dir/late"; sweep "$id"; } &
  timer=$!
  wait "$leader"
  code=$?
  kill "$timer"
  rm -f "$place/sessions/$leader" "$dir/leader" "$place/stopped/$id"
  sweep "$id"
  wait "$pump_out" "$pump_err"
  [ -e "$dir/late" ] && how=late
  echo "$code $how" >"$dir/end"
  mv "$dir/end" "$dir/done"
}
tell() {
  local bytes word rest=0
  printf '\\036%s begin\\036' "$id"
  while read -r bytes word _; do [ "$word" = bytes ] && rest=$bytes; done <"$dir/$1.count"
  if [ "$rest" -gt "$last" ]; then
    cat "$dir/$1.first"
    printf '\\036%s cut %s\\036' "$id" "$((rest - last))"
    cat "$dir/$1.last"
  else
    cat "$dir/$1.first" "$dir/$1.last"
  fi
  printf '\\036%s end %s\\036' "$id" "$ended"
}
if mkdir "$dir"; then
  echo $$ >"$dir/supervisor"
  perform "$@"
else
  mkfifo "$dir/wait.$$"
  exec {never}<>"$dir/wait.$$"
  until [ -e "$dir/done" ]; do
    read -r -t 0.05 -u "$never"
    [ -s "$dir/supervisor" ] && ! [ -e "/proc/$(cat "$dir/supervisor")" ] && ! [ -e "$dir/done" ] && exit 70
  done
fi
read -r ended <"$dir/done"
tell out
tell err >&3
`;
/** Kills a command's processes, also those of one that has yet to start. Argument: its id. */
const stop = `
exec 2>/dev/null
. ${place}/library
dir=$place/run/$1
: >"$place/stopped/$1"
mkfifo "$place/stop.$$"
exec {never}<>"$place/stop.$$"
rm -f "$place/stop.$$"
for round in {1..300}; do
  [ -e "$dir/started" ] && break
  read -r -t 0.01 -u "$never"
done
sweep "$1"
`;
/** Kills all commands and whatever they left. It prints the user's home. */
const halt = `
exec 2>/dev/null
. ${place}/library
for dir in "$place"/run/*/; do : >>"$dir/done"; done
rm -f "$place"/sessions/*
mkfifo "$place/halt.$$"
exec {never}<>"$place/halt.$$"
rm -f "$place/halt.$$"
sweep none
sync
printf 'home=%s\\n' "$(getent passwd "$user" | cut -d: -f6)"
`;
const base64 = (text) => Buffer.from(text).toString('base64');
/** Tries to get out, for a second; it prints "open" where something answered, and "shut". */
const probe = `
for target in 1.1.1.1/443 8.8.8.8/53; do
  timeout 1 bash -c "exec 3<>/dev/tcp/$target && echo open" 2>/dev/null &
done
wait
echo shut
`;
/**
 * Prepares a fresh sandbox as root: Courier's scripts, and the repository from the parts of its tar. It prints the user's home. Where an answer was
 * lost it is run again, maybe while the first is still at it.
 */
const setUp = `
set -e
umask 022
mkdir -p ${place}
chmod 700 ${place}
cd ${place}
exec 9>lock
flock 9
mkdir -p run sessions stopped
if [ "$EUID" = 0 ]; then id -u user >user; fi
base64 -d <<<'${base64(library)}' >library
base64 -d <<<'${base64(run)}' >run.sh
base64 -d <<<'${base64(followScript(place))}' >follow.sh
base64 -d <<<'${base64(stop)}' >stop.sh
base64 -d <<<'${base64(halt)}' >halt.sh
. ./library
home=$(getent passwd "$user" | cut -d: -f6)
"\${run_as[@]}" mkdir -p "$home/repo"
if [ -d parts ]; then
  cat parts/* | "\${run_as[@]}" tar -xpf - -C "$home/repo" --no-same-owner 9>&-
  rm -rf parts
fi
baseline=
while read -r name uid; do
  [ "$uid" = "$user" ] || continue
  IFS= read -r stat <"$name/stat" || continue
  set -- \${stat##*) }
  baseline="$baseline \${name#/proc/}:\${20}"
done < <(stat -c '%n %u' /proc/[0-9]* 2>/dev/null)
echo "$baseline" >baseline
printf 'home=%s\\n' "$home"
`;
const scripts = {
    run: `${place}/run.sh`,
    follow: `${place}/follow.sh`,
    stop: `${place}/stop.sh`,
    halt: `${place}/halt.sh`,
};

;// CONCATENATED MODULE: ./build/src/adapters/e2b/install-program.js





const partBytes = 16 << 20;
const unpackMs = 300_000;
/** Brings a program in: nobody inside but root can write to it, and no host is open meanwhile. */
async function installProgram(name, { archive }, { run, send }) {
    const parts = `${place}/program`;
    let number = 0;
    for await (const part of inParts(archive())) {
        await send(`${parts}/${String(number).padStart(6, '0')}`, part);
        number += 1;
    }
    const unpack = [
        'set -e -o pipefail; umask 022',
        // Where an answer is lost it is asked for again, while the first may still be at it.
        `exec 9>${place}/program.lock; flock 9`,
        `[ -d ${parts} ] || exit 0`,
        `rm -rf ${program_package/* programsInside */.q_}/${name}; mkdir -p ${program_package/* programsInside */.q_}/${name}`,
        `cat ${parts}/* | tar -xzf - -C ${program_package/* programsInside */.q_}/${name} --no-same-owner`,
        `chmod -R a+rX,go-w ${program_package/* programsInside */.q_}; rm -rf ${parts}`,
    ].join('\n');
    const { exitCode, stderr } = await run(`/bin/bash -p -c ${quoteLine([unpack])}`, { timeoutMs: unpackMs });
    if (exitCode === 0)
        return;
    throw new errors/* ExternalError */.yA(`An agent tool could not be brought into the E2B sandbox: ${(0,lib_text/* truncate */.xv)((0,lib_text/* oneLine */.TN)(stderr), 300)}`, {
        hint: 'A template needs a root user, tar and gzip for it, and room for 1 GB, as the template base has them.',
    });
}
async function* inParts(chunks) {
    let held = [];
    let size = 0;
    for await (const chunk of chunks) {
        held.push(chunk);
        size += chunk.length;
        if (size < partBytes)
            continue;
        yield external_node_buffer_.Buffer.concat(held);
        [held, size] = [[], 0];
    }
    if (size > 0)
        yield external_node_buffer_.Buffer.concat(held);
}

;// CONCATENATED MODULE: ./build/src/adapters/e2b/left-behind.js



/** Where that fails, E2B does it: nobody prolongs the sandbox any more. What was done in it counts all the same. */
async function endSandbox(id, { account, patience, log }) {
    try {
        await (0,retry/* withRetries */.L)(() => account.Sandbox.kill(id), { what: 'E2B could not end a sandbox', patience });
    }
    catch (error) {
        log.warn(`${(0,errors/* messageOf */.bD)(error)} It ends on its own within minutes.`);
    }
}
/**
 * Kills what earlier sessions of the repository left. One that is still worked with is prolonged every third of its time to live; where half
 * of it has passed without, nobody does that any more. What is paused does not run.
 */
async function sweepLeftBehind(marks, ttlMs, tools) {
    const { account, patience, log } = tools;
    const what = 'E2B could not list the sandboxes of this account';
    try {
        for (const { id, endAt } of await (0,e2b_account/* listSandboxes */.E9)(account, marks, { what, patience })) {
            if (endAt.getTime() - Date.now() > ttlMs / 2)
                continue;
            log.info(`Ending the E2B sandbox ${id}, which an earlier session left.`);
            await endSandbox(id, tools);
        }
    }
    catch (error) {
        // What a person has to set right stands in the way of a start, too.
        if (error instanceof errors/* UserError */.yo)
            throw error;
        log.warn(`Sandboxes of earlier sessions may be left for some minutes: ${(0,errors/* messageOf */.bD)(error)}`);
    }
}

// EXTERNAL MODULE: ./build/src/sandboxes/run-setup.js
var run_setup = __webpack_require__(63108);
// EXTERNAL MODULE: ./build/src/sandboxes/setup-key.js
var setup_key = __webpack_require__(80374);
// EXTERNAL MODULE: ./build/src/sandboxes/layer-scripts.js
var layer_scripts = __webpack_require__(50325);
// EXTERNAL MODULE: ./build/src/adapters/e2b/inside.js
var e2b_inside = __webpack_require__(24776);
;// CONCATENATED MODULE: ./build/src/adapters/e2b/kept-setups.js



const longestMs = 14 * 86_400_000;
const mostOfRepository = 4;
const mostPages = 10;
const namePattern = /(?:^|\/)courier-setup-([0-9a-f]{12})-([0-9a-f]{24})-(\d{12})(?::[\w.-]+)?$/;
/** `yyyymmddhhmm`, UTC. */
const stamp = (time) => new Date(time).toISOString().replace(/\D/g, '').slice(0, 12);
const shorten = (digest) => digest.slice(0, 24);
const ownerOf = (repository) => (0,external_node_crypto_.createHash)('sha256').update(repository).digest('hex').slice(0, 12);
function nameSetup(repository, key) {
    return `courier-setup-${ownerOf(repository)}-${shorten(key)}-${stamp(Date.now())}`;
}
/** The newest one that was made under one of these keys. What is too old is not used. */
async function findSetup(repository, keys, tools) {
    const wanted = [keys.dependencies, keys.tree].flatMap((key) => (key === undefined ? [] : [shorten(key)]));
    const found = (await listSetups(tools)).filter((each) => each.repository === ownerOf(repository) && !isOld(each));
    return wanted.map((key) => found.find((each) => each.key === key)).find((each) => each !== undefined);
}
/**
 * Keeps the newest few of a repository, and of no repository of the account any that is older than two weeks: nobody else deletes what a
 * repository left that is not scanned any more.
 */
async function pruneSetups(repository, tools) {
    const all = await listSetups(tools);
    const beyond = all.filter((each) => each.repository === ownerOf(repository)).slice(mostOfRepository);
    for (const kept of new Set([...beyond, ...all.filter(isOld)]))
        await dropSetup(kept, tools);
}
/** What cannot be deleted now is deleted by a later session. */
async function dropSetup({ id }, { account, patience, log }) {
    try {
        await (0,retry/* withRetries */.L)(() => account.Sandbox.deleteSnapshot(id), { what: 'E2B could not delete a snapshot', patience });
    }
    catch (error) {
        log.warn(`${(0,errors/* messageOf */.bD)(error)} (${id})`);
    }
}
function isOld({ madeAt }) {
    return Date.now() - madeAt > longestMs;
}
/** Newest first. */
async function listSetups({ account, patience }) {
    const read = async () => {
        const pages = account.Sandbox.listSnapshots({ limit: 100 });
        const found = [];
        for (let page = 0; pages.hasNext && page < mostPages; page += 1) {
            for (const { snapshotId, names } of await pages.nextItems()) {
                found.push(...[snapshotId, ...names].flatMap((name) => understand(snapshotId, name)).slice(0, 1));
            }
        }
        return found.toSorted((a, b) => b.madeAt - a.madeAt);
    };
    return (0,retry/* withRetries */.L)(read, { what: 'E2B could not list the snapshots of this account', patience });
}
function understand(id, name) {
    const [, repository, key, time = ''] = namePattern.exec(name) ?? [];
    const [, year, month, day, hour, minute] = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(time) ?? [];
    const madeAt = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:00Z`);
    return repository === undefined || key === undefined || Number.isNaN(madeAt) ? [] : [{ id, repository, key, madeAt }];
}

;// CONCATENATED MODULE: ./build/src/adapters/e2b/keep-setup.js







/** Beside the home, and nobody's but root's, where the template has a root. */
const folder = '/var/lib/courier-setup';
const keep_setup_partBytes = 16 << 20;
const ownMs = 180_000;
const transferMs = 300_000;
const snapshotMs = 300_000;
/**
 * Keeps what a setup made as a snapshot. The machine that is snapshotted is a fresh one, in which nothing ever ran: it holds one archive
 * that was packed in the sandbox. So neither the repository's files nor traces of them, in memory or on the disk, are in it.
 *
 * What goes wrong costs the next sandbox time, and no more.
 */
async function keepSetup(opened, prepared, { repository, empty, signal }, tools) {
    const { log, account, patience } = tools;
    try {
        signal?.throwIfAborted();
        const packed = await pack(opened, prepared);
        if ('not' in packed)
            return log.info(`What the setup of the sandbox made is not kept: ${packed.not}`);
        const machine = await empty();
        try {
            await machine.setTimeout(2 * transferMs + snapshotMs);
            const over = AbortSignal.any([AbortSignal.timeout(transferMs), ...(signal ? [signal] : [])]);
            await carry(packed, { from: opened.inside, to: (0,e2b_inside/* enter */.Ve)(machine, { account, patience, over }), over });
            signal?.throwIfAborted();
            const take = () => account.Sandbox.createSnapshot(machine.sandboxId, {
                name: nameSetup(repository, packed.key),
                requestTimeoutMs: snapshotMs,
            });
            await (0,retry/* withRetries */.L)(take, { what: 'E2B could not make a snapshot', patience });
        }
        finally {
            await endSandbox(machine.sandboxId, tools);
        }
        await pruneSetups(repository, tools);
    }
    catch (error) {
        log.warn(`What the setup of the sandbox made is not kept: ${(0,errors/* messageOf */.bD)(error)}`);
    }
    finally {
        // What is left of it is in the way of nobody.
        await asRoot(opened.inside, `rm -rf ${folder}`).catch(() => undefined);
    }
}
/** @returns whether what an earlier setup made is there now. */
async function restoreSetup({ sandbox, inside }) {
    const unpacked = await runOwn(sandbox, layer_scripts/* unpackLayer */.yY, folder);
    await asRoot(inside, `rm -rf ${folder}`);
    return unpacked !== undefined;
}
async function pack({ sandbox, inside }, { keys, contents, began }) {
    await asRoot(inside, `rm -rf ${folder}; mkdir -m 700 ${folder}; [ "$(id -u)" != 0 ] || chown user: ${folder}`);
    await inside.send(`${folder}/paths`, (0,layer_scripts/* listOwnFiles */.M4)(contents.paths));
    const said = (await runOwn(sandbox, layer_scripts/* packLayer */.Js, began, folder))?.trim();
    if (said !== 'dependencies' && said !== 'tree')
        return { not: (0,layer_scripts/* whyNotKept */.oq)(said) };
    const [parts = '', digest = ''] = ((await runOwn(sandbox, cut, folder, String(keep_setup_partBytes))) ?? '').split(' ');
    if (!/^\d+$/.test(parts) || !/^[0-9a-f]{64}$/.test(digest))
        return { not: (0,layer_scripts/* whyNotKept */.oq)(undefined) };
    const key = said === 'dependencies' ? (keys.dependencies ?? keys.tree) : keys.tree;
    return { key, parts: Number(parts), digest };
}
/** Part by part, as each can be asked for again; no more than one is held here. */
async function carry({ parts, digest }, { from, to, over }) {
    await asRoot(to, `mkdir -p -m 755 ${folder}/parts`);
    for (let number = 0; number < parts; number += 1) {
        const name = String(number).padStart(6, '0');
        over.throwIfAborted();
        await to.send(`${folder}/parts/${name}`, await from.fetch(`${folder}/part-${name}`, keep_setup_partBytes));
    }
    const join = 'if [ -d parts ]; then cat parts/* >layer.tar; rm -r parts; fi';
    const whole = `cd ${folder}; umask 022; ${join}; chmod 755 .; sync; sha256sum <layer.tar`;
    if ((await asRoot(to, whole)).startsWith(digest))
        return;
    throw new Error('the archive did not arrive whole.');
}
/** Prints the number of parts and the digest of the whole. Arguments: folder, bytes of a part. */
const cut = `
set -eu -o pipefail
cd "$1"
split -b "$2" -d -a 6 layer.tar part-
printf '%s ' "$(ls | grep -c '^part-')"
sha256sum <layer.tar
rm layer.tar
`;
/** @returns what it printed. @throws Error where it failed. */
async function asRoot(inside, script) {
    const { exitCode, stdout } = await inside.run(`/bin/bash -p -c ${quoteLine([`set -e; ${script}`])}`, {
        timeoutMs: ownMs,
    });
    if (exitCode === 0)
        return stdout;
    throw new Error('the sandbox did not do what it was told.');
}
/** A script of Courier's own as the commands' user, in which nothing of the repository has a say. @returns what it printed; `undefined` where it failed. */
async function runOwn({ exec }, script, ...args) {
    const { exitCode, stdout } = await exec(['/bin/bash', '-p', '-c', script, 'courier', ...args], {
        cwd: '/',
        timeoutMs: ownMs,
        maxOutputBytes: 100_000,
    });
    return exitCode === 0 ? stdout : undefined;
}

// EXTERNAL MODULE: ./build/src/sandboxes/file-scripts.js
var file_scripts = __webpack_require__(70942);
// EXTERNAL MODULE: ./build/src/sandboxes/guest-limits.js
var guest_limits = __webpack_require__(66682);
// EXTERNAL MODULE: ./build/src/sandboxes/tell-output.js
var tell_output = __webpack_require__(36070);
;// CONCATENATED MODULE: ./build/src/adapters/e2b/follow-output.js


/** How long an output may be silent that has not come whole once the result is there. */
const lastMs = 10_000;
/**
 * Tells a listener what a command writes, while it runs. The script inside lays it down in files; another says what is there from an offset
 * on, and is asked again from the first byte that did not arrive whenever its connection is cut.
 */
function followOutput(id, onOutput, { inside, most }) {
    const teller = (0,tell_output/* createOutputTeller */._)(onOutput, most);
    const ending = new AbortController();
    let number = 0;
    let silence;
    const line = () => {
        number += 1;
        return `exec /bin/bash -p ${scripts.follow} ${id} ${teller.heard('stdout')} ${teller.heard('stderr')} ${number}`;
    };
    const onLine = (text) => {
        silence?.refresh();
        const [name, base64 = ''] = text.split(' ');
        teller.add(name === 'out' ? 'stdout' : 'stderr', Buffer.from(base64, 'base64'));
    };
    // The result is complete without it: where it cannot be had, telling ends and nothing else.
    const following = inside.follow(line, { onLine, signal: ending.signal }).catch(() => undefined);
    return {
        async complete() {
            const { promise: silent, resolve } = Promise.withResolvers();
            silence = setTimeout(resolve, lastMs);
            silence.unref();
            await Promise.race([following, silent]);
            clearTimeout(silence);
            // Where this fails, it lies there until the sandbox ends.
            inside.run(`rm -f ${place}/run/${id}/*.live`, { timeoutMs: lastMs }).catch(() => undefined);
        },
        end() {
            teller.end();
            ending.abort();
        },
    };
}

;// CONCATENATED MODULE: ./build/src/adapters/e2b/guest-output.js


/**
 * What the script inside said about a command: on each stream, between two marks, the beginning, where the middle was cut how many bytes of
 * it, and the end. The marks carry the command's id, as the start-up files of a template may say something first.
 */
function understandOutput(said, id) {
    const out = partOf(said.stdout, id);
    const err = partOf(said.stderr, id);
    if (!out || !err) {
        const reason = (0,lib_text/* truncate */.xv)((0,lib_text/* oneLine */.TN)(said.stderr), 200) || `its script ended with ${said.exitCode}`;
        throw new errors/* ExternalError */.yA(`The E2B sandbox lost a command: ${reason}`, {
            hint: 'Something ended it from the inside, often because memory ran out: give the sandbox more (memory-mb).',
        });
    }
    const late = out.how === 'late';
    return {
        exitCode: late ? 137 : out.code,
        stdout: out.text,
        stderr: err.text,
        timedOut: late,
        truncated: out.cut || err.cut,
    };
}
const mark = '\u001e';
function partOf(text, id) {
    const opening = `${mark}${id} begin${mark}`;
    const from = text.indexOf(opening);
    const to = text.lastIndexOf(`${mark}${id} end `);
    if (from === -1 || to < from)
        return undefined;
    const [code = '', how = ''] = text
        .slice(to + id.length + 6)
        .replace(mark, '')
        .trim()
        .split(' ');
    const body = text.slice(from + opening.length, to);
    const [first = '', bytes, last = ''] = body.split(new RegExp(`${mark}${id} cut (\\d+)${mark}`));
    const whole = bytes === undefined;
    return { text: whole ? first : join(first, Number(bytes), last), cut: !whole, code: Number(code), how };
}
/** Where the cut went through a character, its halves arrive as U+FFFD. */
function join(first, bytes, last) {
    return `${first.replace(/\ufffd{1,3}$/, '')}\n[… ${bytes} bytes left out …]\n${last.replace(/^\ufffd{1,3}/, '')}`;
}

;// CONCATENATED MODULE: ./build/src/adapters/e2b/run-command.js





// One argument holds the whole line; a little data may travel in it.
const longestLine = 100_000;
const longestInput = 32_768;
/** For the way there and back, and the killing at the time-out. */
const graceMs = 30_000;
/** Runs one command by the script inside, which bounds its time and its output; an abort kills it from here. */
async function runCommand(order, inside) {
    const id = (0,external_node_crypto_.randomBytes)(8).toString('hex');
    const stop = () => {
        const stopping = inside.run(`/bin/bash -p ${scripts.stop} ${id}`, { timeoutMs: graceMs });
        // Where that fails, it ends at its time-out.
        stopping.catch(() => undefined);
    };
    const line = await lineFor(order, { id, inside });
    const following = order.onOutput && followOutput(id, order.onOutput, { inside, most: mostStreamed(order) });
    order.signal?.addEventListener('abort', stop, { once: true });
    if (order.signal?.aborted)
        stop();
    try {
        const output = understandOutput(await inside.run(line, { timeoutMs: order.timeoutMs + graceMs }), id);
        await following?.complete();
        return output;
    }
    finally {
        following?.end();
        order.signal?.removeEventListener('abort', stop);
    }
}
function mostStreamed({ maxStreamedBytes = guest_limits/* defaultBytes */.Dl.streamed }) {
    return 1024 * Math.ceil(maxStreamedBytes / 1024);
}
async function lineFor(order, { id, inside }) {
    const { command, cwd, env, timeoutMs, maxOutputBytes, onOutput } = order;
    const variables = Object.entries(env)
        .filter(([name]) => /^[A-Za-z_]\w*$/.test(name))
        .map(([name, value]) => `${name}=${value.replaceAll('\0', '')}`);
    const first = Math.ceil(maxOutputBytes / 2);
    const input = await placeInput(order.stdin, { id, inside });
    const words = [
        ...[scripts.run, id, String(timeoutMs / 1000), String(first), String(maxOutputBytes - first)],
        ...[String(onOutput ? mostStreamed(order) / 1024 : 0), cwd, input],
        ...[String(variables.length), ...variables, ...command],
    ];
    const line = `exec /bin/bash -p ${quoteLine(words)}`;
    if (Buffer.byteLength(line) <= longestLine)
        return line;
    await inside.send(`${place}/line-${id}`, line);
    return `exec /bin/bash -p ${place}/line-${id}`;
}
async function placeInput(stdin, { id, inside }) {
    if (stdin.length === 0)
        return '/dev/null';
    const bytes = Buffer.from(stdin);
    if (bytes.length <= longestInput)
        return `=${bytes.toString('base64')}`;
    await inside.send(`${place}/in-${id}`, bytes);
    return `${place}/in-${id}`;
}

;// CONCATENATED MODULE: ./build/src/adapters/e2b/e2b-guest.js







const atOnce = 16;
/** What a sandbox offers, in terms of running commands inside. Files too are read and written as the commands' user. */
function createE2bGuest({ inside, env: base, workspace, out, over, }) {
    const inTurn = createLimit(atOnce);
    const standard = { ...guestEnvironment, HOME: out, COURIER_OUT: out, ...base };
    const onFile = async (script, args, stdin = '') => {
        if (over.aborted)
            throw new errors/* ExternalError */.yA(e2b_inside/* ended */.v6);
        const command = ['/bin/sh', '-c', script, 'courier', ...args];
        const quiet = { timeoutMs: 60_000, maxOutputBytes: 1 << 20, signal: undefined, onOutput: undefined };
        const order = { command, cwd: '/', env: {}, stdin, ...quiet };
        return inTurn(() => runCommand(order, inside));
    };
    const write = async (redirect, path, data) => {
        (0,guest_limits/* checkPath */.Cg)(path);
        const result = await onFile((0,file_scripts/* writeFileScript */.R)(redirect), [path], data);
        if (result.exitCode !== 0)
            throw refusal(path, 'written', result);
    };
    return {
        async exec(command, options) {
            if (over.aborted)
                throw new errors/* ExternalError */.yA(e2b_inside/* ended */.v6);
            const { cwd = workspace, env = {}, stdin = '', signal, maxOutputBytes = guest_limits/* defaultBytes */.Dl.output, onOutput } = options;
            const refused = (0,guest_limits/* refuseArguments */.Rd)([cwd, ...command]);
            if (refused)
                return refused;
            if (signal?.aborted)
                return killed;
            const begin = performance.now();
            const order = { ...options, command, cwd, env: { ...standard, ...env }, stdin, signal, maxOutputBytes, onOutput };
            const result = await inTurn(() => runCommand(order, inside)).catch((error) => {
                if (over.aborted)
                    return killed;
                throw error;
            });
            return { ...result, durationMs: Math.round(performance.now() - begin) };
        },
        writeFile: (path, data) => write('>', path, data),
        appendFile: (path, data) => write('>>', path, data),
        async readFile(path, { maxBytes = guest_limits/* defaultBytes */.Dl.file } = {}) {
            (0,guest_limits/* checkPath */.Cg)(path);
            const staged = `/tmp/courier-${(0,external_node_crypto_.randomBytes)(8).toString('hex')}`;
            const result = await onFile(readScript, [path, String(maxBytes + 1), staged]);
            if (result.exitCode === 66)
                return undefined;
            if (result.exitCode !== 0)
                throw refusal(path, 'read', result);
            const bytes = result.stdout.startsWith('staged')
                ? await inside.fetch(staged, maxBytes)
                : Buffer.from(result.stdout, 'base64');
            if (bytes.length <= maxBytes)
                return bytes;
            throw new errors/* ExternalError */.yA(`${JSON.stringify(path)} is larger than ${maxBytes} bytes.`);
        },
    };
}
/** A small file comes with the answer, a large one is copied to where nothing else writes, and fetched from there. */
const readScript = `[ -f "$1" ] && [ -r "$1" ] || exit 66
if [ "$(stat -Lc %s -- "$1")" -le 524288 ] || [ "$2" -le 524288 ]; then head -c "$2" -- "$1" | base64 -w 0
else head -c "$2" -- "$1" >"$3" && echo staged; fi`;
const guestEnvironment = {
    USER: 'user',
    LOGNAME: 'user',
    SHELL: '/bin/bash',
    LANG: 'C.UTF-8',
    TERM: 'dumb',
    TMPDIR: '/tmp',
    CI: 'true',
};
const killed = { exitCode: 137, stdout: '', stderr: '', timedOut: false, truncated: false, durationMs: 0 };
function refusal(path, what, { timedOut, stderr }) {
    const reason = timedOut ? 'it took too long' : (0,lib_text/* truncate */.xv)((0,lib_text/* oneLine */.TN)(stderr), 300);
    return new errors/* ExternalError */.yA(`${JSON.stringify(path)} could not be ${what} in the sandbox: ${reason}`);
}
/** At most so many at a time; the others wait. */
function createLimit(most) {
    let running = 0;
    const waiting = [];
    return async (work) => {
        if (running >= most)
            await new Promise((resolve) => waiting.push(resolve));
        running += 1;
        try {
            return await work();
        }
        finally {
            running -= 1;
            waiting.shift()?.();
        }
    };
}

;// CONCATENATED MODULE: ./build/src/adapters/e2b/heartbeat.js

/**
 * Keeps a sandbox alive for as long as this process works with it: each beat gives it `ttlMs` more. When the process is
 * killed the beats stop and E2B ends the sandbox soon after, whoever else forgot to.
 *
 * @returns what stops the beats.
 */
function startHeartbeat(sandbox, { ttlMs, log }) {
    let warned = false;
    const beat = async () => {
        try {
            await sandbox.setTimeout(ttlMs);
        }
        catch (error) {
            if (warned)
                return;
            warned = true;
            log.warn(`E2B does not prolong the sandbox, which may end in the middle of its work: ${(0,errors/* messageOf */.bD)(error)}`);
        }
    };
    const timer = setInterval(beat, ttlMs / 3);
    timer.unref();
    return () => clearInterval(timer);
}

// EXTERNAL MODULE: ./build/src/lib/safe-path.js
var safe_path = __webpack_require__(32726);
;// CONCATENATED MODULE: ./build/src/adapters/e2b/repository-tar.js


const block = 512;
/**
 * The repository's files as one tar (POSIX ustar; pax headers where a name or a link's target is long), in parts of about `partBytes`: each
 * can be sent again on its own. Links come last, as text, so that nothing is unpacked through one.
 *
 * @throws Error for a path that leads out of the workspace, one that is not new, or one below a link.
 */
async function* tarParts(files, partBytes) {
    const names = new Set();
    const folders = new Set();
    const links = [];
    let part = [];
    let size = 0;
    for await (const file of files) {
        takePlace(file.path, { names, folders });
        if (file.mode === 'link') {
            links.push(file);
            continue;
        }
        const { data } = file;
        part.push(...headers(file.path, { size: data.length, mode: file.mode === 'executable' ? 0o755 : 0o644 }), data);
        part.push(padding(data.length));
        size += data.length + 2 * block;
        if (size < partBytes)
            continue;
        yield external_node_buffer_.Buffer.concat(part);
        [part, size] = [[], 0];
    }
    for (const { path, target } of links)
        part.push(...headers(path, { size: 0, mode: 0o777, target }));
    yield external_node_buffer_.Buffer.concat([...part, external_node_buffer_.Buffer.alloc(2 * block)]);
}
function takePlace(path, { names, folders }) {
    const refusal = () => new Error(`The sandbox has no place for the path ${JSON.stringify(path)}.`);
    if (!(0,safe_path/* isPlainRelative */.N)(path) || names.has(path) || folders.has(path))
        throw refusal();
    names.add(path);
    for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
        const folder = path.slice(0, end);
        if (names.has(folder))
            throw refusal();
        if (folders.has(folder))
            return;
        folders.add(folder);
    }
}
function headers(path, entry) {
    const records = [
        ...(external_node_buffer_.Buffer.byteLength(path) > 100 ? [paxRecord('path', path)] : []),
        ...(external_node_buffer_.Buffer.byteLength(entry.target ?? '') > 100 ? [paxRecord('linkpath', entry.target ?? '')] : []),
    ];
    const type = entry.target === undefined ? '0' : '2';
    const own = header(path, { ...entry, type });
    if (records.length === 0)
        return [own];
    const pax = external_node_buffer_.Buffer.concat(records);
    return [header('pax', { size: pax.length, mode: 0o644, type: 'x' }), pax, padding(pax.length), own];
}
/** `LENGTH key=value\n`, where the length counts its own digits. */
function paxRecord(key, value) {
    const rest = external_node_buffer_.Buffer.byteLength(` ${key}=${value}\n`);
    let length = rest + String(rest).length;
    if (rest + String(length).length > length)
        length += 1;
    return external_node_buffer_.Buffer.from(`${length} ${key}=${value}\n`);
}
function header(path, { size, mode, target = '', type }) {
    const bytes = external_node_buffer_.Buffer.alloc(block);
    external_node_buffer_.Buffer.from(path).copy(bytes, 0, 0, 100);
    const octal = (value, at, length) => bytes.write(`${value.toString(8).padStart(length - 1, '0')}\0`, at, 'ascii');
    octal(mode, 100, 8);
    octal(0, 108, 8);
    octal(0, 116, 8);
    octal(size, 124, 12);
    octal(0, 136, 12);
    bytes.write('        ', 148, 'ascii');
    bytes.write(type, 156, 'ascii');
    external_node_buffer_.Buffer.from(target).copy(bytes, 157, 0, 100);
    bytes.write('ustar\u000000', 257, 'ascii');
    const sum = bytes.reduce((total, byte) => total + byte, 0);
    bytes.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'ascii');
    return bytes;
}
function padding(size) {
    return new Uint8Array((block - (size % block)) % block);
}

;// CONCATENATED MODULE: ./build/src/adapters/e2b/prepare.js




const prepare_partBytes = 16 << 20;
const prepare_unpackMs = 300_000;
/**
 * Brings the repository and Courier's scripts into a fresh sandbox.
 *
 * @returns the home of the commands' user.
 */
async function prepare(files, inside) {
    await upload(files, inside);
    const { stdout, stderr, exitCode } = await inside.run(`bash -c ${quoteLine([setUp])}`, { timeoutMs: prepare_unpackMs });
    const home = homeIn(stdout);
    if (exitCode === 0 && home !== undefined)
        return home;
    throw new errors/* ExternalError */.yA(`The E2B sandbox could not be prepared: ${(0,lib_text/* truncate */.xv)((0,lib_text/* oneLine */.TN)(stderr), 300)}`, {
        hint: 'A template needs bash, tar, coreutils, util-linux and a user named user, as the template base has them.',
    });
}
/** Ends whatever commands left and flushes the disk. @returns the home of the commands' user. */
async function prepare_halt(inside) {
    const { stdout } = await inside.run(`/bin/bash -p ${scripts.halt}`, { timeoutMs: 60_000 });
    const home = homeIn(stdout);
    if (home !== undefined)
        return home;
    throw new errors/* ExternalError */.yA('The E2B sandbox is not as Courier left it.', { hint: 'Start the session anew.' });
}
/** @throws ExternalError where something out there answers, whatever E2B was told. */
async function requireShut(inside) {
    const { stdout } = await inside.run(`bash -c ${quoteLine([probe])}`, { timeoutMs: 30_000 });
    if (/^shut$/m.test(stdout) && !/^open$/m.test(stdout))
        return;
    throw new errors/* ExternalError */.yA('The E2B sandbox reaches the internet although it was asked not to: nothing is run in it.', {
        hint: 'Use an E2B that enforces network.denyOut, or set sandbox to local.',
    });
}
/** The parts of the tar, two on their way at a time. */
async function upload(files, { send }) {
    const sending = new Set();
    let number = 0;
    for await (const part of tarParts(files, prepare_partBytes)) {
        const sent = send(`${place}/parts/${String(number).padStart(6, '0')}`, part).finally(() => sending.delete(sent));
        number += 1;
        sending.add(sent);
        sent.catch(() => undefined);
        if (sending.size >= 2)
            await Promise.race(sending);
    }
    await Promise.all(sending);
}
function homeIn(stdout) {
    return /^home=(\/[\w./-]+)$/m.exec(stdout)?.[1];
}

;// CONCATENATED MODULE: ./build/src/adapters/e2b/open-sandbox.js






/** Hands a machine over when it is ready; where that fails it is ended. */
async function openSandbox(machine, { life, ttlMs, ready }, tools) {
    const { account, patience, log } = tools;
    const ref = { kind: 'e2b', id: machine.sandboxId };
    const ending = new AbortController();
    const stopHeartbeat = startHeartbeat(machine, { ttlMs, log });
    let parked = false;
    const end = () => {
        clearTimeout(lifetime);
        stopHeartbeat();
        ending.abort();
    };
    const kill = async () => {
        end();
        if (!parked)
            await endSandbox(ref.id, tools);
    };
    const pause = async () => {
        await prepare_halt(inside);
        end();
        await (0,retry/* withRetries */.L)(() => account.Sandbox.pause(ref.id), { what: 'E2B could not pause a sandbox', patience });
        parked = true;
        return ref;
    };
    const lifetime = setTimeout(kill, Math.min(life.lifetimeMs, 2 ** 31 - 1));
    lifetime.unref();
    const inside = (0,e2b_inside/* enter */.Ve)(machine, { account, patience, over: ending.signal });
    try {
        const home = await ready(inside);
        const places = { workspace: `${home}/repo`, out: home };
        const guest = createE2bGuest({ inside, env: life.env ?? {}, ...places, over: ending.signal });
        return { inside, sandbox: { ref, ...places, ...guest, pause, kill } };
    }
    catch (error) {
        await kill();
        throw error;
    }
}

;// CONCATENATED MODULE: ./build/src/adapters/e2b/sized-template.js

/**
 * The template of the wanted size. E2B fixes memory and processors when a template is built: where a size is asked for, a template of it is
 * built upon the named one, once for the account; its name tells the size, so that the next session finds it.
 */
async function ensureTemplate(account, { templateId, memoryMb, cpuCount }, { patience, log }) {
    if (memoryMb === undefined && cpuCount === undefined)
        return templateId;
    const name = nameOf({ templateId, memoryMb, cpuCount });
    const what = `E2B could not build the template ${name}`;
    if (await (0,retry/* withRetries */.L)(() => account.Template.exists(name), { what, patience }))
        return name;
    log.info(`Building the E2B template ${name}, once for this account.`);
    const template = account.Template().fromTemplate(templateId);
    await (0,retry/* withRetries */.L)(() => account.Template.build(template, name, {
        ...(memoryMb === undefined ? {} : { memoryMB: memoryMb }),
        ...(cpuCount === undefined ? {} : { cpuCount }),
    }), { what, patience });
    return name;
}
/** What is in a template changes under its name: this says which one it is now, as far as E2B tells. */
async function readBuild({ Template }, template) {
    const tags = await Template.getTags(template).catch(() => []);
    return tags.find(({ tag }) => tag === 'default')?.buildId ?? 'unknown';
}
/** Letters, digits and hyphens alone may be in the name of a template. */
function nameOf({ templateId, memoryMb, cpuCount }) {
    const base = templateId
        .toLowerCase()
        .replace(/[^a-z0-9]+/g, '-')
        .slice(0, 80);
    return ['courier', base, memoryMb && `${memoryMb}mb`, cpuCount && `${cpuCount}cpu`].filter(Boolean).join('-');
}

;// CONCATENATED MODULE: ./build/src/adapters/e2b/make-sandbox.js









/** A sandbox with the repository in it, prepared by what the same setup made before, else by the setup itself. */
async function makeSandbox(spec, place, tools) {
    const shelf = spec.setup && (await findShelf(spec.setup, place, tools));
    return (shelf && (await makeOfKept(spec, { place, shelf }, tools))) ?? makeAnew(spec, { place, shelf }, tools);
}
async function findShelf(setup, { repository, template }, { account }) {
    if (setup.fresh || repository === undefined)
        return undefined;
    const where = ['e2b', repository, template, await readBuild(account, template)];
    return { repository, keysOf: (contents) => (0,setup_key/* toSetupKeys */.pg)(setup, contents, where) };
}
/** @returns nothing where there is nothing, or nothing of use: then it is set up anew. */
async function makeOfKept(spec, { place, shelf }, tools) {
    const contents = await (0,setup_key/* readContents */.r0)(spec.files());
    try {
        const found = await findSetup(shelf.repository, shelf.keysOf(contents), tools);
        return found && (await restore(found, { spec, place, contents }, tools));
    }
    catch (error) {
        tools.log.warn(`What an earlier setup made cannot be used, the sandbox is set up anew: ${(0,errors/* messageOf */.bD)(error)}`);
        return undefined;
    }
}
/** Nothing is open in it at any time. */
async function restore(kept, { spec, place, contents }, tools) {
    const arriving = (0,setup_key/* digestFiles */.Eh)(spec.files());
    const machine = await place.start(kept.id, []);
    const opened = await make_sandbox_open(machine, { spec, ttlMs: place.ttlMs, files: arriving.files, shut: true }, tools);
    try {
        if (arriving.contents().tree === contents.tree) {
            if (await restoreSetup(opened))
                return opened;
            tools.log.warn('What an earlier setup made could not be unpacked: the sandbox is set up anew.');
            await dropSetup(kept, tools);
        }
    }
    catch (error) {
        await opened.sandbox.kill();
        throw error;
    }
    await opened.sandbox.kill();
    return undefined;
}
/** Runs the setup where there is one, and shuts the network whatever came of it; a sandbox that stays open is never handed over. */
async function makeAnew(spec, { place, shelf }, tools) {
    const { setup } = spec;
    const hosts = hostsOf(setup);
    const machine = await place.start(place.template, hosts);
    const arriving = (0,setup_key/* digestFiles */.Eh)(spec.files());
    const files = setup ? arriving.files : spec.files();
    const opened = await make_sandbox_open(machine, { spec, ttlMs: place.ttlMs, files, shut: hosts.length === 0 }, tools);
    if (!setup)
        return opened;
    const { sandbox, inside } = opened;
    try {
        const began = shelf ? await clockOf(inside) : '';
        const setupProblem = await (0,run_setup/* runSetup */.x)(sandbox, setup);
        if (hosts.length > 0) {
            await shutNetwork(tools.account, machine.sandboxId, tools.patience);
            await requireShut(inside);
        }
        if (setupProblem !== undefined)
            return { inside, sandbox: { ...sandbox, setupProblem } };
        if (shelf && setup.keep) {
            const contents = arriving.contents();
            const empty = () => place.start(place.template, []);
            const keeping = { repository: shelf.repository, empty, signal: setup.signal };
            await keepSetup(opened, { contents, began, keys: shelf.keysOf(contents) }, keeping, tools);
        }
        return opened;
    }
    catch (error) {
        await sandbox.kill();
        throw error;
    }
}
function make_sandbox_open(machine, { spec, ttlMs, files, shut }, tools) {
    const ready = async (inside) => (await Promise.all([prepare(files, inside), shut ? requireShut(inside) : undefined]))[0];
    return openSandbox(machine, { life: spec, ttlMs, ready }, tools);
}
/** Seconds, as the machine counts them. */
async function clockOf(inside) {
    const { stdout } = await inside.run('date +%s.%N', { timeoutMs: 30_000 });
    return stdout.trim();
}
/** E2B knows hosts without ports. */
function hostsOf(setup) {
    return (setup?.hosts ?? []).map((host) => host.replace(/:\d+$/, ''));
}

;// CONCATENATED MODULE: ./build/src/adapters/e2b/e2b-sandbox.js











const usualTtlMs = 300_000;
const anySize = { templateId: 'base', memoryMb: undefined, cpuCount: undefined };
/**
 * Sandboxes at E2B. They reach nothing: commands of a model come from here, and no key is inside.
 *
 * @throws UserError from `create` where the key, the template or the plan does not allow it.
 */
function createE2bSandboxProvider({ access, owner, log, patience = retry/* usualPatience */.U, ttlMs = usualTtlMs, setups, programs, }) {
    let opened;
    const open = async () => {
        opened ??= (0,e2b_account/* openAccount */.sj)(access);
        return { account: await opened, patience, log };
    };
    const marks = { courier: 'sandbox', repository: owner.repository.slice(0, 200) };
    const inTurn = createQueue();
    let swept;
    const begin = async ({ size = anySize }, tools) => {
        swept ??= sweepLeftBehind(marks, ttlMs, tools);
        await swept;
        return ensureTemplate(tools.account, size, tools);
    };
    const starter = ({ session }, { account }) => {
        const metadata = { ...marks, job: owner.job.slice(0, 200), session: session.slice(0, 200) };
        return (template, hosts) => inTurn(() => createMachine(account, { template, ttlMs, metadata, hosts, patience }));
    };
    // The last thing: neither a setup nor what ran before a pause calls the API.
    const reach = async ({ sandbox, inside }, { gateway, modelKey = 'outside' }, tools) => {
        if (!gateway)
            return sandbox;
        try {
            const opened = await openGatewayEgress(sandbox.ref.id, { ...gateway, modelKey }, tools);
            await requireShut(inside);
            return { ...sandbox, ...opened };
        }
        catch (error) {
            await sandbox.kill();
            throw error;
        }
    };
    const take = async ({ program }) => {
        if (program === undefined)
            return undefined;
        if (!programs)
            throw new errors/* UserError */.yo('Courier was started without a place for agent tools.');
        return { name: program, packed: await programs(program) };
    };
    const bring = async ({ sandbox, inside }, taken) => {
        if (!taken)
            return { sandbox, inside };
        try {
            await installProgram(taken.name, taken.packed, inside);
            return { inside, sandbox: { ...sandbox, program: taken.packed.program } };
        }
        catch (error) {
            await sandbox.kill();
            throw error;
        }
    };
    return {
        kind: 'e2b',
        async create(spec) {
            const tools = await open();
            const taken = await take(spec);
            const template = await inTurn(() => begin(spec, tools));
            const place = { template, ttlMs, repository: setups?.repository, start: starter(spec, tools) };
            return reach(await bring(await makeSandbox(spec, place, tools), taken), spec, tools);
        },
        async resume({ kind, id }, life) {
            const tools = await open();
            if (kind !== 'e2b')
                return undefined;
            const program = (await take(life))?.packed.program;
            const what = 'E2B could not resume a sandbox';
            const connect = () => tools.account.Sandbox.connect(id, { timeoutMs: ttlMs });
            const machine = await (0,retry/* withRetries */.L)(connect, { what, patience }).catch((error) => {
                if (isGone(error))
                    return undefined;
                throw error;
            });
            if (!machine)
                return undefined;
            const ready = async (inside) => {
                // An API may have been open to it before.
                await shutNetwork(tools.account, id, patience);
                await requireShut(inside);
                return prepare_halt(inside);
            };
            const { sandbox, inside } = await openSandbox(machine, { life, ttlMs, ready }, tools);
            return reach({ inside, sandbox: program ? { ...sandbox, program } : sandbox }, life, tools);
        },
    };
}
function isGone(error) {
    const cause = error instanceof Error ? error.cause : undefined;
    return cause instanceof Error && cause.name === 'SandboxNotFoundError';
}
/** One at a time: the smallest plan starts one sandbox in a second. */
function createQueue() {
    let before = Promise.resolve();
    return (work) => {
        const turn = before.then(work, work);
        before = turn.catch(() => undefined);
        return turn;
    };
}


/***/ }),

/***/ 24776:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ve: () => (/* binding */ enter),
/* harmony export */   Wl: () => (/* binding */ fetchOnce),
/* harmony export */   v6: () => (/* binding */ ended)
/* harmony export */ });
/* harmony import */ var node_buffer__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4573);
/* harmony import */ var _lib_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(89862);
/* harmony import */ var _account_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(45225);
/* harmony import */ var _retry_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(6136);
/* harmony import */ var _to_e2b_error_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(44364);





const ended = 'The sandbox has ended.';
const sendMs = 300_000;
function enter(machine, { account, patience, over }) {
    const refuseEnded = (cause) => {
        if (over.aborted)
            throw new _lib_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .ExternalError */ .yA(ended, { cause });
    };
    // Whoever is turned away at the door hears that the sandbox is gone, whatever the reason.
    const mayPass = async ({ kind, error }) => {
        if (kind === 'refused')
            return false;
        if ((await (0,_account_js__WEBPACK_IMPORTED_MODULE_2__/* .runsStill */ .xf)(account, machine.sandboxId)) !== false)
            return true;
        throw new _lib_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .ExternalError */ .yA('The E2B sandbox is gone.', { cause: error, hint: _to_e2b_error_js__WEBPACK_IMPORTED_MODULE_4__/* .goneHint */ .d });
    };
    return {
        async run(line, { timeoutMs }) {
            const attempt = async () => {
                refuseEnded();
                return runOnce(machine, line, AbortSignal.any([over, AbortSignal.timeout(timeoutMs)]));
            };
            try {
                return await (0,_retry_js__WEBPACK_IMPORTED_MODULE_3__/* .withRetries */ .L)(attempt, { what: 'E2B could not run a command', patience, signal: over, mayPass });
            }
            catch (error) {
                refuseEnded(error);
                throw error;
            }
        },
        async follow(line, { onLine, signal }) {
            const either = AbortSignal.any([over, signal]);
            const attempt = () => hearAll({ machine, line, onLine, signal: either });
            await (0,_retry_js__WEBPACK_IMPORTED_MODULE_3__/* .withRetries */ .L)(attempt, { what: 'E2B could not tell an output', patience, signal: either, mayPass });
        },
        async send(path, data) {
            const blob = new node_buffer__WEBPACK_IMPORTED_MODULE_0__.Blob([typeof data === 'string' ? data : Uint8Array.from(data)]);
            const options = { user: 'root', useOctetStream: true, requestTimeoutMs: sendMs, signal: over };
            const what = 'E2B did not take a file';
            await (0,_retry_js__WEBPACK_IMPORTED_MODULE_3__/* .withRetries */ .L)(() => machine.files.write(path, blob, options), { what, patience, signal: over });
        },
        fetch: (path, maxBytes) => (0,_retry_js__WEBPACK_IMPORTED_MODULE_3__/* .withRetries */ .L)(() => fetchOnce(machine, path, maxBytes), {
            what: 'E2B did not give a file',
            patience,
            signal: over,
        }),
    };
}
/** A cut after something was heard is no failure. */
async function hearAll({ machine, line, onLine, signal }) {
    for (let heard = true; heard;) {
        heard = false;
        let begun = '';
        const onStdout = (text) => {
            const lines = `${begun}${text}`.split('\n');
            begun = lines.pop() ?? '';
            if (signal.aborted || lines.length === 0)
                return;
            heard = true;
            lines.forEach(onLine);
        };
        try {
            await runOnce(machine, line(), signal, onStdout);
            return;
        }
        catch (error) {
            if (!heard || signal.aborted)
                throw error;
        }
    }
}
/** E2B's edge cuts a connection now and then while the command goes on. */
async function runOnce(machine, line, signal, onStdout) {
    try {
        // The home of the commands' user is theirs: nothing of it is read at the start of ours.
        const envs = { HOME: '/nonexistent', COURIER_SUPERVISOR: '1' };
        const options = { timeoutMs: 0, user: 'root', envs, signal, ...(onStdout ? { onStdout } : {}) };
        const handle = await machine.commands.run(line, { ...options, background: true });
        return await handle.wait();
    }
    catch (error) {
        const result = exitOf(error);
        if (result)
            return result;
        throw error;
    }
}
/** A command that ended with another code than 0: the SDK throws it. */
function exitOf(error) {
    if (!(error instanceof Error) || error.name !== 'CommandExitError')
        return undefined;
    if (!('exitCode' in error && 'stdout' in error && 'stderr' in error))
        return undefined;
    return { exitCode: Number(error.exitCode), stdout: String(error.stdout), stderr: String(error.stderr) };
}
async function fetchOnce(machine, path, maxBytes) {
    const stream = await machine.files.read(path, { format: 'stream', user: 'root' });
    const chunks = [];
    let size = 0;
    for await (const chunk of stream) {
        chunks.push(chunk);
        size += chunk.length;
        if (size > maxBytes)
            break;
    }
    return Buffer.concat(chunks);
}


/***/ }),

/***/ 6136:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   L: () => (/* binding */ withRetries),
/* harmony export */   U: () => (/* binding */ usualPatience)
/* harmony export */ });
/* harmony import */ var node_timers_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(58500);
/* harmony import */ var _to_e2b_error_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(44364);


const usualPatience = { attempts: 6, firstDelayMs: 500, longestDelayMs: 15_000 };
/** An attempt that lasted so long is not one of a row of failures. */
const longEnoughMs = 30_000;
const passing = ({ kind }) => kind === 'transport' || kind === 'busy';
/**
 * Does it again while E2B is busy or out of reach, later each time and never at the same moment as others. (The SDK itself waits as long as
 * a `Retry-After` says.) `work` must be safe to do twice.
 */
async function withRetries(work, { what, patience, signal, mayPass = passing }) {
    for (let attempt = 1;; attempt += 1) {
        const begin = performance.now();
        const tried = await attemptOnce(work, what);
        if ('result' in tried)
            return tried.result;
        if (performance.now() - begin > longEnoughMs)
            attempt = 1;
        const enough = signal?.aborted || attempt >= patience.attempts;
        if (enough || !(await mayPass(tried.failure)))
            throw tried.failure.error;
        await (0,node_timers_promises__WEBPACK_IMPORTED_MODULE_0__.setTimeout)(delayOf(attempt, patience));
    }
}
async function attemptOnce(work, what) {
    try {
        return { result: await work() };
    }
    catch (error) {
        return { failure: (0,_to_e2b_error_js__WEBPACK_IMPORTED_MODULE_1__/* .toE2bFailure */ .b)(error, what) };
    }
}
/** Doubles each time; half of it is chance. */
function delayOf(attempt, { firstDelayMs, longestDelayMs }) {
    const full = Math.min(firstDelayMs * 2 ** (attempt - 1), longestDelayMs);
    return full * (0.5 + Math.random() / 2);
}


/***/ }),

/***/ 44364:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   b: () => (/* binding */ toE2bFailure),
/* harmony export */   d: () => (/* binding */ goneHint)
/* harmony export */ });
/* harmony import */ var _lib_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(89862);
/* harmony import */ var _lib_text_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(95498);


const dashboard = 'https://e2b.dev/dashboard';
/** What can be said about a sandbox that E2B does not know any more. */
const goneHint = 'E2B ended the sandbox: at the longest lifetime of the plan (an hour on Hobby), or because of a failure of its own. Scan again.';
/** The first that holds. The SDK's errors are told apart by name and HTTP status, as their classes come from a module that is loaded late. */
const rules = [
    {
        kind: 'refused',
        user: true,
        hint: `Set e2b-api-key (E2B_API_KEY on the command line) to a key of ${dashboard}.`,
        when: ({ name, status }) => name === 'AuthenticationError' || status === 401,
    },
    {
        kind: 'busy',
        hint: `The plan allows so many sandboxes at a time: end others at ${dashboard}, or raise the limit.`,
        when: ({ name, said }) => name === 'RateLimitError' && /concurrent/i.test(said),
    },
    {
        kind: 'busy',
        hint: 'E2B asks for fewer requests: try again in a minute.',
        when: ({ name }) => name === 'RateLimitError',
    },
    {
        kind: 'busy',
        hint: 'E2B has no room for a sandbox right now: try again later.',
        when: ({ name }) => name === 'ServiceBusyError',
    },
    { kind: 'gone', hint: goneHint, when: ({ name }) => name === 'SandboxNotFoundError' },
    { kind: 'refused', hint: 'The disk of the sandbox is full.', when: ({ name }) => name === 'NotEnoughSpaceError' },
    {
        kind: 'refused',
        user: true,
        hint: 'Set sandbox.templateId (template-id) to a template of the account.',
        when: ({ status, said }) => [400, 403, 404].includes(status ?? 0) && /template.*(not found|access)/i.test(said),
    },
    {
        kind: 'refused',
        user: true,
        hint: `The account may not do this: see its plan and limits at ${dashboard}.`,
        when: ({ status }) => status === 403,
    },
    {
        kind: 'refused',
        hint: `See ${dashboard} for the plan of the account and what it allows.`,
        when: ({ status }) => status !== undefined && status < 500,
    },
    {
        kind: 'refused',
        hint: `See the template and its build at ${dashboard}.`,
        when: ({ name, status }) => name === 'BuildError' && status === undefined,
    },
];
const otherwise = {
    kind: 'transport',
    hint: 'E2B could not be reached, or did not answer: see https://status.e2b.dev.',
};
/** @param what could not be done: a sentence without its end. */
function toE2bFailure(cause, what) {
    const traits = traitsOf(cause);
    const { kind, hint, user } = rules.find(({ when }) => when(traits)) ?? otherwise;
    const message = `${what}: ${(0,_lib_text_js__WEBPACK_IMPORTED_MODULE_1__/* .truncate */ .xv)((0,_lib_text_js__WEBPACK_IMPORTED_MODULE_1__/* .oneLine */ .TN)(traits.said), 300)}`;
    return {
        kind,
        error: user ? new _lib_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .yo(`${message} ${hint}`, { cause }) : new _lib_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .ExternalError */ .yA(message, { cause, hint }),
    };
}
function traitsOf(cause) {
    const said = (0,_lib_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .messageOf */ .bD)(cause);
    if (!(cause instanceof Error))
        return { name: '', status: undefined, said };
    const status = 'statusCode' in cause && typeof cause.statusCode === 'number' ? cause.statusCode : undefined;
    // An error of a build carries its status in words only.
    const spelt = cause.name === 'BuildError' ? /^(\d{3}): /.exec(said)?.[1] : undefined;
    return { name: cause.name, status: status ?? (spelt ? Number(spelt) : undefined), said };
}


/***/ }),

/***/ 70942:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   R: () => (/* binding */ writeFileScript)
/* harmony export */ });
/**
 * Writes standard input to a file inside, and makes its folder where it is missing. Argument: the path. A shell and one program do it
 * where the folder is there.
 */
function writeFileScript(redirect) {
    return `parent=\${1%/*}; [ -d "\${parent:-/}" ] || mkdir -p -- "$parent" || exit; exec cat ${redirect} "$1"`;
}


/***/ }),

/***/ 66682:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Cg: () => (/* binding */ checkPath),
/* harmony export */   Dl: () => (/* binding */ defaultBytes),
/* harmony export */   Rd: () => (/* binding */ refuseArguments)
/* harmony export */ });
/* harmony import */ var node_buffer__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4573);
/* harmony import */ var _lib_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(89862);
/* harmony import */ var _lib_text_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(95498);



/** Bytes that a sandbox gives back where nobody says how many: of an output, of a file; and of an output that is told while it comes. */
const defaultBytes = { output: 1 << 20, file: 50 << 20, streamed: 8 << 20 };
/** Linux takes no single argument above this (MAX_ARG_STRLEN); of all together less than 2 MB, environment included. */
const longestArgument = 131_071;
const longestCommand = 1_500_000;
/** @throws ExternalError for a path that cannot mean one place inside. */
function checkPath(path) {
    if (!path.startsWith('/') || path.includes('\0') || node_buffer__WEBPACK_IMPORTED_MODULE_0__.Buffer.byteLength(path) > 4096) {
        throw new _lib_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .ExternalError */ .yA(`${JSON.stringify((0,_lib_text_js__WEBPACK_IMPORTED_MODULE_2__/* .truncate */ .xv)(path, 200))} is no absolute path.`);
    }
}
/** An argument that no process can be given is the command's mistake: a result like any other. */
function refuseArguments(args) {
    const sizes = args.map((arg) => node_buffer__WEBPACK_IMPORTED_MODULE_0__.Buffer.byteLength(arg));
    const tooLong = sizes.some((size) => size > longestArgument) || sizes.reduce((sum, size) => sum + size) > longestCommand;
    if (!tooLong && !args.some((arg) => arg.includes('\0')))
        return undefined;
    const stderr = tooLong
        ? `The command is too long (${longestArgument} bytes per argument): write the data to a file first.\n`
        : 'An argument holds a NUL character.\n';
    return { exitCode: 126, stdout: '', stderr, timedOut: false, truncated: false, durationMs: 0 };
}


/***/ }),

/***/ 50325:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Js: () => (/* binding */ packLayer),
/* harmony export */   M4: () => (/* binding */ listOwnFiles),
/* harmony export */   oq: () => (/* binding */ whyNotKept),
/* harmony export */   yY: () => (/* binding */ unpackLayer)
/* harmony export */ });
/** Folders that hold nothing but what was installed, wherever they are. */
const installed = 'node_modules|\\.venv|venv|\\.virtualenv|__pypackages__|site-packages|\\.pnpm-store|\\.yarn|\\.bundle|vendor/bundle|\\.tox|\\.gradle';
/**
 * Packs what a setup made in the home, 1 GiB at most. It prints \`dependencies\` where the repository got nothing but installed packages,
 * \`tree\` where it got more (what was built of its sources), \`changed\` where the repository's own files were changed. Nothing of the home
 * is run. Arguments: when the setup began (seconds), and a folder: it holds \`paths\`, the repository's own files as \`./repo/NAME\`, each
 * with a NUL behind it, and gets \`layer.tar\`.
 */
const packLayer = `
set -eu -o pipefail
export LC_ALL=C
ulimit -S -f 1048576
cd "$HOME"
to=$2
sort -z "$to/paths" >"$to/own"
find . -mindepth 1 ! -type d -print0 | sort -z >"$to/all"
find . -mindepth 1 ! -type d -newerct "@$1" -print0 | sort -z >"$to/fresh"
comm -z -13 "$to/all" "$to/own" >"$to/gone"
comm -z -12 "$to/fresh" "$to/own" >"$to/changed"
comm -z -23 "$to/fresh" "$to/own" >"$to/added"
if [ -s "$to/gone" ] || [ -s "$to/changed" ]; then echo changed; exit 0; fi
tar --null --no-recursion -T "$to/added" -cf "$to/layer.tar"
grep -z '^\\./repo/' "$to/added" >"$to/inside" || true
grep -zEv '/(${installed})/|/\\.pnp\\.[a-z]+$' "$to/inside" >"$to/built" || true
if [ -s "$to/built" ]; then echo tree; else echo dependencies; fi
`;
/** Argument: the folder of \`layer.tar\`. What the commit brings is never overwritten; beside it the home is as the setup left it. */
const unpackLayer = `
set -e
cd "$HOME"
tar -xp --anchored --exclude=./repo -f "$1/layer.tar"
exec tar -xp --skip-old-files -f "$1/layer.tar"
`;
/** The repository's own files, as \`packLayer\` wants to know them. */
function listOwnFiles(paths) {
    return paths.map((name) => `./repo/${name}\0`).join('');
}
/** Why nothing is kept of what `packLayer` said. */
function whyNotKept(said) {
    return said === 'changed' ? "it changed the repository's own files." : 'it could not be packed (1 GiB at most).';
}


/***/ }),

/***/ 63108:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   x: () => (/* binding */ runSetup)
/* harmony export */ });
/* harmony import */ var _lib_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(89862);
/* harmony import */ var _lib_text_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(95498);


/** Prepares a fresh sandbox by the configured command. @returns why it could not, in a sentence or two: the session goes on without. */
async function runSetup({ exec }, { command, timeoutMs, signal }) {
    const failed = (how) => `The setup of the sandbox ${how} The session goes on without what it prepares.`;
    try {
        const result = await exec(['bash', '-c', command], {
            timeoutMs,
            maxOutputBytes: 20_000,
            ...(signal ? { signal } : {}),
        });
        if (result.exitCode === 0)
            return undefined;
        if (result.timedOut)
            return failed(`took longer than ${Math.round(timeoutMs / 1000)} s and was ended.`);
        const said = lastLines(result.stderr.trim() || result.stdout.trim());
        return failed(`ended with ${result.exitCode}${said === '' ? '.' : `: ${said}.`}`);
    }
    catch (error) {
        return failed(`could not be run: ${(0,_lib_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .messageOf */ .bD)(error)}`);
    }
}
/** Whole lines, as many of the last ones as a sentence or two have room for. */
function lastLines(text) {
    const lines = text.split('\n').map((line) => (0,_lib_text_js__WEBPACK_IMPORTED_MODULE_1__/* .truncate */ .xv)((0,_lib_text_js__WEBPACK_IMPORTED_MODULE_1__/* .oneLine */ .TN)(line), 300));
    let kept = '';
    for (const line of lines.toReversed()) {
        if (kept.length + line.length > 500)
            break;
        kept = kept === '' ? line : `${line} ${kept}`;
    }
    return kept;
}


/***/ }),

/***/ 80374:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Eh: () => (/* binding */ digestFiles),
/* harmony export */   pg: () => (/* binding */ toSetupKeys),
/* harmony export */   r0: () => (/* binding */ readContents)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(77598);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(76760);


/** They pin what is installed. */
const locks = /^(?:package-lock\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml|bun\.lockb?|deno\.lock|poetry\.lock|uv\.lock|pdm\.lock|pipfile\.lock|(?:requirements|constraints)[\w.-]*\.txt|go\.sum|cargo\.lock|gemfile\.lock|composer\.lock|mix\.lock|pubspec\.lock|packages\.lock\.json|gradle\.lockfile|package\.resolved)$/i;
/** They say how, beside the locks. */
const manifests = /^(?:package\.json|pnpm-workspace\.yaml|\.npmrc|\.yarnrc(?:\.yml)?|\.pnpmfile\.cjs|pyproject\.toml|setup\.(?:py|cfg)|pipfile|requirements[\w.-]*\.in|go\.(?:mod|work)|cargo\.toml|gemfile|.*\.gemspec|composer\.json|mix\.exs|pubspec\.yaml|build\.gradle(?:\.kts)?|pom\.xml|makefile|\.nvmrc|\.node-version|\.python-version|\.ruby-version|\.tool-versions|rust-toolchain(?:\.toml)?|.*\.patch)$/i;
/** Passes files on, and knows afterwards what they were. */
function digestFiles(files) {
    const digests = new Map();
    async function* pass() {
        for await (const file of files) {
            digests.set(file.path, hash(file.mode, file.mode === 'link' ? file.target : file.data));
            yield file;
        }
    }
    return { files: pass(), contents: () => toContents([...digests].toSorted(([a], [b]) => (a < b ? -1 : 1))) };
}
/** What files are, to know it before they go anywhere. */
async function readContents(files) {
    const read = digestFiles(files);
    const all = read.files[Symbol.asyncIterator]();
    while (!(await all.next()).done)
        ;
    return read.contents();
}
function toContents(digests) {
    const named = (pattern) => digests.filter(([path]) => pattern.test(node_path__WEBPACK_IMPORTED_MODULE_1__.posix.basename(path)));
    const pinned = named(locks);
    return {
        paths: digests.map(([path]) => path),
        tree: hash(JSON.stringify(digests)),
        dependencies: pinned.length > 0 ? hash(JSON.stringify([pinned, named(manifests)])) : undefined,
    };
}
/** `place`: whose it is and where it runs: the repository, and what the machine or template offers. */
function toSetupKeys({ command, hosts }, { tree, dependencies }, place) {
    const keyOf = (what, digest) => hash(JSON.stringify(['setup layer, version 1', ...place, command, hosts.toSorted(), what, digest]));
    return { dependencies: dependencies && keyOf('dependencies', dependencies), tree: keyOf('tree', tree) };
}
function hash(...parts) {
    const sum = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256');
    for (const part of parts)
        sum.update(part).update('\0');
    return sum.digest('hex');
}


/***/ }),

/***/ 36070:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   _: () => (/* binding */ createOutputTeller)
/* harmony export */ });
/* harmony import */ var _guest_limits_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(66682);

function createOutputTeller(onOutput, mostBytes = _guest_limits_js__WEBPACK_IMPORTED_MODULE_0__/* .defaultBytes */ .Dl.streamed) {
    const ears = { stdout: createEar(), stderr: createEar() };
    let ended = false;
    const tell = (stream, text) => {
        if (text !== '')
            tellSafely(onOutput, { stream, text });
    };
    return {
        add(stream, bytes) {
            const ear = ears[stream];
            const part = bytes.subarray(0, mostBytes - ear.bytes);
            if (ended || part.length === 0)
                return;
            ear.bytes += part.length;
            tell(stream, ear.decoder.decode(part, { stream: true }));
        },
        heard: (stream) => ears[stream].bytes,
        end() {
            if (ended)
                return;
            ended = true;
            for (const stream of ['stdout', 'stderr']) {
                // At the bound, half a character is one that was cut here.
                if (ears[stream].bytes < mostBytes)
                    tell(stream, ears[stream].decoder.decode());
            }
        },
    };
}
const createEar = () => ({ bytes: 0, decoder: new TextDecoder('utf-8', { ignoreBOM: true }) });
/** A listener that fails, at once or later, must not end the command that it listens to. */
function tellSafely(onOutput, chunk) {
    try {
        const answer = onOutput(chunk);
        if (answer instanceof Promise)
            answer.catch(() => undefined);
    }
    catch {
        // Its own business.
    }
}


/***/ })

};
