import { pathToFileURL } from 'node:url';
import { messageOf } from '../src/lib/errors.ts';
import { startApp } from './start.ts';

// Started by `npm run app`; `courier app` calls `startApp` itself.
export { startApp };

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  try {
    await startApp(process.env);
  } catch (error) {
    process.stderr.write(`${messageOf(error)}\n`);
    process.exitCode = 2;
  }
}
