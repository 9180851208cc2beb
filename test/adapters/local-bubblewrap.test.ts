import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { appArmorProfile, judgeFailure } from '../../src/adapters/local/bubblewrap-diagnosis.ts';
import {
  toBubblewrapArguments,
  toGuestCommand,
  type VisibleSystem,
} from '../../src/adapters/local/bubblewrap-policy.ts';
import { findStance, type Probe } from '../../src/adapters/local/bubblewrap-start.ts';
import { createLocalSandboxProvider } from '../../src/adapters/local/local-sandbox.ts';
import type { Machine } from '../../src/adapters/local/machine.ts';
import { UserError } from '../../src/lib/errors.ts';
import { silentLog } from '../../src/lib/log.ts';

const Repair = z.enum(['install', 'apparmor-profile']);
const Case = z.object({
  name: z.string(),
  failure: z.union([
    z.object({ kind: z.literal('missing') }),
    z.object({ kind: z.literal('start'), stderr: z.string() }),
  ]),
  platform: z.string().default('linux'),
  arch: z.string().default('x64'),
  githubHosted: z.boolean().default(false),
  inContainer: z.boolean().default(false),
  tried: z.array(Repair).default([]),
  repair: Repair.optional(),
  says: z.array(z.string()).default([]),
});
const fixture = path.join(import.meta.dirname, '..', 'fixtures', 'adapters', 'bubblewrap-failures.json');
const cases = z.array(Case).parse(JSON.parse(readFileSync(fixture, 'utf8')));

describe('what to do about a sandbox that does not start', () => {
  it.each(cases)('knows it when $name', ({ failure, repair, says, ...situation }) => {
    const judged = judgeFailure(failure, situation);
    if (repair) return expect(judged).toEqual({ repair });
    const message = 'message' in judged ? judged.message : '';
    for (const part of says) expect(message).toContain(part);
    expect(message.split('\n')[0]?.length).toBeLessThan(700);
  });
});

const noSystem: VisibleSystem = { roots: [], node: undefined };

/** A machine that exists on paper only. `works` says whether bubblewrap starts, after the repairs so far. */
function aMachine(
  options: Partial<Machine> & { installed?: boolean } = {},
): Machine & { repairs: string[]; written: string[] } {
  const repairs: string[] = [];
  const written: string[] = [];
  return {
    platform: 'linux',
    arch: 'x64',
    githubHosted: false,
    uid: 1001,
    inContainer: async () => false,
    findBubblewrap: async () =>
      (options.installed ?? true) || repairs.some((line) => line.includes('install')) ? '/usr/bin/bwrap' : undefined,
    look: async () => noSystem,
    sudo: async (command, stdin) => {
      repairs.push(command.join(' '));
      if (stdin) written.push(stdin);
      return { ok: true, stderr: '' };
    },
    repairs,
    written,
    ...options,
  };
}
const works: Probe = async () => ({ ok: true });
const denied = { stderr: 'bwrap: setting up uid map: Permission denied\n' };
const fails: Probe = async () => denied;

describe('starting bubblewrap', () => {
  it('changes nothing on a machine where it works', async () => {
    const machine = aMachine({ githubHosted: true });
    expect(await findStance(machine, { probe: works, log: silentLog })).toMatchObject({
      bwrap: '/usr/bin/bwrap',
      user: undefined,
    });
    expect(machine.repairs).toEqual([]);
  });

  it('installs it and allows it on a runner of GitHub, and only as far as needed', async () => {
    const machine = aMachine({ githubHosted: true, installed: false });
    const probe: Probe = async () => (machine.written.includes(appArmorProfile) ? { ok: true } : denied);
    await findStance(machine, { probe, log: silentLog });
    expect(machine.repairs).toEqual([
      'apt-get update -q',
      'apt-get install -y -q --no-install-recommends bubblewrap',
      'tee /etc/apparmor.d/bwrap',
      'apparmor_parser --replace /etc/apparmor.d/bwrap',
    ]);
  });

  it('repairs once, then fails closed', async () => {
    const machine = aMachine({ githubHosted: true });
    await expect(findStance(machine, { probe: fails, log: silentLog })).rejects.toThrow(UserError);
    expect(machine.repairs).toHaveLength(2);
  });

  it('never changes a machine that is not a runner of GitHub', async () => {
    for (const machine of [aMachine(), aMachine({ installed: false }), aMachine({ inContainer: async () => true })]) {
      await expect(findStance(machine, { probe: fails, log: silentLog })).rejects.toThrow(UserError);
      expect(machine.repairs).toEqual([]);
    }
  });

  it('as root, prefers an unused user, and falls back to root without a limit of processes', async () => {
    const machine = aMachine({ uid: 0 });
    expect(await findStance(machine, { probe: works, log: silentLog })).toMatchObject({
      user: { uid: 60777 },
      processes: 512,
    });
    const onlyRoot: Probe = async ({ user }) => (user ? denied : { ok: true });
    const warnings: string[] = [];
    const log = { ...silentLog, warn: (message: string) => warnings.push(message) };
    expect(await findStance(machine, { probe: onlyRoot, log })).toMatchObject({
      user: undefined,
      processes: undefined,
    });
    expect(warnings).toEqual([expect.stringContaining('number of processes')]);
  });

  it('makes no sandbox on a Mac', async () => {
    const provider = createLocalSandboxProvider({ env: {}, log: silentLog, machine: aMachine({ platform: 'darwin' }) });
    async function* none() {}
    await expect(provider.create({ session: 'S', lifetimeMs: 1000, files: none })).rejects.toThrow('not on macOS');
  });
});

describe('the policy of bubblewrap', () => {
  const options = toBubblewrapArguments(
    '/storage',
    { roots: [{ path: '/bin', link: 'usr/bin' }], node: undefined },
    {},
  );
  const valuesOf = (option: string) => options.flatMap((word, index) => (word === option ? [options[index + 2]] : []));

  it('binds nothing to write to but home and /tmp', () => {
    expect(valuesOf('--bind')).toEqual(['/home/user', '/tmp']);
    expect(options.filter((word) => /^--(dev-bind|bind-try|overlay|share-net|cap-add)/.test(word))).toEqual([]);
  });

  it('shares no namespace, capability, session or environment', () => {
    for (const option of ['--unshare-all', '--disable-userns', '--die-with-parent', '--new-session', '--clearenv']) {
      expect(options).toContain(option);
    }
    expect(options.join(' ')).toContain('--cap-drop ALL');
    expect(options.indexOf('--clearenv')).toBeLessThan(options.indexOf('--setenv'));
  });

  it('shows no folder of /etc that may hold a key', () => {
    const shown = options.filter((word) => word.startsWith('/etc'));
    expect(shown).not.toContain('/etc');
    expect(shown).not.toContain('/etc/ssl');
    expect(shown).not.toContain('/etc/resolv.conf');
  });

  it('takes no option out of an environment, and no name that is none', () => {
    const env = { GOOD: '--share-net', 'BAD NAME': 'x', '--bind': '/', 'A=B': 'x', NUL: 'a\0--bind\0/\0/' };
    const words = toBubblewrapArguments('/storage', noSystem, env);
    expect(words.join('\n')).toContain('--setenv\nGOOD\n--share-net');
    expect(words.join('\n')).toContain('--setenv\nNUL\na--bind//');
    expect(words).not.toContain('BAD NAME');
    expect(words).not.toContain('A=B');
    expect(words.some((word) => word.includes('\0'))).toBe(false);
  });

  it('keeps the command and its folder out of the script that starts it', () => {
    const limits = { timeoutMs: 1000, processes: 512, cores: 2 };
    const words = toGuestCommand(['echo', '$(id)'], { cwd: '/a"b', limits });
    expect(words.slice(-3)).toEqual(['/a"b', 'echo', '$(id)']);
    expect(words[3]).not.toContain('id)');
    expect(words[3]).toContain('ulimit -u 512');
  });
});

it.each([
  [{ kind: 'missing' } as const, 'linux'],
  [{ kind: 'start', stderr: 'bwrap: setting up uid map: Permission denied' } as const, 'linux'],
  [{ kind: 'start', stderr: 'bwrap: Unknown option --disable-userns' } as const, 'linux'],
  [{ kind: 'missing' } as const, 'darwin'],
])('advises what works without bubblewrap: %j on %s', (failure, platform) => {
  const judged = judgeFailure(failure, { platform, arch: 'arm64', githubHosted: false, inContainer: false, tried: [] });
  expect(judged).toMatchObject({ message: expect.stringContaining('none') });
  expect(judged).toMatchObject({ message: expect.stringContaining('e2b-api-key') });
});
