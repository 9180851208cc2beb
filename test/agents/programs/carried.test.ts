import { describeCarried } from './carried.ts';

// OpenCode, which takes its time, is in test/soak. Gemini CLI takes no conversation along.
for (const tool of ['claude-code', 'codex'] as const) await describeCarried(tool);
