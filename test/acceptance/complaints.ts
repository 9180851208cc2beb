import { expect } from 'vitest';
import type { Bed } from './bed.ts';

/** What the check of `checked` complains of, each a finding. */
export const names = ['alpha', 'beta', 'gamma', 'delta'];
const sarif = {
  version: '2.1.0',
  runs: [
    {
      tool: { driver: { name: 'complainer', rules: [] } },
      invocations: [{ executionSuccessful: true }],
      results: names.map((name, at) => ({
        ruleId: name,
        level: 'warning',
        message: { text: `The ${name} is wrong` },
        locations: [{ physicalLocation: { artifactLocation: { uri: 'src/a.js' }, region: { startLine: at + 1 } } }],
      })),
    },
  ],
};
/** A repository with a check that always finds the same. */
export const checked = {
  'src/a.js': names.map((name) => `export const ${name} = 1;\n`).join(''),
  'complaints.sarif': JSON.stringify(sarif),
  '.github/courier.yml': 'presets: none\nchecks:\n  complaints: { run: cat complaints.sarif, format: sarif }\n',
};

const findingOf = (body: string) => /<!-- courier:finding (F-\w+) -->/.exec(body)?.[1];

/** Each finding has its one issue, the ledger knows it, and a further scan has nothing to write. */
export async function expectSettled(bed: Bed): Promise<void> {
  const { issues } = bed.github.repository();
  const findings = issues.map(({ body }) => findingOf(body));
  expect([...findings].sort()).toEqual([...new Set(findings)].sort());
  expect(issues.map(({ title }) => title).sort()).toEqual(
    names.map((name) => `The ${name} is wrong in src/a.js`).sort(),
  );
  const ledger = Object.entries(bed.github.files('acme/shop', 'courier-ledger'))
    .filter(([name]) => name.startsWith('findings/'))
    .flatMap(([, text]) => JSON.parse(text));
  expect(ledger.map(({ issue }) => issue?.number).sort()).toEqual(issues.map(({ number }) => number).sort());
  bed.github.forget();
  const quiet = await bed.run();
  expect(quiet.outputs).toMatchObject({ result: 'complete', findings: '4', created: '0', updated: '0' });
  expect(Object.keys(bed.github.writes()).filter((operation) => operation.startsWith('issues/'))).toEqual([]);
}
