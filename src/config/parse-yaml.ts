import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, visit } from 'yaml';
import { messageOf, UserError } from '../lib/errors.ts';
import { oneLine } from '../lib/text.ts';

/** A parsed document. Keys without a value are `undefined`, so that they mean "not set". */
export type YamlValue = {
  value: unknown;
  /** The line (from 1) of a field, or of the nearest thing around it that is written down. */
  lineOf(path: readonly PropertyKey[]): number;
};

const limits = { characters: 256_000, aliases: 100 };

/**
 * Reads one YAML 1.2 document that a person wrote: duplicate keys and tags are errors, size and aliases are bounded.
 * @throws UserError with one line per problem: file, line, what is wrong.
 */
export function parseYaml(text: string, file: string): YamlValue {
  if (text.length > limits.characters) throw new UserError(`${file}: longer than ${limits.characters} characters`);
  const counter = new LineCounter();
  const lineAt = (offset: number) => Math.max(1, counter.linePos(offset).line);
  try {
    const document = parseDocument(text, { lineCounter: counter, uniqueKeys: true, prettyErrors: false });
    const problems = document.errors.map((error) => ({ offset: error.pos[0], text: oneLine(error.message) }));
    problems.push(...problemsOfNodes(document.contents));
    if (problems.length > 0) {
      const lines = problems
        .sort((a, b) => a.offset - b.offset)
        .map((it) => `${file}:${lineAt(it.offset)}: ${it.text}`);
      throw new UserError([...new Set(lines)].slice(0, 20).join('\n'));
    }
    const value = withoutNulls(document.toJS({ maxAliasCount: limits.aliases }));
    return { value, lineOf: (path) => lineAt(offsetOf(document.contents, path)) };
  } catch (error) {
    if (error instanceof UserError) throw error;
    const reason = error instanceof RangeError ? 'nested too deeply' : oneLine(messageOf(error));
    throw new UserError(`${file}: not readable as YAML: ${reason}`, { cause: error });
  }
}

type Problem = { offset: number; text: string };

/** Tags could make any value of a text, and complex keys cannot be fields. */
function problemsOfNodes(contents: Node | null): Problem[] {
  const found: Problem[] = [];
  visit(contents, {
    Node(_, node) {
      const offset = node.range?.[0] ?? 0;
      if (!isAlias(node) && node.tag !== undefined)
        found.push({ offset, text: `tags such as ${node.tag} are not allowed` });
    },
    Pair(_, pair) {
      if (isScalar(pair.key)) return;
      const offset = isMap(pair.key) || isSeq(pair.key) || isAlias(pair.key) ? (pair.key.range?.[0] ?? 0) : 0;
      found.push({ offset, text: 'a key has to be a plain word' });
    },
  });
  return found;
}

function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, inner === null ? undefined : withoutNulls(inner)]),
  );
}

function offsetOf(contents: unknown, path: readonly PropertyKey[]): number {
  let node = contents;
  let offset = 0;
  for (const step of path) {
    const next = stepInto(node, step);
    if (!next) return offset;
    offset = next.offset;
    node = next.value;
  }
  return offset;
}

function stepInto(node: unknown, step: PropertyKey): { offset: number; value: unknown } | undefined {
  if (isMap(node)) {
    const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(step));
    return pair && isScalar(pair.key) ? { offset: pair.key.range?.[0] ?? 0, value: pair.value } : undefined;
  }
  if (!isSeq(node)) return undefined;
  const item = node.items[Number(step)];
  return isScalar(item) || isMap(item) || isSeq(item) || isAlias(item)
    ? { offset: item.range?.[0] ?? 0, value: item }
    : undefined;
}
