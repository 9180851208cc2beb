import { generateKeyPairSync } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createCommandRunner } from '../../src/adapters/local/command-runner.ts';
import { audit } from '../../src/checks/presets/audit.ts';
import type { PresetName } from '../../src/checks/presets/names.ts';
import { oxlint } from '../../src/checks/presets/oxlint.ts';
import { runChecks } from '../../src/checks/run-checks.ts';
import { checkFolder, readerOf, realPorts } from './sample-app.ts';

const fixtures = path.resolve(import.meta.dirname, '../fixtures/checks');
const packageRoot = path.resolve(import.meta.dirname, '../..');
let root: string;

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'courier-presets-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(file: string, text: string): string {
  mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
  writeFileSync(path.join(root, file), text);
  return file;
}

async function run(preset: PresetName, files: readonly string[]) {
  const [outcome] = await checkFolder(root, files, { presets: [preset] });
  return outcome!;
}

describe('the preset secretlint', () => {
  const key = 'NotARealSecretButPlantedForTheTests12345';
  // Put together here, so that no scanner takes this file for the place of a secret.
  const token = ['ghp', 'a1B2'.repeat(9)].join('_');
  it('never lets a secret out, wherever it stands on its line', async () => {
    const files = [
      write('src/a.js', `const one = 'aws_secret_access_key = ${key}'; const two = '${token}'; // ${token}\n`),
      write('deploy/.env', `GITHUB=${token}\n`),
      write('config/db.yml', 'url: mongodb://admin:Secret123Password@db.example.org/shop\n'),
    ];
    const outcome = await run('secretlint', files);
    expect(outcome.state).toBe('findings');
    const text = JSON.stringify(outcome);
    for (const secret of [key, key.slice(-12), token, token.slice(-12), 'Secret123Password'])
      expect(text).not.toContain(secret);
    expect(text).toContain('const one = ');
  });

  it('finds a private key, also one in a single line, and quotes its first words at most', async () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 1024 });
    const pem = privateKey.export({ type: 'pkcs1', format: 'pem' }).toString();
    const files = [
      write('keys/server.pem', pem),
      write('src/key.js', `export const key = "${pem.replaceAll('\n', '\\n')}";\n`),
    ];
    const outcome = await run('secretlint', files);
    expect(outcome).toMatchObject({ state: 'findings', findings: [{}, {}] });
    const text = JSON.stringify(outcome);
    expect(text).toContain('BEGIN RSA PRIVATE KEY');
    for (const line of pem.split('\n').slice(1, -2)) expect(text).not.toContain(line.slice(0, 20));
  });

  it('keeps other checks from quoting a line with a secret', async () => {
    const file = write('src/a.js', `export const f = (x) => eval(x + '${token}');\n`);
    const outcomes = await checkFolder(root, [file], { presets: ['secretlint', 'ast-grep'] });
    expect(outcomes.map(({ state }) => state)).toEqual(['findings', 'findings']);
    expect(JSON.stringify(outcomes)).not.toContain(token);
  });

  it('passes over tests, documentation and templates', async () => {
    const line = `token: ${token}\n`;
    const files = ['test/a.js', 'docs/a.txt', 'README.md', '.env.example', 'fixtures/a.json'].map((file) =>
      write(file, line),
    );
    expect(await run('secretlint', files)).toMatchObject({ state: 'not-applicable' });
    expect(await run('secretlint', [...files, write('src/ok.js', 'export {};\n')])).toMatchObject({ state: 'clean' });
  });

  it('reports nothing of a file that a link reaches outside the repository', async () => {
    const outside = mkdtempSync(path.join(tmpdir(), 'courier-outside-'));
    writeFileSync(path.join(outside, 'secret'), `token ${token}\n`);
    symlinkSync(path.join(outside, 'secret'), path.join(root, 'link.txt'));
    const readText = async (file: string) => (file === 'link.txt' ? undefined : readerOf(root)(file));
    const [outcome] = await checkFolder(root, ['link.txt'], { presets: ['secretlint'], readText });
    rmSync(outside, { recursive: true });
    expect(outcome).toMatchObject({ state: 'clean' });
  });
});

describe('the tools', () => {
  it('load no program and no configuration of the repository', async () => {
    const proof = path.join(root, 'it-ran');
    const evil = `require('fs').writeFileSync(${JSON.stringify(proof)}, 'x'); module.exports = {};`;
    write('plugin.cjs', evil);
    write('node_modules/@secretlint/secretlint-rule-preset-recommend/index.js', evil);
    write(
      'node_modules/@secretlint/secretlint-rule-preset-recommend/package.json',
      '{"version":"1.0.0","main":"index.js"}',
    );
    write('.secretlintrc.json', '{"rules":[{"id":"./plugin.cjs"}]}');
    write('.oxlintrc.json', '{"jsPlugins":["./plugin.cjs"],"rules":{"use-isnan":"off"}}');
    write('src/.oxlintrc.json', '{"jsPlugins":["../plugin.cjs"],"rules":{"use-isnan":"off"}}');
    write('sgconfig.yml', 'ruleDirs: [nowhere]\ncustomLanguages: {x: {libraryPath: ./x.so, extensions: [js]}}\n');
    const file = write('src/a.js', 'export const f = (x) => x === NaN || eval(x);\n');
    const outcomes = await checkFolder(root, [file], { presets: ['secretlint', 'ast-grep', 'oxlint'] });
    expect(outcomes.map(({ check, state }) => [check, state])).toEqual([
      ['secretlint', 'clean'],
      ['ast-grep', 'findings'],
      ['oxlint', 'findings'],
    ]);
    expect(existsSync(proof)).toBe(false);
  });

  it('take odd file names for what they are', async () => {
    const names = ['-rf.js', '--config=x.js', 'a b.js', '[id].js', '$(touch owned).js', 'src/(group)/ä.js', "it's.js"];
    const files = names.map((name) => write(name, 'export const f = (x) => x === NaN || eval(x);\n'));
    for (const preset of ['oxlint', 'ast-grep'] as const) {
      const outcome = await run(preset, files);
      const paths = 'findings' in outcome ? outcome.findings.map(({ candidate }) => candidate.location?.path) : [];
      expect(paths.toSorted()).toEqual(names.toSorted());
    }
    expect(await run('secretlint', files)).toMatchObject({ state: 'clean' });
  });
});

describe('the preset oxlint', () => {
  it('could not determine anything where it could not open a file, and names the file', async () => {
    const message = 'Failed to open file /repository/src/a.js with error "Permission denied (os error 13)"';
    const stdout = JSON.stringify({ diagnostics: [{ message, severity: 'error', labels: [] }], number_of_files: 1 });
    const result = { exitCode: 1, stdout, stderr: '', truncated: false, durationMs: 1, timedOut: false };
    const context = {
      repositoryRoot: '/repository',
      files: ['src/a.js'],
      allFiles: ['src/a.js'],
      assets: '',
      maxFindings: 10,
    };
    expect(await oxlint.understand([result], { ...context, readText: async () => undefined })).toEqual({
      undetermined: 'oxlint failed: Failed to open file src/a.js with error "Permission denied (os error 13)"',
      cause: 'failed',
    });
  });

  it('makes one remark of all files that it cannot parse', async () => {
    const files = [write('a.js', 'const = 1;\n'), write('b.js', 'function ( {\n'), write('c.js', 'export {};\n')];
    const outcome = await run('oxlint', files);
    expect(outcome).toMatchObject({
      state: 'findings',
      findings: [
        {
          rule: 'unparsable',
          candidate: { severity: 4, description: expect.stringContaining('2 files could not be parsed') },
        },
      ],
    });
  });
});

describe('the preset tsc', () => {
  const withCompiler = () => {
    mkdirSync(path.join(root, 'node_modules'));
    symlinkSync(path.join(packageRoot, 'node_modules/typescript'), path.join(root, 'node_modules/typescript'));
  };
  const options = '"compilerOptions":{"strict":true,"types":[],"skipLibCheck":true}';

  it('says that the dependencies are not installed', async () => {
    expect(await run('tsc', [write('tsconfig.json', '{}')])).toMatchObject({
      state: 'undetermined',
      cause: 'unavailable',
      reason: 'dependencies are not installed: run npm ci before the scan, and in sandbox.setup for runs',
    });
  });

  it("reports the errors of one file as one finding, with the repository's own compiler", async () => {
    withCompiler();
    const files = [
      write('tsconfig.json', `{${options}}`),
      write('src/a.ts', 'export const a: number = "x";\n\nexport const b: string = 1;\n'),
      write('src/ok.ts', 'export const c = 1;\n'),
    ];
    const outcome = await run('tsc', files);
    expect(outcome).toMatchObject({
      state: 'findings',
      findings: [
        {
          candidate: { title: 'Type errors in src/a.ts', location: { startLine: 1 }, evidence: [{}, { startLine: 3 }] },
        },
      ],
    });
  });

  it('checks what a root configuration refers to, and is not green on nothing', async () => {
    withCompiler();
    const files = [
      write(
        'tsconfig.json',
        '{\n  // only references\n  "files": [],\n  "references": [{ "path": "./tsconfig.app.json" },],\n}\n',
      ),
      write('tsconfig.app.json', `{${options},"include":["src"]}`),
      write('src/a.ts', 'export const a: number = "x";\n'),
    ];
    expect(await run('tsc', files)).toMatchObject({ state: 'findings' });
  });

  it('is undetermined when the configuration itself is wrong', async () => {
    withCompiler();
    expect(await run('tsc', [write('tsconfig.json', `{${options},"include":["nothing"]}`)])).toMatchObject({
      state: 'undetermined',
      cause: 'failed',
      reason: expect.stringContaining('TS18003'),
    });
  });

  it('does not start a compiler that is part of the repository', async () => {
    const files = [
      write('tsconfig.json', '{}'),
      write('node_modules/typescript/package.json', '{"bin":{"tsc":"bin/tsc"}}'),
    ];
    expect(await run('tsc', files)).toMatchObject({ state: 'undetermined', cause: 'unavailable' });
  });
});

describe('the preset audit', () => {
  const lock = readFileSync(path.join(fixtures, 'audit/package-lock.json'), 'utf8');
  const context = {
    files: ['package-lock.json'],
    allFiles: ['package-lock.json'],
    repositoryRoot: '/srv/app',
    assets: '/assets',
    readText: async () => lock,
    maxFindings: 25,
  };
  const output = (stdout: string, exitCode = 1) => [
    { exitCode, stdout, stderr: '', timedOut: false, truncated: false, durationMs: 1 },
  ];

  it('makes one finding of all vulnerable packages, as severe as the worst', async () => {
    const recorded = readFileSync(path.join(fixtures, 'audit/recorded.json'), 'utf8');
    expect(await audit.understand(output(recorded), context)).toMatchObject({
      findings: [
        {
          rule: 'npm-audit',
          candidate: {
            severity: 1,
            category: 'dependencies',
            location: { path: 'package-lock.json', startLine: 7 },
            evidence: [{ quote: expect.stringContaining('"node_modules/lodash": {') }],
            description: expect.stringMatching(
              /2 packages[\s\S]*lodash: critical \(direct\): Prototype Pollution[\s\S]*shop-table: low \(no fix yet\): through lodash/,
            ),
          },
        },
      ],
    });
  });

  it('says that the registry did not answer', async () => {
    const refused = JSON.stringify({ message: '405 Method Not Allowed - POST advisories/bulk', statusCode: 405 });
    expect(await audit.understand(output(refused), context)).toEqual({
      undetermined: expect.stringContaining('405 Method Not Allowed'),
      cause: 'unavailable',
    });
  });

  it('asks the configured registry, with the real npm', async () => {
    write('package.json', '{"name":"shop","version":"1.0.0","dependencies":{"lodash":"4.17.0"}}');
    write('package-lock.json', lock);
    const advisory = {
      id: 1,
      url: 'https://example.org/1',
      title: 'Prototype Pollution',
      severity: 'high',
      vulnerable_versions: '<4.17.12',
      cwe: [],
      cvss: { score: 8 },
    };
    let answer: string | undefined = JSON.stringify({ lodash: [advisory] });
    const server = createServer((request, response) => {
      if (answer === undefined) return void response.destroy();
      request.resume();
      response.statusCode = request.method === 'POST' ? 200 : 404;
      response.setHeader('content-type', 'application/json');
      response.end(request.method === 'POST' ? answer : '{}');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    const env = {
      ...process.env,
      npm_config_registry: `http://127.0.0.1:${port}/`,
      npm_config_cache: path.join(root, '.npm'),
    };
    const ask = async () => {
      const request = {
        presets: ['audit'] as const,
        checks: {},
        files: ['package-lock.json'],
        repositoryRoot: root,
        readText: readerOf(root),
      };
      const [outcome] = await runChecks(request, { ...realPorts, commands: createCommandRunner({ env }) });
      return outcome;
    };
    expect(await ask()).toMatchObject({ state: 'findings', findings: [{ candidate: { severity: 2 } }] });
    answer = '{}';
    expect(await ask()).toMatchObject({ state: 'clean' });
    // It goes on listening: a port that is free again may be somebody else's by then.
    answer = undefined;
    expect(await ask()).toMatchObject({ state: 'undetermined', cause: 'unavailable' });
    server.close();
    server.closeAllConnections();
  });
});
