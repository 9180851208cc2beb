import { z } from 'zod';
import { toJsonSchema } from './to-json-schema.ts';

type JsonSchema = z.core.JSONSchema.BaseSchema;

/** The keys that are known at a place in a file; none where people choose the keys. */
export type KnownKeys = (path: readonly PropertyKey[]) => readonly string[];

/** Those of the configuration. */
export const knownKeys: KnownKeys = (path) => keysAt(toJsonSchema(), path);

/** Those of a file of this kind. */
export function knownKeysOf(schema: z.ZodType): KnownKeys {
  return (path) => keysAt(z.toJSONSchema(schema, { io: 'input', target: 'draft-7' }), path);
}

function keysAt(root: JsonSchema, path: readonly PropertyKey[]): readonly string[] {
  let schemas: JsonSchema[] = [root];
  for (const step of path) schemas = schemas.flatMap(alternatives).flatMap((schema) => stepInto(schema, step));
  return [...new Set(schemas.flatMap(alternatives).flatMap((schema) => Object.keys(schema.properties ?? {})))];
}

function alternatives(schema: JsonSchema): JsonSchema[] {
  return [schema, ...(schema.anyOf ?? []), ...(schema.oneOf ?? [])].filter((it) => typeof it === 'object');
}

function stepInto(schema: JsonSchema, step: PropertyKey): JsonSchema[] {
  const inner =
    typeof step === 'number' ? schema.items : (schema.properties?.[String(step)] ?? schema.additionalProperties);
  return [inner ?? []].flat().filter((it) => typeof it === 'object');
}
