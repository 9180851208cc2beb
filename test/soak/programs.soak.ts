import { describeCarried } from '../agents/programs/carried.ts';
import { describeKinds, everyKind } from '../agents/programs/kinds.ts';
import { programNames } from '../agents/programs/real-programs.ts';
import { describeRunBy } from '../flows/run-by-program.ts';

for (const tool of programNames) {
  await describeKinds(tool, everyKind);
  await describeRunBy(tool);
  if (tool !== 'gemini') await describeCarried(tool);
}
