import { expect } from 'vitest';
import { canaries, canaryText, elsewhere, hostileRepository, onlyRead } from '../hostile-repository.ts';
import type { Bed, BedOptions, Tools } from '../program-bed.ts';
import { done, finish, read, shell } from '../spoken-models.ts';
import { isProgram, type Scenario, type Stage } from './scenario.ts';

/** Listens inside, where somebody who is redirected would arrive. The workspace outlasts the command: what is written to it is seen afterwards. */
const beside = `rm -f /tmp/listener.log
node -e 'require("node:http").createServer((q, a) => {
  require("node:fs").mkdirSync("${canaries}", { recursive: true });
  require("node:fs").appendFileSync("${canaries}/redirected", q.method + " " + q.url + "\\n");
  a.end("{}");
}).on("connect", (q, s) => { require("node:fs").appendFileSync("${canaries}/redirected", "CONNECT\\n"); s.destroy(); })
  .listen(${new URL(elsewhere).port}, "127.0.0.1", () => console.error("listening"))' 2>/tmp/listener.log &
listener=$!
until grep -q listening /tmp/listener.log; do sleep 0.05; done
"$@" <&0
code=$?
kill $listener 2>/dev/null
exit $code`;

const everything = 'env; cat /proc/*/environ /proc/*/cmdline 2>/dev/null | tr "\\0" "\\n"';
export const look = `ls -a; cat sub/a.txt; getent hosts example.com; ${everything}`;

export const inHostileRepository: BedOptions = { contents: hostileRepository, beside };

const shownIn = ({ events }: Bed): string =>
  events.flatMap((event) => (event.type === 'tool-result' ? [event.output] : [])).join('\n');

/** Nothing of it ran, and nobody was called elsewhere. */
export async function expectNothingObeyed(bed: Bed): Promise<void> {
  const left = await bed.sandbox.exec(['ls', canaries], { timeoutMs: 60_000 });
  expect(left.stdout).toBe('');
  expect(bed.model.refused()).toEqual([]);
}

/** The model read none of it, and whoever looked for a key or a way out saw none. */
export function expectNothingSeen(tool: Tools, bed: Bed): void {
  for (const body of bed.model.bodies()) expect(body).not.toContain(canaryText);
  const shown = shownIn(bed);
  expect(shown).not.toMatch(/(sk|key)-of-the-(repository|helper)/);
  // Neither the key nor a way to anybody but its model.
  expect(shown.includes('courier-')).toBe(isProgram(tool));
  expect(shown).not.toContain('sk-real');
  expect(JSON.stringify(bed.journal)).not.toContain('sk-real');
  expect(shown).not.toMatch(/example\.com *$/m);
}

async function scan({ open }: Stage, options: BedOptions): Promise<Bed> {
  const bed = await open([shell(look), read('sub/read.txt'), finish, done], { ...inHostileRepository, ...options });
  const result = await bed.run();
  expect(result).toMatchObject({ ending: 'finished', finalText: 'Looked at all of it.' });
  // Where it reads with a tool of its own it looks for instructions beside the file; not each program tells what it read.
  expect(bed.model.bodies().at(-1)).toContain(onlyRead);
  await expectNothingObeyed(bed);
  return bed;
}

/** A repository whose own files speak to agent tools: hooks, plugins, servers, another URL of the API, instructions, each with a canary. */
export const hostile: readonly Scenario[] = [
  {
    name: 'under a repository that means to configure it nothing runs, no call goes elsewhere, and the model reads none of it',
    // The long session has it.
    suite: [],
    async play(stage) {
      expectNothingSeen(stage.tool, await scan(stage, {}));
    },
  },
  {
    name: 'nor where such files are there all the same, as an agent may write them',
    suite: ['claude-code', 'codex'],
    // OpenCode obeys such files whatever its switches say.
    of: (tool) => tool !== 'opencode',
    async play(stage) {
      await scan(stage, { asTheyAre: true });
    },
  },
];
