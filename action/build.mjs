// Makes action/dist from the sources: TypeScript first, then one bundle, then what has to lie beside it as files.
// Run at the root of the checkout: ncc names chunks by paths relative to it, and a clean rebuild must give no difference.
import { execFileSync } from 'node:child_process';
import { cpSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const dist = join(root, 'action/dist');
const run = (script, ...args) =>
  execFileSync(process.execPath, [join(root, 'node_modules', script), ...args], { cwd: root, stdio: 'inherit' });

rmSync(join(root, 'build'), { recursive: true, force: true });
run('typescript/bin/tsc', '-p', 'tsconfig.build.json');
// Chunks are named by their content: what an earlier build left would stay. Only now, as a source that does not compile must not cost the bundle.
rmSync(dist, { recursive: true, force: true });
run(
  '@vercel/ncc/dist/ncc/cli.js',
  'build',
  'build/action/index.js',
  '--out',
  'action/dist',
  '--no-source-map-register',
  '--license',
  'licenses.txt',
  '--quiet',
);
cpSync(join(root, 'src/checks/presets'), join(dist, 'presets'), {
  recursive: true,
  filter: (path) => !path.endsWith('.ts'),
});
// The locks of the agent tools, which are installed on first use.
cpSync(join(root, 'src/agents/programs/locks'), join(dist, 'programs'), { recursive: true });
// The parsers' runtime and grammars: ncc would break them (src/adapters/syntax/runtime.ts).
cpSync(join(root, 'src/adapters/syntax/grammars'), join(dist, 'grammars'), { recursive: true });
writeFileSync(join(dist, 'package.json'), `${JSON.stringify({ type: 'module' }, null, 2)}\n`);
const maps = readdirSync(dist, { recursive: true }).filter((name) => String(name).endsWith('.map'));
if (maps.length > 0) throw new Error(`source maps do not belong in the bundle: ${maps.join(', ')}`);
