import { z } from 'zod';

/** What the agent could not tell from the repository. */
export const Question = z.object({
  id: z.string(),
  /** In a session: the scan that asked, and the id under which its agent knows it. */
  scan: z.string().optional(),
  ref: z.string().optional(),
  question: z.string(),
  header: z.string().optional(),
  options: z.array(z.object({ label: z.string(), description: z.string().optional() })).default([]),
  multiSelect: z.boolean().default(false),
  allowOther: z.boolean().default(true),
  default: z.string().optional(),
  blocking: z.boolean().default(false),
  findings: z.array(z.string()).default([]),
  /** Asked by Courier, because these two (names in the memory) cannot both hold. */
  contradiction: z.tuple([z.string(), z.string()]).optional(),
  /** Not put to people: another of the session asks the same, somebody settled it before, or more is asked than anybody answers. */
  aside: z
    .discriminatedUnion('why', [
      z.object({ why: z.literal('same'), as: z.string() }),
      /** `by`: its name in the memory; `told`: who said it, when and where. */
      z.object({ why: z.literal('settled'), by: z.string(), told: z.string() }),
      z.object({ why: z.literal('beyond') }),
    ])
    .optional(),
});
export type Question = z.infer<typeof Question>;

/** How the agent went on without an answer. */
export const Assumption = z.object({
  id: z.string(),
  scan: z.string().optional(),
  ref: z.string().optional(),
  text: z.string(),
  basis: z.string().optional(),
  confidence: z.number().min(0).max(1).optional(),
  questionId: z.string().optional(),
  findings: z.array(z.string()).default([]),
  /** What is settled otherwise, by its names in the memory. */
  contradicts: z.array(z.string()).optional(),
});
export type Assumption = z.infer<typeof Assumption>;
