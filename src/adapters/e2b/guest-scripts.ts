import { followScript } from './follow-script.ts';

/** Where Courier keeps its own things inside: root's alone, where the template has a root. */
export const place = '/var/lib/courier';

/** Turns words into a line that a shell reads as these words. */
export function quoteLine(words: readonly string[]): string {
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

const base64 = (text: string) => Buffer.from(text).toString('base64');

/** Tries to get out, for a second; it prints "open" where something answered, and "shut". */
export const probe = `
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
export const setUp = `
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

export const scripts = {
  run: `${place}/run.sh`,
  follow: `${place}/follow.sh`,
  stop: `${place}/stop.sh`,
  halt: `${place}/halt.sh`,
} as const;
