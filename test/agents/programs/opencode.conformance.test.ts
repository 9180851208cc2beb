import { describeProgram } from './conformance.ts';

await describeProgram('opencode');
