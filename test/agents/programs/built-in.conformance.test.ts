import { describeTool } from './conformance.ts';

await describeTool('anthropic', 'in the suite');
