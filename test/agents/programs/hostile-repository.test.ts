import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createLocalSandboxProvider } from '../../../src/adapters/local/local-sandbox.ts';
import { siftAgentFiles } from '../../../src/agents/programs/agent-files.ts';
import { claudeCode } from '../../../src/agents/programs/claude-code.ts';
import { geminiCli } from '../../../src/agents/programs/gemini.ts';
import { openCode } from '../../../src/agents/programs/opencode.ts';
import type { Program } from '../../../src/agents/programs/program.ts';
import { messageOf } from '../../../src/lib/errors.ts';
import { silentLog } from '../../../src/lib/log.ts';
import type { GatewayEvent } from '../../../src/sandboxes/gateway.ts';
import type { SandboxFile } from '../../../src/sandboxes/sandbox.ts';
import { startAnthropic } from '../../fakes/anthropic/start-anthropic.ts';
import type { Dialect } from '../../fakes/model/script.ts';
import { startModel } from '../../fakes/model/start-model.ts';
import { canaries, canaryText, elsewhere, hostileRepository } from './hostile-repository.ts';
import { realPrograms } from './real-programs.ts';
import { aRun } from './start-of.ts';

type Model = { url: string; key: string; requests: readonly { raw: unknown }[]; close: () => Promise<void> };
type Case = {
  program: Program;
  model: string;
  shell: string;
  read: [string, object];
  start: (turns: object[]) => Promise<Model>;
};

const speaking = (dialect: Dialect) => (script: object[]) => startModel({ dialect, script });
const cases: Readonly<Record<string, Case>> = {
  'Claude Code': {
    program: claudeCode,
    model: 'claude-sonnet-5-5',
    shell: 'Bash',
    read: ['Read', { file_path: '/home/user/repo/sub/a.txt' }],
    start: (script) => startAnthropic({ script, key: 'sk-real', from: 'another program' }),
  },
  OpenCode: {
    program: openCode,
    model: 'openai/gpt-6.1-sol',
    shell: 'bash',
    read: ['read', { filePath: '/home/user/repo/sub/a.txt' }],
    start: speaking('openai-chat'),
  },
  'Gemini CLI': {
    program: geminiCli,
    model: 'gemini-3.8-flash',
    shell: 'run_shell_command',
    read: ['read_file', { file_path: '/home/user/repo/sub/a.txt' }],
    start: speaking('gemini'),
  },
};

async function* asStream(files: Readonly<Record<string, string>>): AsyncGenerator<SandboxFile> {
  for (const [name, text] of Object.entries(files)) yield { path: name, mode: 'file', data: Buffer.from(text) };
}

const folder = mkdtempSync(path.join(tmpdir(), 'courier-hostile-'));
const provider = createLocalSandboxProvider({
  env: process.env,
  tempDir: folder,
  log: silentLog,
  programs: realPrograms,
});
const missing = await provider.create({ session: 'S', lifetimeMs: 60_000, files: () => asStream({}) }).then(
  (sandbox) => sandbox.kill().then(() => undefined),
  (error: unknown) => messageOf(error),
);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Listens inside, where somebody who is redirected would arrive, and runs the program. */
const beside = `mkdir -p ${canaries}
node -e 'require("node:http").createServer((q, a) => {
  require("node:fs").appendFileSync("${canaries}/redirected", q.method + " " + q.url + "\\n");
  a.end("{}");
}).on("connect", (q, s) => { require("node:fs").appendFileSync("${canaries}/redirected", "CONNECT\\n"); s.destroy(); })
  .listen(${new URL(elsewhere).port}, "127.0.0.1", () => console.error("listening"))' 2>${canaries}.log &
until grep -q listening ${canaries}.log; do sleep 0.05; done
exec "$@"`;

async function work({ program, model: modelId, shell, read, start }: Case, files: () => AsyncIterable<SandboxFile>) {
  const look = { command: 'ls -a; cat sub/a.txt', description: 'look' };
  const model = await start([
    { text: 'Looking.', toolUses: [{ name: shell, input: look }] },
    { toolUses: [{ name: read[0], input: read[1] }] },
    { text: 'All done.' },
  ]);
  const told: GatewayEvent[] = [];
  const sandbox = await provider.create({
    session: 'S-hostile',
    lifetimeMs: 300_000,
    files,
    program: program.tool,
    gateway: {
      vendor: program.vendorOf(modelId),
      upstream: model.url,
      key: model.key,
      token: 'token-of-session',
      decide: () => ({ pass: true }),
      onEvent: (event) => told.push(event),
    },
  });
  try {
    const { gateway, program: installed, out, workspace } = sandbox;
    if (!gateway || !installed) return expect.fail('the sandbox is not complete');
    const home = `${out}/.courier-agent`;
    const place = { command: installed.command, home, workspace, toolsUrl: undefined };
    const begin = program.start(aRun({ model: modelId, budgetUsd: undefined }), {
      ...place,
      api: { url: gateway.url, token: gateway.key },
    });
    for (const { path: file, text } of begin.files) await sandbox.writeFile(file, text);
    const { stdout, stderr, exitCode } = await sandbox.exec(
      ['bash', '-c', beside, 'bash', ...installed.command, ...begin.args],
      { env: begin.env, stdin: begin.stdin, timeoutMs: 100_000, maxOutputBytes: 4 << 20 },
    );
    const reader = program.createReader();
    for (const line of stdout.split('\n')) reader.read(line);
    const left = await sandbox.exec(['ls', canaries], { timeoutMs: 10_000 });
    const bodies = model.requests.map(({ raw }) => JSON.stringify(raw));
    return { end: reader.end({ exitCode, stderr }), ran: left.stdout.split('\n').filter(Boolean), bodies, told };
  } finally {
    await sandbox.kill();
    await model.close();
  }
}

const refusals = (told: readonly GatewayEvent[]) => told.filter(({ type }) => type === 'refused');

describe.skipIf(missing !== undefined).each(Object.entries(cases))(
  `a repository that configures agent tools, under %s${missing === undefined ? '' : ` (left out: ${missing})`}`,
  (_, tool) => {
    it('runs nothing, redirects nothing and tells the model nothing', async () => {
      const { files } = siftAgentFiles(() => asStream(hostileRepository));
      const { end, ran, bodies, told } = await work(tool, files);
      expect(end).toEqual({ end: 'done', text: 'All done.' });
      expect(ran).toEqual([]);
      expect(bodies).toHaveLength(3);
      for (const body of bodies) expect(body).not.toContain(canaryText);
      expect(bodies[2]).toContain('two');
      expect(refusals(told)).toEqual([]);
    });

    // OpenCode obeys such files whatever its switches say.
    it.skipIf(tool.program === openCode)(
      'does neither where the files are there, as an agent may write them',
      async () => {
        const { end, ran, bodies, told } = await work(tool, () => asStream(hostileRepository));
        expect(end).toEqual({ end: 'done', text: 'All done.' });
        expect(ran).toEqual([]);
        expect(bodies).toHaveLength(3);
        expect(refusals(told)).toEqual([]);
      },
    );
  },
);
