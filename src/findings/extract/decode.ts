/** How much of an output is read, in bytes (or UTF-16 units of a string): 50 MB and a little, so that a file of just that size is whole. */
const limit = 52 * 1024 * 1024;

/** `cut`: the input was longer than what is read. */
export type Decoded = { text: string; cut: boolean };

/**
 * Text from bytes of unknown encoding: UTF-8 (what is invalid becomes U+FFFD) or UTF-16 of either order, with a byte order mark or
 * without. Never throws.
 */
export function decodeOutput(input: Uint8Array | string): Decoded {
  const cut = input.length > limit;
  if (typeof input === 'string') return { text: withoutMark(cut ? input.slice(0, limit) : input), cut };
  const bytes = cut ? input.subarray(0, limit) : input;
  return { text: withoutMark(new TextDecoder(encodingOf(bytes)).decode(bytes)), cut };
}

/** Without terminal colours and titles, and without NUL: nothing of them is JSON or worth keeping. */
export function withoutTerminalCodes(text: string): string {
  let clean = text;
  if (clean.includes('\u001b') || clean.includes('\u009b')) clean = clean.replace(terminalCode, '');
  return clean.includes('\u0000') ? clean.replaceAll('\u0000', '') : clean;
}

// CSI sequences, OSC sequences (title, links) and two-character escapes: ECMA-48.
const terminalCode =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it removes
  /(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]|\u001b\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|\u001b[@-Z\\^_=>]/g;

function withoutMark(text: string): string {
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
}

function encodingOf(bytes: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  // JSON is mostly ASCII: in UTF-16 every second byte of it is zero.
  const sample = bytes.subarray(0, 1024);
  const zeros = [0, 0];
  for (const [index, byte] of sample.entries()) if (byte === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  if (odd > sample.length / 4 && even < odd / 4) return 'utf-16le';
  if (even > sample.length / 4 && odd < even / 4) return 'utf-16be';
  return 'utf-8';
}
