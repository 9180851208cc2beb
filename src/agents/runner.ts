/** A file for the sandbox; `path` is absolute. */
export type EquipmentFile = { path: string; executable: boolean; data: Uint8Array };

export const runner = 'courier-run';

/** Each command is a file of its own, as it is written; the runner finds it by its name. */
export function toCommands(
  commands: Readonly<Record<string, string>>,
  { place, workspace }: { place: string; workspace: string },
): EquipmentFile[] {
  const entries = Object.entries(commands);
  if (entries.length === 0) return [];
  const encode = (text: string) => new TextEncoder().encode(text);
  return [
    { path: `${place}/bin/${runner}`, executable: true, data: encode(runnerScript(place, workspace)) },
    ...entries.map(([name, line]) => ({
      path: `${place}/commands/${name}`,
      executable: false,
      data: encode(`${line}\n`),
    })),
  ];
}

function runnerScript(place: string, workspace: string): string {
  return `#!/bin/bash
# Runs a command of the configuration, in the repository: courier-run NAME
place='${place.replaceAll("'", "'\\''")}/commands'
name=$1
case "$name" in ''|*[!A-Za-z0-9._-]*) name=. ;; esac
if [ ! -f "$place/$name" ]; then
  echo "${runner}: there is no command of this name; there are: $(ls "$place" | tr '\\n' ' ')" >&2
  exit 127
fi
shift
cd '${workspace.replaceAll("'", "'\\''")}' && exec /bin/bash "$place/$name" "$@"
`;
}
