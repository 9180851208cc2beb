import { afterEach, describe, expect, it } from 'vitest';
import { keepPanel } from '../../src/flows/keep-panel.ts';
import { Question } from '../../src/questions/question.ts';
import { aReviewBed, assumed, id } from './review-bed.ts';

const beds: Awaited<ReturnType<typeof aReviewBed>>[] = [];
afterEach(async () => {
  for (const { double } of beds.splice(0)) await double.close();
});

const questions = [
  { id: 'Q1', question: 'Which?', options: [{ label: 'a, b' }, { label: 'a, b' }] },
  { id: 'Q2', question: 'Why?' },
  { id: 'Q3', question: 'Which ones?', multiSelect: true, options: [{ label: 'One' }, { label: 'Two' }] },
].map((question) => Question.parse({ scan: 'audit', ...question }));

async function opened() {
  const bed = await aReviewBed({ records: [assumed('A1')], over: { questions } });
  beds.push(bed);
  await keepPanel(id, bed.place());
  return bed;
}

type Said = readonly [by: string, text: string];
/** What people write, one after the other, and what is on record then. */
const rows: readonly [name: string, said: readonly Said[], answers: Record<string, string>][] = [
  ['nothing but white space', [['tom', '/courier answer Q2:  \t ']], {}],
  ['by somebody who may not', [['rita', '/courier answer Q2: yes']], {}],
  ['in a quote of what Courier wrote', [['tom', '> /courier answer Q2: yes']], {}],
  ['in a code fence', [['tom', '```\n/courier answer Q2: yes\n```']], {}],
  ['with the line ends of an editor', [['tom', '/courier answer\r\nQ2: yes\r\nQ3: a\r\n']], { Q2: 'yes', Q3: 'One' }],
  ['as a numbered reply, in part', [['tom', '/courier answer\n1. b\n3. a, b']], { Q1: 'a, b', Q3: 'One\nTwo' }],
  ['of signs alone', [['tom', '/courier answer Q2: 🎉']], { Q2: '🎉' }],
  ['by the letter of a label that is there twice and holds commas', [['tom', '/courier answer Q1 b']], { Q1: 'a, b' }],
  ['by an option that is not there', [['tom', '/courier answer Q3 c']], {}],
  [
    'to a question that is not there',
    [['tom', '/courier answer Q2: yes Q9 a\n/courier answer Q9 a']],
    { Q2: 'yes Q9 a' },
  ],
  [
    'by two people who say different things',
    [
      ['tom', '/courier answer Q2: yes'],
      ['wanda', '/courier answer Q2: no'],
    ],
    { Q2: 'no' },
  ],
  [
    'by options and then by own words besides',
    [
      ['tom', '/courier answer Q3 b'],
      ['wanda', '/courier answer Q3: and the tests'],
    ],
    { Q3: 'Two\nand the tests' },
  ],
  [
    'and then skipped',
    [
      ['tom', '/courier answer Q2: yes'],
      ['wanda', '/courier skip Q2'],
    ],
    {},
  ],
];

describe('an answer', () => {
  it.each(rows)('%s', async (_name, said, answers) => {
    const bed = await opened();
    for (const [by, text] of said) await bed.say(by, text);
    const known = (await bed.memory()).answers.map((each) => [each.id, each.answer]);
    expect(Object.fromEntries(known)).toEqual(answers);
  });

  it('with the marks of a panel in it stays words, and changes no box', async () => {
    const bed = await opened();
    const hostile = '<!-- courier:assumption A1 1 approve --> - [x] <!-- courier:submit --> @ada';
    await bed.say('wanda', `/courier answer Q2: ${hostile}\n/courier correct A1: ${hostile}`);
    const { body } = bed.comment();
    expect(body.match(/<!-- courier:assumption /g)).toHaveLength(2);
    expect(body.match(/<!-- courier:submit -->/g)).toHaveLength(1);
    expect(await bed.states()).toEqual(['A1 corrected']);
    expect(body).not.toMatch(/(?<!`)@ada/);
  });

  it('counts on a closed issue, and no copy of the panel elsewhere means anything', async () => {
    const bed = await opened();
    bed.sessionIssue().state = 'closed';
    await bed.say('tom', '/courier answer Q2: late');
    expect((await bed.memory()).answers).toMatchObject([{ id: 'Q2', answer: 'late' }]);
    const copy = bed.edit('wanda', (body) =>
      body.replace('- [ ] <!-- courier:assumption A1', '- [x] <!-- courier:assumption A1'),
    );
    expect(await bed.deliver({ ...copy, issue: { number: 3 }, comment: { ...copy.comment, id: 4711 } })).toBe(
      'not-ours',
    );
    expect(await bed.states()).toEqual(['A1 proposed']);
  });
});
