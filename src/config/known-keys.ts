import type { z } from 'zod';
import { toJsonSchema } from './to-json-schema.ts';

type JsonSchema = z.core.JSONSchema.BaseSchema;

/** The keys that the configuration knows at a place in it; none where people choose the keys. */
export function knownKeys(path: readonly PropertyKey[]): readonly string[] {
  let schemas: JsonSchema[] = [toJsonSchema()];
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
