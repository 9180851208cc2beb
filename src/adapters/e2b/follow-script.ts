/**
 * Says what a command writes, from these bytes on, until it has ended: lines of a stream's name and base64, so that whoever counts what it
 * got can go on from there after a cut. A later one takes the place of an earlier one, whose connection is lost, also where the earlier one starts after it.
 * Arguments: the command's id, bytes of its output and of its error output that are known, its number among those that follow the command.
 */
export const followScript = (place: string): string => `
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
