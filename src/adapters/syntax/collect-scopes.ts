import { joinScopes, type ScopeAt } from '../../findings/scopes.ts';
import { declarationsOf } from './declarations.ts';
import type { Tree, TreeCursor } from './runtime.ts';

/** Rows count from 0, both included. */
type Scope = { name: string; parent: Scope | undefined; depth: number };
type Rows = { first: number; last: number };

// What stands before a declaration, as a sibling of it, and is part of it.
const leading = new Set(['decorator', 'attribute_item', 'template_parameter_list']);
const deepest = 32;

/** What the nodes of one level have in common; `decorated` is the first row of what stands before the next declaration. */
type Level = { scope: Scope | undefined; decorated: number | undefined };
type Walk = { cursor: TreeCursor; declarations: ReturnType<typeof declarationsOf>; rows: RowScopes };

/** For each line the innermost declaration around it. @returns `undefined` where it took too long. */
export function collectScopes(
  tree: Tree,
  { grammar, isLate }: { grammar: string; isLate: () => boolean },
): ScopeAt | undefined {
  const cursor = tree.walk();
  const rows = createRowScopes();
  try {
    if (!walk({ cursor, declarations: declarationsOf(grammar), rows }, isLate)) return undefined;
  } finally {
    cursor.delete();
  }
  return (line) => {
    const names: string[] = [];
    for (let scope = rows.at(line - 1); scope; scope = scope.parent) names.unshift(scope.name);
    return joinScopes(names);
  };
}

/** Visits every node, parents first. Trees may be a hundred thousand levels deep: no recursion. */
function walk(given: Walk, isLate: () => boolean): boolean {
  const { cursor } = given;
  const outer: Level[] = [];
  let level: Level = { scope: undefined, decorated: undefined };
  for (let steps = 1; steps % 1024 !== 0 || !isLate(); steps++) {
    const scope = visit(given, level);
    if (cursor.gotoFirstChild()) {
      outer.push(level);
      level = { scope, decorated: undefined };
      continue;
    }
    while (!cursor.gotoNextSibling()) {
      const above = outer.pop();
      if (!above || !cursor.gotoParent()) return true;
      level = above;
    }
  }
  return false;
}

/** @returns the scope of what is inside of the node. */
function visit({ cursor, declarations, rows }: Walk, level: Level): Scope | undefined {
  const type = cursor.nodeType;
  if (leading.has(type)) {
    level.decorated ??= cursor.startPosition.row;
    return level.scope;
  }
  const first = level.decorated;
  if (cursor.nodeIsNamed && !type.endsWith('comment')) level.decorated = undefined;
  const name = declarations.get(type)?.(cursor.currentNode);
  const depth = (level.scope?.depth ?? 0) + 1;
  if (!name || depth > deepest) return level.scope;
  const scope = { name, parent: level.scope, depth };
  rows.add(scope, { first: first ?? cursor.startPosition.row, last: cursor.endPosition.row });
  return scope;
}

type RowScopes = { add(scope: Scope, rows: Rows): void; at(row: number): Scope | undefined };

/** Given parents first: the innermost scope of each row; what the rows of several siblings share belongs to their parent. */
function createRowScopes(): RowScopes {
  const innermost: (Scope | undefined)[] = [];
  // The depth from which on a row belongs to several.
  const shared: (number | undefined)[] = [];
  return {
    add(scope, { first, last }) {
      for (let row = first; row <= last; row++) {
        if ((shared[row] ?? Number.POSITIVE_INFINITY) <= scope.depth) continue;
        if (innermost[row] === scope.parent) innermost[row] = scope;
        else {
          innermost[row] = scope.parent;
          shared[row] = scope.depth;
        }
      }
    },
    at: (row) => innermost[row],
  };
}
