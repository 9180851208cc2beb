import { gunzipSync } from 'node:zlib';
import {
  flatten,
  isAncestor,
  type Leaf,
  type Signature,
  treeOf,
  writeBlob,
  writeCommit,
  writeTree,
} from './git-objects.ts';
import { type Reply, type RepositoryCall, text, texts } from './http.ts';
import { HttpError, invalid } from './http-error.ts';

// Always there in git, also where nobody ever wrote it.
const emptyTree = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';

function requireHistory({ repository }: RepositoryCall): void {
  if (repository.refs.size === 0) throw new HttpError(409, 'Git Repository is empty.');
}

function refJson(call: RepositoryCall, ref: string, sha: string) {
  const url = `${call.apiUrl}/repos/${call.repository.fullName}/git`;
  return {
    ref,
    node_id: `REF_${ref}`,
    url: `${url}/${ref}`,
    object: { type: 'commit', sha, url: `${url}/commits/${sha}` },
  };
}

function getRef(call: RepositoryCall): Reply {
  requireHistory(call);
  const ref = `refs/${call.params.ref}`;
  const sha = call.repository.refs.get(ref);
  if (!sha) throw new HttpError(404, 'Not Found');
  return { status: 200, body: refJson(call, ref, sha) };
}

function requireAllowed({ repository }: RepositoryCall, ref: string): void {
  const rule = repository.rules[ref.replace(/^refs\/heads\//, '')];
  if (rule) throw new HttpError(422, `Repository rule violations found\n\n${rule}\n\n`);
}

function createRef(call: RepositoryCall): Reply {
  requireHistory(call);
  const { refs, objects } = call.repository;
  const [ref, sha] = [text(call.body.ref) ?? '', text(call.body.sha) ?? ''];
  if (!/^refs\/[^/]+\/[^/].*$/.test(ref))
    throw new HttpError(422, `Reference name must start with 'refs' and have at least two slashes`);
  if (objects.get(sha)?.type !== 'commit') throw new HttpError(422, 'Object does not exist');
  if (refs.has(ref)) throw new HttpError(422, 'Reference already exists');
  const collides = [...refs.keys()].some((known) => known.startsWith(`${ref}/`) || ref.startsWith(`${known}/`));
  if (collides) throw new HttpError(422, 'Reference cannot be created: a directory or file of that name exists');
  requireAllowed(call, ref);
  refs.set(ref, sha);
  return { status: 201, body: refJson(call, ref, sha) };
}

function updateRef(call: RepositoryCall): Reply {
  requireHistory(call);
  const { refs, objects } = call.repository;
  const ref = `refs/${call.params.ref}`;
  const sha = text(call.body.sha) ?? '';
  const head = refs.get(ref);
  if (!head) throw new HttpError(422, 'Reference does not exist');
  if (objects.get(sha)?.type !== 'commit') throw new HttpError(422, 'Object does not exist');
  requireAllowed(call, ref);
  if (call.body.force !== true && !isAncestor(objects, head, sha))
    throw new HttpError(422, 'Update is not a fast forward');
  refs.set(ref, sha);
  call.repository.activity.push({ ref, before: head, after: sha, actor: call.who.login });
  return { status: 200, body: refJson(call, ref, sha) };
}

function deleteRef(call: RepositoryCall): Reply {
  const ref = `refs/${call.params.ref}`;
  requireAllowed(call, ref);
  if (!call.repository.refs.delete(ref)) throw new HttpError(422, 'Reference does not exist');
  return { status: 204 };
}

function treeJson(call: RepositoryCall, treeish: string, recursive: boolean) {
  const { objects } = call.repository;
  const tree = treeOf(objects, treeish) ?? emptyTree;
  const leaves = [...flatten(objects, tree, { folders: true })];
  const url = `${call.apiUrl}/repos/${call.repository.fullName}/git`;
  const entries = leaves
    .filter(([path]) => recursive || !path.includes('/'))
    .map(([path, { mode, sha }]) => {
      const object = objects.get(sha);
      const type = object?.type ?? 'commit';
      const size = object?.type === 'blob' ? { size: object.content.length } : {};
      return { path, mode: mode.padStart(6, '0'), type, sha, ...size, url: `${url}/${type}s/${sha}` };
    });
  const { longestTree = entries.length } = call.repository;
  const truncated = entries.length > longestTree;
  return { sha: tree, url: `${url}/trees/${tree}`, tree: entries.slice(0, longestTree), truncated };
}

function getTree(call: RepositoryCall): Reply {
  requireHistory(call);
  const name = call.params.tree_sha ?? '';
  const treeish = call.repository.refs.get(`refs/heads/${name}`) ?? name;
  if (treeish !== emptyTree && !treeOf(call.repository.objects, treeish)) throw new HttpError(404, 'Not Found');
  return { status: 200, body: treeJson(call, treeish, call.query.has('recursive')) };
}

function applyEntry(leaves: Map<string, Leaf>, raw: unknown, { repository: { objects } }: RepositoryCall): void {
  const entry: Record<string, unknown> = { ...(typeof raw === 'object' ? raw : {}) };
  const [path, mode, sha, content] = [text(entry.path) ?? '', text(entry.mode), text(entry.sha), text(entry.content)];
  if (path === '' || path.split('/').some((part) => ['', '.', '..', '.git'].includes(part.toLowerCase())))
    throw new HttpError(422, 'tree.path contains a malformed path component');
  const below = [...leaves.keys()].filter((known) => known === path || known.startsWith(`${path}/`));
  if (entry.sha === null) {
    if (below.length === 0) throw new HttpError(422, 'GitRPC::BadObjectState');
    for (const known of below) leaves.delete(known);
    return;
  }
  if (!mode) throw new HttpError(422, 'Must supply a valid tree.mode');
  for (const known of [...leaves.keys()]) if (path.startsWith(`${known}/`)) leaves.delete(known);
  for (const known of below) leaves.delete(known);
  if (content !== undefined) leaves.set(path, { mode, sha: writeBlob(objects, Buffer.from(content)) });
  else if (sha === undefined || !objects.has(sha)) throw new HttpError(422, `tree.sha ${sha} is not a valid object`);
  else if (mode === '040000')
    for (const [inner, leaf] of flatten(objects, sha, { prefix: `${path}/` })) leaves.set(inner, leaf);
  else leaves.set(path, { mode, sha });
}

function createTree(call: RepositoryCall): Reply {
  requireHistory(call);
  const entries = Array.isArray(call.body.tree) ? call.body.tree : [];
  if (entries.length === 0) throw new HttpError(422, 'Invalid tree info');
  const base = text(call.body.base_tree);
  const baseTree = base === undefined ? undefined : treeOf(call.repository.objects, base);
  if (base !== undefined && base !== emptyTree && !baseTree)
    throw new HttpError(422, 'base_tree is not a valid tree oid');
  const leaves = baseTree ? flatten(call.repository.objects, baseTree) : new Map<string, Leaf>();
  for (const entry of entries) applyEntry(leaves, entry, call);
  const tree = writeTree(call.repository.objects, leaves);
  return { status: 201, body: treeJson(call, tree, false) };
}

function signature(raw: unknown, call: RepositoryCall): Signature {
  const given: Record<string, unknown> = { ...(typeof raw === 'object' ? raw : {}) };
  return {
    name: text(given.name) ?? call.who.login,
    email: text(given.email) ?? `${call.who.login}@users.noreply.github.test`,
    date: text(given.date) ?? new Date().toISOString(),
  };
}

function commitJson(call: RepositoryCall, sha: string): Reply['body'] {
  const commit = call.repository.objects.get(sha);
  if (commit?.type !== 'commit') throw new HttpError(404, 'Not Found');
  const url = `${call.apiUrl}/repos/${call.repository.fullName}/git`;
  return {
    sha,
    node_id: `C_${sha}`,
    url: `${url}/commits/${sha}`,
    author: commit.author,
    committer: commit.committer,
    message: commit.message,
    tree: { sha: commit.tree, url: `${url}/trees/${commit.tree}` },
    parents: commit.parents.map((parent) => ({ sha: parent, url: `${url}/commits/${parent}` })),
  };
}

function createCommit(call: RepositoryCall): Reply {
  requireHistory(call);
  const { objects } = call.repository;
  const tree = text(call.body.tree) ?? '';
  const parents = texts(call.body.parents);
  if (tree === emptyTree) writeTree(objects, new Map());
  if (objects.get(tree)?.type !== 'tree') throw new HttpError(422, 'Tree SHA does not exist');
  for (const parent of parents)
    if (objects.get(parent)?.type !== 'commit')
      throw new HttpError(422, 'Parent SHA does not exist or is not a commit');
  const author = signature(call.body.author, call);
  const committer = call.body.committer ? signature(call.body.committer, call) : author;
  const sha = writeCommit(objects, { tree, parents, message: text(call.body.message) ?? '', author, committer });
  return { status: 201, body: commitJson(call, sha) };
}

function createBlob(call: RepositoryCall): Reply {
  requireHistory(call);
  const encoding = text(call.body.encoding) === 'base64' ? 'base64' : 'utf8';
  const sha = writeBlob(call.repository.objects, Buffer.from(text(call.body.content) ?? '', encoding));
  return { status: 201, body: { sha, url: `${call.apiUrl}/repos/${call.repository.fullName}/git/blobs/${sha}` } };
}

function getBlob(call: RepositoryCall): Reply {
  const sha = call.params.file_sha ?? '';
  const blob = call.repository.objects.get(sha);
  if (blob?.type !== 'blob') throw new HttpError(404, 'Not Found');
  const { content } = blob;
  return { status: 200, body: { sha, size: content.length, encoding: 'base64', content: content.toString('base64') } };
}

function getContent(call: RepositoryCall): Reply {
  const { objects, refs, defaultBranch } = call.repository;
  const ref = call.query.get('ref') ?? defaultBranch;
  const commit = refs.get(`refs/heads/${ref}`) ?? refs.get(ref) ?? ref;
  const tree = treeOf(objects, commit);
  if (!tree) throw new HttpError(404, `No commit found for the ref ${ref}`);
  const path = (call.params.path ?? '').replace(/\/$/, '');
  const leaves = flatten(objects, tree, { folders: true });
  const leaf = leaves.get(path);
  const object = leaf && objects.get(leaf.sha);
  if (!leaf || !object) throw new HttpError(404, 'Not Found');
  if (object.type === 'tree') {
    const children = [...leaves].filter(([inner]) => inner.slice(0, inner.lastIndexOf('/')) === path);
    const body = children.map(([inner, { sha, mode }]) => {
      return { type: mode === '40000' ? 'dir' : 'file', path: inner, name: inner.slice(path.length + 1), sha };
    });
    return { status: 200, body };
  }
  if (object.type !== 'blob') throw new HttpError(404, 'Not Found');
  if (call.accept.includes('raw'))
    return { status: 200, body: object.content, headers: { 'content-type': 'application/vnd.github.raw' } };
  const name = path.slice(path.lastIndexOf('/') + 1);
  const content = object.content.toString('base64');
  const body = { type: 'file', path, name, sha: leaf.sha, size: object.content.length, encoding: 'base64', content };
  return { status: 200, body };
}

function uploadSarif(call: RepositoryCall): Reply {
  if (!call.repository.codeScanning)
    throw new HttpError(403, 'Code scanning is not enabled for this repository. Please enable code scanning.');
  try {
    const sarif: unknown = JSON.parse(gunzipSync(Buffer.from(text(call.body.sarif) ?? '', 'base64')).toString('utf8'));
    const [commit, ref] = [text(call.body.commit_sha) ?? '', text(call.body.ref) ?? ''];
    call.repository.sarifs.push({ commit, ref, sarif });
  } catch {
    throw invalid('Sarif', 'sarif', 'invalid', 'not gzip, base64 and JSON');
  }
  return { status: 202, body: { id: 'sarif-1', url: `${call.requestUrl}/sarif-1` } };
}

export const gitOperations: Readonly<Record<string, (call: RepositoryCall) => Reply>> = {
  'git/get-ref': getRef,
  'git/create-ref': createRef,
  'git/update-ref': updateRef,
  'git/delete-ref': deleteRef,
  'git/get-tree': getTree,
  'git/create-tree': createTree,
  'git/get-commit': (call) => ({ status: 200, body: commitJson(call, call.params.commit_sha ?? '') }),
  'git/create-commit': createCommit,
  'git/get-blob': getBlob,
  'git/create-blob': createBlob,
  'repos/get-content': getContent,
  'code-scanning/upload-sarif': uploadSarif,
};
