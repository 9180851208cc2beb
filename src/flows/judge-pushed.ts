import type { Gate } from '../publishing/gate.ts';
import { stripInvisible } from '../publishing/invisible.ts';
import { judgePatch, type PatchRefusal, patchLimits, tooLarge, tooMany } from '../runs/judge-patch.ts';
import type { PatchChange } from '../runs/patch.ts';
import type { Branches, TreeEntry } from './pull-request-ports.ts';

type Reading = Pick<Branches, 'tree' | 'content'>;
type Tree = ReadonlyMap<string, TreeEntry>;

/**
 * All that policy has against what a commit changes, looked at anew from GitHub: whoever pushed it may have been deceived, and what is opened as a
 * pull request starts the repository's workflows.
 */
export async function judgePushed(
  { from, commit }: { from: string; commit: string },
  { branches, gate, isProtected }: { branches: Reading; gate: Gate; isProtected: (path: string) => boolean },
): Promise<PatchRefusal[]> {
  const [before, after] = await Promise.all([branches.tree(from), branches.tree(commit)]);
  const paths = new Set([...before.keys(), ...after.keys()]);
  const differing = [...paths].filter((path) => !isSame(before.get(path), after.get(path)));
  const hindrances = [
    ...(differing.length > patchLimits.mostFiles ? [tooMany(differing.length)] : []),
    ...differing.flatMap((path) => unreadable(path, before, after)),
  ];
  if (hindrances.length > 0) return hindrances;
  const changes: PatchChange[] = [];
  for (const path of differing) changes.push(await readChange(path, { before, after, branches }));
  return judgePatch(changes, {
    ...patchLimits,
    isProtected,
    holdsSecret: (text) => gate.plain(text) !== stripInvisible(text),
    submodules: [...before].flatMap(([path, { mode }]) => (mode === submodule ? [path] : [])),
    paths: after.keys(),
  });
}

function isSame(one: TreeEntry | undefined, other: TreeEntry | undefined): boolean {
  return one?.id === other?.id && one?.mode === other?.mode;
}

/** What is not even fetched. */
function unreadable(path: string, before: Tree, after: Tree): PatchRefusal[] {
  const isModule = [before, after].some((tree) => tree.get(path)?.mode === submodule);
  if (isModule) return [{ kind: 'submodule', path, why: 'it is a submodule, which is a repository of its own' }];
  const entry = after.get(path);
  if (entry && modeOf(entry) === undefined) return [{ kind: 'unsafe', path, why: 'it is no file' }];
  return (entry?.bytes ?? 0) > patchLimits.largestFile ? [tooLarge(entry?.bytes ?? 0, path)] : [];
}

const submodule = '160000';
const modes = { '100644': 'file', '100755': 'executable', '120000': 'link' } as const;

function modeOf({ mode }: TreeEntry): (typeof modes)[keyof typeof modes] | undefined {
  return Object.entries(modes).find(([known]) => known === mode)?.[1];
}

async function readChange(
  path: string,
  { before, after, branches }: { before: Tree; after: Tree; branches: Reading },
): Promise<PatchChange> {
  const [old, now] = [before.get(path), after.get(path)];
  const was = old && { mode: modeOf(old) ?? ('file' as const) };
  if (!now) return { path, change: 'deleted', before: was ?? { mode: 'file' } };
  const mode = modeOf(now) ?? 'file';
  const data = await branches.content(now.id);
  if (!old || !was || modeOf(old) === undefined) return { path, change: 'added', mode, data };
  const large = (old.bytes ?? 0) > patchLimits.largestFile;
  const known = large ? new Uint8Array() : await branches.content(old.id);
  return { path, change: 'changed', mode, data, before: { ...was, data: known } };
}
