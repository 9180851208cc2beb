import { createHash } from 'node:crypto';

/** Git's own objects with their real SHA-1 names. */
export type GitObject =
  | { type: 'blob'; content: Buffer }
  | { type: 'tree'; entries: TreeEntry[] }
  | { type: 'commit'; tree: string; parents: string[]; message: string; author: Signature; committer: Signature };
export type GitObjects = Map<string, GitObject>;
export type TreeEntry = { mode: string; name: string; sha: string };
export type Signature = { name: string; email: string; date: string };
/** A file (or submodule, or link) of a whole tree, by its path. */
export type Leaf = { mode: string; sha: string };

const directory = '40000';

/** An object as git hashes and keeps it. */
export function encodeObject(object: GitObject): Buffer {
  const content = contentOf(object);
  return Buffer.concat([Buffer.from(`${object.type} ${content.length}\0`), content]);
}

function contentOf(object: GitObject): Buffer {
  if (object.type === 'blob') return object.content;
  if (object.type === 'tree')
    return Buffer.concat(
      object.entries.flatMap(({ mode, name, sha }) => [Buffer.from(`${mode} ${name}\0`), Buffer.from(sha, 'hex')]),
    );
  const person = ({ name, email, date }: Signature) =>
    `${name} <${email}> ${Math.floor(Date.parse(date) / 1000)} +0000`;
  const lines = [
    `tree ${object.tree}`,
    ...object.parents.map((parent) => `parent ${parent}`),
    `author ${person(object.author)}`,
    `committer ${person(object.committer)}`,
    '',
    object.message,
  ];
  return Buffer.from(lines.join('\n'));
}

function write(objects: GitObjects, object: GitObject): string {
  const sha = createHash('sha1').update(encodeObject(object)).digest('hex');
  objects.set(sha, object);
  return sha;
}

export function writeBlob(objects: GitObjects, content: Buffer): string {
  return write(objects, { type: 'blob', content });
}

function writeTreeEntries(objects: GitObjects, unsorted: TreeEntry[]): string {
  const key = ({ mode, name }: TreeEntry) => Buffer.from(mode === directory ? `${name}/` : name);
  const entries = unsorted.sort((a, b) => Buffer.compare(key(a), key(b)));
  return write(objects, { type: 'tree', entries });
}

export function writeTree(objects: GitObjects, leaves: ReadonlyMap<string, Leaf>): string {
  const here: TreeEntry[] = [];
  const below = new Map<string, Map<string, Leaf>>();
  for (const [path, leaf] of leaves) {
    const slash = path.indexOf('/');
    if (slash < 0) here.push({ name: path, ...leaf });
    else {
      const folder = below.get(path.slice(0, slash)) ?? new Map<string, Leaf>();
      below.set(path.slice(0, slash), folder.set(path.slice(slash + 1), leaf));
    }
  }
  for (const [name, folder] of below) here.push({ mode: directory, name, sha: writeTree(objects, folder) });
  return writeTreeEntries(objects, here);
}

type NewCommit = { tree: string; parents: string[]; message: string; author: Signature; committer: Signature };

export function writeCommit(objects: GitObjects, commit: NewCommit): string {
  return write(objects, { type: 'commit', ...commit });
}

/** The tree that a commit or a tree stands for. */
export function treeOf(objects: GitObjects, sha: string): string | undefined {
  const object = objects.get(sha);
  if (object?.type === 'commit') return object.tree;
  return object?.type === 'tree' ? sha : undefined;
}

/** Every file below a tree, by path; folders themselves too where asked for. */
export function flatten(objects: GitObjects, tree: string, options: { folders?: boolean; prefix?: string } = {}) {
  const found = new Map<string, Leaf>();
  const { folders = false, prefix = '' } = options;
  const object = objects.get(tree);
  if (object?.type !== 'tree') return found;
  for (const { mode, name, sha } of object.entries) {
    const path = prefix + name;
    if (mode !== directory || folders) found.set(path, { mode, sha });
    if (mode !== directory) continue;
    for (const [inner, leaf] of flatten(objects, sha, { folders, prefix: `${path}/` })) found.set(inner, leaf);
  }
  return found;
}

type CommitOfFiles = {
  files: Readonly<Record<string, string>>;
  message: string;
  parents: string[];
  author: string;
  /** Default: now. */
  date?: string;
};

/** A commit of exactly these files. @returns its name. */
export function commitFiles(objects: GitObjects, commit: CommitOfFiles): string {
  const { files, message, parents, author, date = new Date().toISOString() } = commit;
  const leaves = new Map(
    Object.entries(files).map(([path, text]) => [path, { mode: '100644', sha: writeBlob(objects, Buffer.from(text)) }]),
  );
  const signature = { name: author, email: `${author}@users.noreply.github.test`, date };
  const tree = writeTree(objects, leaves);
  return writeCommit(objects, { tree, parents, message, author: signature, committer: signature });
}

/** Whether `ancestor` is `commit` or one of its ancestors: what makes an update a fast-forward. */
export function isAncestor(objects: GitObjects, ancestor: string, commit: string): boolean {
  const waiting = [commit];
  const seen = new Set<string>();
  while (waiting.length > 0) {
    const sha = waiting.pop();
    if (sha === undefined || seen.has(sha)) continue;
    if (sha === ancestor) return true;
    seen.add(sha);
    const object = objects.get(sha);
    if (object?.type === 'commit') waiting.push(...object.parents);
  }
  return false;
}

/** A file's text in a commit or tree. */
export function textAt(objects: GitObjects, treeish: string, path: string): string | undefined {
  const tree = treeOf(objects, treeish);
  const leaf = tree === undefined ? undefined : flatten(objects, tree).get(path);
  const blob = leaf && objects.get(leaf.sha);
  return blob?.type === 'blob' ? blob.content.toString('utf8') : undefined;
}
