import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { extractFindings } from '../../src/findings/extract/extract-findings.ts';
import { createRandom } from '../bench/random.ts';
import { pick, seeds } from './rounds.ts';
import { hostile, issueCount, ordinary } from './shapes/output-shapes.ts';

const folder = await mkdtemp(path.join(tmpdir(), 'courier-shapes-'));
afterAll(() => rm(folder, { recursive: true, force: true }));

const Read = z.object({
  outcome: z.string(),
  issues: z.number(),
  ms: z.number(),
  peak: z.number(),
  polluted: z.boolean(),
});
const gigabyte = 2 ** 30;

/** In a process of its own, which knows only the file: its highest memory is what reading takes. */
function read(output: string | Uint8Array) {
  const file = path.join(folder, 'output');
  writeFileSync(file, output);
  const script = path.join(import.meta.dirname, 'shapes/read-output-file.ts');
  const { stdout, stderr, status, error } = spawnSync(process.execPath, [script, file], {
    encoding: 'utf8',
    timeout: 110_000,
  });
  expect(status, error?.message ?? stderr.slice(0, 2000)).toBe(0);
  return Read.parse(JSON.parse(stdout));
}

describe('an output of 50 MB', () => {
  it.each(Object.keys(ordinary))('is read whole, within 1 GB and half a minute of the processor: %s', (name) => {
    const { outcome, issues, peak, ms } = read(ordinary[name]?.() ?? '');
    expect({ outcome, issues }).toEqual({
      outcome: name === 'truncated' ? 'incomplete' : 'complete',
      issues: issueCount,
    });
    expect(peak).toBeLessThan(gigabyte);
    expect(ms).toBeLessThan(30_000);
  });

  it.each(Object.keys(hostile))('is survived, within 1 GB and half a minute of the processor: %s', (name) => {
    const { peak, ms, polluted } = read(hostile[name]?.() ?? '');
    expect(polluted).toBe(false);
    expect(peak).toBeLessThan(gigabyte);
    expect(ms).toBeLessThan(30_000);
  });
});

const noise = ['"', "'", '\\', '{', '}', '[', ']', ',', ':', '\n', '```', '//', '...', 'x', '\u0000', '“', '#', 'null'];
const titles = ['SQL built from input', 'Empty catch', 'Token in the log', 'Race in the cache'];

describe('an output damaged at random', () => {
  it('gives back most of its issues, none twice, and is hardly ever called complete while one is missing', () => {
    const counts = { outputs: 0, issues: 0, found: 0, wronglyComplete: 0 };
    for (const seed of seeds(60_000)) {
      const text = damagedList(createRandom(seed));
      const { outcome, issues } = extractFindings(text);
      const known = issues.filter(({ title }) => titles.includes(title));
      expect(new Set(known.map(({ title }) => title)).size, `seed ${seed}: ${text}`).toBe(known.length);
      counts.outputs += 1;
      counts.issues += titles.length;
      counts.found += known.length;
      // A damaged title is still an issue: what counts is how many there are.
      if (outcome === 'complete' && issues.length < titles.length) counts.wronglyComplete += 1;
    }
    expect(counts.found / counts.issues).toBeGreaterThan(0.85);
    // What is left looks like an issue that was meant so: a quotation mark of another kind that opens here and closes there, a comment.
    expect(counts.wronglyComplete).toBeLessThanOrEqual(1 + counts.outputs / 10_000);
  });
});

function damagedList(random: () => number): string {
  const list = titles.map((title) => ({ title, description: `${title} at src/a.js`, severity: 'high' }));
  let text = JSON.stringify({ issues: list }, null, pick(random, [0, 2]));
  for (let damage = 0; damage < 1 + Math.floor(random() * 4); damage++) {
    const at = Math.floor(random() * text.length);
    const cut = Math.floor(random() * 3);
    text = text.slice(0, at) + (random() < 0.6 ? pick(random, noise) : '') + text.slice(at + cut);
  }
  return text;
}
