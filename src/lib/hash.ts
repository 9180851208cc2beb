import { createHash, randomBytes } from 'node:crypto';

/** SHA-256 of UTF-8 text or bytes, lower-case hexadecimal (64 characters). */
export function sha256(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}

/** The SHA-256 of a text that grows. */
export function createGrowingDigest(): { add(text: string): void; sha256(): string; bytes(): number } {
  const hash = createHash('sha256');
  let bytes = 0;
  return {
    add(text) {
      const data = Buffer.from(text);
      bytes += data.length;
      hash.update(data);
    },
    sha256: () => hash.copy().digest('hex'),
    bytes: () => bytes,
  };
}

// Crockford's alphabet without i, l, o, u: ids are read aloud and typed into comments.
const base32 = '0123456789abcdefghjkmnpqrstvwxyz';

/** `length` random base32 characters (5 bits each). */
export function randomBase32(length: number): string {
  return Array.from(randomBytes(length), (byte) => base32[byte & 31]).join('');
}

/** The name that git gives a file's content: SHA-1 of it behind git's own head, 40 hexadecimal digits. */
export function gitBlob(data: Uint8Array): string {
  return createHash('sha1').update(`blob ${data.length}\0`).update(data).digest('hex');
}
