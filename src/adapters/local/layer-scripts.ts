/** Where a sandbox sees what it is given, and what it may hand over. */
export const layerInside = '/run/layer';

/**
 * Prints what of the machine a setup builds upon, read before anything of the repository runs: the system, and the programs that install.
 */
export const describeMachine = `
uname -m
cat /etc/os-release
for tool in node npm yarn pnpm python3 pip ruby go cargo java php gcc; do
  place=$(command -v "$tool") && stat -L -c '%n %s %Y' "$place"
done
exit 0
`;

/** Folders that hold nothing but what was installed, wherever they are. */
const installed =
  'node_modules|\\.venv|venv|\\.virtualenv|__pypackages__|site-packages|\\.pnpm-store|\\.yarn|\\.bundle|vendor/bundle|\\.tox|\\.gradle';

/**
 * Packs what a setup added to the home, for nothing to be overwritten by it later. It prints \`dependencies\` where the repository got nothing
 * but installed packages, \`tree\` where it got more (what was built of its sources), \`changed\` where the repository's own files were changed.
 * Argument: when the setup began. Nothing of the home is run.
 */
export const pack = `
set -eu -o pipefail
export LC_ALL=C
cd "$HOME"
to=${layerInside}
sort -z "$to/paths" >"$to/own"
find . -mindepth 1 ! -type d -print0 | sort -z >"$to/all"
find ./repo ! -type d -newerct "@$1" -print0 | sort -z >"$to/fresh"
comm -z -13 "$to/all" "$to/own" >"$to/gone"
comm -z -12 "$to/fresh" "$to/own" >"$to/changed"
comm -z -23 "$to/all" "$to/own" >"$to/added"
if [ -s "$to/gone" ] || [ -s "$to/changed" ]; then echo changed; exit 0; fi
tar --null --no-recursion -T "$to/added" -cf "$to/layer.tar"
grep -z '^\\./repo/' "$to/added" >"$to/inside" || true
grep -zEv '/(${installed})/|/\\.pnp\\.[a-z]+$' "$to/inside" >"$to/built" || true
if [ -s "$to/built" ]; then echo tree; else echo dependencies; fi
`;

/** What the commit brings is never overwritten. */
export const unpack = `
cd "$HOME" && exec tar -xp --skip-old-files -f ${layerInside}/layer.tar
`;
