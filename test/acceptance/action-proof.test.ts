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
