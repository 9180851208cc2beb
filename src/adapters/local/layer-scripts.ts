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
