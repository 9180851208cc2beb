import { Buffer } from 'node:buffer';
import type { IncomingMessage } from 'node:http';

/** The body of a request, or of an answer; `undefined` where it is larger than `most`, or does not come to its end. */
export async function readBody(message: IncomingMessage, most: number): Promise<Buffer | undefined> {
  if (Number(message.headers['content-length'] ?? '0') > most) return undefined;
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of message) {
      const data = Buffer.from(chunk);
      bytes += data.length;
      if (bytes > most) return undefined;
      chunks.push(data);
    }
    return Buffer.concat(chunks);
  } catch {
    return undefined;
  }
}

/** As much of it as there is, up to `most`, and the rest is not waited for. */
export async function readBeginning(message: IncomingMessage, most: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of message) {
      const data = Buffer.from(chunk);
      chunks.push(data);
      bytes += data.length;
      if (bytes >= most) break;
    }
  } catch {
    // What came has to do.
  }
  return Buffer.concat(chunks).subarray(0, most);
}
