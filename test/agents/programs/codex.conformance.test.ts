import { describeTool } from './conformance.ts';

await describeTool('codex', 'in the suite');
