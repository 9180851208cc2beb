import { UserError } from '../lib/errors.ts';
import { describeIssue } from './describe-issue.ts';
import { parseYaml } from './parse-yaml.ts';
import { Configuration } from './schema.ts';

/** What holds where there is no file. */
export const defaultConfiguration: Configuration = Configuration.parse({});

/**
 * Understands the text of `.github/courier.yml`. An empty file means the defaults.
 *
 * @param file how the file is called in messages.
 * @throws UserError that lists every problem, a line each: `file:line: field: expected …, got …`.
 */
export function parseConfig(text: string, file: string): Configuration {
  const { value, lineOf } = parseYaml(text, file);
  const result = Configuration.safeParse(value ?? {});
  if (result.success) return result.data;
  const problems = result.error.issues.flatMap((issue) => describeIssue(issue, value));
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
