import { mergesCleanly } from '../runs/merge-texts.ts';
import type { Branches, TreeEntry } from './pull-request-ports.ts';

type Reading = Pick<Branches, 'fork' | 'tree' | 'content'>;
type Tree = ReadonlyMap<string, TreeEntry>;

// Each takes up to three requests.
const mostTried = 20;
const largest = 500_000;
const plain: ReadonlySet<string> = new Set(['100644', '100755']);

/**
 * In which files two commits conflict, as far as their texts tell: nothing is written, and nothing of them is run. `undefined`: it cannot be told, as
 * there is no common ancestor, too much is changed on both sides, or a file is gone on one side (it may have another name there).
 */
export async function tryMerge(ours: string, theirs: string, branches: Reading): Promise<string[] | undefined> {
  const fork = await branches.fork(ours, theirs);
  if (fork === undefined) return undefined;
  const [base, mine, others] = await Promise.all([fork, ours, theirs].map((commit) => branches.tree(commit)));
  if (!base || !mine || !others) return undefined;
  const both = [...new Set([...base.keys(), ...mine.keys()])].filter((path) =>
    isChangedByBoth(path, base, mine, others),
  );
  if (both.length > mostTried) return undefined;
  const conflicts: string[] = [];
  let isKnown = true;
  for (const path of both) {
    const clean = await isClean(
      [base, mine, others].map((tree) => tree.get(path)),
      branches,
    );
    if (clean === undefined) isKnown = false;
    if (clean === false) conflicts.push(path);
  }
  return isKnown || conflicts.length > 0 ? conflicts : undefined;
}

function isChangedByBoth(path: string, base: Tree, mine: Tree, others: Tree): boolean {
  const [old, one, other] = [base, mine, others].map((tree) => nameOf(tree.get(path)));
  return one !== old && other !== old && one !== other;
}

function nameOf(entry: TreeEntry | undefined): string {
  return entry ? `${entry.mode} ${entry.id}` : '';
}

async function isClean(entries: readonly (TreeEntry | undefined)[], branches: Reading): Promise<boolean | undefined> {
  const [old, one, other] = entries;
  // It may have been moved: git looks for that, and puts it right.
  if (!one || !other) return undefined;
  const modes = new Set([old ?? one, one, other].map(({ mode }) => mode));
  if (modes.size > 1) return undefined;
  if (!plain.has(one.mode)) return false;
  if ([old, one, other].some((entry) => (entry?.bytes ?? 0) > largest)) return undefined;
  const texts = await Promise.all([old, one, other].map((entry) => readText(entry, branches)));
  const [before, mine, theirs] = texts;
  if (before === undefined || mine === undefined || theirs === undefined) return false;
  return mergesCleanly(before, mine, theirs);
}

/** `undefined`: no text. */
async function readText(entry: TreeEntry | undefined, branches: Reading): Promise<string | undefined> {
  if (!entry) return '';
  const data = await branches.content(entry.id);
  return data.includes(0) ? undefined : new TextDecoder().decode(data);
}
