import type { CliCore } from './core.ts';
import { runCli } from './run-cli.ts';

/** Runs the command line in this process. The first Ctrl-C asks a scan to end and keep what it has; the second one kills. */
export async function startCli(loadCore: () => Promise<CliCore>): Promise<void> {
  const controller = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => controller.abort());
  process.once('SIGINT', () => {
    // Behind `^C`, over what is left of a progress bar.
    if (process.stderr.isTTY) process.stderr.write('\nStopping; what was found is kept. Ctrl-C again ends at once.\n');
  });
  for (const stream of [process.stdout, process.stderr]) {
    // A reader that has seen enough (`| head`) is no error.
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
      process.exit();
    });
  }
  process.exitCode = await runCli({
    terminal: {
      args: process.argv.slice(2),
      env: process.env,
      cwd: process.cwd(),
      stdin: process.stdin,
      stdout: process.stdout,
      stderr: process.stderr,
      signal: controller.signal,
    },
    loadCore,
  });
}
