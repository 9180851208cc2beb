import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createE2bSandboxProvider } from '../../src/adapters/e2b/e2b-sandbox.ts';
import { silentLog } from '../../src/lib/log.ts';
import type { OutputChunk, SandboxFile } from '../../src/sandboxes/sandbox.ts';
import { aBed, agentStep } from '../acceptance/bed.ts';
import { createRandom } from '../bench/random.ts';
import type { Fault } from '../fakes/e2b/faults.ts';
import { whyNoMachine } from '../fakes/e2b/machine.ts';
import { type E2bDouble, startE2b } from '../fakes/e2b/start-e2b.ts';
import { pick, seeds } from './rounds.ts';

const missing = whyNoMachine();
const left = missing === undefined ? '' : ` (left out: ${missing})`;
const files = { 'src/a.js': 'export const a = 1;\n', '.github/courier.yml': 'presets: none\n' };
const call = (name: string, input: object) => ({ toolUses: [{ name, input }] });
const script = [
  call('bash', { command: 'cat src/a.js; sleep 0.2' }),
  call('bash', { command: '(setsid nohup sleep 300 >/dev/null 2>&1 &); sleep 0.2' }),
  call('finish', { summary: 'done' }),
];

/** What may go wrong on the way to E2B: any call, at any byte. */
function randomFaults(random: () => number): Fault[] {
  const match = () =>
    pick(random, ['POST /v2/sandboxes$', 'Process/Start$', 'POST /files', 'DELETE /sandboxes', 'GET /']);
  const kinds: readonly (() => Omit<Fault, 'match'>)[] = [
    () => ({ status: 502 }),
    () => ({ status: 503 }),
    () => ({ status: 429 }),
    () => ({ status: 429, headers: { 'Retry-After': '0' } }),
    () => ({ reset: true }),
    () => ({ loseAnswer: true }),
    () => ({ cutAfter: Math.floor(random() * 3000) }),
  ];
  return Array.from({ length: Math.floor(random() * 6) }, () => ({
    match: match(),
    skip: Math.floor(random() * 3),
    ...pick(random, kinds)(),
  }));
}

describe.skipIf(missing !== undefined)(`sandboxes at E2B, emulated${left}`, () => {
  let e2b: E2bDouble;
  beforeAll(async () => {
    e2b = await startE2b();
  });
  afterAll(() => e2b?.close());

  it.each(seeds(50))(
    'are gone after a step that was cancelled at any moment, and its post step (seed %i)',
    async (seed) => {
      const random = createRandom(seed);
      const bed = await aBed(files);
      const { inputs, env } = agentStep(await bed.model(script));
      const step = {
        inputs: { ...inputs, 'e2b-api-key': e2b.key },
        env: { ...env, E2B_API_URL: e2b.url, E2B_SANDBOX_URL: e2b.url },
      };
      await e2b.fail(seed % 2 === 0 ? randomFaults(random) : []);
      const signal = pick(random, ['SIGINT', 'SIGTERM', 'SIGKILL'] as const);
      const delay = 200 + random() * 3000;
      const { runnerTemp } = await bed.run({
        ...step,
        onSpawn: (child) => void setTimeout(() => child.kill(signal), delay).unref(),
      });
      await e2b.fail([]);
      const post = await bed.run({ ...step, runnerTemp, post: true });
      expect(post.code).toBe(0);
      expect((await e2b.look()).sandboxes.map(({ id }) => id)).toEqual([]);
    },
  );

  it.each(seeds(30))(
    'run every command once and lose no output, nor any that is listened to, whatever happens on the way (seed %i)',
    async (seed) => {
      const random = createRandom(seed);
      async function* none(): AsyncGenerator<SandboxFile> {}
      const provider = createE2bSandboxProvider({
        access: { apiKey: e2b.key, apiUrl: e2b.url, sandboxUrl: e2b.url },
        owner: { repository: 'acme/shop', job: `job-${seed}` },
        log: silentLog,
        patience: { attempts: 12, firstDelayMs: 2, longestDelayMs: 20 },
      });
      await e2b.fail(randomFaults(random));
      const sandbox = await provider.create({ session: 'S-soak', lifetimeMs: 60_000, files: none });
      for (let round = 1; round <= 4; round += 1) {
        await e2b.fail(randomFaults(random));
        const count = Math.floor(random() * 400);
        const command = `echo ${round} >> ran; seq 1 ${count}; seq 1 ${count} >&2; exit ${round}`;
        const heard = { stdout: '', stderr: '' };
        const onOutput = ({ stream, text }: OutputChunk) => {
          heard[stream] += text;
        };
        const listening = round % 2 === 0 ? { onOutput } : {};
        const result = await sandbox.exec(['bash', '-c', command], { timeoutMs: 20_000, ...listening });
        const all = Array.from({ length: count }, (_, index) => `${index + 1}\n`).join('');
        expect(result).toMatchObject({ exitCode: round, stdout: all, stderr: all });
        if (round % 2 === 0) expect(heard).toEqual({ stdout: all, stderr: all });
        await sleep(random() * 20);
      }
      const ran = await sandbox.readFile(`${sandbox.workspace}/ran`);
      expect(Buffer.from(ran ?? []).toString()).toBe('1\n2\n3\n4\n');
      await sandbox.kill();
      await e2b.fail([]);
      const { sandboxes, violations } = await e2b.look();
      expect(sandboxes).toEqual([]);
      expect(violations).toEqual([]);
    },
  );
});
