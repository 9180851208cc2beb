import { describeTool } from './conformance.ts';

await describeTool('opencode', 'in the suite');
