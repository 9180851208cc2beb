import { expect, it } from 'vitest';
import { patience } from '../app/app-bed.ts';
import { react } from '../fakes/github/people.ts';
import { leftOut, sandboxed } from './bed.ts';
import { call, finish, inLedger, promptOf, says, settledIn } from './memory-bed.ts';
import { aPeopleBed } from './people-bed.ts';

const files = {
  'src/price.js': 'exports.total = (items) => items.length;\nexports.tax = 19;\n',
  '.github/courier.yml': 'presets: none\ndashboard: true\nscans:\n  audit: { prompt: Find what is wrong. }\n',
};
const finding = (title: string, quote: string) =>
  call('report_finding', {
    ...{ title, description: `${title}, and that is so.`, priority: 'low', category: 'quality' },
    ...{ location: { path: 'src/price.js' }, evidence: [{ path: 'src/price.js', quote }] },
  });

it.skipIf(!sandboxed)(
  `a thumb becomes a learning that acts once it is approved on the dashboard, as does a rule that was given; asked, it is cited${leftOut}`,
  { timeout: 400_000 },
  async () => {
    const bed = await aPeopleBed(files);
    const { github } = bed;
    const reports = [
      says(
        finding('The total ignores amounts', 'exports.total = (items) => items.length;'),
        finding('The tax is a magic number', 'exports.tax = 19;'),
      ),
      finish,
    ];
    const first = await bed.runner(undefined, { model: await bed.model(reports) });
    expect(first.outputs, first.log).toMatchObject({ result: 'complete', findings: '2' });
    const total = await bed.issue('The total ignores amounts');
    const tax = await bed.issue('The tax is a magic number');

    // Two people put their thumbs down, and one who may only read; GitHub tells nobody.
    for (const login of ['tom', 'wanda', 'rita']) react(tax, { login, type: 'User' }, '-1');
    const second = await bed.model([finish]);
    expect((await bed.runner(undefined, { model: second })).code).toBe(0);
    const learned = () =>
      inLedger(bed)
        .learnings()
        .learnings.map(({ id, state }) => `${id} ${state}`);
    expect(learned()).toEqual(['L1 proposed']);
    expect(inLedger(bed).learnings().learnings[0]?.why).toMatch(/^2 people/);

    // A proposal is told to nobody; the dashboard has its boxes, and who may triage cannot approve it.
    const third = await bed.model([finish]);
    expect((await bed.runner(undefined, { model: third })).code).toBe(0);
    expect(settledIn(third)).toEqual({});
    const dashboard = await bed.issue('Courier dashboard');
    const ticked = () => dashboard.body.replace(/- \[ \] (<!-- courier:learning L1 \w+ approve)/, '- [x] $1');
    expect(ticked()).not.toBe(dashboard.body);
    github.act.rewrite('tom', ticked(), { issue: dashboard.number });
    await expect.poll(() => dashboard.body.includes('[x]'), patience).toBe(false);
    expect(learned()).toEqual(['L1 proposed']);
    github.act.rewrite('wanda', ticked(), { issue: dashboard.number });
    await expect.poll(learned, patience).toEqual(['L1 approved']);

    await bed.say('wanda', dashboard, '/courier rule src/**: Money is counted in cents here.');
    const [rule] = inLedger(bed).learnings().rules;
    expect(rule).toMatchObject({ id: 'R1', paths: ['src/**'], by: 'wanda' });

    const fourth = await bed.model([finish]);
    const later = await bed.runner(undefined, { model: fourth });
    expect(later.outputs, later.log).toMatchObject({ result: 'complete' });
    const text = inLedger(bed).learnings().learnings[0]?.text ?? expect.fail('no learning');
    expect(settledIn(fourth)).toEqual({ learnings: [text] });
    expect(promptOf(fourth)).toMatch(/## Rules of the maintainers[\s\S]*- src\/\*\*: Money is counted in cents here\./);
    expect(promptOf(second)).not.toContain('## Rules of the maintainers');

    const question = github.act.comment('tom', '/courier ask Why does the total ignore amounts?', {
      issue: total.number,
    });
    const [run] = await bed.dispatched(1);
    const id = inLedger(bed).session(first).raised[0] ?? '';
    const cited = [{ path: 'src/price.js', quote: 'exports.tax = 19;' }, { finding: id }];
    const fifth = await bed.model([
      says(call('answer', { text: 'It counts items [1], see [2].', citations: cited })),
      finish,
    ]);
    const asked = await bed.runner(run, { model: fifth });
    expect(asked.outputs, asked.log).toMatchObject({ result: 'complete' });
    expect(settledIn(fifth)).toEqual({ learnings: [text] });
    expect(question.reactions.map(({ content }) => content)).toEqual(['eyes', 'rocket']);
    const told = total.comments.map(({ body }) => body).find((body) => body.includes('It counts items'));
    expect(told).toMatch(/1\. \[`src\/price\.js:2`\]/);
    expect(told).toMatch(/2\. #\d+: /);
    expect(github.violations).toEqual([]);
    expect(await bed.app.end('SIGTERM')).toBe(0);
  },
);
