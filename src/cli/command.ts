import type { z } from 'zod';
import type { CliCore } from './core.ts';
import type { ExitCode, Terminal } from './terminal.ts';

/** Switches by name, for every command that has them. */
export const flags = {
  json: 'Prints JSON for programs on standard output; everything else goes to standard error.',
  quiet: 'Says nothing on the way: no progress, no remarks.',
  verbose: 'Tells every turn of an agent: what it says and thinks, its tools, what they gave, what it cost.',
  'no-color': 'No colours and no cursor moves (also with NO_COLOR).',
  force: 'Overwrites files that exist.',
  yes: 'Does it, instead of only saying what it would do.',
  skip: 'Gives no answer: the agent goes on with its assumption.',
  undo: 'The other way round.',
  all: 'Also those that are archived.',
  write: 'Writes the files instead of printing.',
  help: 'Shows this help.',
} as const satisfies Record<string, string>;
export type Flag = keyof typeof flags;

/** What a person wrote behind the command. `options` have camelCase keys; repeated lists are joined by line breaks. */
export type Given = {
  operands: readonly string[];
  options: Readonly<Record<string, string>>;
  flags: ReadonlySet<Flag>;
};

export type CommandContext = {
  terminal: Terminal;
  /** Loads what scans and reads ledgers; commands that need none start without it. */
  loadCore: () => Promise<CliCore>;
};

/** Several words; joined by spaces where they are one text. */
type Operand = { name: string; required: boolean; meaning: string };

/** One command, as data: arguments are read and help is rendered from it. */
export type Command = {
  name: string;
  summary: string;
  /** `[path]` may be left out, `ID` may not. */
  operand:
    | { name: string; required: boolean; meaning: string /** What else is written behind it. */; rest?: Operand }
    | undefined;
  /** Options with a value: settings by camelCase key (config/setting.ts). */
  options: z.ZodObject;
  flags: readonly Flag[];
  /** Works, but is not listed. */
  hidden?: true;
  run(given: Given, context: CommandContext): Promise<ExitCode>;
};
