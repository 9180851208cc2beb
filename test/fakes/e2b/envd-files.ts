import { createReadStream, createWriteStream } from 'node:fs';
import { chown, mkdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Context, User } from './envd-process.ts';

/** `GET` reads, `POST` writes: one file as octet stream, or several as a form. */
export async function handleFiles(context: Context): Promise<void> {
  if (context.request.method === 'GET') return download(context);
  const { request, response, url, user } = context;
  const type = request.headers['content-type'] ?? '';
  const written: string[] = [];
  if (type.startsWith('multipart/form-data')) {
    const form = await new Response(Readable.toWeb(request), { headers: { 'content-type': type } }).formData();
    for (const entry of form.getAll('file')) {
      if (typeof entry === 'string') continue;
      written.push(await write(url.searchParams.get('path') ?? entry.name, Readable.fromWeb(entry.stream()), user));
    }
  } else {
    written.push(await write(url.searchParams.get('path') ?? '', request, user));
  }
  const body = written.map((place) => ({ name: path.basename(place), path: place, type: 'file' }));
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

async function write(given: string, data: Readable, user: User): Promise<string> {
  const place = path.resolve(user.home, given);
  const made = await mkdir(path.dirname(place), { recursive: true });
  await pipeline(data, createWriteStream(place));
  if (user.uid !== undefined && user.gid !== undefined) {
    for (const each of made ? [made, place] : [place]) await chown(each, user.uid, user.gid);
  }
  return place;
}

async function download({ response, url, user }: Context): Promise<void> {
  const place = path.resolve(user.home, url.searchParams.get('path') ?? '');
  const found = await stat(place).catch(() => undefined);
  const refuse = (code: number, message: string) =>
    response.writeHead(code, { 'content-type': 'application/json' }).end(JSON.stringify({ code, message }));
  if (!found) return void refuse(404, `path '${place}' does not exist`);
  if (found.isDirectory()) return void refuse(400, `path '${place}' is a directory`);
  const length = found.isFile() ? { 'content-length': String(found.size) } : {};
  response.writeHead(200, { 'content-type': 'application/octet-stream', ...length });
  await pipeline(createReadStream(place), response);
}
