import { Buffer } from 'node:buffer';

/** The ways in which a value can be written so that it is still the value: encoded, escaped, turned round. */
export function formsOf(secret: string): readonly string[] {
  const reversed = [...secret].reverse().join('');
  const forms = [secret, reversed, rot13(secret), JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)];
  for (const value of [secret, reversed]) {
    const bytes = Buffer.from(value);
    const hex = bytes.toString('hex');
    forms.push(hex, hex.toUpperCase(), ...base64Forms(bytes));
  }
  const bytes = [...Buffer.from(secret)];
  forms.push(
    ...['%', '\\x', '0x', ' '].flatMap((prefix) => [prefixed(bytes, prefix), prefixed(bytes, prefix).toUpperCase()]),
    [...secret].map((character) => `\\u${hexOf(character.charCodeAt(0), 4)}`).join(''),
    [...secret].map((character) => `&#${character.codePointAt(0)};`).join(''),
    [...secret].map((character) => `&#x${hexOf(character.codePointAt(0) ?? 0, 1)};`).join(''),
    bytes.join(','),
    bytes.join(', '),
    Buffer.from(Buffer.from(secret).toString('base64')).toString('base64'),
  );
  return [...new Set(forms.map((form) => form.trim()))];
}

/** Base64 depends on where in a longer text the value stood: three alignments, without the characters that its neighbours decide. */
function base64Forms(bytes: Buffer): string[] {
  const forms = [0, 1, 2].map((shift) => {
    const encoded = Buffer.concat([Buffer.alloc(shift), bytes])
      .toString('base64')
      .replace(/=+$/, '');
    return encoded.slice(shift === 0 ? 0 : shift + 1, (shift + bytes.length) % 3 === 0 ? undefined : -1);
  });
  forms.push(bytes.toString('base64').replace(/=+$/, ''));
  return forms.flatMap((form) => [form, form.replaceAll('+', '-').replaceAll('/', '_')]);
}

function prefixed(bytes: readonly number[], prefix: string): string {
  return bytes.map((byte) => prefix + hexOf(byte, 2)).join('');
}

function hexOf(value: number, width: number): string {
  return value.toString(16).padStart(width, '0');
}

function rot13(text: string): string {
  return text.replace(/[A-Za-z]/g, (letter) => {
    const base = letter <= 'Z' ? 65 : 97;
    return String.fromCharCode(((letter.charCodeAt(0) - base + 13) % 26) + base);
  });
}
