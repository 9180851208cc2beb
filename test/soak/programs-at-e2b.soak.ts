import { describeAtE2b } from '../agents/programs/at-e2b.ts';
import { programNames } from '../agents/programs/real-programs.ts';

for (const tool of programNames) describeAtE2b(tool);
