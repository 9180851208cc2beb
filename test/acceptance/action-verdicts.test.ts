import { describe, expect, it } from 'vitest';
import { Finding } from '../../src/findings/finding.ts';
import { aBed, agentStep, type Bed, leftOut, sandboxed } from './bed.ts';

const files = {
  'src/total.js': 'export const total = (items) => items.reduce((sum, item) => sum + item.price, 1);\n',
  '.github/courier.yml': 'presets: none\n',
};
const repaired = files['src/total.js'].replace(', 1)', ', 0)');
const offByOne = {
  title: 'Totals start at 1',
  description: 'Every total is one too high.',
  priority: 'high',
  category: 'bug',
  evidence: [{ path: 'src/total.js', quote: 'sum + item.price, 1)' }],
};

const call = (name: string, input: object) => ({ toolUses: [{ name, input }] });
const finish = call('finish', { summary: 'Looked.' });
const isFixed = (id: string) =>
  call('update_finding', {
    id,
    verdict: 'fixed',
    evidence: [{ path: 'src/total.js', quote: 'items.reduce((sum, item) => sum + item.price' }],
    reason: 'The sum starts at 0 now.',
  });

/** The one finding, as the ledger has it. */
function known(bed: Bed): Finding {
  const ledger = Object.entries(bed.github.files('acme/shop', 'courier-ledger'));
  const [finding] = ledger
    .filter(([name]) => name.startsWith('findings/'))
    .flatMap(([, text]) => Finding.array().parse(JSON.parse(text)));
  if (!finding) throw new Error('the ledger holds no finding');
  return finding;
}

async function scan(bed: Bed, ...script: ReturnType<typeof call>[]) {
  const model = await bed.model([...script, finish]);
  const step = await bed.run(agentStep(model));
  const { system, messages } = JSON.parse(JSON.stringify(model.requests[0]?.body ?? {}));
  return { ...step, said: JSON.stringify([system, messages]) };
}

describe.skipIf(!sandboxed)(`an agent's finding${leftOut}`, () => {
  it('is not closed by silence, and is asked about after it was missed', async () => {
    const bed = await aBed(files);
    await scan(bed, call('report_finding', offByOne));
    expect(known(bed)).toMatchObject({ state: 'open', missed: 0 });

    const first = await scan(bed);
    expect(first.outputs).toMatchObject({ result: 'complete', resolved: '0' });
    expect(first.said).not.toContain('Findings to verify');
    expect(known(bed)).toMatchObject({ state: 'open', missed: 1 });

    const second = await scan(bed);
    expect(second.said).toMatch(/Findings to verify.*Totals start at 1.*Its code when it was last seen/);
    expect(known(bed)).toMatchObject({
      state: 'open',
      missed: 2,
      lastCheck: { verdict: 'inconclusive', by: 'agent', proof: 'The agent was asked about it and did not say.' },
    });
    expect(bed.github.repository().issues.map(({ state }) => state)).toEqual(['open']);
  });

  it('stays open while its code stands there, whatever the agent says, and is closed with proof and commits when it is repaired', async () => {
    const bed = await aBed(files);
    await scan(bed, call('report_finding', offByOne));
    const { id } = known(bed);

    const lied = await scan(bed, isFixed(id));
    expect(lied.outputs).toMatchObject({ result: 'complete', resolved: '0' });
    expect(lied.summary).toContain(id);
    expect(lied.summary).toContain('the quoted code is still there, in src/total.js');
    expect(bed.github.repository().issues[0]?.state).toBe('open');
    expect(known(bed)).toMatchObject({ state: 'open', lastCheck: { verdict: 'inconclusive' } });

    bed.push({ 'README.md': '# Shop\n' });
    const head = bed.push({ 'src/total.js': repaired });
    const asked = await scan(bed, isFixed(id));
    expect(asked.said).toContain('Findings to verify');
    expect(asked.outputs).toMatchObject({ result: 'complete', resolved: '1' });
    const [issue] = bed.github.repository().issues;
    expect(issue).toMatchObject({ state: 'closed', stateReason: 'completed' });
    const comment = issue?.comments.at(-1)?.body ?? '';
    expect(comment).toContain(`**Resolved** at [\`${head.slice(0, 7)}\`]`);
    expect(comment).toContain(
      'says that it is fixed: The sum starts at 0 now. The code that showed it is no longer in',
    );
    expect(comment).toContain(repaired.trim());
    expect(comment).toMatch(
      /\[2 commits\]\(.*\/compare\/[0-9a-f]{40}\.\.\.[0-9a-f]{40}\) in between, those that touched/,
    );
    expect(comment.indexOf(head.slice(0, 7), comment.indexOf('in between'))).toBeGreaterThan(0);
    expect(known(bed)).toMatchObject({ state: 'resolved', lastCheck: { verdict: 'gone', by: 'agent', commit: head } });
    expect(bed.github.violations).toEqual([]);
  });

  it('is neither missed nor closed by a scan that left something out', async () => {
    const bed = await aBed(files);
    await scan(bed, call('report_finding', offByOne));
    const { id } = known(bed);
    bed.push({ 'src/total.js': repaired });
    const model = await bed.model([isFixed(id), call('finish', { summary: 'Half of it.', verdict: 'partial' })]);
    const { outputs, summary } = await bed.run(agentStep(model));
    expect(outputs).toMatchObject({ resolved: '0' });
    expect(outputs.result).not.toBe('complete');
    expect(summary).toContain('did not come to its end');
    expect(known(bed)).toMatchObject({ state: 'open', missed: 0, lastCheck: { verdict: 'inconclusive' } });
    expect(bed.github.repository().issues[0]?.state).toBe('open');
  });

  it('is closed by a second job on the proof that the first one took down', async () => {
    const bed = await aBed(files);
    await scan(bed, call('report_finding', offByOne));
    const { id } = known(bed);
    bed.push({ 'src/total.js': repaired });
    const model = await bed.model([isFixed(id), finish]);
    const looked = await bed.run(agentStep(model, { publish: 'none' }));
    expect(bed.github.repository().issues[0]?.state).toBe('open');
    const inputs = { mode: 'publish', 'session-path': looked.outputs['session-path'] ?? '' };
    expect((await bed.run({ inputs })).outputs).toMatchObject({ result: 'complete', resolved: '1' });
    const [issue] = bed.github.repository().issues;
    expect(issue).toMatchObject({ state: 'closed', stateReason: 'completed' });
    expect(issue?.comments.at(-1)?.body).toMatch(/Proof: The agent.*\n[\s\S]*Last seen[\s\S]*1 commit.*in between:/);
    expect(bed.github.violations).toEqual([]);
  });
});
