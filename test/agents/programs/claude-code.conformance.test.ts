import { describeTool } from './conformance.ts';

await describeTool('claude-code', 'in the suite');
