import type { CommandResult } from '../check.ts';
import type { CheckFindings, ReadText } from '../group-results.ts';
import type { PresetName } from './names.ts';

/** What a preset may know of the repository. */
export type PresetContext = {
  /** Repository-relative, sorted: the files to look at. */
  files: readonly string[];
  /** All files of the repository, where only some of them are looked at. */
  allFiles: readonly string[];
  repositoryRoot: string;
  /** Absolute folder of the rules and configurations that the tools need on disk. */
  assets: string;
  readText: ReadText;
  maxFindings: number;
};

export type Undetermined = { undetermined: string; cause: 'unavailable' | 'failed' };

/** One keyless check: a pure description. The commands are run by `runChecks`. */
export type Preset = {
  name: PresetName;
  /** What the toolbox is asked for. */
  tool: string;
  timeoutMs: number;
  /** `true`, or one sentence that says why there is nothing for it to look at. */
  applies(context: PresetContext): true | string;
  /** Argument lists for the tool, run one after the other in the repository's root. */
  commands(context: PresetContext): Promise<readonly (readonly string[])[] | Undetermined>;
  /** `results` are of commands that ran to their end, in order, with their whole output. */
  understand(results: readonly CommandResult[], context: PresetContext): Promise<CheckFindings | Undetermined>;
};

// Linux allows 128 KiB for one argument and about 2 MiB for all; macOS 1 MiB with the environment.
const maxBatchBytes = 400_000;

/** Paths in as few lists as a command line can take. A path never starts with a dash, so that it cannot be taken for an option. */
export function toBatches(paths: readonly string[]): string[][] {
  const batches: string[][] = [];
  let size = Number.POSITIVE_INFINITY;
  for (const path of paths) {
    const argument = `./${path}`;
    size += argument.length * 3 + 9;
    if (size > maxBatchBytes) {
      batches.push([]);
      size = argument.length * 3 + 9;
    }
    batches.at(-1)?.push(argument);
  }
  return batches;
}

/** `./src/a.js` and absolute paths below the root as `src/a.js`. */
export function withoutDot(path: string): string {
  return path.replace(/^(?:\.\/)+/, '');
}
