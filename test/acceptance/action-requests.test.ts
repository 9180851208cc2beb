import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { Discovery } from '../../src/sessions/discovery.ts';
import { createTestClock, publishDiscovery } from '../flows/publish-bed.ts';
import { aBed } from './bed.ts';

const names = Array.from({ length: 12 }, (_, at) => `check-${at}`);
const sarifOf = (name: string) => ({
  version: '2.1.0',
  runs: [
    {
      tool: { driver: { name, rules: [] } },
      invocations: [{ executionSuccessful: true }],
      results: Array.from({ length: 25 }, (_, at) => ({
        ...{ ruleId: `${name}-rule-${at}`, level: 'warning', message: { text: `Against rule ${at} of ${name}` } },
        locations: [{ physicalLocation: { artifactLocation: { uri: `src/${at}.js` }, region: { startLine: 1 } } }],
      })),
    },
  ],
});
const sources = Array.from({ length: 25 }, (_, at) => [`src/${at}.js`, `export const a${at} = ${at};\n`] as const);
const files = {
  ...Object.fromEntries(sources),
  ...Object.fromEntries(names.map((name) => [`${name}.sarif`, JSON.stringify(sarifOf(name))])),
  '.github/courier.yml': [
    'presets: none',
    'dashboard: true',
    'issues: { maxNew: 400 }',
    'checks:',
    ...names.map((name) => `  ${name}: { run: cat ${name}.sarif, format: sarif }`),
    '',
  ].join('\n'),
};

// Its dashboard included.
it('a scan that finds the same 300 findings as before takes at most ten requests and writes to no issue', async () => {
  const bed = await aBed(files);
  // Filed in a time that passes only where somebody waits: GitHub takes 80 a minute.
  const looked = await bed.run({ inputs: { publish: 'none' } });
  if (looked.code !== 0) throw new Error(looked.log);
  const session = readFileSync(path.join(looked.outputs['session-path'] ?? '', 'session.json'), 'utf8');
  const discovery = Discovery.parse(JSON.parse(session));
  await publishDiscovery({ ...discovery, reconciles: true }, { double: bed.github, clock: createTestClock() });
  expect(bed.github.repository().issues).toHaveLength(300);
  const settled = await bed.run();
  expect(settled.outputs).toMatchObject({ result: 'complete', findings: '300' });
  bed.github.forget();
  const { outputs } = await bed.run();
  expect(outputs).toMatchObject({ result: 'complete', findings: '300', created: '0', updated: '0' });
  const writes = Object.keys(bed.github.writes()).filter((operation) => operation.startsWith('issues/'));
  expect(writes).toEqual([]);
  expect(bed.github.requests.length).toBeLessThanOrEqual(10);
});
