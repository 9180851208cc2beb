/** An object from outside: its own values that are not null, by plain name (lower case, without `_`, `-` and spaces). */
export type Fields = ReadonlyMap<string, unknown>;

const maxKeys = 1000;
const plainNames = new Map<string, string>();

/** The fields of an object; `undefined` for everything else. Nothing that the object inherits counts. */
export function fieldsOf(value: unknown): Fields | undefined {
  if (!isObject(value)) return undefined;
  const fields = new Map<string, unknown>();
  let keys = 0;
  for (const key in value) {
    if (++keys > maxKeys) break;
    if (!Object.hasOwn(value, key)) continue;
    const own = value[key];
    const name = plainName(key);
    if (own !== undefined && own !== null && !fields.has(name)) fields.set(name, own);
  }
  return fields;
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value of the first of these names that is there; names are given plain. */
export function findField(fields: Fields, names: readonly string[]): unknown {
  for (const name of names) {
    const value = fields.get(name);
    if (value !== undefined) return value;
  }
  return undefined;
}

/** As `findField`, but only text that is not blank counts; trimmed. */
export function findText(fields: Fields, names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = fields.get(name);
    if (typeof value === 'string' && value.trim() !== '') return value.trim();
  }
  return undefined;
}

/** Names that agents use for the title of an issue. The later ones may also mean other things. */
const titleNames =
  'title name headline heading subject summary issuetitle findingtitle shortdescription issue problem finding'.split(
    ' ',
  );

/** Names whose presence makes an object with a title an issue, rather than a package, a step or a heading. */
const issueNames = (
  'severity priority evidence reproduce reproduction location file filename filepath path line goal cwe nextsteps ' +
  'recommendation recommendations remediation suggestedprompt suggestedfix expected impact'
).split(' ');

export function titleOf(fields: Fields): string | undefined {
  return findText(fields, titleNames);
}

/** Whether an object that stands alone, in no list, is an issue: a title and something else that only issues have. */
export function isIssue(fields: Fields): boolean {
  if (isSchema(fields) || titleOf(fields) === undefined) return false;
  if (findField(fields, issueNames) !== undefined) return true;
  return hasTitle(fields) && findText(fields, ['description', 'details', 'body']) !== undefined;
}

/** Whether an element shows that its list is one of issues. */
export function isListedIssue(value: unknown): boolean {
  const fields = fieldsOf(value);
  return fields !== undefined && !isSchema(fields) && (hasTitle(fields) || isIssue(fields));
}

/** A title by that very name. */
export function hasTitle(fields: Fields): boolean {
  return findText(fields, ['title']) !== undefined;
}

const schemaTypes = new Set(['array', 'string', 'number', 'integer', 'boolean']);

/** A JSON Schema that was echoed has titles and descriptions, too. */
export function isSchema(fields: Fields): boolean {
  if (fields.has('$schema') || fields.has('$ref')) return true;
  const type = fields.get('type');
  if (typeof type !== 'string') return false;
  return schemaTypes.has(type) || (type === 'object' && fields.has('properties'));
}

function plainName(key: string): string {
  const known = plainNames.get(key);
  if (known !== undefined) return known;
  const name = key
    .slice(0, 60)
    .toLowerCase()
    .replace(/[_\s-]/g, '');
  if (plainNames.size < 2000 && key.length <= 60) plainNames.set(key, name);
  return name;
}
