import { expect, it } from 'vitest';
import { patience } from '../app/app-bed.ts';
import { leftOut, sandboxed } from './bed.ts';
import {
  answersIn,
  asks,
  call,
  finish,
  inLedger,
  options,
  panelOf,
  promptOf,
  says,
  settledIn,
  states,
} from './memory-bed.ts';
import { aPeopleBed } from './people-bed.ts';

const files = {
  'src/price.js':
    '// All amounts are whole cents.\nexports.total = (items) => items.reduce((sum, item) => sum + item.cents, 0);\n',
  'docs/orders.md': 'Orders are kept for ten years.\nThere is one warehouse.\nMail goes out at night.\n',
  '.github/courier.yml': 'presets: none\nscans:\n  audit:\n    prompt: Find what is wrong.\n    questions: block\n',
};
const file = '.courier/assumptions.yml';

const isPublic = asks('Is total() called with input of users?', { options: options('Yes', 'No'), blocking: true });
const whichTax = asks('Which tax holds?', { options: options('Net', 'Gross') });
const whoReads = asks('Who reads the orders?');
const assumed = ['Prices are numbers.', 'Orders are kept.', 'There are warehouses.', 'Mail is sent.'];
const firstScan = [
  says(isPublic, whichTax, whoReads, ...assumed.map((text) => call('record_assumption', { text }))),
  finish,
];

const proposal = (assumption: string, text: string, path: string, quote: string) =>
  call('propose_assumption', { assumption, text, confidence: 0.9, basis: [{ path, quote }] });
const answering = [
  says(
    proposal('A1', 'Prices are whole cents.', 'src/price.js', '// All amounts are whole cents.'),
    proposal('A2', 'Orders are never deleted.', 'docs/orders.md', 'Orders are kept for ten years.'),
    proposal('A3', 'There is one warehouse.', 'docs/orders.md', 'There is one warehouse.'),
    proposal('A4', 'Mail is sent at night.', 'docs/orders.md', 'Mail goes out at night.'),
  ),
  finish,
];

it.skipIf(!sandboxed)(
  `what people answered and decided is told to the next scan, and none of it is asked again${leftOut}`,
  { timeout: 400_000 },
  async () => {
    const bed = await aPeopleBed(files);

    // A scan asks three questions and waits for one of them.
    const first = await bed.model(firstScan);
    const parked = await bed.runner(undefined, { model: first });
    expect(parked.outputs, parked.log).toMatchObject({ phase: 'stopped', questions: '3' });
    const session = parked.outputs['session-id'] ?? '';
    const issue = await bed.issue('Questions of Courier');
    const panel = panelOf(issue);
    expect(panel.body).toContain('The work waits for Q1');

    // Two people answer, one by clicks, one in words: nothing goes on before the last.
    bed.tick('wanda', panel, 'courier:answer Q1 b');
    await expect.poll(() => panel.body, patience).toContain('### 1 of 3 answered');
    await bed.say('tom', issue, '/courier answer Q3: Only the accountants, once a year.');
    await expect.poll(() => panel.body, patience).toContain('### 2 of 3 answered');
    expect(await bed.dispatched(0)).toEqual([]);
    bed.tick('wanda', panel, 'courier:answer Q2 a');
    const [run] = await bed.dispatched(1);
    const resumed = await bed.runner(run, {
      model: first,
      inputs: { 'session-path': parked.outputs['session-path'] ?? '' },
    });
    expect(resumed.outputs, resumed.log).toMatchObject({
      ...{ 'session-id': session, phase: 'completed', result: 'complete', assumptions: '4' },
    });
    const heard = answersIn(first, 1).join('\n');
    expect(heard).toContain('q1 was answered by a person');
    expect(heard).toContain('No');
    expect(heard).toContain('Only the accountants, once a year.');
    expect(states(bed)).toEqual(['A1 proposed 1', 'A2 proposed 1', 'A3 proposed 1', 'A4 proposed 1']);

    // An answering session words the four anew.
    const wish = bed.github.act.comment('tom', '/courier answer-session', { issue: issue.number });
    const [, asked] = await bed.dispatched(2);
    const second = await bed.model(answering);
    const answered = await bed.runner(asked, { model: second });
    expect(answered.outputs, answered.log).toMatchObject({ result: 'complete', assumptions: '4' });
    expect(states(bed)).toEqual(['A1 proposed 2', 'A2 proposed 2', 'A3 proposed 2', 'A4 proposed 2']);
    expect(wish.reactions.map(({ content }) => content)).toEqual(['eyes', 'rocket']);
    expect(panel.body).toContain('### 0 of 4 assumptions reviewed');

    // One is approved by a click, one declined by a command, one put right in a review of the pull request, and one left.
    bed.tick('wanda', panel, 'courier:assumption A1 2 approve');
    await expect.poll(() => states(bed), patience).toContain('A1 approved 2');
    await bed.say('max', issue, '/courier decline A2 They are, on request.');
    await bed.say('wanda', issue, '/courier export assumptions');
    const pull = await bed.issue('Assumptions to review');
    const text = bed.github.files('acme/shop', 'courier/assumptions')[file] ?? '';
    const line = 1 + text.split('\n').findIndex((each) => each.includes('There is one warehouse.'));
    bed.github.act.review('ada', 'COMMENTED', {
      issue: pull.number,
      comments: [{ path: file, line, body: '/courier correct A3: There are two warehouses.' }],
    });
    await expect
      .poll(() => states(bed), patience)
      .toEqual(['A1 approved 2', 'A2 declined 2', 'A3 corrected 3', 'A4 proposed 2']);
    await expect.poll(() => panel.body, patience).toContain('### 3 of 4 assumptions reviewed');

    // The next scan asks the same again, in the same words and in others.
    const again = [
      says(isPublic, asks('which TAX holds', { options: options('Gross', 'Net') })),
      says(asks('Who is it that reads orders?')),
      finish,
    ];
    const third = await bed.model(again);
    const later = await bed.runner(undefined, { model: third });
    expect(later.outputs, later.log).toMatchObject({ phase: 'completed', result: 'complete' });
    expect(settledIn(third)).toEqual({
      'approved assumptions': [`${session}/A1: Prices are whole cents.`, `${session}/A3: There are two warehouses.`],
      'declined assumptions': [`${session}/A2: Orders are never deleted.\n  Reason: They are, on request.`],
      answers: [
        `${session}/Q1: Is total() called with input of users?\n  Answer: No`,
        `${session}/Q2: Which tax holds?\n  Answer: Net`,
        `${session}/Q3: Who reads the orders?\n  Answer: Only the accountants, once a year.`,
      ],
    });
    expect(promptOf(third)).toMatch(/These were declined: do not assume any of them.*\n\n<<<FENCE declined/);
    expect(promptOf(third)).not.toMatch(/Mail is sent|Prices are numbers|There is one warehouse/);
    const told = (word: string) => `settled: ${session}/${word}`;
    const [same, tax, other] = [...answersIn(third, 1).slice(0, 2), ...answersIn(third, 2)];
    expect(same).toMatch(/^Stored as q1\. This was settled before[\s\S]*\nNo\nwanda said so on /);
    expect(tax).toContain(told('Q2'));
    expect(other).toMatch(
      /^Not stored, nobody is asked[\s\S]*\nAnswer: Only the accountants, once a year\.\ntom said so/,
    );
    const last = inLedger(bed).session(later);
    expect(last.questions.map(({ id, aside }) => [id, aside?.why])).toEqual([
      ['Q1', 'settled'],
      ['Q2', 'settled'],
    ]);
    expect(bed.github.repository().issues.filter(({ title }) => title.startsWith('Questions'))).toHaveLength(1);
    expect(bed.github.violations).toEqual([]);
    expect(inLedger(bed).sessions()).toHaveLength(3);
    expect(await bed.app.end('SIGTERM')).toBe(0);
  },
);
