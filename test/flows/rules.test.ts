import { expect, it, onTestFinished } from 'vitest';
import { readLedger } from '../../src/ledger/read-ledger.ts';
import { updateLedger } from '../../src/ledger/update-ledger.ts';
import { noLearnings } from '../../src/memory/learning.ts';
import { addRule } from '../../src/memory/rules.ts';
import { startScans } from './scripted-scans.ts';

const said = { by: 'wanda', at: '2026-11-01T01:00:00Z', from: 'https://github.test/acme/shop/issues/1#issuecomment-1' };
const text = 'Everything here is trivial: severity 1 at most.';

const report = (severity: number, line: string) => ({
  name: 'report_finding',
  input: {
    ...{ title: `The ${line} is wrong`, description: 'It breaks.', category: 'reliability', severity },
    evidence: [{ path: 'legacy/a.ts', quote: `const ${line} = 1;` }],
  },
});

/** The severities on record after a scan in which an agent reports the same, whatever stood in its prompt. */
async function scanned({ configured, commanded }: { configured: boolean; commanded: boolean }) {
  const rules = configured ? `rules:\n  - { paths: ["legacy/**"], text: "${text}" }\n` : '';
  const files = {
    'legacy/a.ts': 'const price = 1;\nconst name = 1;\nconst order = 1;\n',
    '.github/courier.yml': `presets: none\nscans:\n  audit: { prompt: Look. }\n${rules}`,
  };
  const scans = await startScans(files, ({ messages }) =>
    messages.length > 1
      ? { toolUses: [{ name: 'finish', input: { summary: 'Looked at it.' } }] }
      : { toolUses: [report(4, 'price'), report(2, 'name'), report(3, 'order')] },
  );
  onTestFinished(() => scans.close());
  if (commanded) {
    const added = addRule(noLearnings, { paths: ['legacy/**'], text }, said);
    if ('refused' in added) throw new Error(added.refused);
    await updateLedger(scans.store, 'a rule', () => ({ learnings: added.learnings }));
  }
  await scans.run();
  const { findings } = await readLedger(await scans.store.read());
  const prompt = JSON.stringify(scans.api.requests[0]?.body);
  return {
    severities: findings.map(({ title, severity }) => `${title}: ${severity}`).sort(),
    told: prompt.includes(text),
  };
}

it('never changes a severity, of the configuration or by command: what an agent rated is on record as it was rated', async () => {
  const severities = ['The name is wrong: 2', 'The order is wrong: 3', 'The price is wrong: 4'];
  expect(await scanned({ configured: false, commanded: false })).toEqual({ severities, told: false });
  expect(await scanned({ configured: true, commanded: false })).toEqual({ severities, told: true });
  expect(await scanned({ configured: false, commanded: true })).toEqual({ severities, told: true });
});
