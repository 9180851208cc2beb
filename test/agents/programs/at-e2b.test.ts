import { describeAtE2b } from './at-e2b.ts';

// Gemini CLI is in test/acceptance/action-agent-tools-e2b.test.ts; the whole of it, with all four, is a part of the soak.
describeAtE2b('claude-code', { whole: false });
