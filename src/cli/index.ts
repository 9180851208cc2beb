#!/usr/bin/env node
import { keepCompiled } from './keep-compiled.ts';

keepCompiled(process.env);
const { startCli } = await import('./start-cli.ts');
await startCli(async () => {
  const { createLocalCore } = await import('./local-core.ts');
  return createLocalCore(process.env);
});
