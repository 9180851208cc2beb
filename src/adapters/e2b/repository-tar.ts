import { Buffer } from 'node:buffer';
import { isPlainRelative } from '../../lib/safe-path.ts';
import type { SandboxFile } from '../../sandboxes/sandbox.ts';

const block = 512;

/**
 * The repository's files as one tar (POSIX ustar; pax headers where a name or a link's target is long), in parts of about `partBytes`: each
 * can be sent again on its own. Links come last, as text, so that nothing is unpacked through one.
 *
 * @throws Error for a path that leads out of the workspace, one that is not new, or one below a link.
 */
export async function* tarParts(files: AsyncIterable<SandboxFile>, partBytes: number): AsyncGenerator<Uint8Array> {
  const names = new Set<string>();
  const folders = new Set<string>();
  const links: Extract<SandboxFile, { mode: 'link' }>[] = [];
  let part: Uint8Array[] = [];
  let size = 0;
  for await (const file of files) {
    takePlace(file.path, { names, folders });
    if (file.mode === 'link') {
      links.push(file);
      continue;
    }
    const { data } = file;
    part.push(...headers(file.path, { size: data.length, mode: file.mode === 'executable' ? 0o755 : 0o644 }), data);
    part.push(padding(data.length));
    size += data.length + 2 * block;
    if (size < partBytes) continue;
    yield Buffer.concat(part);
    [part, size] = [[], 0];
  }
  for (const { path, target } of links) part.push(...headers(path, { size: 0, mode: 0o777, target }));
  yield Buffer.concat([...part, Buffer.alloc(2 * block)]);
}

function takePlace(path: string, { names, folders }: { names: Set<string>; folders: Set<string> }): void {
  const refusal = () => new Error(`The sandbox has no place for the path ${JSON.stringify(path)}.`);
  if (!isPlainRelative(path) || names.has(path) || folders.has(path)) throw refusal();
  names.add(path);
  for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
    const folder = path.slice(0, end);
    if (names.has(folder)) throw refusal();
    if (folders.has(folder)) return;
    folders.add(folder);
  }
}

type Entry = { size: number; mode: number; target?: string };

function headers(path: string, entry: Entry): Uint8Array[] {
  const records = [
    ...(Buffer.byteLength(path) > 100 ? [paxRecord('path', path)] : []),
    ...(Buffer.byteLength(entry.target ?? '') > 100 ? [paxRecord('linkpath', entry.target ?? '')] : []),
  ];
  const type = entry.target === undefined ? '0' : '2';
  const own = header(path, { ...entry, type });
  if (records.length === 0) return [own];
  const pax = Buffer.concat(records);
  return [header('pax', { size: pax.length, mode: 0o644, type: 'x' }), pax, padding(pax.length), own];
}

/** `LENGTH key=value\n`, where the length counts its own digits. */
function paxRecord(key: string, value: string): Buffer {
  const rest = Buffer.byteLength(` ${key}=${value}\n`);
  let length = rest + String(rest).length;
  if (rest + String(length).length > length) length += 1;
  return Buffer.from(`${length} ${key}=${value}\n`);
}

function header(path: string, { size, mode, target = '', type }: Entry & { type: string }): Buffer {
  const bytes = Buffer.alloc(block);
  Buffer.from(path).copy(bytes, 0, 0, 100);
  const octal = (value: number, at: number, length: number) =>
    bytes.write(`${value.toString(8).padStart(length - 1, '0')}\0`, at, 'ascii');
  octal(mode, 100, 8);
  octal(0, 108, 8);
  octal(0, 116, 8);
  octal(size, 124, 12);
  octal(0, 136, 12);
  bytes.write('        ', 148, 'ascii');
  bytes.write(type, 156, 'ascii');
  Buffer.from(target).copy(bytes, 157, 0, 100);
  bytes.write('ustar\u000000', 257, 'ascii');
  const sum = bytes.reduce((total, byte) => total + byte, 0);
  bytes.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'ascii');
  return bytes;
}

function padding(size: number): Uint8Array {
  return new Uint8Array((block - (size % block)) % block);
}
