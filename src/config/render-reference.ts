import type { z } from 'zod';
import { toJsonSchema } from './to-json-schema.ts';

type JsonSchema = z.core.JSONSchema.BaseSchema;

/** Every key of `.github/courier.yml` as a Markdown table: key, default, meaning. */
export function renderConfigurationReference(): string {
  const root = toJsonSchema();
  const shared = new Set(fieldsBelow('', property(root, 'issueAgent')).map(({ key }) => key));
  const rows = fieldsBelow('', root)
    .filter(({ key }) => !key.startsWith('answeringAgent.') || !shared.has(key.replace(/^answeringAgent\./, '')))
    .map(({ key, row }) => `| \`${key}\` | ${row} |`);
  const answering = rows.findIndex((row) => row.startsWith('| `answeringAgent`'));
  rows.splice(answering + 1, 0, '| `answeringAgent.*` | that of `issueAgent` | The fields of `issueAgent`. |');
  return ['| key | default | meaning |', '|---|---|---|', ...rows].join('\n');
}

type Field = { key: string; row: string };

function fieldsBelow(prefix: string, schema: JsonSchema): Field[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, property]) => {
    if (typeof property !== 'object') return [];
    const key = `${prefix}${name}`;
    return [{ key, row: rowOf(property) }, ...fieldsInside(key, property)];
  });
}

function fieldsInside(key: string, schema: JsonSchema): Field[] {
  const item = Array.isArray(schema.items) ? undefined : schema.items;
  const entry = schema.additionalProperties;
  return [
    ...fieldsBelow(`${key}.`, schema),
    ...(typeof entry === 'object' ? fieldsOf(`${key}.<name>`, entry) : []),
    ...(typeof item === 'object' ? fieldsOf(`${key}[]`, item) : []),
  ];
}

function fieldsOf(key: string, schema: JsonSchema): Field[] {
  const shapes = [schema, ...(schema.anyOf ?? [])];
  const fields = shapes.flatMap((shape) => (typeof shape === 'object' ? fieldsInside(key, shape) : []));
  return [...new Map(fields.map((field) => [field.key, field])).values()];
}

function property(schema: JsonSchema, name: string): JsonSchema {
  const found = schema.properties?.[name];
  return typeof found === 'object' ? found : {};
}

function rowOf(schema: JsonSchema): string {
  const choices = (schema.enum ?? []).filter((value) => value !== null).map((value) => `\`${value}\``);
  const meaning = [schema.description, choices.length > 1 ? `One of ${choices.join(', ')}.` : undefined];
  return `${defaultOf(schema)} | ${meaning
    .filter((it) => it !== undefined)
    .join(' ')
    .replaceAll('|', '\\|')}`;
}

function defaultOf({ default: value }: JsonSchema): string {
  if (value === undefined || value === null) return '';
  if (typeof value !== 'object') return `\`${String(value)}\``;
  if (Array.isArray(value)) return value.length > 0 ? `\`${JSON.stringify(value)}\`` : 'none';
  return '';
}
