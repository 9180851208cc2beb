import { expect, it } from 'vitest';
import { patience } from '../app/app-bed.ts';
import { leftOut, sandboxed } from './bed.ts';
import { answersIn, asks, finish, inLedger, options, panelOf, says } from './memory-bed.ts';
import { aPeopleBed } from './people-bed.ts';

const files = {
  'src/price.js': 'exports.total = (items) => items.length;\n',
  '.github/courier.yml': 'presets: none\nscans:\n  audit:\n    prompt: Find what is wrong.\n    questions: block\n',
};

// Edge cases 7, 8 and 16 of what was seen in the wild, where GitHub delivers, the app works and a runner goes on.
it.skipIf(!sandboxed)(
  `answers that come twice, late, edited, at once, on a panel that was tampered with: each counts once, as it was said${leftOut}`,
  { timeout: 400_000 },
  async () => {
    const bed = await aPeopleBed(files);
    const { github } = bed;
    const model = await bed.model([
      says(
        asks('Which tax holds?', { options: options('Net', 'Gross'), blocking: true }),
        asks('Which stores count?', { options: options('North, east', 'South'), multiSelect: true, blocking: true }),
      ),
      finish,
    ]);
    const parked = await bed.runner(undefined, { model });
    expect(parked.outputs, parked.log).toMatchObject({ phase: 'stopped', questions: '2' });
    const issue = await bed.issue('Questions of Courier');
    const panel = panelOf(issue);
    const reactions = (comment: { reactions: { content: string }[] }) =>
      comment.reactions.map(({ content }) => content).join();

    // None of these is an answer; the last word says that all before it were dealt with.
    const before = panel.body;
    github.act.editComment('ada', panel, before.replaceAll('courier:answer Q1 a', 'courier:answer Q1 b'));
    github.act.editComment(
      'rita',
      panel,
      panel.body.replace('[ ] <!-- courier:answer Q1', '[x] <!-- courier:answer Q1'),
    );
    const copy = github.act.comment('ada', before, { issue: issue.number });
    github.act.editComment('ada', copy, copy.body.replaceAll('- [ ]', '- [x]'));
    for (const text of [
      '/courier answer Q1:  \t',
      '> /courier answer Q1 a',
      '```\n/courier answer Q1 a\n```',
      '/courier answer Q1 c',
    ])
      github.act.comment('tom', text, { issue: issue.number });
    await bed.say('tom', issue, '/courier status');
    await expect.poll(() => panel.body, patience).toBe(before);
    expect(before).toContain('### 0 of 2 answered');
    expect(inLedger(bed).memory().answers).toEqual([]);

    // Three people at once, one delivery twice, one comment edited after it was heard.
    const first = github.act.comment('tom', '/courier answer Q1 a', { issue: issue.number });
    const heard = github.webhooks.deliveries.at(-1) ?? expect.fail('no delivery');
    github.webhooks.redeliver(heard);
    bed.tick('wanda', panel, 'courier:answer Q2 a');
    github.act.comment('max', '/courier answer\r\nQ2: and the 🏬, too\r\n', { issue: issue.number });
    const [run] = await bed.dispatched(1);
    await expect.poll(() => reactions(first), patience).toBe('eyes,rocket');
    github.act.editComment('tom', first, '/courier answer Q1 b');

    // The job was started and not taken up: what is put right until then is what the agent gets, and nothing is started twice.
    await bed.say('ada', issue, '/courier answer Q1: Net, but gross in shops.');
    await expect.poll(() => panel.body, patience).toContain('Other: Net, but gross in shops.');
    github.webhooks.redeliver(heard);
    await bed.say('ada', issue, '/courier status');
    expect(await bed.dispatched(1)).toHaveLength(1);

    const resumed = await bed.runner(run, {
      model,
      inputs: { 'session-path': parked.outputs['session-path'] ?? '' },
    });
    expect(resumed.outputs, resumed.log).toMatchObject({ phase: 'completed', result: 'complete' });
    const told = answersIn(model, 1).join('\n');
    expect(told).toContain('answer from ada\nNet, but gross in shops.\n');
    expect(told).toContain('North, east\nand the 🏬, too\n');
    expect(told).not.toContain('Gross');

    // After the end, and on the closed issue, an answer is kept beside the record; a panel that is gone comes again.
    await expect.poll(() => issue.state, patience).toBe('closed');
    issue.comments.splice(issue.comments.indexOf(panel), 1);
    await bed.say('wanda', issue, '/courier answer Q1 b');
    const { answers } = inLedger(bed).memory();
    expect(answers.map(({ id, answer }) => [id, answer])).toEqual([
      ['Q1', 'Gross'],
      ['Q2', 'North, east\nand the 🏬, too'],
    ]);
    expect(answers[0]?.by).toBe('wanda');
    expect(
      inLedger(bed)
        .sessions()[0]
        ?.answers.map(({ text }) => text),
    ).toContain('Net, but gross in shops.');
    const again = () =>
      issue.comments.some(({ body, author }) => author.type === 'Bot' && /### 2 of 2 answered/.test(body));
    await expect.poll(again, patience).toBe(true);
    expect(await bed.dispatched(1)).toHaveLength(1);
    expect(github.violations).toEqual([]);
    expect(await bed.app.end('SIGTERM')).toBe(0);
  },
);
