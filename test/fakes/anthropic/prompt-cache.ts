import { createHash } from 'node:crypto';
import { type AcceptedRequest, mergeRoles } from './check-request.ts';

type Written = { text: string; bytes: number; mark: boolean };
type Segment = Written & { message: number | undefined };

const hash = (...texts: readonly string[]) =>
  texts.reduce((sum, text) => sum.update(text).update('\n'), createHash('sha256')).digest('hex');
const tokens = (bytes: number) => Math.ceil(bytes / 4);

/** The prompt in the order in which it is rendered (tools, system, messages), block by block, without the cache marks. */
function toSegments({ tools = [], system = [], messages, cache_control }: AcceptedRequest): Segment[] {
  const systemBlocks = typeof system === 'string' ? [{ type: 'text' as const, text: system }] : system;
  const segments = [
    ...tools.map((block) => toSegment('tool', block)),
    ...systemBlocks.map((block) => toSegment('system', block)),
    ...mergeRoles(messages).flatMap(({ role, blocks }, index) => blocks.map((block) => toSegment(role, block, index))),
  ];
  const last = segments.at(-1);
  if (cache_control && last) last.mark = true;
  return segments;
}

const written = new WeakMap<object, Written>();

/** Each request is looked at several times; what a block of it is in the prompt, once. */
function toSegment(part: string, block: object, message?: number): Segment {
  const known = written.get(block) ?? write(part, block);
  written.set(block, known);
  return { ...known, message };
}

function write(part: string, block: object): Written {
  const { cache_control, ...rest } = { cache_control: undefined, ...block };
  const text = `${part} ${JSON.stringify(rest)}`;
  return { text, bytes: Buffer.byteLength(text), mark: cache_control !== undefined };
}

/** A hash for each segment, of all up to it. The next request of a session begins as the last one did: only what is new is hashed. */
function createChain() {
  let last: { seed: string; texts: readonly string[]; keys: readonly string[] } = { seed: '', texts: [], keys: [] };
  return (seed: string, texts: readonly string[]): readonly string[] => {
    const known = last.seed === seed ? last : { texts: [], keys: [] };
    const keys: string[] = [];
    let same = true;
    for (const [at, text] of texts.entries()) {
      same &&= known.texts[at] === text;
      const key = (same ? known.keys[at] : undefined) ?? hash(keys.at(-1) ?? hash(seed), text);
      keys.push(key);
    }
    last = { seed, texts, keys };
    return keys;
  };
}

const prefixChain = createChain();

/**
 * What thinking is bound to, for each of the messages (neighbours of one role count as one) and one beyond them: everything before it, from the
 * last compaction on. A signature made from it cannot be replayed after an earlier byte has changed.
 */
export function prefixHashes(request: AcceptedRequest): string[] {
  const segments = toSegments(request);
  const chain = prefixChain(
    request.model,
    segments.map(({ text }) => text),
  );
  const hashes: string[] = [];
  for (const [at, { message = -1 }] of segments.entries())
    if (message >= 0) hashes[message] ??= chain[at - 1] ?? request.model;
  return [...hashes, chain.at(-1) ?? request.model];
}

/** The size of a prompt. */
export function promptTokens(request: AcceptedRequest): number {
  return tokens(toSegments(request).reduce((sum, { bytes }) => sum + bytes, 0));
}

export type PromptUsage = { read: number; write: number; uncached: number };

/** Positions that are looked at before each breakpoint, itself included. */
const lookBack = 20;
const leastTokens = 512;
const lifetimeMs = 5 * 60_000;

/**
 * Prompt caching as the API documents it: entries are written at breakpoints only (of 512 tokens and more), and found from a breakpoint by
 * looking back over at most 20 blocks; a changed byte, model or thinking setting before it finds nothing. A token is four bytes.
 */
export function createPromptCache(now: () => number = Date.now) {
  const entries = new Map<string, number>();
  const chainOf = createChain();
  return {
    account(request: AcceptedRequest): PromptUsage {
      const segments = toSegments(request);
      const positions = toPositions(request, segments, chainOf);
      const marks = segments.flatMap(({ mark }, index) => (mark ? [index] : []));
      const total = tokens(positions.at(-1)?.bytes ?? 0);
      const hit = marks
        .flatMap((mark) => positions.slice(Math.max(0, mark - lookBack + 1), mark + 1))
        .filter(({ key }) => (entries.get(key) ?? 0) > now());
      const read = tokens(Math.max(0, ...hit.map(({ bytes }) => bytes)));
      const written = marks
        .map((mark) => positions[mark])
        .filter((position) => position && tokens(position.bytes) >= leastTokens);
      const end = tokens(Math.max(0, ...written.map((position) => position?.bytes ?? 0)));
      for (const { key } of [...hit, ...written.flatMap((position) => position ?? [])])
        entries.set(key, now() + lifetimeMs);
      return { read, write: Math.max(0, end - read), uncached: total - Math.max(read, end) };
    },
  };
}

function toPositions(
  { model, thinking }: AcceptedRequest,
  segments: readonly Segment[],
  chainOf: ReturnType<typeof createChain>,
) {
  const setting = JSON.stringify(thinking ?? null);
  const keys = chainOf(
    model,
    segments.map(({ text, message }) => (message === 0 ? text + setting : text)),
  );
  let sum = 0;
  return segments.map(({ bytes }, at) => {
    sum += bytes;
    return { key: keys[at] ?? '', bytes: sum };
  });
}
