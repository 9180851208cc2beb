import { describeRunBy } from './run-by-program.ts';

// Claude Code takes part in test/flows/run-roles.test.ts; the run by each of the four is in test/soak.
await describeRunBy('codex');
