import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { createScopeFinder } from '../../src/adapters/syntax/scope-finder.ts';
import { createAnchors } from '../../src/findings/anchor.ts';
import { Discovery } from '../../src/sessions/discovery.ts';
import { aBed } from './bed.ts';

// Without any indentation: only a parser knows what encloses what.
const source = `import { db } from './db.js';
export class Orders {
total(order) {
const rows = db.query('select * from lines where id = ' + order.id);
return rows.map((row) => row.price);
}
cancel(order) {
return db.query('delete from orders where id = ' + order.id);
}
}
`;

const complaints = (uri: string, lines: readonly number[]) =>
  JSON.stringify({
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'complainer', rules: [] } },
        invocations: [{ executionSuccessful: true }],
        results: lines.map((startLine) => ({
          ruleId: 'sql',
          message: { text: 'SQL built from input' },
          locations: [{ physicalLocation: { artifactLocation: { uri }, region: { startLine } } }],
        })),
      },
    ],
  });

const files = {
  'src/orders.js': source,
  'complaints.sarif': complaints('src/orders.js', [4]),
  '.github/courier.yml': 'presets: none\nchecks:\n  complaints: { run: cat complaints.sarif, format: sarif }\n',
};
const discoveryIn = (folder: string | undefined): Discovery =>
  Discovery.parse(JSON.parse(readFileSync(path.join(folder ?? '', 'session.json'), 'utf8')));

it('names the enclosing declarations by a parser, as action/dist alone, in an empty folder', async () => {
  const bed = await aBed(files);
  const folder = mkdtempSync(path.join(tmpdir(), 'courier-dist-'));
  try {
    cpSync(path.join(import.meta.dirname, '../../action/dist'), folder, { recursive: true });
    const { outputs } = await bed.run({ dist: folder, inputs: { publish: 'none' } });
    const { raised } = discoveryIn(outputs['session-path']);
    const scopeAt = await createScopeFinder()('src/orders.js', source);
    expect(scopeAt(4)).toBe('Orders.total');
    const anchors = createAnchors({ path: 'src/orders.js', text: source, scopeAt, clean: (line) => line });
    expect(raised.map(({ anchor }) => anchor)).toEqual([anchors({ startLine: 4 })]);
    expect(raised[0]?.anchor?.scope).toBeDefined();
  } finally {
    rmSync(folder, { recursive: true });
  }
});

it('takes a finding for the same when its file was renamed and edited', async () => {
  const bed = await aBed(files);
  expect((await bed.run()).outputs).toMatchObject({ result: 'complete', created: '1' });
  const edited = source.replace("import { db } from './db.js';", "// Orders.\n\nimport { db } from '../db.js';");
  bed.repository.git('rm', '--quiet', 'src/orders.js');
  bed.push({ 'lib/shop/orders.js': edited, 'complaints.sarif': complaints('lib/shop/orders.js', [6]) });
  const { outputs, log } = await bed.run();
  expect(log).not.toContain('fetch-depth');
  expect(outputs).toMatchObject({ result: 'complete', created: '0', findings: '1' });
  expect(discoveryIn(outputs['session-path']).renames).toEqual([['src/orders.js', 'lib/shop/orders.js']]);
  expect(bed.github.repository().issues).toHaveLength(1);
});
