import { describeAtE2b } from './at-e2b.ts';

// The whole of it, with all four, is a part of the soak.
for (const tool of ['claude-code', 'codex'] as const) describeAtE2b(tool, { whole: false });
