import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createE2bSandboxProvider } from '../../src/adapters/e2b/e2b-sandbox.ts';
import { messageOf } from '../../src/lib/errors.ts';
import { silentLog } from '../../src/lib/log.ts';
import type { PackedProgram } from '../../src/sandboxes/program-package.ts';
import type { SandboxFile, SandboxProvider } from '../../src/sandboxes/sandbox.ts';
import { carriedPrograms } from '../agents/programs/real-programs.ts';
import { describePrograms } from '../contracts/program-conformance.ts';
import { whyNoMachine } from '../fakes/e2b/machine.ts';
import { type E2bDouble, startE2b } from '../fakes/e2b/start-e2b.ts';

const missing = whyNoMachine() ?? (process.arch === 'x64' ? undefined : 'the machines of E2B are x64');
const skip = missing !== undefined;
let e2b: E2bDouble;
beforeAll(async () => {
  e2b = await startE2b({ machines: !skip });
});
afterAll(() => e2b?.close());

const providerOf = (programs?: (name: 'opencode') => Promise<PackedProgram>): SandboxProvider =>
  createE2bSandboxProvider({
    access: { apiKey: e2b.key, apiUrl: e2b.url, sandboxUrl: e2b.url },
    owner: { repository: 'acme/shop', job: 'job-1' },
    log: silentLog,
    patience: { attempts: 2, firstDelayMs: 5, longestDelayMs: 20 },
    ...(programs ? { programs: () => programs('opencode') } : {}),
  });
const emulated: SandboxProvider = {
  kind: 'e2b',
  create: (spec) => providerOf(carriedPrograms).create(spec),
  resume: async (ref, life) => providerOf(carriedPrograms).resume?.(ref, life),
};

describePrograms(`E2B, emulated${skip ? ` (left out: ${missing})` : ''}`, emulated, { skip, programs: ['opencode'] });

describe.skipIf(skip)('a program that cannot be brought to E2B', () => {
  async function* none(): AsyncGenerator<SandboxFile> {}
  const make = (provider: SandboxProvider) =>
    provider
      .create({ session: 'S', lifetimeMs: 3_600_000, files: none, program: 'opencode' })
      .then(() => expect.fail('there is a sandbox'), messageOf);
  const running = async () => (await e2b.look()).sandboxes.filter(({ state }) => state === 'running').length;

  it('leaves no sandbox', async () => {
    const before = await running();
    const program = { command: ['/opt/courier/opencode/x'] as const, version: '1.18.33' };
    const broken = async () => ({
      program,
      async *archive() {
        yield Buffer.from('no archive');
      },
    });
    expect(await make(providerOf(broken))).toContain('An agent tool could not be brought into the E2B sandbox');
    expect(await make(providerOf())).toBe('Courier was started without a place for agent tools.');
    expect(await running()).toBe(before);
  });
});
