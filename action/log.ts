import type * as Core from '@actions/core';
import type { Log } from '../src/lib/log.ts';
import type { Gate } from '../src/publishing/gate.ts';

type Output = Pick<typeof Core, 'debug' | 'info' | 'warning' | 'error'>;

/**
 * The log of a step. What Courier prints may hold text of the repository or of an agent, so no line of it may be read as a workflow
 * command. The commands that `core` makes for warnings and errors escape line ends themselves. The runner masks the secrets that it knows
 * as they are; the gate does so in every encoding.
 */
export function createStepLog(core: Output, gate: Pick<Gate, 'plain' | 'logLine'>): Log {
  return {
    debug: (message) => core.debug(gate.plain(message)),
    info: (message) => core.info(gate.logLine(message)),
    warn: (message) => core.warning(gate.plain(message)),
    error: (message) => core.error(gate.plain(message)),
  };
}
