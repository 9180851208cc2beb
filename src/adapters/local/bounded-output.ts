/** Collects the first and the last part of a stream, however long it is; memory stays within the limit. */
export type BoundedOutput = {
  add(chunk: Buffer): void;
  readonly truncated: boolean;
  /** What was kept. Where the middle was cut, a line says how much of it. */
  bytes(): Buffer;
};

/** Keeps at most `limit` bytes (and the line that marks a cut): one half from the beginning, one half from the end. */
export function createBoundedOutput(limit: number): BoundedOutput {
  const headLimit = Math.ceil(limit / 2);
  const tailLimit = limit - headLimit;
  const head: Buffer[] = [];
  let tail: Buffer[] = [];
  let headBytes = 0;
  let tailBytes = 0;
  let cut = 0;

  const addToTail = (chunk: Buffer) => {
    tail.push(chunk);
    tailBytes += chunk.length;
    // Trimmed now and then only, so that many small chunks stay cheap.
    if (tailBytes < 2 * tailLimit + 65_536) return;
    const kept = Buffer.concat(tail).subarray(tailBytes - tailLimit);
    cut += tailBytes - tailLimit;
    tail = [Buffer.from(kept)];
    tailBytes = tailLimit;
  };

  return {
    add(chunk) {
      const room = headLimit - headBytes;
      if (room > 0) {
        head.push(Buffer.from(chunk.subarray(0, room)));
        headBytes += Math.min(room, chunk.length);
      }
      if (chunk.length > room) addToTail(Buffer.from(chunk.subarray(Math.max(0, room))));
    },
    get truncated() {
      return cut > 0 || tailBytes > tailLimit;
    },
    bytes() {
      const last = Buffer.concat(tail);
      if (cut === 0 && tailBytes <= tailLimit) return Buffer.concat([...head, last]);
      const first = wholeCharacters(Buffer.concat(head));
      const end = afterPartialCharacter(last.subarray(last.length - tailLimit));
      const left = cut + tailBytes - end.length + headBytes - first.length;
      return Buffer.concat([first, Buffer.from(`\n[… ${left} bytes left out …]\n`), end]);
    },
  };
}

const isContinuation = (byte: number | undefined) => byte !== undefined && (byte & 0xc0) === 0x80;

/** Without a UTF-8 character that the cut split at the end (at most 3 bytes). */
function wholeCharacters(bytes: Buffer): Buffer {
  let start = bytes.length - 1;
  while (start > 0 && start > bytes.length - 4 && isContinuation(bytes[start])) start -= 1;
  const lead = bytes[start] ?? 0;
  const length = [0xf0, 0xe0, 0xc0].findIndex((mark) => lead >= mark);
  const needed = length === -1 ? 1 : 4 - length;
  return start + needed > bytes.length ? bytes.subarray(0, start) : bytes;
}

function afterPartialCharacter(bytes: Buffer): Buffer {
  let start = 0;
  while (start < 3 && isContinuation(bytes[start])) start += 1;
  return bytes.subarray(start);
}
