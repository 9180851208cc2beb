/**
 * Writes standard input to a file inside, and makes its folder where it is missing. Argument: the path. A shell and one program do it
 * where the folder is there.
 */
export function writeFileScript(redirect: '>' | '>>'): string {
  return `parent=\${1%/*}; [ -d "\${parent:-/}" ] || mkdir -p -- "$parent" || exit; exec cat ${redirect} "$1"`;
}
