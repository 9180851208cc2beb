import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Client } from './client.ts';

const Blob = z.object({ text: z.string().nullish(), isTruncated: z.boolean() }).nullish();
const RestBlob = z.object({ content: z.string(), encoding: z.string() });

const batchCount = 50;
const batchBytes = 2_000_000;
// GraphQL cuts longer texts.
const largestText = 400_000;

type Wanted = { sha: string; size: number; resolve: (text: string) => void; reject: (error: unknown) => void };

/**
 * Reads texts by their blob's name. What is asked for at the same time comes in one GraphQL query; large, odd or altered texts, and
 * everything where there is no GraphQL, by REST. Kept by name, which is a digest of the content.
 */
export function createBlobReader(client: Client): (sha: string, size: number) => Promise<string> {
  const known = new Map<string, Promise<string>>();
  let waiting: Wanted[] = [];

  async function flush(): Promise<void> {
    const batches = toBatches(waiting);
    waiting = [];
    for (const batch of batches) {
      try {
        await readBatch(client, batch);
      } catch (error) {
        for (const { sha, reject } of batch) {
          known.delete(sha);
          reject(error);
        }
      }
    }
  }

  return (sha, size) => {
    const reading =
      known.get(sha) ??
      new Promise<string>((resolve, reject) => {
        if (waiting.length === 0) setTimeout(() => void flush(), 0);
        waiting.push({ sha, size, resolve, reject });
      });
    known.set(sha, reading);
    return reading;
  };
}

async function readBatch(client: Client, batch: readonly Wanted[]): Promise<void> {
  const texts = batch.length > 1 ? await readTogether(client, batch) : new Map<string, string>();
  for (const { sha, resolve } of batch) resolve(texts.get(sha) ?? (await readOne(client, sha)));
}

function toBatches(wanted: readonly Wanted[]): Wanted[][] {
  const batches: Wanted[][] = wanted.filter(({ size }) => size > largestText).map((one) => [one]);
  let batch: Wanted[] = [];
  let bytes = 0;
  for (const one of wanted.filter(({ size }) => size <= largestText)) {
    if (batch.length === batchCount || bytes + one.size > batchBytes) {
      batches.push(batch);
      batch = [];
      bytes = 0;
    }
    batch.push(one);
    bytes += one.size;
  }
  return batch.length > 0 ? [...batches, batch] : batches;
}

/** Texts by name; those that GraphQL cannot give whole are absent. */
async function readTogether(client: Client, batch: readonly Wanted[]): Promise<Map<string, string>> {
  const { owner, repo } = client.place;
  const names = batch.map(({ sha }) => sha).filter((sha) => /^[0-9a-f]{40,64}$/.test(sha));
  const aliases = names.map((sha) => `b${sha}: object(oid: "${sha}") { ... on Blob { text isTruncated } }`);
  const query = `query Texts($owner: String!, $name: String!) {
  repository(owner: $owner, name: $name) {
    ${aliases.join('\n    ')}
  }
}`;
  const answer = await client.graphql(query, { owner, name: repo });
  const repository = z.record(z.string(), z.unknown()).safeParse(answer?.data?.repository).data ?? {};
  const texts = new Map<string, string>();
  for (const sha of names) {
    const blob = Blob.safeParse(repository[`b${sha}`]).data;
    if (blob?.text != null && !blob.isTruncated && blobName(blob.text, sha) === sha) texts.set(sha, blob.text);
  }
  return texts;
}

/** The name that git gives to this text, in the repository's own hash. */
function blobName(text: string, like: string): string {
  const content = Buffer.from(text);
  return createHash(like.length === 40 ? 'sha1' : 'sha256')
    .update(`blob ${content.length}\0`)
    .update(content)
    .digest('hex');
}

async function readOne(client: Client, sha: string): Promise<string> {
  const { owner, repo } = client.place;
  const octokit = await client.octokit();
  const { content, encoding } = RestBlob.parse((await octokit.rest.git.getBlob({ owner, repo, file_sha: sha })).data);
  return Buffer.from(content, encoding === 'base64' ? 'base64' : 'utf8').toString('utf8');
}
