import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Script } from '../fakes/anthropic/script.ts';
import { aBed, agentStep, leftOut, sandboxed } from './bed.ts';

const total = 'export const total = (items) => items.reduce((sum, item) => sum + item.price, 1);\n';
const files = {
  'src/total.js': total,
  'package.json': '{ "type": "module" }\n',
  '.github/courier.yml': 'presets: none\n',
};
const showsIt = 'node -e "import(\'./src/total.js\').then(({ total }) => process.exit(total([]) === 0 ? 0 : 1))"';

const call = (name: string, input: object) => ({ toolUses: [{ name, input }] });
const claim = (title: string, reproduce: object, over: object = {}) =>
  call('report_finding', { title, description: `${title}.`, priority: 'high', category: 'bug', reproduce, ...over });
const quote = (text: string) => ({ evidence: [{ path: 'src/total.js', quote: text }] });
const scanWith = (...claims: ReturnType<typeof call>[]): Script => [...claims, call('finish', { summary: 'Looked.' })];

describe.skipIf(!sandboxed)(`the proof of an agent's findings in a workflow${leftOut}`, () => {
  it('runs the command of each: reproduced, also without a quote, or what it did instead', async () => {
    const bed = await aBed(files);
    const script = scanWith(
      claim('Totals start at 1', { command: showsIt }, quote('sum + item.price, 1)')),
      claim('An empty list costs something', { command: `echo; ${showsIt}`, present: { exitCode: 1 } }),
      claim('Prices are doubled', { command: 'true' }, quote('items.reduce')),
      claim('No such tool', { command: 'no-such-tool-here' }, quote('export const total')),
    );
    const { outputs, code, summary } = await bed.run(agentStep(await bed.model(script)));
    expect(code).toBe(0);
    expect(outputs).toMatchObject({ result: 'complete', created: '4' });
    const bodies = new Map(bed.github.repository().issues.map(({ title, body }) => [title, body ?? '']));
    expect(bodies.get('Totals start at 1')).toContain('reproduced: the command above showed it');
    expect(bodies.get('Totals start at 1')).toContain('Its command showed it in 3 of 3 runs.');
    expect(bodies.get('An empty list costs something')).toContain('reproduced: the command above showed it');
    expect(bodies.get('Prices are doubled')).toContain('Its command did not show it: exit code 0.');
    expect(bodies.get('Prices are doubled')).toContain('quoted: the code above was compared');
    expect(bodies.get('No such tool')).toContain('the command was not found (exit code 127)');
    expect(summary).toContain('Commands of 4 findings were run: 2 showed the problem');
  });

  it('lets no hostile command fool or harm those after it', async () => {
    const bed = await aBed(files);
    const script = scanWith(
      claim(
        'Rewrites the tree for the next one',
        { command: 'echo "throw 1" > src/total.js; echo "exit 7" >> ~/.bashrc; touch /tmp/seen; false' },
        { priority: 'critical', ...quote('sum + item.price') },
      ),
      claim(
        'Leaves daemons that rewrite it later',
        { command: 'for i in 1 2 3; do (setsid bash -c "while :; do rm -rf src; sleep 0.05; done" &) ; done; false' },
        { priority: 'critical', ...quote('(sum, item)') },
      ),
      claim(
        'Removes everything',
        { command: 'rm -rf "$PWD"/* ~/* /tmp/*; false' },
        { priority: 'critical', ...quote('items.reduce') },
      ),
      claim(
        'Never stops talking',
        { command: 'yes | head -c 100000000; false', present: { match: '(y\\s?)+z$' } },
        { priority: 'critical', ...quote('export const') },
      ),
      claim('Totals start at 1', { command: `test ! -e /tmp/seen && ${showsIt}` }, quote('item.price, 1)')),
    );
    const { outputs } = await bed.run(agentStep(await bed.model(script)));
    expect(outputs).toMatchObject({ result: 'complete', created: '5' });
    const body = bed.github.repository().issues.find(({ title }) => title === 'Totals start at 1')?.body;
    expect(body).toContain('Its command showed it in 3 of 3 runs.');
    const talker = bed.github.repository().issues.find(({ title }) => title === 'Never stops talking')?.body;
    expect(talker).toContain('Its command did not show it');
  });
});

describe.skipIf(!sandboxed)(`the re-check of an agent's findings in a workflow${leftOut}`, () => {
  const checked = { ...files, '.github/courier.yml': 'presets: none\nchecks:\n  always: { run: "true" }\n' };
  const fixed = total.replace(', 1)', ', 0)');
  const keyless = { inputs: { agent: 'none' } };

  async function found() {
    const bed = await aBed(checked);
    const script = scanWith(claim('Totals start at 1', { command: showsIt }, quote('sum + item.price, 1)')));
    const { outputs } = await bed.run(agentStep(await bed.model(script)));
    expect(outputs).toMatchObject({ result: 'complete', created: '1' });
    return { bed, issue: () => bed.github.repository().issues[0], at: bed.repository.head().slice(0, 7) };
  }
  const lastCheck = (bed: Awaited<ReturnType<typeof aBed>>) =>
    Object.entries(bed.github.files('acme/shop', 'courier-ledger'))
      .filter(([name]) => name.startsWith('findings/'))
      .flatMap(([, text]) => JSON.parse(text))[0]?.lastCheck;

  it('closes what is fixed without a model, with the proof in the closing comment', async () => {
    const { bed, issue, at } = await found();
    const head = bed.push({ 'src/total.js': fixed }).slice(0, 7);
    const { outputs, code, summary } = await bed.run(keyless);
    expect(code).toBe(0);
    expect(outputs).toMatchObject({ result: 'complete', resolved: '1' });
    expect(issue()).toMatchObject({ state: 'closed', stateReason: 'completed' });
    const comments = JSON.stringify(issue()?.comments);
    for (const part of [at, head, 'exit code 1', 'exit code 0']) expect(comments).toContain(part);
    expect(summary).toContain('shows the problem at');
  });

  it('keeps open what an edit only moved or rewrote', async () => {
    const { bed, issue } = await found();
    bed.push({ 'src/other.js': 'export {};\n', 'src/total.js': `// Sums.\n${total}` });
    expect((await bed.run(keyless)).outputs).toMatchObject({ result: 'complete', resolved: '0' });
    expect(lastCheck(bed)).toBeUndefined();
    bed.push({ 'src/total.js': total.replaceAll('item', 'entry') });
    expect((await bed.run(keyless)).outputs).toMatchObject({ result: 'complete', resolved: '0' });
    expect(lastCheck(bed)).toMatchObject({ verdict: 'present', by: 'reproduce' });
    expect(issue()).toMatchObject({ state: 'open' });
  });

  it('keeps open what it cannot compare in a shallow checkout, and says how to deepen it', async () => {
    const { bed, issue } = await found();
    bed.push({ 'src/total.js': fixed });
    const shallow = mkdtempSync(path.join(tmpdir(), 'courier-shallow-'));
    execFileSync('git', ['clone', '-q', '--depth', '1', `file://${bed.repository.root}`, shallow]);
    const { outputs } = await bed.run({ ...keyless, workspace: shallow });
    rmSync(shallow, { recursive: true });
    expect(outputs).toMatchObject({ result: 'complete', resolved: '0' });
    expect(lastCheck(bed)).toMatchObject({ verdict: 'inconclusive' });
    expect(lastCheck(bed)?.proof).toContain('fetch-depth: 0');
    expect(issue()).toMatchObject({ state: 'open' });
  });
});
