// Makes src/adapters/syntax/grammars from the packages of the lock file beside this script: `npm run grammars`.
// The grammars' packages would build native code when they are installed: no script of theirs runs, only their .wasm files are taken.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';

const target = join(import.meta.dirname, '../../src/adapters/syntax/grammars');
const folder = mkdtempSync(join(tmpdir(), 'courier-grammars-'));
try {
  for (const name of ['package.json', 'package-lock.json']) cpSync(join(import.meta.dirname, name), join(folder, name));
  const flags = ['--ignore-scripts', '--legacy-peer-deps', '--no-audit', '--no-fund'];
  execFileSync('npm', ['ci', ...flags], { cwd: folder, stdio: 'inherit' });
  make(join(folder, 'node_modules'));
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function make(packages) {
  rmSync(target, { recursive: true, force: true });
  mkdirSync(target, { recursive: true });
  const sums = {};
  const licences = [];
  for (const name of readdirSync(packages).filter((name) => name.includes('tree-sitter'))) {
    const { version, license } = JSON.parse(readFileSync(join(packages, name, 'package.json'), 'utf8'));
    if (license !== 'MIT') throw new Error(`${name} ${version} has the licence ${license}, not MIT`);
    licences.push(`${name} ${version}\n\n${readFileSync(join(packages, name, 'LICENSE'), 'utf8').trim()}\n`);
    for (const file of readdirSync(join(packages, name)).filter(isWanted)) {
      const bytes = readFileSync(join(packages, name, file));
      sums[file] = createHash('sha256').update(bytes).digest('hex');
      writeFileSync(join(target, `${file}.br`), compress(bytes));
    }
  }
  const runtime = readFileSync(join(packages, 'web-tree-sitter/web-tree-sitter.js'), 'utf8').replace(
    /^\/\/# source.*\n/m,
    '',
  );
  sums['web-tree-sitter.mjs'] = createHash('sha256').update(runtime).digest('hex');
  writeFileSync(join(target, 'web-tree-sitter.mjs'), runtime);
  writeFileSync(join(target, 'sha256.json'), `${JSON.stringify(sums, undefined, 2)}\n`);
  writeFileSync(join(target, 'licences.txt'), licences.join(`\n${'-'.repeat(80)}\n\n`));
}

function isWanted(file) {
  return file.endsWith('.wasm') && file !== 'tree-sitter-php_only.wasm';
}

function compress(bytes) {
  const { BROTLI_PARAM_QUALITY, BROTLI_PARAM_SIZE_HINT, BROTLI_PARAM_LGWIN } = constants;
  const params = { [BROTLI_PARAM_QUALITY]: 11, [BROTLI_PARAM_LGWIN]: 24, [BROTLI_PARAM_SIZE_HINT]: bytes.length };
  return brotliCompressSync(bytes, { params });
}
