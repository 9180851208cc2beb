import { z } from 'zod';
import { type Learnings, noLearnings, understandLearnings } from '../memory/learning.ts';
import { parseJson } from './json.ts';
import { refuseNewer } from './read-findings.ts';

const File = z.object({
  version: z.literal(1),
  learnings: z.array(z.unknown()),
  rules: z.array(z.unknown()),
});

/** What can be read of it, and how much cannot. @throws UserError for that of a newer Courier. */
export function understandLearningsFile(text: string): { learnings: Learnings; damaged: number } {
  const json = parseJson(text);
  if ('damaged' in json) return { learnings: noLearnings, damaged: 1 };
  refuseNewer(json.value);
  const file = File.safeParse(json.value);
  return file.success ? understandLearnings(file.data) : { learnings: noLearnings, damaged: 1 };
}
