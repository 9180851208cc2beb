import { afterEach, describe, expect, it } from 'vitest';
import { defaultConfiguration } from '../../src/config/parse-config.ts';
import { keepPanel } from '../../src/flows/keep-panel.ts';
import { openAssumptionsPull } from '../../src/flows/open-assumptions-pull.ts';
import { tendAssumptionsPulls } from '../../src/flows/tend-assumptions-pulls.ts';
import { silentLog } from '../../src/lib/log.ts';
import { withAssumptions } from '../../src/memory/memory.ts';
import { refine } from '../../src/memory/review.ts';
import { Question } from '../../src/questions/question.ts';
import { aReviewBed, assumed, commit, id, toggle } from './review-bed.ts';

type Bed = Awaited<ReturnType<typeof aReviewBed>>;
const beds: Bed[] = [];
afterEach(async () => {
  for (const { double } of beds.splice(0)) {
    expect(double.violations).toEqual([]);
    await double.close();
  }
});

async function aBed(options: Parameters<typeof aReviewBed>[0] = {}) {
  const bed = await aReviewBed(options);
  beds.push(bed);
  return bed;
}

/** With its panel. */
async function opened(options: Parameters<typeof aReviewBed>[0] = {}) {
  const bed = await aBed(options);
  await keepPanel(id, bed.place());
  return bed;
}

/** An answering session words one anew. */
async function reword(bed: Bed, number: string, text: string) {
  const memory = await bed.memory();
  const record = memory.assumptions.find((each) => each.id === number);
  const said = { by: 'answering', at: '2026-11-22T10:40:00Z', from: 'session S20261122-103900-bbbb' };
  const refined = record && refine(record, { text }, { ...said, revision: record.revision });
  if (!refined || 'refused' in refined) throw new Error('it is not reworded');
  await bed.seed({ memory: withAssumptions(memory, [refined.record]) });
}

describe('assumptions on the panel', () => {
  it('are shown below the questions, with basis, place, confidence and boxes, and who decided what', async () => {
    const bed = await opened({
      records: [
        assumed('A1', {
          text: 'The parser is the old one.',
          basis: 'It is imported.',
          confidence: 0.8,
          evidence: [{ path: 'src/a b.ts', startLine: 3, endLine: 4, quote: 'import' }],
        }),
        assumed('A2'),
      ],
    });
    await bed.click('wanda', 'assumption A2 1 decline');
    const { body } = bed.comment();
    expect(body.indexOf('Which parser?')).toBeLessThan(body.indexOf('### 1 of 2 assumptions reviewed'));
    expect(body).toContain('#### A1 · confidence 80 %\n\nThe parser is the old one.\n\nBasis: It is imported.');
    expect(body).toContain(`/acme/shop/blob/${commit}/src/a%20b.ts#L3-L4`);
    expect(body).toContain('- [x] <!-- courier:assumption A2 1 decline --> Decline\n\n_Declined by wanda, 2026-');
    expect(body).toMatch(/`\/courier correct A1: your words`/);
  });

  it('are decided on one by one, as a radio group, and opened again by whoever takes it back', async () => {
    const bed = await opened();
    expect(await bed.click('wanda', 'assumption A1 1 approve')).toBe('answered');
    await bed.click('max', 'assumption A1 1 decline');
    expect(bed.ticked()).toEqual(['A1 1 decline']);
    await bed.click('max', 'assumption A1 1 decline');
    await bed.click('wanda', 'assumption A2 1 approve');
    expect(bed.ticked()).toEqual(['A2 1 approve']);
    expect(await bed.states()).toEqual(['A1 proposed', 'A2 approved', 'A3 proposed', 'A4 proposed']);
    const audit = await (await bed.ledger()).readAudit('2026-11-22T10:00:00Z');
    expect(audit).toContainEqual(
      expect.objectContaining({ action: 'review-assumption', target: `${id} A2`, actor: 'wanda' }),
    );
  });

  it('are put back where somebody may answer but not approve, with one sentence; what they answered counts', async () => {
    const bed = await opened();
    const both = (body: string) =>
      toggle(body, 'assumption A1 1 approve').replace(/(answer Q1 other --> Other:)/, '$1 the new one');
    expect(await bed.deliver(bed.edit('tom', both))).toBe('refused');
    await bed.click('tom', 'assumption A2 1 approve');
    expect(bed.ticked()).toEqual([]);
    expect((await bed.memory()).answers).toMatchObject([{ id: 'Q1', answer: 'the new one', by: 'tom' }]);
    const others = bed.sessionIssue().comments.filter((each) => each.id !== bed.comment().id);
    expect(others.map(({ body }) => body.split('\n')[0])).toEqual([
      'What tom ticked was taken back: deciding on assumptions takes the role write in this repository.',
    ]);
  });

  it('say nothing to a stranger on a public repository, and one sentence to whoever may triage there', async () => {
    const bed = await opened({ visibility: 'public' });
    await bed.click('rita', 'assumption A1 1 approve');
    expect(bed.sessionIssue().comments).toHaveLength(1);
    await bed.click('tom', 'assumption A1 1 approve');
    expect(bed.sessionIssue().comments).toHaveLength(2);
    expect(bed.ticked()).toEqual([]);
  });

  it('count with the text that was shown: a click on an older one is taken back, and the person told', async () => {
    const bed = await opened();
    const click = bed.edit('wanda', (body) => toggle(body, 'assumption A1 1 approve'));
    await reword(bed, 'A1', 'Something else.');
    expect(await bed.deliver(click)).toBe('refused');
    expect(await bed.states()).toContain('A1 proposed');
    expect(bed.comment().body).toContain('Something else.');
    expect(bed.ticked()).toEqual([]);
    expect(bed.sessionIssue().comments.at(-1)?.body).toMatch(/wanda ticked was taken back: A1 has another text by now/);
    await bed.click('wanda', 'assumption A1 2 approve');
    expect(bed.ticked()).toEqual(['A1 2 approve']);
  });

  it('hear nothing in a revision that somebody wrote into the comment', async () => {
    const bed = await opened();
    await bed.deliver(bed.edit('wanda', (body) => toggle(body, 'assumption A1 1 approve').replaceAll('A1 1', 'A1 2')));
    expect(await bed.states()).toContain('A1 proposed');
    expect(bed.comment().body).toContain('courier:assumption A1 1 approve');
  });

  it('lose no click of several people at once, and count none twice, in whatever order they come', async () => {
    const bed = await opened();
    const marks = ['A1 1 approve', 'A2 1 decline', 'A3 1 approve', 'A3 1 approve', 'A4 1 approve', 'A4 1 decline'];
    const people = ['wanda', 'max', 'ada'];
    const payloads = marks.map((mark, n) =>
      bed.edit(people[n % 3] ?? 'ada', (body) => toggle(body, `assumption ${mark}`)),
    );
    const waiting = [...payloads.toReversed(), ...payloads.slice(0, 2)];
    const work = async () => {
      for (let payload = waiting.shift(); payload; payload = waiting.shift()) await bed.deliver(payload);
    };
    await Promise.all([work(), work()]);
    expect(await bed.states()).toEqual(['A1 approved', 'A2 declined', 'A3 proposed', 'A4 declined']);
    expect(bed.ticked()).toEqual(['A1 1 approve', 'A2 1 decline', 'A4 1 decline']);
    expect((await bed.memory()).assumptions.map(({ history }) => history.length)).toEqual([2, 2, 3, 3]);
  });

  it('are no reason for an issue of their own, unless an answering session put them forward', async () => {
    const quiet = await opened({ over: { questions: [] } });
    expect(quiet.panelIssue()).toBeUndefined();
    const bed = await aBed({ over: { questions: [] } });
    await reword(bed, 'A1', 'Refined.');
    await keepPanel(id, bed.place());
    expect(bed.sessionIssue().labels).toEqual(['courier']);
    expect(bed.sessionIssue().body).toContain('assumed some things on which people are to decide');
    expect(bed.comment().body).not.toContain('0 of 0 answered');
  });

  it('keep the issue open until each is decided on, or somebody says that this was all', async () => {
    const bed = await opened({ records: [assumed('A1')] });
    await bed.say('tom', '/courier skip Q1');
    expect(bed.sessionIssue()).toMatchObject({ state: 'open', labels: ['courier'] });
    await bed.click('wanda', 'assumption A1 1 approve');
    expect(bed.sessionIssue().state).toBe('closed');
    const other = await opened({ records: [assumed('A1')] });
    await other.say('tom', '/courier skip Q1');
    await other.click('tom', 'submit');
    expect(other.sessionIssue().state).toBe('closed');
    expect(await other.states()).toEqual(['A1 proposed']);
  });

  it('are offered in a pull request by a box, to who may approve, and the panel names it', async () => {
    const bed = await opened({ records: [assumed('A1'), assumed('A2')] });
    const pulls = () => bed.repository.issues.filter(({ title }) => title === 'Assumptions to review');
    expect(await bed.click('tom', 'pull-request')).toBe('refused');
    expect(pulls()).toEqual([]);
    expect(bed.sessionIssue().comments.at(-1)?.body).toContain('takes the role write');
    expect(bed.comment().body).toContain('- [ ] <!-- courier:pull-request -->');
    expect(await bed.click('wanda', 'pull-request')).toBe('answered');
    const [pull, ...others] = pulls();
    expect(others).toEqual([]);
    expect((await bed.memory()).assumptions.map(({ pullRequest }) => pullRequest)).toEqual([
      pull?.number,
      pull?.number,
    ]);
    expect(bed.comment().body).toContain(`They can be reviewed in #${pull?.number}, too.`);
    expect(bed.comment().body).not.toContain('courier:pull-request');
    expect(await bed.states()).toEqual(['A1 proposed', 'A2 proposed']);
  });

  it('are not offered in a pull request where GitHub forbids one, and the reason is told', async () => {
    const bed = await opened();
    bed.repository.pulls = 'none';
    expect(await bed.click('wanda', 'pull-request')).toBe('refused');
    expect(bed.sessionIssue().comments.at(-1)?.body).toContain('takes no pull requests');
    expect(bed.comment().body).toContain('- [ ] <!-- courier:pull-request -->');
  });

  it('are given to an answering session by a box, once while it may begin, and the panel says who asked', async () => {
    const bed = await opened();
    const runs = () => bed.repository.runs.filter(({ event }) => event === 'workflow_dispatch');
    expect(await bed.click('rita', 'answering-session')).toBe('refused');
    expect(runs()).toHaveLength(0);
    // Commands go by the real clock, which is to be far from this click.
    const { ahead } = bed.clock;
    bed.clock.ahead += 3650 * 86_400_000;
    const edit = bed.edit('tom', (body) => toggle(body, 'answering-session'));
    expect(await bed.deliver(edit)).toBe('answered');
    await bed.deliver(edit);
    expect(runs()).toHaveLength(1);
    expect(bed.comment().body).toMatch(/\[An answering session\]\(\S+\/runs\/\d+\) .* \(last asked for by tom, /);
    expect(bed.comment().body).not.toContain('courier:answering-session');
    // None began.
    bed.clock.ahead += 16 * 60_000;
    await keepPanel(id, bed.place());
    expect(bed.comment().body).toMatch(/- \[ \] <!-- courier:answering-session -->.* \(last asked for by tom, /);
    bed.clock.ahead = ahead;
    await bed.say('wanda', '/courier approve all');
    expect(bed.comment().body).toContain('courier:answering-session');
    await bed.say('tom', '/courier answer Q1: this one');
    expect(bed.comment().body).not.toContain('courier:answering-session');
  });

  it('are not told on a public repository where they are about a security finding, nor decided on', async () => {
    const bed = await opened({
      visibility: 'public',
      records: [assumed('A1', { findings: ['F-0000000b'], text: 'The token is checked.' }), assumed('A2')],
      over: { raised: ['F-0000000a'], questions: [Question.parse({ id: 'Q2', scan: 'other', question: 'Why?' })] },
    });
    const [known] = (await bed.ledger()).findings;
    if (!known) throw new Error('no finding');
    const { issue: _, ...finding } = known;
    await bed.seed({ findings: [{ ...finding, id: 'F-0000000b', category: 'security' }] });
    await keepPanel(id, bed.place());
    expect(bed.comment().body).not.toContain('token');
    expect(await bed.say('wanda', '/courier approve A1 A2')).toMatch(/Approved: A2[\s\S]*A1 is not shown here/);
    expect(await bed.states()).toEqual(['A1 proposed', 'A2 approved']);
  });
});

describe('commands on assumptions', () => {
  it('approve, decline and correct each by itself, and say what was not done', async () => {
    const bed = await opened();
    expect(await bed.say('wanda', '/courier approve A1 A9')).toBe(
      'Approved: A1. The others not:\n\n- There is no assumption A9 here.',
    );
    expect(await bed.say('wanda', '/courier decline A2 not since last year\n/courier correct A3: it is net')).toMatch(
      /Declined: A2\.[\s\S]*Corrected: A3\./,
    );
    expect(await bed.states()).toEqual(['A1 approved', 'A2 declined', 'A3 corrected', 'A4 proposed']);
    expect(bed.comment().body).toContain('### 3 of 4 assumptions reviewed');
    expect(bed.comment().body).toContain('it is net');
    expect(await bed.say('tom', '/courier approve A4')).toMatch(/needs the role write/);
    const record = (await bed.memory()).assumptions[2];
    expect(record?.history.at(-1)).toMatchObject({
      what: 'corrected',
      by: 'wanda',
      at: '2026-11-22T10:30:00Z',
      from: expect.stringMatching(/#issuecomment-\d+$/),
    });
  });

  it('approve no text that came after the comment, and none at all by an edit', async () => {
    const bed = await opened();
    const { number } = bed.sessionIssue();
    const written = bed.double.act.comment('wanda', '/courier approve all', {
      issue: number,
      at: '2026-11-22T10:30:00Z',
    });
    await reword(bed, 'A1', 'Something else.');
    await bed.handle(number);
    expect(bed.replies(number).at(-1)).toMatch(/Approved: A2, A3, A4\..*A1 has another text by now/s);
    const comment = bed.sessionIssue().comments.find((each) => each.id === written.id);
    if (comment) comment.body = '/courier decline all A2';
    await bed.handle(number);
    expect(await bed.states()).toEqual(['A1 proposed', 'A2 approved', 'A3 approved', 'A4 approved']);
  });

  it('mean on a pull request what the ledger says that it reviews, and nothing on any other', async () => {
    const bed = await opened({ records: [assumed('A1', { pullRequest: 4 }), assumed('A2')] });
    expect(await bed.say('wanda', '/courier approve all', { issue: 4 })).toBe('Approved: A1.');
    expect(await bed.states()).toEqual(['A1 approved', 'A2 proposed']);
    expect(bed.ticked()).toEqual(['A1 1 approve']);
    expect(await bed.say('wanda', '/courier decline A2', { issue: 4 })).toBe('There is no assumption A2 here.');
    const other = await opened();
    expect(await other.say('wanda', '/courier approve all\n\n<!-- courier:assumptions -->', { issue: 4 })).toBe(
      'No assumption is put to people here.',
    );
  });

  it('say so where nothing is left to decide', async () => {
    const bed = await opened({ records: [assumed('A1')] });
    await bed.say('wanda', '/courier approve all');
    expect(await bed.say('max', '/courier approve all', { at: '2026-11-22T10:50:00Z' })).toMatch(
      /nothing left|anything left/,
    );
  });
});

describe('the issue of a finding', () => {
  it('says at once what was settled that it hangs on, once, and lets everything else stand', async () => {
    const bed = await opened({ records: [assumed('A1', { findings: ['F-0000000a'] })] });
    bed.issue(1).body = 'Somebody wrote this.';
    await bed.say('wanda', '/courier correct A1: the new one is used');
    const { body, comments } = bed.issue(1);
    expect(body).toMatch(/^Somebody wrote this\./);
    expect(body).toMatch(
      /### What it hangs on\n\n- \*\*A1\*\* \(#\d+\), put right by wanda: Text of A1\. → the new one is used/,
    );
    expect(comments).toEqual([]);
    await bed.say('tom', '/courier answer Q1: the new one');
    expect(bed.issue(1).body).toMatch(/\*\*Q1\*\* \(#\d+\), answered by tom: Which parser\? → the new one/);
  });

  it.each([
    ['a review', 'approved by wanda: Text of A1.'],
    ['the merge', 'put right by wanda: Text of A1. → The new one is used.'],
  ])('is told of what %s of the pull request of assumptions decided, and so is the panel', async (what, said) => {
    const bed = await opened({ records: [assumed('A1', { findings: ['F-0000000a'] })] });
    const place = {
      ...bed.place(),
      github: bed.connect(),
      log: silentLog,
      permissions: defaultConfiguration.permissions,
    };
    const pull = await openAssumptionsPull({ by: 'wanda' }, place);
    if ('none' in pull) throw new Error(pull.none);
    const { act } = bed.double;
    if (what === 'a review') act.review('wanda', 'APPROVED', { issue: pull.number });
    else {
      const [path, branch] = ['.courier/assumptions.yml', 'courier/assumptions'];
      const text = bed.double.files('acme/shop', branch)[path] ?? '';
      act.push('wanda', { branch, files: { [path]: text.replace('Text of A1.', 'The new one is used.') } });
      act.merge('wanda', { issue: pull.number });
    }
    await tendAssumptionsPulls(place);
    expect(bed.issue(1).body).toContain(`**A1** (#${bed.sessionIssue().number}), ${said}`);
    expect(bed.comment().body).toContain('1 of 1 assumptions reviewed');
    const before = bed.issue(1).body;
    await tendAssumptionsPulls(place);
    expect(bed.issue(1).body).toBe(before);
  });

  it('is left alone where it is closed, and where nothing about it was settled', async () => {
    const bed = await opened({ records: [assumed('A1', { findings: ['F-0000000a'] }), assumed('A2')] });
    const before = bed.issue(1).body;
    await bed.say('wanda', '/courier approve A2');
    expect(bed.issue(1).body).toBe(before);
    bed.issue(1).state = 'closed';
    await bed.say('wanda', '/courier approve A1');
    expect(bed.issue(1).body).toBe(before);
  });
});
