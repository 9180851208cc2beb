/** Folders that hold nothing but what was installed, wherever they are. */
const installed =
  'node_modules|\\.venv|venv|\\.virtualenv|__pypackages__|site-packages|\\.pnpm-store|\\.yarn|\\.bundle|vendor/bundle|\\.tox|\\.gradle';

/**
 * Packs what a setup made in the home, 1 GiB at most. It prints \`dependencies\` where the repository got nothing but installed packages,
 * \`tree\` where it got more (what was built of its sources), \`changed\` where the repository's own files were changed. Nothing of the home
 * is run. Arguments: when the setup began (seconds), and a folder: it holds \`paths\`, the repository's own files as \`./repo/NAME\`, each
 * with a NUL behind it, and gets \`layer.tar\`.
 */
export const packLayer = `
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
export const unpackLayer = `
set -e
cd "$HOME"
tar -xp --anchored --exclude=./repo -f "$1/layer.tar"
exec tar -xp --skip-old-files -f "$1/layer.tar"
`;

/** The repository's own files, as \`packLayer\` wants to know them. */
export function listOwnFiles(paths: readonly string[]): string {
  return paths.map((name) => `./repo/${name}\0`).join('');
}

/** Why nothing is kept of what `packLayer` said. */
export function whyNotKept(said: string | undefined): string {
  return said === 'changed' ? "it changed the repository's own files." : 'it could not be packed (1 GiB at most).';
}
