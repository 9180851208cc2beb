import { Configuration } from './schema.ts';
import { understandYaml } from './understand-yaml.ts';

/** What holds where there is no file. */
export const defaultConfiguration: Configuration = Configuration.parse({});

/**
 * Understands the text of `.github/courier.yml`. An empty file means the defaults.
 *
 * @param file how the file is called in messages.
 * @throws UserError that lists every problem, a line each: `file:line: field: expected …, got …`.
 */
export function parseConfig(text: string, file: string): Configuration {
  return understandYaml(Configuration, text, file);
}
