import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { Ajv, type ValidateFunction } from 'ajv';
import ts from 'typescript';

// The declarations of the SDK hold E2B's OpenAPI document as types: requests and answers are checked against those.
const file = path.join(path.dirname(createRequire(import.meta.url).resolve('e2b/package.json')), 'dist/index.d.mts');
const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest);

function interfaceNamed(name: string): ts.InterfaceDeclaration {
  const found = source.statements.find(
    (node): node is ts.InterfaceDeclaration => ts.isInterfaceDeclaration(node) && node.name.text === name,
  );
  if (!found) throw new Error(`the SDK declares no interface ${name}`);
  return found;
}

type Members = { readonly members: ts.NodeArray<ts.TypeElement> };

function member(of: Members, name: string): ts.TypeNode | undefined {
  const found = of.members.find(
    (node): node is ts.PropertySignature =>
      ts.isPropertySignature(node) &&
      (ts.isStringLiteral(node.name) || ts.isIdentifier(node.name) || ts.isNumericLiteral(node.name)) &&
      node.name.text === name,
  );
  return found?.type;
}

const components = interfaceNamed('components');

/** Follows `components["schemas"]["Sandbox"]` to what it stands for. */
function resolve(node: ts.TypeNode | undefined): ts.TypeNode | undefined {
  if (!node || !ts.isIndexedAccessTypeNode(node)) return node;
  const key = literalOf(node.indexType);
  const parent = node.objectType;
  if (ts.isTypeReferenceNode(parent)) return member(components, key);
  const within = resolve(parent);
  return within && ts.isTypeLiteralNode(within) ? resolve(member(within, key)) : undefined;
}

function literalOf(node: ts.TypeNode): string {
  if (ts.isLiteralTypeNode(node) && (ts.isStringLiteral(node.literal) || ts.isNumericLiteral(node.literal)))
    return node.literal.text;
  throw new Error(`no literal: ${node.getText(source)}`);
}

function down(node: ts.TypeNode | undefined, ...names: readonly string[]): ts.TypeNode | undefined {
  return names.reduce<ts.TypeNode | undefined>((at, name) => {
    const resolved = resolve(at);
    return resolved && ts.isTypeLiteralNode(resolved) ? member(resolved, name) : undefined;
  }, node);
}

type Schema = Record<string, unknown>;

function toSchema(node: ts.TypeNode): Schema {
  if (ts.isIndexedAccessTypeNode(node)) {
    const resolved = resolve(node);
    if (!resolved) throw new Error(`nothing stands behind ${node.getText(source)}`);
    return toSchema(resolved);
  }
  if (ts.isParenthesizedTypeNode(node)) return toSchema(node.type);
  if (ts.isArrayTypeNode(node)) return { type: 'array', items: toSchema(node.elementType) };
  if (ts.isUnionTypeNode(node)) return { anyOf: node.types.map(toSchema) };
  if (ts.isIntersectionTypeNode(node))
    return { allOf: node.types.map((type) => ({ ...toSchema(type), additionalProperties: true })) };
  if (ts.isTypeLiteralNode(node)) return objectSchema(node);
  if (ts.isLiteralTypeNode(node))
    return node.literal.kind === ts.SyntaxKind.NullKeyword ? { type: 'null' } : { const: literalOf(node) };
  return keywords.get(node.kind) ?? {};
}

const keywords = new Map<ts.SyntaxKind, Schema>([
  [ts.SyntaxKind.StringKeyword, { type: 'string' }],
  [ts.SyntaxKind.NumberKeyword, { type: 'number' }],
  [ts.SyntaxKind.BooleanKeyword, { type: 'boolean' }],
]);

function objectSchema(node: ts.TypeLiteralNode): Schema {
  const properties: Record<string, Schema> = {};
  const required: string[] = [];
  let additionalProperties: Schema | boolean = false;
  for (const each of node.members) {
    if (ts.isIndexSignatureDeclaration(each)) additionalProperties = toSchema(each.type);
    if (!ts.isPropertySignature(each) || !each.type || !(ts.isIdentifier(each.name) || ts.isStringLiteral(each.name)))
      continue;
    properties[each.name.text] = toSchema(each.type);
    if (!each.questionToken) required.push(each.name.text);
  }
  return { type: 'object', properties, required, additionalProperties };
}

const ajv = new Ajv({ strict: false, allErrors: true });
const compiled = new Map<string, ValidateFunction | undefined>();
const paths = interfaceNamed('paths');

function check(key: string, node: () => ts.TypeNode | undefined, value: unknown): string | undefined {
  if (!compiled.has(key)) {
    const type = node();
    compiled.set(key, type && ajv.compile(toSchema(type)));
  }
  const validate = compiled.get(key);
  if (!validate) return value === undefined ? undefined : `${key}: the SDK knows no such body`;
  return validate(value) ? undefined : `${key}: ${ajv.errorsText(validate.errors)}`;
}

/** What is wrong with a request to the control plane, by the SDK's own types. `route` is spelt as there: `/sandboxes/{sandboxID}`. */
export function checkRequest(method: string, route: string, body: unknown): string | undefined {
  const operation = () =>
    down(member(paths, route), method.toLowerCase(), 'requestBody', 'content', 'application/json');
  return check(`${method} ${route}`, operation, body);
}

/** What E2B's server answers by its own sources, and its published description forgets: rules that an account may not have. */
const undescribed: ReadonlySet<string> = new Set(['PUT /sandboxes/{sandboxID}/network 400']);

export function checkAnswer(
  method: string,
  route: string,
  answer: { status: number; body: unknown },
): string | undefined {
  const responses = down(member(paths, route), method.toLowerCase(), 'responses');
  const response = down(responses, String(answer.status));
  if (!response && undescribed.has(`${method} ${route} ${answer.status}`)) return undefined;
  if (!response) return `${method} ${route} answers with ${answer.status}, which the SDK does not know`;
  const key = `${method} ${route} ${answer.status}`;
  return check(key, () => down(response, 'content', 'application/json'), answer.body);
}
