import { describeTool } from './conformance.ts';

await describeTool('gemini', 'in the suite');
