import { describeProgram } from './conformance.ts';

await describeProgram('gemini');
