import { createPrivateKey, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { UserError } from '../src/lib/errors.ts';

type Variables = { PRIVATE_KEY?: string | undefined; PRIVATE_KEY_PATH?: string | undefined };

/** @returns the text of the key, as it was given; `undefined` where none was. @throws UserError for a file that cannot be read. */
export function readPrivateKey({ PRIVATE_KEY, PRIVATE_KEY_PATH }: Variables): string | undefined {
  // One line with \n in it is how .env files and most hosters keep a PEM; some keep it in base64.
  if (PRIVATE_KEY) return fromBase64(PRIVATE_KEY.replaceAll('\\n', '\n'));
  if (!PRIVATE_KEY_PATH) return undefined;
  try {
    return readFileSync(PRIVATE_KEY_PATH, 'utf8');
  } catch (error) {
    throw new UserError('PRIVATE_KEY_PATH: the file cannot be read.', { cause: error });
  }
}

function fromBase64(text: string): string {
  const decoded = Buffer.from(text, 'base64').toString('utf8');
  return decoded.startsWith('-----BEGIN ') ? decoded : text;
}

/** @throws UserError for what GitHub takes no signature of: otherwise the app would start, and be able to do nothing. */
export function requireKey(text: string, { PRIVATE_KEY }: Variables): void {
  if (understand(text)?.asymmetricKeyType === 'rsa') return;
  const name = PRIVATE_KEY ? 'PRIVATE_KEY' : 'PRIVATE_KEY_PATH';
  throw new UserError(
    `${name}: this is not the private key of an app. It is the whole text of the .pem file that the app's page on GitHub gives (Private keys), from -----BEGIN to END-----, in one line with \\n between its lines.`,
  );
}

function understand(text: string): KeyObject | undefined {
  try {
    return createPrivateKey(text);
  } catch {
    return undefined;
  }
}
