import { describeKinds } from './kinds.ts';

// The other kinds are in test/flows/run-by-program.test.ts, and all kinds of all programs in test/soak.
await describeKinds('claude-code', ['answer']);
await describeKinds('codex', ['ask', 'plan']);
