#!/usr/bin/env node
import { startCli } from './start-cli.ts';

await startCli(async () => {
  const { createLocalCore } = await import('./local-core.ts');
  return createLocalCore(process.env);
});
