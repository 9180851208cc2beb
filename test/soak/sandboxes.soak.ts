import { chmodSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { createLocalSandboxProvider } from '../../src/adapters/local/local-sandbox.ts';
import { silentLog } from '../../src/lib/log.ts';
import type { SandboxFile } from '../../src/sandboxes/sandbox.ts';
import { leftOut, sandboxed } from '../acceptance/bed.ts';
import { createRandom } from '../bench/random.ts';
import { pick, seeds } from './rounds.ts';

const place = realpathSync(mkdtempSync(path.join(tmpdir(), 'courier-soak-')));
chmodSync(place, 0o755);
const provider = createLocalSandboxProvider({ env: process.env, tempDir: place, log: silentLog });
afterAll(() => rmSync(place, { recursive: true, force: true }));

async function* files(): AsyncGenerator<SandboxFile> {
  for (let index = 0; index < 50; index += 1) yield { path: `f${index}`, mode: 'file', data: Buffer.alloc(1000) };
}

/** Processes of this machine whose command line holds the text. */
function processesWith(text: string): string[] {
  return readdirSync('/proc').flatMap((pid) => {
    if (!/^\d+$/.test(pid) || Number(pid) === process.pid) return [];
    try {
      const line = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
      return line.includes(text) ? [line.slice(0, 200)] : [];
    } catch {
      return [];
    }
  });
}

const gateway = {
  vendor: 'anthropic',
  upstream: 'http://127.0.0.1:9',
  key: 'none',
  token: 'none',
  decide: () => ({ refuse: 'budget' as const }),
} as const;

describe.skipIf(!sandboxed)(`a local sandbox that is cancelled at any moment${leftOut}`, () => {
  it.each(seeds(50))('leaves no process and no file (seed %i)', async (seed) => {
    const random = createRandom(seed);
    const mark = `7${process.pid}${seed}`;
    const how = pick(random, ['kill', 'abort', 'lifetime', 'pause'] as const);
    const after = random() * 400;
    const sandbox = await provider.create({
      session: 'S-soak',
      lifetimeMs: how === 'lifetime' ? Math.max(1, after) : 60_000,
      files,
      ...(random() < 0.3 ? { gateway } : {}),
    });
    const cancel = new AbortController();
    const script = `(setsid nohup sleep ${mark} >/dev/null 2>&1 &); (trap '' TERM INT HUP; sleep ${mark}) & sleep ${mark}`;
    const run = () => sandbox.exec(['bash', '-c', script], { timeoutMs: 30_000, signal: cancel.signal });
    const running = Promise.allSettled([run(), run(), sandbox.writeFile('/tmp/x', 'x')]);
    await sleep(after);
    if (how === 'abort') cancel.abort();
    if (how === 'kill') await sandbox.kill();
    const parked = how === 'pause' ? await sandbox.pause?.() : undefined;
    await running;
    expect(processesWith(`sleep ${mark}`)).toEqual([]);
    if (parked) await (await provider.resume?.(parked, { lifetimeMs: 60_000 }))?.kill();
    await sandbox.kill();
    expect(processesWith(sandbox.ref.id)).toEqual([]);
    expect(readdirSync(place)).toEqual([]);
  });
});
