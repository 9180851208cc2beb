import { z } from 'zod';
import { emptyMemory, type Memory, understandMemory } from '../memory/memory.ts';
import { parseJson } from './json.ts';
import { refuseNewer } from './read-findings.ts';

const File = z.object({
  version: z.literal(1),
  assumptions: z.array(z.unknown()),
  answers: z.array(z.unknown()),
  contradictions: z.array(z.unknown()).optional(),
});

/** What can be read of it, and how much cannot. @throws UserError for that of a newer Courier. */
export function understandMemoryFile(text: string): { memory: Memory; damaged: number } {
  const json = parseJson(text);
  if ('damaged' in json) return { memory: emptyMemory, damaged: 1 };
  refuseNewer(json.value);
  const file = File.safeParse(json.value);
  return file.success ? understandMemory(file.data) : { memory: emptyMemory, damaged: 1 };
}
