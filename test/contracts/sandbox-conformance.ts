import { createHash } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { defaultBytes } from '../../src/sandboxes/guest-limits.ts';
import type {
  ExecResult,
  OutputChunk,
  Sandbox,
  SandboxFile,
  SandboxRef,
  SandboxSetup,
} from '../../src/sandboxes/sandbox.ts';

/** What the commands of the conformance tests do, for a sandbox whose commands are only played. */
export const scriptedCommands = {
  'exit 3': { exitCode: 3 },
  'printf out; printf err >&2': { stdout: 'out', stderr: 'err' },
  'sleep 3000': { takesMs: 3_000_000 },
  'seq 1 200000': { stdout: Array.from({ length: 200_000 }, (_, index) => `${index + 1}\n`).join('') },
};

const bytesOf = (text: string) => Buffer.from(text);
const line = (script: string) => ['bash', '-c', script] as const;
const textOf = (bytes: Uint8Array | undefined) => (bytes ? Buffer.from(bytes).toString('utf8') : undefined);
// No command that is meant to end comes near it.
const timeoutMs = 120_000;

/** What came of a command whose time-out found it at work: where the machine was too slow for it to begin, it gets twice the time. */
async function untilTimedOut(run: (timeoutMs: number) => Promise<ExecResult>): Promise<ExecResult> {
  for (let limit = 1000; ; limit *= 2) {
    const result = await run(limit);
    expect(result).toMatchObject({ timedOut: true, exitCode: 137 });
    if (result.stdout !== '') return result;
  }
}
const textFrom = (chunks: readonly OutputChunk[], stream: OutputChunk['stream']) =>
  chunks.flatMap((chunk) => (chunk.stream === stream ? [chunk.text] : [])).join('');

function asStream(files: readonly SandboxFile[]): () => AsyncGenerator<SandboxFile> {
  return async function* () {
    yield* files;
  };
}

export type MakeSandbox = (files: () => AsyncIterable<SandboxFile>, setup?: SandboxSetup) => Promise<Sandbox>;

const repository: readonly SandboxFile[] = [
  { path: 'src/a.ts', mode: 'file', data: bytesOf('export {};\n') },
  { path: 'run.sh', mode: 'executable', data: bytesOf('#!/bin/sh\necho ran "$1"\n') },
  { path: 'größe 漢字/$(id) "q" \\ end.txt', mode: 'file', data: bytesOf('hostile name\n') },
  { path: 'two\nlines\t.txt', mode: 'file', data: bytesOf('new line\n') },
  { path: '-rf', mode: 'file', data: bytesOf('dash\n') },
  { path: 'link', mode: 'link', target: '../../../etc/hostname' },
  { path: 'binary.bin', mode: 'file', data: Uint8Array.from({ length: 256 }, (_, index) => index) },
];

/** What every `Sandbox` promises (src/sandboxes/sandbox.ts), also one whose commands are only played. */
export function describeSandbox(name: string, make: MakeSandbox, { skip = false }: { skip?: boolean } = {}): void {
  describe.skipIf(skip)(`the sandbox contract: ${name}`, () => {
    let sandbox: Sandbox;
    beforeAll(async () => {
      sandbox = await make(asStream(repository));
    });
    afterAll(() => sandbox?.kill());

    it('gives a failing command as a result', async () => {
      expect(await sandbox.exec(line('exit 3'), { timeoutMs })).toMatchObject({
        exitCode: 3,
        timedOut: false,
        truncated: false,
      });
    });

    it('keeps output and error output apart', async () => {
      const result = await sandbox.exec(line('printf out; printf err >&2'), { timeoutMs });
      expect(result).toMatchObject({ exitCode: 0, stdout: 'out', stderr: 'err' });
    });

    it('tells what a command writes before its result is there, whatever the listener throws', async () => {
      const heard: OutputChunk[] = [];
      const onOutput = (chunk: OutputChunk) => {
        heard.push(chunk);
        throw new Error('the listener fails');
      };
      const result = await sandbox.exec(line('printf out; printf err >&2'), { timeoutMs, onOutput });
      expect(result).toMatchObject({ exitCode: 0, stdout: 'out', stderr: 'err' });
      expect([textFrom(heard, 'stdout'), textFrom(heard, 'stderr')]).toEqual(['out', 'err']);
      const failsLater = async () => Promise.reject(new Error('the listener fails later'));
      const later = await sandbox.exec(line('printf out; printf err >&2'), { timeoutMs, onOutput: failsLater });
      expect(later).toMatchObject({ exitCode: 0, stdout: 'out' });
    });

    it('answers 127 for a program that is not there', async () => {
      const result = await sandbox.exec(['no-such-program-here'], { timeoutMs });
      expect(result.exitCode).toBe(127);
      expect(result.stderr).toContain('not found');
    });

    it('ends a command at its time-out', async () => {
      const result = await sandbox.exec(line('sleep 3000'), { timeoutMs: 300 });
      expect(result).toMatchObject({ timedOut: true, exitCode: 137 });
    });

    it('ends a command when it is aborted, also before it began', async () => {
      const signal = AbortSignal.timeout(200);
      expect(await sandbox.exec(line('sleep 3000'), { timeoutMs, signal })).toMatchObject({
        timedOut: false,
        exitCode: 137,
      });
      const aborted = AbortSignal.abort();
      const result = await sandbox.exec(line('sleep 3000'), { timeoutMs, signal: aborted });
      expect(result).toMatchObject({ timedOut: false, exitCode: 137 });
    });

    it('keeps beginning and end of an output that is too long', async () => {
      const result = await sandbox.exec(line('seq 1 200000'), { timeoutMs, maxOutputBytes: 2000 });
      expect(result.truncated).toBe(true);
      expect(result.stdout.startsWith('1\n2\n3\n')).toBe(true);
      expect(result.stdout.endsWith('199999\n200000\n')).toBe(true);
      expect(result.stdout.length).toBeLessThan(2200);
    });

    it('writes and reads files, and makes their folders', async () => {
      const place = `${sandbox.out}/deep/er/größe $(id) "q".json`;
      await sandbox.writeFile(place, 'é\n');
      await sandbox.appendFile(place, 'more');
      expect(textOf(await sandbox.readFile(place))).toBe('é\nmore');
      await sandbox.writeFile(place, 'new');
      expect(textOf(await sandbox.readFile(place))).toBe('new');
    });

    it('appends to a file that is not there yet', async () => {
      await sandbox.appendFile(`${sandbox.out}/fresh.ndjson`, '{}\n');
      expect(textOf(await sandbox.readFile(`${sandbox.out}/fresh.ndjson`))).toBe('{}\n');
    });

    it('keeps every byte of a binary file', async () => {
      const data = Uint8Array.from({ length: 70_000 }, (_, index) => (index * 7) % 256);
      await sandbox.writeFile(`${sandbox.out}/all.bin`, data);
      const back = await sandbox.readFile(`${sandbox.out}/all.bin`);
      expect(Buffer.compare(back ?? Buffer.alloc(0), data)).toBe(0);
    });

    it('reads an empty file as one without bytes, and a missing one as undefined', async () => {
      await sandbox.writeFile(`${sandbox.out}/empty`, '');
      expect((await sandbox.readFile(`${sandbox.out}/empty`))?.length).toBe(0);
      expect(await sandbox.readFile(`${sandbox.out}/missing`)).toBeUndefined();
      expect(await sandbox.readFile(`${sandbox.out}/missing/deeper`)).toBeUndefined();
    });

    it('refuses to read a file above the size that was asked for', async () => {
      await sandbox.writeFile(`${sandbox.out}/large`, 'x'.repeat(1001));
      await expect(sandbox.readFile(`${sandbox.out}/large`, { maxBytes: 1000 })).rejects.toThrow('1000 bytes');
      expect((await sandbox.readFile(`${sandbox.out}/large`, { maxBytes: 1001 }))?.length).toBe(1001);
    });

    it('refuses paths that are not absolute', async () => {
      await expect(sandbox.writeFile('issues.json', '[]')).rejects.toThrow();
      await expect(sandbox.readFile('../issues.json')).rejects.toThrow();
    });

    it('may be killed twice, and answers nothing afterwards', async () => {
      const other = await make(asStream([]));
      await other.kill();
      await other.kill();
      await expect(other.exec(line('exit 3'), { timeoutMs })).rejects.toThrow();
      await expect(other.readFile(`${other.out}/issues.json`)).rejects.toThrow();
    });
  });
}

/** What a `Sandbox` promises beyond that when its commands really run. */
export function describeRealSandbox(
  name: string,
  make: MakeSandbox,
  { skip = false, resume }: { skip?: boolean; resume: (ref: SandboxRef) => Promise<Sandbox | undefined> | undefined },
): void {
  describeSandbox(name, make, { skip });
  describe.skipIf(skip)(`the contract of a sandbox that runs commands: ${name}`, () => {
    // Of all tests that leave it as good as they found it: names of files are their own.
    let shared: Sandbox;
    beforeAll(async () => {
      shared = await make(asStream(repository));
    });
    afterAll(() => shared?.kill());
    const made: Sandbox[] = [];
    const fresh = async (files: readonly SandboxFile[] = [], setup?: SandboxSetup) => {
      const sandbox = await make(asStream(files), setup);
      made.push(sandbox);
      return sandbox;
    };
    afterEach(async () => {
      for (const sandbox of made.splice(0)) await sandbox.kill();
    });

    it('holds the repository, byte for byte, with hostile names, modes and links as they are', async () => {
      const sandbox = shared;
      for (const file of repository) {
        if (file.mode === 'link') continue;
        const back = await sandbox.readFile(`${sandbox.workspace}/${file.path}`);
        expect([file.path, Buffer.compare(back ?? Buffer.alloc(0), file.data)]).toEqual([file.path, 0]);
      }
      const result = await sandbox.exec(['./run.sh', 'a b; $(id)'], { timeoutMs });
      expect(result).toMatchObject({ exitCode: 0, stdout: 'ran a b; $(id)\n' });
      expect((await sandbox.exec(['readlink', 'link'], { timeoutMs })).stdout).toBe('../../../etc/hostname\n');
    });

    it('starts commands in the workspace, or where it is told, with the environment that it is given', async () => {
      const sandbox = shared;
      expect((await sandbox.exec(['pwd'], { timeoutMs })).stdout).toBe(`${sandbox.workspace}\n`);
      expect((await sandbox.exec(['pwd'], { timeoutMs, cwd: '/tmp' })).stdout).toBe('/tmp\n');
      const env = { GREETING: 'a $(id) "b"\nc' };
      const result = await sandbox.exec(line('printf "%s|%s" "$GREETING" "$COURIER_OUT"'), { timeoutMs, env });
      expect(result.stdout).toBe(`a $(id) "b"\nc|${sandbox.out}`);
    });

    it('gives a folder that is not there, a NUL character and an endless argument as results', async () => {
      const sandbox = shared;
      for (const attempt of [
        sandbox.exec(['true'], { timeoutMs, cwd: '/no/such/folder' }),
        sandbox.exec(['echo', 'a\0b'], { timeoutMs }),
        sandbox.exec(['echo', 'x'.repeat(3 << 20)], { timeoutMs }),
        sandbox.exec(['echo', ...Array.from({ length: 40 }, () => 'x'.repeat(100_000))], { timeoutMs }),
      ]) {
        const result = await attempt;
        expect(result.exitCode).toBe(126);
        expect(result.stderr).not.toBe('');
      }
    });

    it('passes standard input, also a large one, and minds no command that does not read it', async () => {
      const sandbox = shared;
      expect((await sandbox.exec(['cat'], { timeoutMs, stdin: 'héllo' })).stdout).toBe('héllo');
      expect((await sandbox.exec(['cat'], { timeoutMs })).stdout).toBe('');
      const stdin = 'y'.repeat(3 << 20);
      expect((await sandbox.exec(['wc', '-c'], { timeoutMs, stdin })).stdout.trim()).toBe(String(3 << 20));
      expect((await sandbox.exec(['true'], { timeoutMs, stdin })).exitCode).toBe(0);
    });

    it('lets scripts open their standard streams by name', async () => {
      const sandbox = shared;
      const script = 'cat /dev/stdin; echo out >/dev/stdout; echo err >/dev/stderr; echo both | tee /dev/stderr';
      const result = await sandbox.exec(line(script), { timeoutMs, stdin: 'in\n' });
      expect(result).toMatchObject({ stdout: 'in\nout\nboth\n', stderr: 'err\nboth\n' });
    });

    it('answers 128 and the number for a command that a signal ended', async () => {
      const sandbox = shared;
      expect((await sandbox.exec(line('kill -TERM $$'), { timeoutMs })).exitCode).toBe(143);
      expect((await sandbox.exec(line('kill -KILL $$'), { timeoutMs })).exitCode).toBe(137);
    });

    it('kills grandchildren and daemons at the time-out, and what a command left behind at its end', async () => {
      const sandbox = shared;
      const beat = 'while true; do date +%N > "$0"; sleep 0.02; done';
      const leave = (file: string) =>
        `setsid nohup bash -c '${beat}' ${file} >/dev/null 2>&1 </dev/null & until [ -s ${file} ]; do sleep 0.02; done`;
      await sandbox.exec(line(`${leave('/tmp/at-end')}`), { timeoutMs });
      const endless = `${leave('/tmp/at-time-out')}; echo begun; (trap "" TERM INT HUP; sleep 3000)`;
      await untilTimedOut((limit) => sandbox.exec(line(endless), { timeoutMs: limit }));
      const read = async () => [
        textOf(await sandbox.readFile('/tmp/at-end')),
        textOf(await sandbox.readFile('/tmp/at-time-out')),
      ];
      const first = await read();
      await new Promise((resolve) => setTimeout(resolve, 200));
      expect(first.every((text) => text !== undefined)).toBe(true);
      expect(await read()).toEqual(first);
    });

    it('has killed what a command left when its result is there, not only at the next one', async () => {
      const sandbox = shared;
      const beat = 'while true; do date +%s%N > /tmp/beat; sleep 0.02; done';
      await sandbox.exec(
        line(`setsid nohup bash -c '${beat}' >/dev/null 2>&1 </dev/null & until [ -s /tmp/beat ]; do sleep 0.02; done`),
        {
          timeoutMs,
        },
      );
      await new Promise((resolve) => setTimeout(resolve, 600));
      const { stdout: now } = await sandbox.exec(['date', '+%s%N'], { timeoutMs });
      const last = textOf(await sandbox.readFile('/tmp/beat')) ?? expect.fail('it never beat');
      expect(BigInt(now) - BigInt(last)).toBeGreaterThan(400_000_000n);
    });

    it('bounds an output of 100 MB', async () => {
      const sandbox = shared;
      const result = await sandbox.exec(line('head -c 100000000 /dev/zero | tr "\\0" x; echo end'), {
        timeoutMs,
        maxOutputBytes: 10_000,
      });
      expect(result).toMatchObject({ exitCode: 0, truncated: true });
      expect(result.stdout.length).toBeLessThan(10_200);
      expect(result.stdout.endsWith('xend\n')).toBe(true);
    });

    it('tells what a command writes while it runs, no character torn', async () => {
      const sandbox = shared;
      const heard: OutputChunk[] = [];
      let answered: Promise<void> | undefined;
      const onOutput = (chunk: OutputChunk) => {
        heard.push(chunk);
        // The command goes on only when somebody has heard its first words.
        if (textFrom(heard, 'stdout') === 'first é\n') answered ??= sandbox.writeFile('/tmp/go-on', '');
      };
      const script = [
        'printf "first \\303"; sleep 0.3; printf "\\251\\n"',
        'until [ -e /tmp/go-on ]; do sleep 0.02; done',
        'echo second; echo error >&2; printf "\\xe6\\xbc"',
      ];
      const result = await sandbox.exec(line(script.join('; ')), { timeoutMs, onOutput });
      await answered;
      expect(result).toMatchObject({ exitCode: 0, stdout: 'first é\nsecond\n\ufffd', stderr: 'error\n' });
      expect([textFrom(heard, 'stdout'), textFrom(heard, 'stderr')]).toEqual([result.stdout, result.stderr]);
    });

    it('tells what a command wrote until its time-out, and nothing afterwards', async () => {
      const sandbox = shared;
      let heard: OutputChunk[] = [];
      const count = line('n=0; while true; do echo $((n += 1)); sleep 0.01; done');
      const result = await untilTimedOut((limit) => {
        heard = [];
        return sandbox.exec(count, { timeoutMs: limit, onOutput: (chunk) => void heard.push(chunk) });
      });
      expect(result.stdout).toMatch(/^1\n/);
      expect(textFrom(heard, 'stdout')).toBe(result.stdout);
      const told = heard.length;
      await new Promise((resolve) => setTimeout(resolve, 300));
      expect(heard.length).toBe(told);
    });

    it('tells only the beginning of an endless output, whole', async () => {
      const sandbox = shared;
      const heard: OutputChunk[] = [];
      const onOutput = (chunk: OutputChunk) => void heard.push(chunk);
      const script = 'head -c 9000000 /dev/zero | tr "\\0" x; echo the end; echo still told >&2';
      const result = await sandbox.exec(line(script), { timeoutMs, maxOutputBytes: 1000, onOutput });
      expect(result).toMatchObject({ exitCode: 0, truncated: true });
      expect(result.stdout.endsWith('xthe end\n')).toBe(true);
      expect(textFrom(heard, 'stdout').length).toBe(defaultBytes.streamed);
      expect(textFrom(heard, 'stderr')).toBe('still told\n');
    });

    it('tells as much of an output as it is asked to', async () => {
      const sandbox = shared;
      const heard: OutputChunk[] = [];
      const onOutput = (chunk: OutputChunk) => void heard.push(chunk);
      const script = 'head -c 9000000 /dev/zero | tr "\\0" x; echo the end';
      const maxStreamedBytes = 32 << 20;
      await sandbox.exec(line(script), { timeoutMs, maxOutputBytes: 1000, onOutput, maxStreamedBytes });
      expect(textFrom(heard, 'stdout').endsWith('xthe end\n')).toBe(true);
    });

    it('keeps files between commands, in the workspace and in /tmp', async () => {
      const sandbox = shared;
      await sandbox.exec(line('echo one > kept; echo two > /tmp/kept'), { timeoutMs });
      expect((await sandbox.exec(line('cat kept /tmp/kept'), { timeoutMs })).stdout).toBe('one\ntwo\n');
    });

    it('reads no folder, pipe or device, and is not held up by one', async () => {
      const sandbox = shared;
      await sandbox.exec(line('mkfifo "$COURIER_OUT/pipe"; ln -s /dev/zero "$COURIER_OUT/zero"'), { timeoutMs });
      for (const name of ['pipe', 'zero', '.', 'repo']) {
        expect([name, await sandbox.readFile(`${sandbox.out}/${name}`)]).toEqual([name, undefined]);
      }
    });

    it('gives output in the order it came, and no character torn, however it arrives', async () => {
      const sandbox = shared;
      const script = 'for n in 1 2 3; do printf "é%.0s" $(seq 1 9000); echo "漢 $n"; sleep 0.05; done';
      const result = await sandbox.exec(line(script), { timeoutMs });
      expect(result.stdout).toBe(['1', '2', '3'].map((number) => `${'é'.repeat(9000)}漢 ${number}\n`).join(''));
    });

    it('takes a repository of 10,000 files, in deep folders, with long names', async () => {
      const deep = `${'deep/'.repeat(40)}${'n'.repeat(200)}.txt`;
      const many: SandboxFile[] = Array.from({ length: 10_000 }, (_, index) => ({
        path: `packages/p${index % 50}/src/größe-${index}.ts`,
        mode: 'file',
        data: bytesOf(`export const n = ${index};\n`),
      }));
      const long: SandboxFile = { path: 'far', mode: 'link', target: `../${'up/'.repeat(60)}end` };
      const sandbox = await fresh([...many, { path: deep, mode: 'file', data: bytesOf('deep') }, long]);
      const counted = await sandbox.exec(line('find packages -type f | wc -l; cat packages/p7/src/größe-1957.ts'), {
        timeoutMs,
      });
      expect(counted.stdout.replaceAll(' ', '')).toBe('10000\nexportconstn=1957;\n');
      expect(textOf(await sandbox.readFile(`${sandbox.workspace}/${deep}`))).toBe('deep');
      expect((await sandbox.exec(['readlink', 'far'], { timeoutMs })).stdout).toBe(`../${'up/'.repeat(60)}end\n`);
    });

    it('reads a large file whole, and no byte more than was asked for', async () => {
      const sandbox = shared;
      await sandbox.exec(line('head -c 5000000 /dev/urandom > large; sha256sum < large > sum'), { timeoutMs });
      const back = await sandbox.readFile(`${sandbox.workspace}/large`);
      const sum = createHash('sha256')
        .update(back ?? '')
        .digest('hex');
      expect(textOf(await sandbox.readFile(`${sandbox.workspace}/sum`))).toContain(sum);
      await expect(sandbox.readFile(`${sandbox.workspace}/large`, { maxBytes: 4_999_999 })).rejects.toThrow('4999999');
    });

    it('reaches no network, and no secret of the host', async () => {
      process.env.COURIER_TEST_CANARY = 'canary-of-the-conformance-suite';
      const sandbox = await fresh();
      // The word is put together inside, as the command line itself is read, too.
      const script = [
        'breach() { printf "%s%s\\n" BREA CH; }',
        'for address in 127.0.0.1 1.1.1.1 169.254.169.254; do timeout 1 bash -c "exec 3<>/dev/tcp/$address/80" && breach; done',
        'timeout 2 getent hosts github.com && breach',
        'env; cat /proc/*/environ /proc/*/cmdline | tr "\\0" "\\n"; cat /etc/shadow; ls -la /root /home',
        'sudo -n true && breach; touch /usr/bin/owned /etc/owned && breach; kill -9 1',
      ].join('; ');
      const { stdout, timedOut } = await sandbox.exec(line(`( ${script} ) 2>/dev/null; echo the end`), { timeoutMs });
      delete process.env.COURIER_TEST_CANARY;
      expect(timedOut).toBe(false);
      expect(stdout.endsWith('the end\n')).toBe(true);
      expect(stdout).not.toContain('BREACH');
      expect(stdout).not.toContain('canary-of');
    });

    it('is set up before it is handed over, and says why where that failed', async () => {
      const setup = (command: string, limit = timeoutMs) => ({ command, hosts: [], timeoutMs: limit });
      const prepared = await fresh(repository, setup('cp src/a.ts built.ts; (setsid sleep 300 &)'));
      expect(prepared.setupProblem).toBeUndefined();
      expect((await prepared.exec(line('cat built.ts; ps ax | grep -c "[s]leep 300"'), { timeoutMs })).stdout).toBe(
        'export {};\n0\n',
      );
      const failed = await fresh(repository, setup('echo no such lock >&2; exit 3'));
      expect(failed.setupProblem).toContain('ended with 3: no such lock.');
      expect((await failed.exec(line('cat src/a.ts'), { timeoutMs })).stdout).toBe('export {};\n');
      expect((await fresh([], setup('sleep 3000', 2000))).setupProblem).toContain('took longer than 2 s');
    });

    it('reaches nothing once it is set up, whatever was open meanwhile and whatever stayed behind', async () => {
      const beat = 'while true; do timeout 1 bash -c "exec 3<>/dev/tcp/1.1.1.1/443" && echo out >> /tmp/out; done';
      const command = `echo done > made; (setsid bash -c '${beat}' >/dev/null 2>&1 </dev/null &); (setsid sleep 4711 &)`;
      const sandbox = await fresh([], { command, hosts: ['registry.npmjs.org'], timeoutMs });
      expect(sandbox.setupProblem).toBeUndefined();
      const script = [
        'cat made; rm -f /tmp/out; sleep 0.3; cat /tmp/out',
        'timeout 1 bash -c "exec 3<>/dev/tcp/1.1.1.1/443" && echo open',
        'timeout 2 getent hosts registry.npmjs.org && echo named',
        'env | grep -ic proxy; ps ax | grep -c "[s]leep 4711"',
      ].join('; ');
      expect((await sandbox.exec(line(`( ${script} ) 2>/dev/null`), { timeoutMs })).stdout).toBe('done\n0\n0\n');
    });

    it('keeps its files while it is paused, and no process', async () => {
      const sandbox = await fresh(repository);
      const beat = 'while true; do date +%N > /tmp/beat; sleep 0.02; done';
      const running = sandbox.exec(line(`echo kept > kept; chmod 755 kept; ${beat}`), { timeoutMs });
      await expect.poll(async () => textOf(await sandbox.readFile('/tmp/beat'))).toBeTruthy();
      const ref = (await sandbox.pause?.()) ?? expect.fail('it cannot be paused');
      expect(await running).toMatchObject({ exitCode: 137 });
      await expect(sandbox.exec(line('true'), { timeoutMs })).rejects.toThrow();
      await sandbox.kill();
      const again = (await resume(ref)) ?? expect.fail('it is gone');
      made.push(again);
      expect([again.workspace, again.out]).toEqual([sandbox.workspace, sandbox.out]);
      const first = textOf(await again.readFile('/tmp/beat'));
      const result = await again.exec(line('cat kept src/a.ts; readlink link; test -x kept && echo runs'), {
        timeoutMs,
      });
      expect(result.stdout).toBe('kept\nexport {};\n../../../etc/hostname\nruns\n');
      expect(textOf(await again.readFile('/tmp/beat'))).toBe(first);
      await again.kill();
      expect(await resume(ref)).toBeUndefined();
    });

    it('bounds a fork bomb in time, and goes on after it', async () => {
      const sandbox = await fresh();
      const result = await sandbox.exec(line('bomb() { bomb | bomb & }; ulimit -u 100; bomb; sleep 3000'), {
        timeoutMs: 1000,
      });
      expect(result.timedOut).toBe(true);
      expect((await sandbox.exec(line('echo still here'), { timeoutMs })).stdout).toBe('still here\n');
    });

    it('runs commands side by side, and keeps sandboxes apart', async () => {
      const [one, two] = [await fresh(), shared];
      await one.writeFile(`${one.out}/mine`, 'one');
      expect(await two.readFile(`${two.out}/mine`)).toBeUndefined();
      const results = await Promise.all(
        ['a', 'b', 'c'].map((word) => two.exec(line(`sleep 0.2; echo ${word}`), { timeoutMs })),
      );
      expect(results.map((result) => result.stdout)).toEqual(['a\n', 'b\n', 'c\n']);
    });

    it('ends running commands when it is killed', async () => {
      const sandbox = await fresh();
      const { promise: begun, resolve: onOutput } = Promise.withResolvers<unknown>();
      const running = sandbox.exec(line('echo begun; sleep 3000'), { timeoutMs, onOutput });
      await begun;
      await sandbox.kill();
      expect(await running).toMatchObject({ exitCode: 137, timedOut: false });
    });

    // All of what leads out: test/adapters/hostile-paths.test.ts, without a sandbox for each.
    it('refuses a repository whose paths lead out', async () => {
      const out = asStream([{ path: 'a/../../out.txt', mode: 'file', data: bytesOf('x') }]);
      await expect(make(out)).rejects.toThrow('no place for the path');
      const through: readonly SandboxFile[] = [
        { path: 'folder', mode: 'link', target: '/tmp' },
        { path: 'folder/out.txt', mode: 'file', data: bytesOf('x') },
      ];
      await expect(make(asStream(through))).rejects.toThrow();
    });
  });
}
