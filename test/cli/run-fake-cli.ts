// Entry of a child process: the command line with the fake core behind it.
import { startCli } from '../../src/cli/start-cli.ts';
import { fakeCore } from './fake-core.ts';

await startCli(async () => fakeCore());
