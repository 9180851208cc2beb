import type { SyntaxNode } from './runtime.ts';

/** The name of a declaration as its grammar holds it; nothing where it has none: then it is part of what encloses it. */
type NameOf = (node: SyntaxNode) => string | undefined;
type Declarations = ReadonlyMap<string, NameOf>;

const longestName = 80;

const byField =
  (field: string): NameOf =>
  (node) =>
    plainName(node.childForFieldName(field)?.text);

const byName = byField('name');
const named = (...types: string[]): [string, NameOf][] => types.map((type) => [type, byName]);
const withBody = (node: SyntaxNode) => (node.childForFieldName('body') ? byName(node) : undefined);

const functionTypes = new Set(['arrow_function', 'function_expression', 'generator_function', 'class']);
const isFunction = (node: SyntaxNode | null) => node !== null && functionTypes.has(node.type);

const script: [string, NameOf][] = [
  ...named('function_declaration', 'generator_function_declaration', 'function_expression', 'class_declaration'),
  ...named('class', 'method_definition', 'abstract_class_declaration', 'interface_declaration', 'enum_declaration'),
  ...named('type_alias_declaration', 'internal_module', 'module', 'function_signature', 'method_signature'),
  ...named('abstract_method_signature'),
  ['variable_declarator', (node) => (isVariableScope(node) ? byName(node) : undefined)],
  ['pair', (node) => (isFunction(node.childForFieldName('value')) ? byField('key')(node) : undefined)],
  ['public_field_definition', (node) => (isFunction(node.childForFieldName('value')) ? byName(node) : undefined)],
  ['field_definition', (node) => (isFunction(node.childForFieldName('value')) ? byField('property')(node) : undefined)],
  [
    'assignment_expression',
    (node) => (isFunction(node.childForFieldName('right')) ? byField('left')(node) : undefined),
  ],
];

/** A function by any other name, or a value of the whole module, such as a table or a component. */
function isVariableScope(node: SyntaxNode): boolean {
  if (isFunction(node.childForFieldName('value'))) return true;
  const around = node.parent?.parent?.type;
  return around === 'program' || around === 'export_statement';
}

const c: [string, NameOf][] = [
  ['function_definition', (node) => declared(node)],
  ['struct_specifier', withBody],
  ['union_specifier', withBody],
  ['enum_specifier', withBody],
  [
    'type_definition',
    (node) => (node.childForFieldName('type')?.childForFieldName('body') ? declared(node) : undefined),
  ],
  ...named('preproc_function_def'),
];

const declarators = 20;

/** C wraps a name into what is declared of it: `int (*const *handlers(void))[3]`. */
function declared(node: SyntaxNode): string | undefined {
  let current: SyntaxNode | null = node.childForFieldName('declarator');
  for (let step = 0; current && step < declarators; step++) {
    if (!current.type.endsWith('declarator')) return plainName(current.text);
    current = current.childForFieldName('declarator') ?? current.lastNamedChild;
  }
  return undefined;
}

const types: readonly string[] = ['class_declaration', 'interface_declaration', 'enum_declaration'];

const byGrammar: Readonly<Record<string, Declarations>> = {
  javascript: new Map(script),
  typescript: new Map(script),
  tsx: new Map(script),
  python: new Map(named('function_definition', 'class_definition')),
  go: new Map([...named('function_declaration', 'type_spec'), ['method_declaration', ofReceiver]]),
  java: new Map([
    ...named(...types, 'record_declaration', 'annotation_type_declaration', 'method_declaration'),
    ...named('constructor_declaration', 'compact_constructor_declaration'),
  ]),
  ruby: new Map(named('class', 'module', 'method', 'singleton_method')),
  rust: new Map([
    ...named('function_item', 'function_signature_item', 'struct_item', 'enum_item', 'union_item', 'trait_item'),
    ...named('mod_item', 'macro_definition', 'type_item', 'const_item', 'static_item'),
    ['impl_item', byField('type')],
  ]),
  c: new Map(c),
  cpp: new Map([...c, ['class_specifier', withBody], ...named('namespace_definition', 'concept_definition')]),
  c_sharp: new Map([
    ...named(...types, 'namespace_declaration', 'struct_declaration', 'record_declaration', 'method_declaration'),
    ...named('constructor_declaration', 'destructor_declaration', 'property_declaration', 'local_function_statement'),
    ...named('delegate_declaration', 'event_declaration'),
  ]),
  php: new Map([
    ...named(...types, 'trait_declaration', 'function_definition', 'method_declaration'),
    ['namespace_definition', withBody],
  ]),
};

const none: Declarations = new Map();

/** By node type, how a grammar's declarations are named. */
export function declarationsOf(grammar: string): Declarations {
  return byGrammar[grammar] ?? none;
}

/** Go: `func (o *Orders[T]) Total()` belongs to `Orders`. */
function ofReceiver(node: SyntaxNode): string | undefined {
  const receiver = node.childForFieldName('receiver')?.text.slice(0, 4 * longestName) ?? '';
  const owner = /([\p{L}_][\p{L}\p{N}_]*)\s*(?:\[[^\]]*\]\s*)?\)$/u.exec(receiver)?.[1];
  return [owner, byName(node)].filter((part) => part !== undefined).join('.') || undefined;
}

/** Without what a type is made for, and with one sign between the parts in every language: `Box<T>::open` is `Box.open`. */
function plainName(text: string | undefined): string | undefined {
  const plain = text
    ?.slice(0, 4 * longestName)
    .replace(/\s+|<[^<>]*>|^["'`]|["'`]$/g, '')
    .replace(/::|\\|->/g, '.');
  return plain ? plain.slice(0, longestName) : undefined;
}
