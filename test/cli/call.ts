import type { CliCore } from '../../src/cli/core.ts';
import { runCli } from '../../src/cli/run-cli.ts';
import type { Terminal } from '../../src/cli/terminal.ts';
import { fakeCore } from './fake-core.ts';

/** Calls the command line in this process. */
export async function call(
  args: readonly string[],
  { core = fakeCore(), ...terminal }: Partial<Omit<Terminal, 'args'>> & { core?: CliCore } = {},
): Promise<{ code: number; stdout: string; stderr: string }> {
  const written = { stdout: '', stderr: '' };
  const code = await runCli({
    loadCore: async () => core,
    terminal: {
      args,
      env: {},
      cwd: process.cwd(),
      stdin: (async function* () {})(),
      stdout: { write: (text) => (written.stdout += text) },
      stderr: { write: (text) => (written.stderr += text) },
      signal: new AbortController().signal,
      ...terminal,
    },
  });
  return { code, ...written };
}
