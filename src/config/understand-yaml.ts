import type { z } from 'zod';
import { UserError } from '../lib/errors.ts';
import { describeIssue } from './describe-issue.ts';
import { knownKeysOf } from './known-keys.ts';
import { parseYaml } from './parse-yaml.ts';

/**
 * Understands a YAML text that people wrote. An empty one is an empty mapping.
 *
 * @param file how the file is called in messages.
 * @throws UserError that lists every problem, a line each: `file:line: field: expected …, got …`.
 */
export function understandYaml<Output>(schema: z.ZodType<Output>, text: string, file: string): Output {
  const { value, lineOf } = parseYaml(text, file);
  const result = schema.safeParse(value ?? {});
  if (result.success) return result.data;
  const known = knownKeysOf(schema);
  const problems = result.error.issues.flatMap((issue) => describeIssue(issue, value, known));
  const lines = problems
    .map(({ path, text }) => ({
      line: lineOf(path),
      text: path.length > 0 ? `${fieldOf(path)}: ${text}` : text,
    }))
    .sort((a, b) => a.line - b.line)
    .map(({ line, text }) => `${file}:${line}: ${text}`);
  throw new UserError([...new Set(lines)].join('\n'));
}

/** `issues.labels[1]` */
function fieldOf(path: readonly PropertyKey[]): string {
  return path
    .map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`))
    .join('')
    .replace(/^\./, '');
}
