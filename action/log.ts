import type * as Core from '@actions/core';
import type { Log } from '../src/lib/log.ts';

/**
 * The log of a step. What Courier prints may hold text of the repository or of an agent, so no line of it may be read as a workflow
 * command: GitHub looks for `::command::` and `##[command]` at the start of a line, also after a carriage return or white space.
 */
export function createStepLog(core: Pick<typeof Core, 'debug' | 'info' | 'warning' | 'error'>): Log {
  return {
    debug: (message) => core.debug(message),
    info: (message) => core.info(defuse(message)),
    warn: (message) => core.warning(message),
    error: (message) => core.error(message),
  };
}

/** The text with every workflow command in it made inert; readers see a space more. */
export function defuse(text: string): string {
  return text
    .split(/\r\n|\r|\n/)
    .map((line) => line.replace(/^(\s*)::/, '$1: :').replace(/^(\s*)##\[/, '$1# #['))
    .join('\n');
}
