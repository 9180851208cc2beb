import { spawn, spawnSync } from 'node:child_process';
import { randomBytes, randomInt } from 'node:crypto';
import dgram from 'node:dgram';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import net from 'node:net';
import { hostname, tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { createLocalSandboxProvider } from '../../src/adapters/local/local-sandbox.ts';
import { markStorage } from '../../src/adapters/local/pristine-storage.ts';
import { messageOf } from '../../src/lib/errors.ts';
import { silentLog } from '../../src/lib/log.ts';
import type { Sandbox, SandboxFile, SandboxSetup } from '../../src/sandboxes/sandbox.ts';
import { describeRealSandbox } from '../contracts/sandbox-conformance.ts';
import { freePort } from '../free-port.ts';

const place = realpathSync(mkdtempSync(path.join(tmpdir(), 'courier-test-')));
chmodSync(place, 0o755);
const provider = createLocalSandboxProvider({ env: process.env, tempDir: place, log: silentLog });
async function* none(): AsyncGenerator<SandboxFile> {}
// Of sandboxes that are to outlive their tests, however slow the machine is.
const lifetimeMs = 3_600_000;
const create = (files: () => AsyncIterable<SandboxFile> = none, setup?: SandboxSetup) =>
  provider.create({ session: 'S-test', lifetimeMs, files, setup });

/** Above the largest number that Linux gives a process: nobody has it, nor comes to have it. */
const nobody = 4_194_305;

const missing = await create().then(
  (sandbox) => sandbox.kill().then(() => undefined),
  (error: unknown) => messageOf(error),
);
const skip = missing !== undefined;
const left = skip ? ` (left out: ${missing})` : '';

afterAll(() => rmSync(place, { recursive: true, force: true }));

describeRealSandbox(`bubblewrap${left}`, create, {
  skip,
  resume: (ref) => provider.resume?.(ref, { lifetimeMs }),
});

describe.skipIf(skip)(`the local sandbox${left}`, () => {
  const made: Sandbox[] = [];
  const fresh = async (files?: () => AsyncIterable<SandboxFile>) => {
    const sandbox = await create(files);
    made.push(sandbox);
    return sandbox;
  };
  afterEach(async () => {
    for (const sandbox of made.splice(0)) await sandbox.kill();
  });
  const bash = (sandbox: Sandbox, script: string, timeoutMs = 120_000) =>
    sandbox.exec(['bash', '-c', script], { timeoutMs });
  const storages = () => readdirSync(place).filter((name) => name.startsWith('courier-sandbox-'));

  it('has the tools and the Node of the machine, a home and a user', async () => {
    const sandbox = await fresh();
    expect(sandbox).toMatchObject({ workspace: '/home/user/repo', out: '/home/user' });
    const result = await bash(sandbox, 'whoami; cd; pwd; node -p 1+1; git --version; hostname');
    expect(result.stdout).toMatch(/^user\n\/home\/user\n2\ngit version .*\ncourier\n$/);
  });

  it('bounds a fork bomb in number and in time', async () => {
    const sandbox = await fresh();
    const refused = 'Resource temporarily unavailable';
    // On a slow machine it grows as slowly: then it gets twice the time.
    for (let limit = 2000, said = ''; !said.includes(refused); limit *= 2) {
      const result = await bash(sandbox, 'bomb() { bomb | bomb & }; bomb; sleep 3000', limit);
      expect(result.timedOut).toBe(true);
      said = result.stderr;
    }
    expect((await bash(sandbox, 'echo still here')).stdout).toBe('still here\n');
  });

  it('bounds the size of a file', async () => {
    const sandbox = await fresh();
    const result = await bash(sandbox, 'truncate -s 2G large; echo $?');
    expect(result.stdout).not.toBe('0\n');
  });

  it('bounds the memory of all processes together, and says so', async () => {
    const size = { templateId: 'base', memoryMb: 300, cpuCount: undefined };
    const sandbox = await provider.create({ session: 'S-test', lifetimeMs, files: none, size });
    made.push(sandbox);
    const small = await bash(sandbox, 'head -c 50M /dev/zero | tail -c 50M | wc -c');
    expect(small.stdout).toBe(`${50 << 20}\n`);
    // Again and again, as what others give back meanwhile hides what is taken here.
    const eat = 'while true; do head -c 200M /dev/zero | { tail -c 200M | { sleep 5; cat; }; } >/dev/null; done';
    const result = await bash(sandbox, `for i in 1 2 3 4; do (${eat}) & done; wait`);
    expect(result).toMatchObject({ exitCode: 137, timedOut: false });
    expect(result.stderr).toContain('more than 300 MB of memory');
    expect((await bash(sandbox, 'echo still here')).stdout).toBe('still here\n');
  });

  it('bounds what lies on the disk, in files and deleted ones, and lets a command delete', async () => {
    // A file system that is nobody else's: what others delete meanwhile would hide what is filled here.
    const tempDir = mkdtempSync('/dev/shm/courier-test-');
    chmodSync(tempDir, 0o755);
    const small = createLocalSandboxProvider({ env: process.env, tempDir, diskMb: 40, log: silentLog });
    const sandbox = await small.create({ session: 'S-test', lifetimeMs, files: none });
    made.push(sandbox);
    const fill = await bash(sandbox, 'for i in $(seq 1 60); do head -c 1M /dev/urandom >$i; done; sleep 3000');
    expect(fill).toMatchObject({ exitCode: 137, timedOut: false });
    expect(fill.stderr).toContain('holds more than 40 MB');
    const remove = 'sleep 0.3; for file in *; do rm -f $file; sleep 0.02; done; ls | wc -l';
    expect(await bash(sandbox, remove)).toMatchObject({ stdout: '0\n', stderr: '' });
    const hidden = 'exec 5>hidden; rm hidden; head -c 100M /dev/urandom >&5; sleep 3000';
    expect(await bash(sandbox, hidden)).toMatchObject({ exitCode: 137, timedOut: false });
    await sandbox.kill();
    rmSync(tempDir, { recursive: true, force: true });
  });

  it('removes its storage when it is killed, whatever lies in it', async () => {
    const before = storages();
    const sandbox = await create();
    const deep = 'for i in $(seq 1 60); do d=$(printf "%0200d" $i); mkdir "$d" && cd "$d" || exit 1; done';
    await bash(sandbox, `${deep}; mkdir locked; touch locked/file; chmod 000 locked ~/repo`);
    expect(storages()).toHaveLength(before.length + 1);
    await sandbox.kill();
    expect(storages()).toEqual(before);
  });

  it('dies on its own after its lifetime', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      const sandbox = await provider.create({ session: 'S-test', lifetimeMs: 300, files: none });
      const { promise: begun, resolve: onOutput } = Promise.withResolvers<unknown>();
      const running = sandbox.exec(['bash', '-c', 'echo begun; sleep 3000'], { timeoutMs: 120_000, onOutput });
      await begun;
      vi.advanceTimersByTime(300);
      expect(await running).toMatchObject({ exitCode: 137, timedOut: false });
      await expect(bash(sandbox, 'true')).rejects.toThrow('ended');
      await sandbox.kill();
    } finally {
      vi.useRealTimers();
    }
  });

  it('sweeps what a process left behind that died, and nothing else', async () => {
    const put = (name: string, owner: string) => {
      mkdirSync(path.join(place, name));
      writeFileSync(path.join(place, name, 'owner'), owner);
    };
    put('courier-sandbox-dead', `${nobody} ${hostname()}`);
    put('courier-sandbox-alive', `${process.pid} ${hostname()}`);
    put('courier-sandbox-elsewhere', `${nobody} another-host`);
    put('unrelated', `${nobody} ${hostname()}`);
    await fresh();
    const names = ['courier-sandbox-dead', 'courier-sandbox-alive', 'courier-sandbox-elsewhere', 'unrelated'];
    expect(names.map((name) => existsSync(path.join(place, name)))).toEqual([false, true, true, true]);
    for (const name of names) rmSync(path.join(place, name), { recursive: true, force: true });
  });

  describe('tells whether a command left everything as it was', () => {
    async function* files(): AsyncGenerator<SandboxFile> {
      yield { path: 'src/a.js', mode: 'file', data: Buffer.from('let a = 1;\n') };
    }
    it.each(['true', 'grep -rn let .', 'node -e "1"', 'cat src/a.js > /dev/null', '(sleep 60 &) ; exit 3'])(
      'it did: %s',
      async (script) => {
        // Where the file system of temporary folders does not tell every change (tmpfs, overlay), nobody can say so.
        const canTell = (await markStorage(place)) !== undefined;
        const sandbox = await fresh(files);
        expect(await sandbox.isPristine?.()).toBe(canTell);
        await bash(sandbox, script);
        expect(await sandbox.isPristine?.()).toBe(canTell);
      },
    );

    const mapped = "import mmap; f = open('src/a.js', 'r+b'); m = mmap.mmap(f.fileno(), 0); m[0:3] = b'var'; m.close()";
    it.each([
      'echo x >> src/a.js',
      'touch -d 2001-01-01 src/a.js',
      'chmod 600 src/a.js',
      'rm src/a.js',
      'rm -rf ~/* ~/.??* 2>/dev/null; true',
      'touch /tmp/x && touch -d 2001-01-01 /tmp/x /tmp',
      'touch ~/.bashrc',
      'mv src lib && touch -d 2001-01-01 lib .',
      'cp -p src/a.js /tmp/a && sed -i s/1/2/ src/a.js && touch -r /tmp/a src/a.js && rm /tmp/a',
      `command -v python3 >/dev/null && python3 -c "${mapped}" || touch x`,
    ])('it did not: %s', async (script) => {
      const sandbox = await fresh(files);
      await bash(sandbox, script);
      expect(await sandbox.isPristine?.()).toBe(false);
    });
  });

  it('leaves nothing behind when the repository cannot be copied', async () => {
    const before = storages();
    async function* broken(): AsyncGenerator<SandboxFile> {
      yield { path: 'a', mode: 'file', data: Buffer.from('a') };
      throw new Error('the disk is gone');
    }
    await expect(create(broken)).rejects.toThrow('the disk is gone');
    expect(storages()).toEqual(before);
  });

  it('writes a report file through no link that a command planted', async () => {
    const sandbox = await fresh();
    await bash(sandbox, 'ln -s /etc/passwd ~/issues.json; ln -s /usr/bin ~/folder');
    await expect(sandbox.appendFile('/home/user/issues.json', 'owned')).rejects.toThrow('could not be written');
    await expect(sandbox.writeFile('/home/user/folder/owned', 'owned')).rejects.toThrow('could not be written');
  });
});

/** What listens on the host, to hear whatever gets out. */
async function startListeners(folder: string) {
  const heard: string[] = [];
  const socket = path.join(folder, 'host.sock');
  const abstractName = `courier-test-${process.pid}`;
  // None that systems give out themselves: who looks for a server that is gone does not come here.
  const port = await freePort();
  const tcp = net.createServer(() => heard.push('tcp')).listen(port);
  const udp = dgram.createSocket({ type: 'udp6' }, () => heard.push('udp')).bind(port);
  const unix = net.createServer(() => heard.push('unix')).listen(socket);
  const abstract = net.createServer(() => heard.push('abstract')).listen(`\0${abstractName}`);
  await Promise.all([tcp, udp, unix, abstract].map((server) => once(server, 'listening')));
  chmodSync(socket, 0o777);
  const stop = () => {
    for (const server of [tcp, udp, unix, abstract]) server.close();
  };
  return { heard, port, socket, abstractName, stop };
}

type Attack = {
  stdout: string;
  stderr: string;
  timedOut: boolean;
  linked: string | null;
  written: string;
  uid: number;
};

/** Puts a secret into the session's key ring, which every descendant has too. */
function withKeyRing(secret: string): string[] {
  if (spawnSync('/usr/bin/python3', ['--version']).status !== 0) return [];
  const script = `
import ctypes, os, platform, sys
number, secret = (217 if platform.machine() == 'aarch64' else 248), sys.argv[1].encode()
ctypes.CDLL(None).syscall(number, b'user', b'courier-test', secret, len(secret), -3)
os.execv(sys.argv[2], sys.argv[2:])`;
  return ['/usr/bin/python3', '-c', script, secret];
}

const asRoot = process.getuid?.() === 0;
const attackers = [
  { who: asRoot ? 'root' : 'the own user', wrapper: [], skip: false },
  {
    who: `an ordinary user${asRoot ? '' : ' beside the own one (left out: only root can become another user)'}`,
    wrapper: ['setpriv', '--reuid=12345', '--regid=12345', '--clear-groups'],
    skip: !asRoot,
  },
];

for (const attacker of attackers) {
  describe.skipIf(skip || attacker.skip)(`an attacker in the sandbox of ${attacker.who}${left}`, () => {
    const canary = `canary-${randomBytes(12).toString('hex')}`;
    const folder = path.join(place, `host-${attacker.wrapper.length}`);
    let listeners: Awaited<ReturnType<typeof startListeners>>;
    let attack: Attack;
    const hostFile = path.join(folder, 'canary.txt');
    // How long the daemon sleeps that it leaves: no other process of this machine sleeps as long.
    const daemon = `31337.${randomInt(10 ** 11, 10 ** 12)}`;

    beforeAll(async () => {
      mkdirSync(path.join(folder, 'storage'), { recursive: true });
      writeFileSync(hostFile, canary);
      for (const file of [folder, hostFile, path.join(folder, 'storage')]) {
        if (attacker.wrapper.length > 0) chownSync(file, 12345, 12345);
      }
      listeners = await startListeners(folder);
      const fixtures = path.join(import.meta.dirname, '..', 'fixtures', 'adapters');
      const program = [
        ...attacker.wrapper,
        ...withKeyRing(canary),
        process.execPath,
        path.join(fixtures, 'run-in-sandbox.ts'),
      ];
      const args = [path.join(folder, 'storage'), path.join(fixtures, 'attack.sh')];
      const heard = [String(listeners.port), hostFile, folder, listeners.socket, listeners.abstractName];
      const [command = '', ...rest] = [...program, ...args, ...heard, daemon];
      const inherited = openSync(hostFile, 'r');
      const child = spawn(command, [...rest, `--token=${canary}`], {
        env: { PATH: process.env.PATH, HOME: folder, GITHUB_TOKEN: canary, ANTHROPIC_API_KEY: canary, [canary]: '1' },
        // Number 40: high and alone, where Node does not close what it inherited.
        stdio: ['ignore', 'pipe', 'inherit', ...Array.from({ length: 37 }, () => 'ignore' as const), inherited],
      });
      const chunks: Buffer[] = [];
      child.stdout?.on('data', (chunk: Buffer) => chunks.push(chunk));
      await once(child, 'close');
      attack = JSON.parse(Buffer.concat(chunks).toString());
    });
    afterAll(() => listeners?.stop());

    it('gets to the end of its script', () => {
      expect(attack.timedOut).toBe(false);
      expect(attack.stdout.trimEnd().endsWith('--- the end')).toBe(true);
      expect(attack.uid).toBe(attacker.wrapper.length > 0 ? 12345 : process.getuid?.());
    });

    it('breaks out nowhere', () => {
      expect((attack.stdout.match(/BREACH: .*/g) ?? []).slice(0, 20)).toEqual([]);
      expect(/CapEff:\t(\d+)/.exec(attack.stdout)?.[1]).toMatch(/^0+$/);
      expect(/NoNewPrivs:\t(\d)/.exec(attack.stdout)?.[1]).toBe('1');
    });

    it('reads no secret of the host, neither as it is nor reversed or in base64', () => {
      const said = attack.stdout + attack.stderr + (attack.linked ?? '');
      const forms = [canary, [...canary].reverse().join(''), Buffer.from(canary).toString('base64')];
      const lines = said.split('\n').filter((line) => forms.some((form) => line.includes(form)));
      expect(lines.slice(0, 5).map((line) => line.slice(0, 300))).toEqual([]);
    });

    it('is heard by nobody', () => {
      expect(listeners.heard).toEqual([]);
    });

    it('leads neither reading nor writing astray with a link', () => {
      expect(attack.linked).toBeNull();
      expect(readFileSync(hostFile, 'utf8')).toBe(canary);
    });

    it('leaves no daemon', () => {
      const commands = readdirSync('/proc').flatMap((pid) => {
        if (!/^\d+$/.test(pid)) return [];
        try {
          return [readFileSync(`/proc/${pid}/cmdline`, 'utf8')];
        } catch {
          return [];
        }
      });
      expect(commands.length).toBeGreaterThan(0);
      expect(commands.filter((command) => command.startsWith(`sleep\0${daemon}`))).toEqual([]);
    });
  });
}
