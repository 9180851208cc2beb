import { arch, cpus, platform, release } from 'node:os';
import { agents } from './agents.ts';
import { answering } from './app.ts';
import { measure, type Row, renderRows } from './harness.ts';
import { identity } from './identity.ts';
import { ledger } from './ledger.ts';
import { removeFolders, sandboxed, scan, startUp } from './processes.ts';
import { sandboxes } from './sandboxes.ts';
import { extraction, gate, quotes } from './texts.ts';
import { agentTools } from './tools.ts';

// About five minutes for all of them, the uncounted rounds included; more than half of that for large repositories on their way into sandboxes.
const limitMs = 9_000;

const rows: Row[] = [];
const notes: string[] = [];
const begin = performance.now();

const sandbox = await sandboxed();
if ('leftOut' in sandbox) notes.push(`Left out: the local sandbox, as it cannot start here (${sandbox.leftOut})`);
// They need bubblewrap as well.
const both = 'leftOut' in sandbox ? undefined : await sandboxes();
const loop = await agents();
if (loop.note) notes.push(loop.note);
const comparisons = [
  startUp(),
  await scan(),
  ...extraction(),
  ...quotes(),
  ...gate(),
  ...('comparison' in sandbox ? [sandbox.comparison] : []),
  ...(both?.comparisons ?? []),
  ledger(),
  identity(),
  ...loop.comparisons,
];
for (const comparison of comparisons) {
  process.stderr.write(`${comparison.what} …\n`);
  rows.push(await measure(comparison, { limitMs }));
}
if ('end' in sandbox) await sandbox.end();
await both?.end();
loop.end();
removeFolders();
process.stderr.write('answers to deliveries …\n');
notes.push(await answering());
if ('comparison' in sandbox) {
  process.stderr.write('agent tools …\n');
  notes.push(await agentTools());
}

const processors = cpus();
console.log(
  `Node ${process.versions.node}, ${platform()} ${release().split('-')[0]} ${arch()}, ${processors.length} cores (${processors[0]?.model.trim() ?? 'unknown'}), ${Math.round((performance.now() - begin) / 1000)} s.\n`,
);
console.log(renderRows(rows));
for (const note of notes) console.log(`\n${note}`);
