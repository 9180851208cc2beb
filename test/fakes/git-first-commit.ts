import { createHash } from 'node:crypto';
import { lstatSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { deflateSync } from 'node:zlib';

type Folder = { files: Map<string, string>; folders: Map<string, Folder> };

const who = 'Ada <ada@example.com>';
const config =
  '[core]\n\trepositoryformatversion = 0\n\tfilemode = true\n\tbare = false\n\tlogallrefupdates = true\n[gc]\n\tauto = 0\n[maintenance]\n\tauto = false\n';

/** What `git init` leaves behind, without its samples of hooks; nothing is packed in the background. */
export function initRepository(root: string): void {
  for (const folder of ['objects/info', 'objects/pack', 'refs/heads', 'refs/tags', 'info'])
    mkdirSync(path.join(root, '.git', folder), { recursive: true });
  writeFileSync(path.join(root, '.git/HEAD'), 'ref: refs/heads/main\n');
  writeFileSync(path.join(root, '.git/config'), config);
}

/** Files of which git would change or leave out some: it has to add them itself. */
export function needsGit(files: Readonly<Record<string, string>>): boolean {
  return Object.keys(files).some(
    (name) => /(?:^|\/)\.git(?:ignore|attributes|modules)?(?:\/|$)/.test(name) || !/^(?!\/)[^\0\\]+(?<!\/)$/.test(name),
  );
}

/**
 * The first commit of `main`, of files that were written into a fresh repository: its objects and its index as git would write them, without a
 * process (five of git's take longer than many a test).
 */
export function commitFirst(root: string, files: Readonly<Record<string, string>>): void {
  const oids = new Map(Object.entries(files).map(([name, text]) => [name, store(root, 'blob', Buffer.from(text))]));
  const tree = storeTree(root, toFolder(oids));
  const at = `${Math.floor(Date.now() / 1000)} +0000`;
  const commit = `tree ${tree}\nauthor ${who} ${at}\ncommitter ${who} ${at}\n\na change\n`;
  writeFileSync(path.join(root, '.git/index'), toIndex(root, oids));
  writeFileSync(path.join(root, '.git/refs/heads/main'), `${store(root, 'commit', Buffer.from(commit))}\n`);
}

function store(root: string, type: 'blob' | 'tree' | 'commit', data: Buffer): string {
  const object = Buffer.concat([Buffer.from(`${type} ${data.length}\0`), data]);
  const oid = createHash('sha1').update(object).digest('hex');
  const folder = path.join(root, '.git/objects', oid.slice(0, 2));
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, oid.slice(2)), deflateSync(object, { level: 1 }));
  return oid;
}

function toFolder(oids: ReadonlyMap<string, string>): Folder {
  const root: Folder = { files: new Map(), folders: new Map() };
  for (const [name, oid] of oids) {
    const parts = path.posix.normalize(name).split('/');
    let at = root;
    for (const part of parts.slice(0, -1)) {
      const next: Folder = at.folders.get(part) ?? { files: new Map(), folders: new Map() };
      at.folders.set(part, next);
      at = next;
    }
    at.files.set(parts.at(-1) ?? '', oid);
  }
  return root;
}

/** In git's order: that of the bytes of names, a folder's with a slash at its end. */
function storeTree(root: string, { files, folders }: Folder): string {
  const entries = [
    ...[...files].map(([name, oid]) => ({ key: Buffer.from(name), mode: '100644', name, oid })),
    ...[...folders].map(([name, folder]) => ({
      ...{ key: Buffer.from(`${name}/`), mode: '40000', name },
      oid: storeTree(root, folder),
    })),
  ].sort((a, b) => Buffer.compare(a.key, b.key));
  const lines = entries.flatMap(({ mode, name, oid }) => [Buffer.from(`${mode} ${name}\0`), Buffer.from(oid, 'hex')]);
  return store(root, 'tree', Buffer.concat(lines));
}

/** Version 2 of git's index format (Documentation/gitformat-index.txt). */
function toIndex(root: string, oids: ReadonlyMap<string, string>): Buffer {
  const entries = [...oids].map(([name, oid]) => ({ name: Buffer.from(path.posix.normalize(name)), oid }));
  entries.sort((a, b) => Buffer.compare(a.name, b.name));
  const head = Buffer.alloc(12);
  head.write('DIRC');
  head.writeUInt32BE(2, 4);
  head.writeUInt32BE(entries.length, 8);
  const body = Buffer.concat([head, ...entries.map(({ name, oid }) => toEntry(root, name, oid))]);
  return Buffer.concat([body, createHash('sha1').update(body).digest()]);
}

function toEntry(root: string, name: Buffer, oid: string): Buffer {
  const seen = lstatSync(path.join(root, name.toString()), { bigint: true });
  const entry = Buffer.alloc(Math.ceil((62 + name.length + 1) / 8) * 8);
  const second = 1_000_000_000n;
  const numbers = [
    ...[seen.ctimeNs / second, seen.ctimeNs % second, seen.mtimeNs / second, seen.mtimeNs % second],
    ...[seen.dev, seen.ino, 0o100644n, seen.uid, seen.gid, seen.size],
  ];
  numbers.forEach((number, at) => void entry.writeUInt32BE(Number(BigInt.asUintN(32, number)), 4 * at));
  entry.write(oid, 40, 'hex');
  entry.writeUInt16BE(Math.min(name.length, 0xfff), 60);
  name.copy(entry, 62);
  return entry;
}
