import type { SandboxFile } from '../sandboxes/sandbox.ts';
import type { PatchChange } from './patch.ts';

/** Files of a commit as a sandbox gets them. `data` of a link is its target. */
export type PlainTree = ReadonlyMap<string, { mode: SandboxFile['mode']; data: Uint8Array }>;

/** The files with the changes. */
export function applyPatch(tree: PlainTree, changes: readonly PatchChange[]): PlainTree {
  const files = new Map(tree);
  for (const change of changes) {
    if (change.change === 'deleted') files.delete(change.path);
    else files.set(change.path, { mode: change.mode, data: change.data });
  }
  return files;
}

/** What makes one tree of the other. */
export function changesBetween(before: PlainTree, after: PlainTree): PatchChange[] {
  const changes: PatchChange[] = [];
  for (const [path, { mode, data }] of after) {
    const old = before.get(path);
    if (!old) changes.push({ path, change: 'added', mode, data });
    else if (old.mode !== mode || Buffer.compare(old.data, data) !== 0)
      changes.push({ path, change: 'changed', mode, data, before: { mode: old.mode, data: old.data } });
  }
  for (const [path, { mode }] of before)
    if (!after.has(path)) changes.push({ path, change: 'deleted', before: { mode } });
  return changes.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** As a sandbox takes them; each call begins anew. */
export function toStream(tree: PlainTree): () => AsyncIterable<SandboxFile> {
  return async function* () {
    for (const [path, { mode, data }] of tree)
      yield mode === 'link' ? { path, mode, target: new TextDecoder().decode(data) } : { path, mode, data };
  };
}

const tests =
  /(?:^|\/)(?:tests?|__tests__|specs?|testdata|fixtures)\/|[._-](?:test|spec)\.[^/]+$|_test\.[^/]+$|(?:^|\/)test_[^/]+$|Tests?\.[A-Za-z]+$/;

/** Those of the changes that only tests are made of, by the names that tests have in most languages. */
export function testsIn(changes: readonly PatchChange[]): PatchChange[] {
  return changes.filter(({ path }) => tests.test(path));
}

/**
 * What agents did in a sandbox that a setup had prepared. A file that is as the setup left it is nobody's work: of that the patch keeps what it was
 * `given`. All of them are compared with the same commit.
 */
export function withoutSetup(
  found: readonly PatchChange[],
  { made, given }: { made: readonly PatchChange[]; given: readonly PatchChange[] },
): PatchChange[] {
  const [now, then, before] = [byPath(found), byPath(made), byPath(given)];
  return [...new Set([...now.keys(), ...then.keys(), ...before.keys()])].flatMap((path) => {
    const [fresh, left] = [now.get(path), then.get(path)];
    const isLeft = fresh && left ? isSameChange(fresh, left) : fresh === left;
    return (isLeft ? before.get(path) : fresh) ?? [];
  });
}

function byPath(changes: readonly PatchChange[]): ReadonlyMap<string, PatchChange> {
  return new Map(changes.map((change) => [change.path, change]));
}

/** Whether two changes leave the same file. */
function isSameChange(one: PatchChange, other: PatchChange): boolean {
  if (one.path !== other.path || one.change !== other.change) return false;
  if (one.change === 'deleted' || other.change === 'deleted') return true;
  return (
    one.mode === other.mode &&
    one.data.length === other.data.length &&
    one.data.every((byte, at) => byte === other.data[at])
  );
}
