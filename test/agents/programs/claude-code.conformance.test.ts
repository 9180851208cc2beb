import { describeProgram } from './conformance.ts';

await describeProgram('claude-code');
