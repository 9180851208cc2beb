import { expect, it } from 'vitest';
import { patience } from '../app/app-bed.ts';
import { leftOut, sandboxed } from './bed.ts';
import { asks, call, finish, inLedger, promptOf, says, settledIn, states } from './memory-bed.ts';
import { aPeopleBed } from './people-bed.ts';

const files = {
  'src/price.js': 'exports.total = (items) => items.length;\n',
  '.github/courier.yml': 'presets: none\nscans:\n  audit: { prompt: Find what is wrong. }\n',
};
const branch = 'courier/assumptions';
const file = '.courier/assumptions.yml';
const assumed = [
  'Prices are in cents.',
  'Orders are never deleted.',
  'There is one warehouse.',
  'Mail goes out at night.',
];

it.skipIf(!sandboxed)(
  `what reviewers approve in the pull request of assumptions, and what is merged there, is told to the next scan${leftOut}`,
  { timeout: 400_000 },
  async () => {
    const bed = await aPeopleBed(files);
    const { github } = bed;
    const first = await bed.model([
      says(asks('Who reads the orders?'), ...assumed.map((text) => call('record_assumption', { text }))),
      finish,
    ]);
    const scan = await bed.runner(undefined, { model: first });
    expect(scan.outputs, scan.log).toMatchObject({ result: 'complete', assumptions: '4' });
    const session = scan.outputs['session-id'] ?? '';
    const issue = await bed.issue('Questions of Courier');
    await bed.say('wanda', issue, '/courier export assumptions');
    const pull = await bed.issue('Assumptions to review');
    const inFile = (name = branch) => github.files('acme/shop', name)[file] ?? '';
    for (const text of assumed) expect(inFile()).toContain(`text: ${text}`);

    // Who may not decide approves nothing, and nobody approves what they did not see.
    const early = github.repository().refs.get(`refs/heads/${branch}`) ?? expect.fail('there is no branch');
    github.act.review('rita', 'APPROVED', { issue: pull.number });
    github.act.review('tom', 'APPROVED', { issue: pull.number });
    github.act.push('max', {
      branch,
      files: { [file]: inFile().replace('There is one warehouse.', 'There are two warehouses.') },
    });
    github.act.review('ada', 'APPROVED', { issue: pull.number, commit: early });
    await expect
      .poll(() => states(bed), patience)
      .toEqual(['A1 approved 1', 'A2 approved 1', 'A3 approved 1', 'A4 approved 1']);
    const [record] = inLedger(bed).memory().assumptions;
    expect(record?.history.at(-1)).toMatchObject({ what: 'approved', by: 'ada', revision: 1 });

    // The merge says what holds: one is put right, one declined, one taken out.
    const text = inFile()
      .replace('Orders are never deleted.', 'Orders are deleted after ten years.')
      .replace(/\n {2}- id: A4[\s\S]*$/, '\n');
    github.act.push('max', { branch, files: { [file]: text } });
    github.act.merge('wanda', { issue: pull.number });
    await expect
      .poll(() => states(bed), patience)
      .toEqual(['A1 approved 1', 'A2 corrected 2', 'A3 corrected 2', 'A4 declined 1']);
    // What was merged may be declined later.
    await bed.say('ada', issue, '/courier decline A3 There are three.');
    bed.push();

    const next = await bed.model([finish]);
    const later = await bed.runner(undefined, { model: next });
    expect(later.outputs, later.log).toMatchObject({ result: 'complete' });
    expect(settledIn(next)).toEqual({
      'approved assumptions': [
        `${session}/A1: Prices are in cents.`,
        `${session}/A2: Orders are deleted after ten years.`,
      ],
      'declined assumptions': [
        `${session}/A3: There are two warehouses.\n  Reason: There are three.`,
        expect.stringMatching(`^${session}/A4: Mail goes out at night\\.`),
      ],
    });
    expect(promptOf(next)).not.toMatch(/never deleted|one warehouse/);
    expect(github.violations).toEqual([]);
    expect(await bed.app.end('SIGTERM')).toBe(0);
  },
);
