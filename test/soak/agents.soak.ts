import { describeTool } from '../agents/programs/conformance.ts';
import { programNames } from '../agents/programs/real-programs.ts';

for (const tool of ['anthropic', ...programNames] as const) await describeTool(tool, 'whole');
