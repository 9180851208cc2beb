import { describeKinds } from './kinds.ts';

// A sample in which each kind and each program is; the whole table is in test/soak.
await describeKinds('claude-code', ['implement', 'judge']);
await describeKinds('codex', ['ask', 'evaluate']);
await describeKinds('gemini', ['plan']);
await describeKinds('opencode', ['answer']);
