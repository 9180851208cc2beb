import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { UserError } from '../lib/errors.ts';

const shortestKey = 16;
const nonceBytes = 12;
const tagBytes = 16;
const sealed = /^v1\.([\w-]{16})\.([\w-]*)$/;

/** `id` is bound to the text, so that one finding's seal does not open as another's. */
export type Seal = { key: string; id: string };

/** @throws UserError for a key that is too short to protect anything. */
export function requireLedgerKey(key: string): void {
  if (key.length < shortestKey)
    throw new UserError(
      `The ledger key has ${key.length} characters; it needs at least ${shortestKey} (for example \`openssl rand -base64 32\`).`,
    );
}

function derive(key: string, purpose = 'finding details v1'): Uint8Array {
  requireLedgerKey(key);
  return new Uint8Array(hkdfSync('sha256', key, 'courier-ledger', purpose, 32));
}

/** A digest that nobody without the key can compare a guess with. */
export function keyedDigest(text: string, key: string): string {
  return createHmac('sha256', derive(key, 'digests v1')).update(text).digest('hex').slice(0, 16);
}

/**
 * Seals a text: AES-256-GCM (NIST SP 800-38D) with a fresh 96-bit nonce and a key derived by HKDF-SHA-256 (RFC 5869).
 *
 * @returns `v1.<nonce>.<ciphertext and tag>`, both base64url.
 */
export function sealText(text: string, { key, id }: Seal): string {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', derive(key), nonce).setAAD(Buffer.from(id));
  const content = Buffer.concat([cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  return `v1.${nonce.toString('base64url')}.${content.toString('base64url')}`;
}

/** @returns `undefined` where the key is another one, the id is, or the text was altered: which of them cannot be told. */
export function openSealed(text: string, { key, id }: Seal): string | undefined {
  const secret = derive(key);
  const [, nonce, content = ''] = sealed.exec(text) ?? [];
  const bytes = Buffer.from(content, 'base64url');
  if (nonce === undefined || bytes.length < tagBytes) return undefined;
  const decipher = createDecipheriv('aes-256-gcm', secret, Buffer.from(nonce, 'base64url'), {
    authTagLength: tagBytes,
  })
    .setAAD(Buffer.from(id))
    .setAuthTag(bytes.subarray(-tagBytes));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(0, -tagBytes)), decipher.final()]).toString('utf8');
  } catch {
    return undefined;
  }
}
