import { readFile, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import { renderConfigurationReference } from '../config/render-reference.ts';
import { toJsonSchema } from '../config/to-json-schema.ts';
import type { Command } from './command.ts';
import { exitCodes } from './terminal.ts';

const schemaFile = new URL('../../schema/courier.schema.json', import.meta.url);
const referenceFile = new URL('../../docs/configuration.md', import.meta.url);

/** For those who change the schema: what is generated from it. */
export const schemaCommand: Command = {
  name: 'schema',
  summary:
    'Prints the JSON Schema of .github/courier.yml; --write renews schema/ and docs/configuration.md of this checkout.',
  operand: undefined,
  options: z.object({}),
  flags: ['write'],
  hidden: true,
  async run({ flags }, { terminal }) {
    const text = `${JSON.stringify(toJsonSchema(), null, 2)}\n`;
    if (!flags.has('write')) {
      terminal.stdout.write(text);
      return exitCodes.done;
    }
    await writeFile(schemaFile, text);
    const page = await readFile(referenceFile, 'utf8');
    const between = /(<!-- begin: keys .*? -->\n)[\s\S]*(\n<!-- end: keys -->)/;
    await writeFile(
      referenceFile,
      page.replace(between, (_, begin, end) => `${begin}\n${renderConfigurationReference()}\n${end}`),
    );
    return exitCodes.done;
  },
};
