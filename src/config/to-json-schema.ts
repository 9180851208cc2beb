import { z } from 'zod';
import { Configuration } from './schema.ts';

type JsonSchema = z.core.JSONSchema.BaseSchema;

/** The JSON Schema (draft 7, which editors understand) of `.github/courier.yml`. */
export function toJsonSchema(): JsonSchema {
  const schema = z.toJSONSchema(Configuration, {
    io: 'input',
    target: 'draft-7',
    override: ({ jsonSchema }) => allowNothing(jsonSchema),
  });
  return { $schema: 'http://json-schema.org/draft-07/schema#', title: 'Courier: .github/courier.yml', ...schema };
}

/** A key without a value means "not set" (parse-yaml.ts), which editors should not underline. */
function allowNothing(schema: JsonSchema): void {
  for (const [key, property] of Object.entries(schema.properties ?? {})) {
    if (typeof property === 'boolean' || schema.required?.includes(key)) continue;
    if (property.enum) property.enum = [...property.enum, null];
    if (typeof property.type === 'string') Object.assign(property, { type: [property.type, 'null'] });
    else if (property.anyOf) property.anyOf = [...property.anyOf, { type: 'null' }];
  }
}
