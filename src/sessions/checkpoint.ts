import { z } from 'zod';
import { sha256 } from '../lib/hash.ts';
import { AgentRecord } from './session.ts';

export const checkpointFile = 'checkpoint.json';
export const transcriptFile = 'transcript.ndjson';

const Digest = z.string().regex(/^sha256:[0-9a-f]{64}$/);
const SandboxRef = z.object({ kind: z.enum(['e2b', 'local']), id: z.string().max(200) });

/** Where one scan of a session stands. */
const ScanState = z.object({
  name: z.string(),
  /** `done`: its output lies in the session's folder, and it is not run again. `resting`: it goes on from the transcript. */
  state: z.enum(['waiting', 'working', 'resting', 'done']),
  /** Paused with its files. */
  sandbox: SandboxRef.optional(),
  /** Where the repository was, in the sandbox: places that the agent named are seen from there. */
  workspace: z.string().optional(),
  /** Of a scan that is done. */
  record: AgentRecord.optional(),
  usage: z
    .object({
      inputTokens: z.number(),
      outputTokens: z.number(),
      cacheReadTokens: z.number(),
      cacheWriteTokens: z.number(),
    })
    .optional(),
  costUsd: z.number().optional(),
  /** Known findings that it was asked about, by their ids. */
  asked: z.array(z.string()).default([]),
  /** What was settled and told to its agent. */
  settled: z.array(z.string()).optional(),
});
export type ScanState = z.infer<typeof ScanState>;

/**
 * Where a session stands, beside its transcript: written whole each time, small. It carries the digests of what it goes with, and the
 * ledger carries its own: what comes back from an artifact is what was left.
 */
const SessionCheckpoint = z.object({
  version: z.literal(1),
  session: z.string(),
  repositoryId: z.string().optional(),
  commit: z.string().optional(),
  /** Whether files were changed that no commit holds. */
  dirty: z.boolean(),
  at: z.string(),
  scans: z.array(ScanState).max(1000),
  /** Of the transcript up to here; later lines may follow. */
  transcript: z.object({ bytes: z.number().int().nonnegative(), digest: Digest }),
  /** Of other files in the folder, by name. */
  files: z.record(z.string(), Digest).default({}),
});
export type SessionCheckpoint = z.infer<typeof SessionCheckpoint>;

export function digestOf(text: string): string {
  return `sha256:${sha256(text)}`;
}

export function renderCheckpoint(checkpoint: SessionCheckpoint): string {
  return `${JSON.stringify(checkpoint, null, 2)}\n`;
}

/**
 * A checkpoint as it came back.
 * @param expected its digest, as the ledger has it; `undefined`: the ledger has none, and nothing vouches for it.
 * @returns why it is not to be used, as the rest of a sentence.
 */
export function understandCheckpoint(
  text: string,
  expected: { session: string; digest: string | undefined; repositoryId: string | undefined },
): { checkpoint: SessionCheckpoint } | { refused: string } {
  if (expected.digest === undefined) return { refused: 'the ledger has no digest of it' };
  if (digestOf(text) !== expected.digest) return { refused: 'it is not the one that the session left' };
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { refused: 'it is not JSON' };
  }
  const parsed = SessionCheckpoint.safeParse(json);
  if (!parsed.success) return { refused: 'it is none of this version of Courier' };
  if (parsed.data.session !== expected.session) return { refused: `it belongs to session ${parsed.data.session}` };
  if (parsed.data.repositoryId !== expected.repositoryId) return { refused: 'it belongs to another repository' };
  return { checkpoint: parsed.data };
}

/** Whether a transcript begins with what the checkpoint vouches for. */
export function vouchesFor({ transcript }: SessionCheckpoint, text: string): boolean {
  const bytes = Buffer.from(text);
  if (bytes.length < transcript.bytes) return false;
  return `sha256:${sha256(bytes.subarray(0, transcript.bytes))}` === transcript.digest;
}
