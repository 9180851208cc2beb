import { readFileSync } from 'node:fs';
import { Ajv, type ValidateFunction } from 'ajv';
import { z } from 'zod';

const Schema = z.record(z.string(), z.unknown());
const Contract = z.object({
  origin: z.string(),
  operations: z.array(
    z.object({
      id: z.string(),
      method: z.string(),
      path: z.string(),
      query: z.array(z.object({ name: z.string(), required: z.boolean(), schema: Schema })),
      body: Schema.optional(),
      bodyRequired: z.boolean().optional(),
    }),
  ),
});

const contract = Contract.parse(
  JSON.parse(readFileSync(new URL('../../fixtures/openapi/github-operations.json', import.meta.url), 'utf8')),
);
const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true });
const ajvForQueries = new Ajv({ strict: false, validateFormats: false, coerceTypes: true });

export type Operation = {
  id: string;
  method: string;
  pattern: RegExp;
  names: readonly string[];
  query: ReadonlyMap<string, () => ValidateFunction>;
  body: (() => ValidateFunction) | undefined;
  bodyRequired: boolean;
  properties: ReadonlySet<string>;
};

/** Most tests use a few of the operations: each is compiled when it is first asked about. */
function lazily<Made>(make: () => Made): () => Made {
  let made: Made | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

function propertiesOf(schema: Record<string, unknown> | undefined): string[] {
  if (!schema) return [];
  const { properties, anyOf } = z
    .object({ properties: Schema.default({}), anyOf: z.array(Schema).default([]) })
    .parse(schema);
  return [...Object.keys(properties), ...anyOf.flatMap(propertiesOf)];
}

const operations: Operation[] = contract.operations.map(({ id, method, path, query, body, bodyRequired }) => {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
  // Only a path and a ref hold slashes.
  const pattern = path.replace(/\{(\w+)\}/g, (_, name) => (name === 'path' || name === 'ref' ? '(.+)' : '([^/]+)'));
  return {
    id,
    method,
    pattern: new RegExp(`^${pattern}$`),
    names,
    query: new Map(query.map(({ name, schema }) => [name, lazily(() => ajvForQueries.compile(schema))])),
    body: body && lazily(() => ajv.compile(body)),
    bodyRequired: bodyRequired ?? false,
    properties: new Set(propertiesOf(body)),
  };
});

/** The operation that a request means, with the values of its path. Templates without slashes win over those with. */
export function findOperation(method: string, path: string) {
  for (const operation of operations) {
    const match = operation.method === method ? operation.pattern.exec(path) : null;
    if (!match) continue;
    const values = match.slice(1).map((value) => decodeURIComponent(value));
    return { operation, params: Object.fromEntries(operation.names.map((name, index) => [name, values[index] ?? ''])) };
  }
  return undefined;
}

function bodyProblems(operation: Operation, body: unknown): string[] {
  if (body === undefined) return operation.bodyRequired ? ['a body is required'] : [];
  if (!operation.body) return ['no body is expected'];
  const given = typeof body === 'object' && body !== null && !Array.isArray(body) ? Object.keys(body) : [];
  const unknown = given.filter((key) => !operation.properties.has(key)).map((key) => `unknown property ${key}`);
  const validate = operation.body();
  if (validate(body)) return unknown;
  return [...unknown, ...(validate.errors ?? []).map((error) => `body${error.instancePath} ${error.message}`)];
}

/** What GitHub's OpenAPI description has against a request, a sentence each. */
export function requestProblems(operation: Operation, query: URLSearchParams, body: unknown): string[] {
  const problems = bodyProblems(operation, body);
  for (const [name, value] of query) {
    const validate = operation.query.get(name)?.();
    if (!validate) problems.push(`unknown query parameter ${name}`);
    else if (!validate(value)) problems.push(`query parameter ${name}: ${validate.errors?.[0]?.message}`);
  }
  return problems.map((problem) => `${operation.id}: ${problem}`);
}
