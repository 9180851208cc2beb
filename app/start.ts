import { existsSync } from 'node:fs';
import { loadEnvFile } from 'node:process';
import { run } from 'probot';
import { UserError } from '../src/lib/errors.ts';
import { readEnvironment } from './environment.ts';
import { createAppServer } from './server.ts';
import { createWork } from './work.ts';

/** How long what runs may go on after a signal: container platforms kill after ten seconds (Docker) or thirty (Kubernetes). */
const drainMs = 8000;
const leaveMs = 500;

/**
 * Serves until SIGTERM or SIGINT. Without credentials it serves the page that registers the app instead.
 * @throws UserError for an environment that cannot be.
 */
export async function startApp(env: Readonly<Record<string, string | undefined>>): Promise<void> {
  // What is set already counts more than the file.
  if (existsSync('.env')) loadEnvFile('.env');
  const environment = readEnvironment({ ...process.env, ...env });
  if (!environment) return setUp();
  const server = await createAppServer({ environment, work: createWork });
  await server.start();
  await new Promise<void>((resolve, reject) => {
    const stop = () => void server.stop(drainMs).then(resolve, reject);
    process.once('SIGTERM', stop);
    process.once('SIGINT', stop);
  });
  // What was left undone holds nobody up. Without it the process has ended by then.
  setTimeout(() => process.exit(), leaveMs).unref();
}

/** Probot's own pages: they register the app at GitHub from app.yml and write its credentials to `.env`. */
async function setUp(): Promise<void> {
  if (!existsSync('app.yml'))
    throw new UserError(
      'There are no credentials of an app (APP_ID, PRIVATE_KEY, WEBHOOK_SECRET). Set them, or start this in the folder of Courier, whose app.yml says what a new app needs: docs/app.md.',
    );
  // What is written from here on holds the private key.
  process.umask(0o077);
  await run(() => {});
}
