import { describeRunBy } from './run-by-program.ts';

// The other two, which take their time, are in test/soak.
for (const tool of ['claude-code', 'codex'] as const) await describeRunBy(tool);
