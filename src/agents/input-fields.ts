import { z } from 'zod';
import { toRepositoryPath } from '../lib/safe-path.ts';

// Fields that several tools take; their descriptions are read by the model.

export const Line = z.int().min(1).max(10_000_000).describe('Line number, counted from 1.');

export const Path = z
  .string()
  .min(1)
  .max(1000)
  .refine((path) => toRepositoryPath(path) !== undefined, {
    error: 'must be relative to the root of the repository and stay inside: src/app.ts',
  })
  .describe('Relative to the root of the repository, with forward slashes.');

export const Evidence = z
  .strictObject({
    path: Path,
    startLine: Line.optional(),
    endLine: Line.optional(),
    quote: z
      .string()
      .min(1)
      .max(8000)
      .describe('The lines as they stand in the file, copied, not retyped: no ellipsis, no line numbers.'),
  })
  .describe('Code that proves the finding. It is compared with the file.');
