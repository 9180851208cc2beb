import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createGate } from '../../src/publishing/gate.ts';
import { standingOf, withActs, wordsOf } from '../../src/questions/answers-of.ts';
import type { Deed, PanelAct } from '../../src/questions/panel.ts';
import { type Box, deedsBetween, mayBePanel, renderBox } from '../../src/questions/panel-boxes.ts';
import { Question } from '../../src/questions/question.ts';
import { type PanelView, renderPanel } from '../../src/questions/render-panel.ts';

const gate = createGate({ secrets: [] });
const single = Question.parse({ id: 'Q1', question: 'Which?', options: [{ label: 'a, b' }, { label: 'a, b' }] });
const several = Question.parse({
  ...{ id: 'Q2', question: 'Which ones?', multiSelect: true },
  options: [{ label: 'One' }, { label: 'Two', description: 'The second' }, { label: 'Three' }],
});
const free = Question.parse({ id: 'Q3', question: 'Why?', blocking: true });
const questions = [single, several, free];

const second = (n: number) => new Date(Date.UTC(2026, 10, 21, 18) + n * 1000).toISOString();
const act = (deed: Deed, { by = 'tom', at = second(0) }: { by?: string; at?: string } = {}): PanelAct => ({
  ...{ by, at, from: 'https://github.test/c/7', comment: 7 },
  ...deed,
});
const view = (acts: readonly PanelAct[], over: Partial<PanelView> = {}): PanelView => ({
  ...{ questions, withheld: [], assumptions: [], acts, issuesOf: () => [], waits: ['Q3'] },
  ...{ course: 'waits', reviews: [], refining: { kind: 'none' }, mayReviewInPull: false, ...over },
});
const render = (acts: readonly PanelAct[], over: Partial<PanelView> = {}) => renderPanel(view(acts, over), { gate });
/** As a person who clicks on a box sees the text afterwards. */
const click = (body: string, mark: string) =>
  body
    .split('\n')
    .map((line) => (line.includes(`<!-- courier:${mark} -->`) ? toggle(line) : line))
    .join('\n');
const toggle = (line: string) => line.replace(/\[([ x])\]/, (_, box) => (box === 'x' ? '[ ]' : '[x]'));

const word = fc.constantFrom('tom', 'wanda', 'max', 'ada');
const deed: fc.Arbitrary<Deed> = fc.oneof(
  fc.record({
    kind: fc.constant('tick' as const),
    question: fc.constantFrom('Q1', 'Q2', 'Q3', 'Q9'),
    option: fc.nat(4),
    on: fc.boolean(),
  }),
  fc.record({
    kind: fc.constant('choose' as const),
    question: fc.constantFrom('Q1', 'Q2'),
    options: fc.uniqueArray(fc.nat(3), { minLength: 1, maxLength: 3 }),
  }),
  fc.record({
    kind: fc.constant('say' as const),
    question: fc.constantFrom('Q1', 'Q2', 'Q3'),
    text: fc.constantFrom('   ', 'Because of #1', '- [x] <!-- courier:answer Q1 a -->', 'an @mention\nand a line'),
  }),
  fc.record({ kind: fc.constant('skip' as const), question: fc.constantFrom('Q1', 'Q2', 'Q3') }),
);
const acts = fc
  .array(fc.tuple(deed, word), { maxLength: 30 })
  .map((list) => list.map(([each, by], n) => act(each, { by, at: second(n) })));

describe('what people did about a question', () => {
  it('is one option where one is asked for, and as many as are ticked where several are', () => {
    const ticks = [0, 1].flatMap((option) =>
      ['Q1', 'Q2'].map((question) => act({ kind: 'tick', question, option, on: true })),
    );
    expect(standingOf(single, ticks)).toMatchObject({ state: 'answered', options: [1] });
    expect(standingOf(several, ticks)).toMatchObject({ state: 'answered', options: [0, 1] });
  });

  it('keeps what is ticked beside own words where several may be chosen, and puts the words in the place of the one option', () => {
    const said = ['Q1', 'Q2'].flatMap((question) => [
      act({ kind: 'tick', question, option: 0, on: true }),
      act({ kind: 'say', question, text: ' neither ' }),
    ]);
    expect(standingOf(single, said)).toMatchObject({ options: [], text: 'neither' });
    const both = standingOf(several, said);
    expect(both).toMatchObject({ options: [0], text: 'neither' });
    expect(both.state === 'answered' && wordsOf(several, both)).toBe('One\nneither');
  });

  it('is no answer where it is white space, taken back, or about an option that is not there', () => {
    expect(standingOf(free, [act({ kind: 'say', question: 'Q3', text: ' \t ' })]).state).toBe('open');
    expect(standingOf(single, [act({ kind: 'tick', question: 'Q1', option: 7, on: true })]).state).toBe('open');
    const back = [true, false].map((on, n) => act({ kind: 'tick', question: 'Q1', option: 0, on }, { at: second(n) }));
    expect(standingOf(single, back).state).toBe('open');
  });

  it('is answered after all when somebody answers what was skipped', () => {
    const skip = act({ kind: 'skip', question: 'Q1' });
    expect(standingOf(single, [skip]).state).toBe('skipped');
    const after = [skip, act({ kind: 'tick', question: 'Q1', option: 0, on: true }, { at: second(1) })];
    expect(standingOf(single, after).state).toBe('answered');
  });

  it('comes to the same in whatever order ten people are heard, as often as they are heard', () => {
    fc.assert(
      fc.property(acts, fc.infiniteStream(fc.nat(1000)), (inTurn, random) => {
        const shuffled = inTurn
          .map((each) => ({ each, key: random.next().value ?? 0 }))
          .sort((a, b) => a.key - b.key)
          .map(({ each }) => each);
        const heard = [...shuffled, ...shuffled.slice(0, 3)].reduce<PanelAct[]>(
          (known, each) => withActs(known, [each]) ?? known,
          [],
        );
        for (const question of questions) expect(standingOf(question, heard)).toEqual(standingOf(question, inTurn));
      }),
    );
  });
});

describe('the panel', () => {
  it('says what is asked, how far it was answered, by whom, and what waits', () => {
    const text = render([act({ kind: 'choose', question: 'Q2', options: [0, 2] }, { by: 'wanda' })], {
      assumptions: [
        { id: 'A1', text: 'All of them', questionId: 'Q3', findings: [] },
        { id: 'A2', text: 'Two', questionId: 'Q2', findings: [] },
      ],
      issuesOf: ({ id }) => (id === 'Q2' ? [12, 13] : []),
    });
    expect(text).toMatchSnapshot();
  });

  it.each(['sent', 'at-work', 'ended'] as const)('says what becomes of answers when the session is %s', (course) => {
    const text = render([act({ kind: 'skip', question: 'Q3' })], { course, run: 'https://github.test/runs/1' });
    expect(text.split('\n').slice(0, 3)).toMatchSnapshot();
    expect(text.includes('Submit')).toBe(course === 'ended');
  });

  it('is read back as it was written, whatever was answered, and after an editor left its line ends', () => {
    fc.assert(
      fc.property(acts, (done) => {
        const text = render(done);
        expect(deedsBetween(text, text)).toEqual([]);
        expect(deedsBetween(text, text.replaceAll('\n', '\r\n'))).toEqual([]);
      }),
    );
  });

  it('turns each click into what it says, whatever was answered before', () => {
    const marks = ['Q1 a', 'Q1 b', 'Q2 a', 'Q2 b', 'Q2 c'];
    fc.assert(
      fc.property(acts, fc.constantFrom(...marks), (done, mark) => {
        const before = render(done);
        const deeds = deedsBetween(before, click(before, `answer ${mark}`));
        const [question = '', letter = ''] = mark.split(' ');
        const option = letter.charCodeAt(0) - 97;
        expect(deeds).toEqual([{ kind: 'tick', question, option, on: expect.any(Boolean) }]);
        const after = render([
          ...done,
          ...deeds.flatMap((each) =>
            each.kind === 'review' || each.kind === 'pull-request' ? [] : act(each, { at: second(100) }),
          ),
        ]);
        const ticked = after.includes(`- [x] <!-- courier:answer ${mark} -->`);
        expect(ticked).toBe(!before.includes(`- [x] <!-- courier:answer ${mark} -->`));
      }),
    );
  });

  it('hears own words behind Other, ticked or only written, and no tick without words', () => {
    const text = render([]);
    const line = '- [ ] <!-- courier:answer Q3 other --> Other:';
    expect(text).toContain(line);
    expect(deedsBetween(text, text.replace(line, `${line} so that`))).toEqual([
      { kind: 'say', question: 'Q3', text: 'so that' },
    ]);
    expect(deedsBetween(text, click(text, 'answer Q3 other'))).toEqual([{ kind: 'say', question: 'Q3' }]);
    expect(standingOf(free, [act({ kind: 'say', question: 'Q3' })]).state).toBe('open');
    expect(deedsBetween(text, click(text, 'submit'))).toEqual([{ kind: 'submit' }]);
  });

  it('hears a word on an assumption with the revision that was shown, and that an answering session is wanted', () => {
    const boxes: Box[] = [
      { kind: 'review', assumption: 'A2', revision: 3, verdict: 'approve', ticked: true },
      { kind: 'review', assumption: 'A2', revision: 3, verdict: 'decline', ticked: false },
      { kind: 'answering-session' },
      { kind: 'pull-request' },
    ];
    const text = boxes.map((box) => renderBox(box, gate)).join('\n');
    expect(mayBePanel(text)).toBe(true);
    const seen = { kind: 'review', assumption: 'A2', revision: 3 } as const;
    expect(deedsBetween(text, click(text, 'assumption A2 3 approve'))).toEqual([
      { ...seen, verdict: 'approve', on: false },
    ]);
    expect(deedsBetween(text, click(text, 'assumption A2 3 decline'))).toEqual([
      { ...seen, verdict: 'decline', on: true },
    ]);
    expect(deedsBetween(text, click(text, 'answering-session'))).toEqual([{ kind: 'answering-session' }]);
    expect(deedsBetween(text, click(text, 'pull-request'))).toEqual([{ kind: 'pull-request' }]);
    expect(deedsBetween(text, click(text, 'assumption A2 3 decline').replaceAll('A2 3', 'A2 4'))).toEqual([]);
    expect(standingOf(free, [act({ kind: 'answering-session' })]).state).toBe('open');
  });

  it('hears nothing in boxes that it did not write, in copies of them, and in what is left of damaged ones', () => {
    const text = render([]);
    const added = `${text}\n- [x] <!-- courier:answer Q9 a --> new\n- [x] <!-- courier:answer Q1 a --> copied`;
    expect(deedsBetween(text, added)).toEqual([]);
    expect(deedsBetween(text, text.replaceAll('<!-- courier:answer', '<!-- was'))).toEqual([]);
    expect(deedsBetween(text, '')).toEqual([]);
  });

  it('holds no box and no mark that a question, an option or an answer smuggled in', () => {
    const hostile = '- [x] <!-- courier:answer Q1 a --> x\n- [x] <!-- courier:submit --> y\n<!-- courier:end -->';
    const asked = Question.parse({ id: 'Q1', question: hostile, header: hostile, options: [{ label: hostile }] });
    const text = renderPanel(view([act({ kind: 'say', question: 'Q1', text: hostile })], { questions: [asked] }), {
      gate,
    });
    expect(text.match(/<!-- courier:/g)).toHaveLength(3);
    expect(text.match(/^- \[x\] <!-- courier:answer Q1 other/gm)).toHaveLength(1);
  });

  it('fits into a comment however much is asked, and says what has no room', () => {
    const many = Array.from({ length: 300 }, (_, n) =>
      Question.parse({
        ...{ id: `Q${n + 1}`, question: 'Why? '.repeat(800), blocking: n === 299 },
        options: Array.from({ length: 20 }, (__, option) => ({ label: `Option ${option} `.repeat(30) })),
      }),
    );
    const text = renderPanel(view([], { questions: many, waits: ['Q300'] }), { gate });
    expect(text.length).toBeLessThanOrEqual(65_536);
    expect(text).toContain('0 of 300 answered');
    expect(text).toMatch(/\d+ more questions have no room in this comment/);
    expect(text).toContain('#### Q300');
    expect(text).toContain('<!-- courier:submit -->');
    expect(text).not.toContain('Cut here');
  });

  it('has room for assumptions beside however many questions, names those that have none, and none that is replaced', () => {
    const hostile = '- [x] <!-- courier:assumption A1 1 approve --> x\n<!-- courier:end --> @ada';
    const reviews = Array.from({ length: 200 }, (_, n) => ({
      ...{ id: `A${n + 1}`, revision: 1, text: `${hostile} ${'So it is. '.repeat(200)}`, basis: hostile },
      ...{
        places: [{ text: 'src/a.ts:3', address: undefined }],
        state: n < 150 ? ('approved' as const) : ('proposed' as const),
      },
    }));
    const many = Array.from({ length: 100 }, (_, n) =>
      Question.parse({ id: `Q${n + 1}`, question: 'Why? '.repeat(400) }),
    );
    const gone = {
      ...{ id: 'A201', revision: 1, text: 'Gone.', places: [] },
      state: 'superseded' as const,
      reason: 'Q1',
    };
    const text = renderPanel(view([], { questions: many, waits: [], reviews: [...reviews, gone] }), { gate });
    expect(text.length).toBeLessThanOrEqual(65_536);
    expect(text).toContain('### 150 of 200 assumptions reviewed');
    expect(text).toMatch(/\*\*\d+ more have no room in this comment:\*\* A\d+, A\d+/);
    // What nobody decided on comes first.
    expect(text).toContain('#### A200');
    expect(text).toContain('Not assumed any more: A201 (Q1).');
    expect(text).not.toContain('Cut here');
    expect(text.match(/<!-- courier:assumption A151 /g)).toHaveLength(2);
    expect(text).not.toMatch(/(?<!`)@ada/);
    expect(deedsBetween(text, text)).toEqual([]);
  });

  it('counts what may not be told, and does not tell it', () => {
    const text = render([], { questions: [single], withheld: [{ ...free, id: 'Q2' }] });
    expect(text).toContain('0 of 2 answered');
    expect(text).toContain('Not shown here: Q2');
    expect(text).not.toContain('Why?');
  });
});
