import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AssumptionRecord } from '../../src/memory/assumption.ts';
import { entriesAt, parseAssumptionsFile } from '../../src/memory/assumptions-file.ts';
import { decideByMerge, decideByReview } from '../../src/memory/decide-assumptions-file.ts';
import { type FileView, updateAssumptionsFile } from '../../src/memory/render-assumptions-file.ts';
import { approve, correct, decline, propose, refine } from '../../src/memory/review.ts';
import { createGate } from '../../src/publishing/gate.ts';
import { anAssumption, session } from './builders.ts';

const gate = createGate({ secrets: ['hunter2hunter2'] });
const by = { by: 'ada', from: 'https://github.test/acme/shop/pull/3#pullrequestreview-1' };
const early = '2026-11-21T10:00:00Z';
const noon = '2026-11-21T12:00:00Z';
const late = '2026-11-21T15:00:00Z';

function proposed(id: string, text: string, over: Partial<AssumptionRecord> = {}): AssumptionRecord {
  const { revision: _, state: __, history: ___, ...record } = anAssumption({ id, text, ...over });
  return propose(record, { by: 'general', at: early, from: `session ${session}` });
}

function must(reviewed: { record: AssumptionRecord } | { refused: string }): AssumptionRecord {
  if ('refused' in reviewed) throw new Error(reviewed.refused);
  return reviewed.record;
}

function update(current: string | undefined, records: readonly AssumptionRecord[], over: Partial<FileView> = {}) {
  const view = { records, pullRequest: undefined, placeOf: () => 'src/a.ts:1', ...over };
  const updated = updateAssumptionsFile(current, view, gate);
  if ('unreadable' in updated) throw new Error(updated.unreadable);
  return updated;
}

function parse(text: string) {
  const file = parseAssumptionsFile(text);
  if ('unreadable' in file) throw new Error(file.unreadable);
  return file;
}

const two = [proposed('A1', 'Prices are in cents.'), proposed('A2', 'Orders are never deleted.')];

describe('the file of assumptions', () => {
  it('is text that people can read, and says what holds once it is merged', () => {
    const basis = 'The column is an integer.\nNothing divides it.';
    const evidence = [{ path: 'src/a.ts', startLine: 1, quote: 'cents' }];
    const first = proposed('A1', 'Prices are in cents.', {
      basis,
      evidence,
      confidence: 0.8,
      findings: ['F-aaaaaaaa'],
    });
    const second = must(decline(proposed('A2', 'No tests.'), { ...by, at: noon, revision: 1, reason: 'There are.' }));
    const { text } = update(undefined, [first, second], { placeOf: () => 'https://github.test/x/blob/c/src/a.ts#L1' });
    expect(text.slice(text.indexOf('version:'))).toBe(`version: 1
assumptions:
  - id: A1
    session: ${session}
    state: approved
    revision: 1
    text: Prices are in cents.
    basis: |-
      The column is an integer.
      Nothing divides it.
    evidence:
      - https://github.test/x/blob/c/src/a.ts#L1
    confidence: 0.8
    findings:
      - F-aaaaaaaa
    history:
      - { at: 2026-11-21T10:00:00Z, what: proposed, by: general, revision: 1, from: session ${session} }
  - id: A2
    session: ${session}
    state: declined
    revision: 1
    text: No tests.
    reason: There are.
    history:
      - { at: 2026-11-21T10:00:00Z, what: proposed, by: general, revision: 1, from: session ${session} }
      - { at: 2026-11-21T12:00:00Z, what: declined, by: ada, revision: 1, from: https://github.test/acme/shop/pull/3#pullrequestreview-1 }
`);
    expect(text.startsWith("# What Courier's agents assumed")).toBe(true);
  });

  it('reads back as it was written, whatever anybody wrote into an assumption', () => {
    const word = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }), fc.constantFrom(...hostile));
    const record = fc.record({ text: word, basis: word, reason: word, by: word });
    fc.assert(
      fc.property(fc.array(record, { maxLength: 4 }), (given) => {
        const records = given.map(({ text, basis, reason, by: who }, index) =>
          must(
            decline(
              propose(
                { ...anAssumption({ id: `A${index + 1}` }), text: text === '' ? 'x' : text, basis },
                { by: who, at: early, from: 'here' },
              ),
              { ...by, at: noon, revision: 1, reason },
            ),
          ),
        );
        const { text, shown, left } = update(undefined, records);
        const { entries } = parse(text);
        expect(entries.map(({ id }) => id)).toEqual(shown.map(({ id }) => id));
        expect([...shown, ...left]).toHaveLength(records.length);
        // Nobody edited it: it stays, byte for byte, and nobody is taken for having edited it.
        const again = update(text, records);
        expect(again).toMatchObject({ changed: false, edited: [] });
        expect(again.text).toBe(text);
        expect(text).not.toContain('hunter2hunter2');
      }),
      { numRuns: 40 },
    );
  });

  it('never throws, whatever stands in it', () => {
    const lines = fc.array(fc.oneof(fc.string(), fc.constantFrom(...hostile, '- id: A1', 'assumptions:', '  - [')));
    fc.assert(fc.property(lines, (given) => void parseAssumptionsFile(given.join('\n'))));
    for (const text of ['', 'null', '- a', 'version: 1', 'version: 1\nassumptions:\n', '&a [*a]', 'version: !!js 1'])
      expect(() => parseAssumptionsFile(text)).not.toThrow();
  });

  it('says with file and line what is wrong', () => {
    const { text } = update(undefined, two);
    const lineOf = (needle: string) => text.slice(0, text.indexOf(needle)).split('\n').length;
    const wrong = (from: string, to: string) => parseAssumptionsFile(text.replace(from, to));
    const place = `.courier/assumptions.yml:${lineOf('    state:')}`;
    expect(wrong('state: approved', 'state: maybe')).toMatchObject({
      unreadable: expect.stringContaining(`${place}: assumptions.0.state: Invalid option`),
    });
    expect(wrong('id: A2', 'id: A1')).toMatchObject({ unreadable: expect.stringContaining('A1 of S2026') });
    expect(wrong('revision: 1', 'revison: 1')).toMatchObject({ unreadable: expect.stringContaining('revison') });
    expect(wrong('text: Prices are in cents.', 'text: ""')).toMatchObject({
      unreadable: expect.stringContaining('is empty'),
    });
  });

  it('tells which assumption stands on a line', () => {
    const { text } = update(undefined, two);
    const file = parse(text);
    const lineOf = (needle: string) => text.slice(0, text.indexOf(needle)).split('\n').length;
    const on = (from: number, to = from) => entriesAt(file, { from, to }).map(({ id }) => id);
    expect(on(lineOf('Prices'))).toEqual(['A1']);
    expect(on(lineOf('Orders'))).toEqual(['A2']);
    expect(on(lineOf('id: A2'))).toEqual(['A2']);
    expect(on(lineOf('id: A2') - 1)).toEqual(['A1']);
    expect(on(lineOf('Prices'), lineOf('id: A2'))).toEqual(['A1', 'A2']);
    expect(on(1)).toEqual([]);
  });

  it('changes where a record has, and only there', () => {
    const { text } = update(undefined, two);
    const [first = anAssumption(), second = anAssumption()] = two;
    const refined = must(refine(first, { text: 'Prices are in euros.' }, { ...by, at: noon, revision: 1 }));
    const updated = update(text, [refined, second, proposed('A3', 'A third.')]);
    const lines = new Set(text.split('\n'));
    const added = updated.text.split('\n').filter((line) => !lines.has(line));
    expect(added).toContain('    text: Prices are in euros.');
    expect(added.filter((line) => line.includes('id:'))).toEqual(['  - id: A3']);
    expect(updated.text).toContain(text.slice(text.indexOf('  - id: A2')).trimEnd());
    expect(parse(updated.text).entries.map(({ id, revision }) => [id, revision])).toEqual([
      ['A1', 2],
      ['A2', 1],
      ['A3', 1],
    ]);
  });

  it('is not written for who approved what it says already', () => {
    const { text } = update(undefined, two);
    const approved = two.map((record) => must(approve(record, { ...by, at: noon, revision: 1 })));
    expect(update(text, approved).changed).toBe(false);
  });

  it('keeps what people did to it: words, comments, what they took out and what they added', () => {
    const records = two.map((record) => ({ ...record, pullRequest: 3 }));
    const { text } = update(undefined, records);
    const [first = anAssumption(), second = anAssumption()] = records;
    const edited = text
      .replace('text: Prices are in cents.', 'text: Prices are in cents, always. # says bob')
      .replace('assumptions:', '# Please look at these\nassumptions:');
    const moved = must(refine(first, { text: 'Prices are in pounds.' }, { ...by, at: noon, revision: 1 }));
    const kept = update(edited, [moved, second, proposed('A3', 'A third.')], { pullRequest: 3 });
    expect(kept.text).toContain('text: Prices are in cents, always. # says bob');
    expect(kept.text).toContain('# Please look at these');
    expect(kept.edited.map(({ id }) => id)).toEqual(['A1']);
    const without = text.slice(0, text.indexOf('  - id: A2'));
    expect(update(without, records, { pullRequest: 3 })).toMatchObject({ changed: false, shown: [{ id: 'A1' }] });
    // In another pull request it is offered anew.
    expect(update(without, records, { pullRequest: 4 }).shown).toHaveLength(2);
  });

  it('loses what stands for nothing any more', () => {
    const { text } = update(undefined, two);
    const [first = anAssumption(), second = anAssumption()] = two;
    const updated = update(text, [{ ...first, state: 'superseded' }, second]);
    expect(parse(updated.text).entries.map(({ id }) => id)).toEqual(['A2']);
  });

  it('leaves out the oldest where there are more than a file holds, and says which', () => {
    const many = Array.from({ length: 30 }, (_, index) => proposed(`A${index + 1}`, 'x'.repeat(10_000)));
    const { text, shown, left } = update(undefined, many);
    expect(shown.length + left.length).toBe(30);
    expect(left.length).toBeGreaterThan(0);
    expect(shown.at(-1)?.id).toBe('A30');
    expect(parse(text).entries).toHaveLength(shown.length);
  });
});

describe('an approving review', () => {
  const said = { ...by, at: noon };
  const entriesOf = (text: string) => parse(text).entries;

  it('approves the texts that the file held at its commit', () => {
    const entries = entriesOf(update(undefined, two).text);
    const { records, outcomes } = decideByReview({ entries, records: two, gate }, said);
    expect(records.map(({ id, state }) => [id, state])).toEqual([
      ['A1', 'approved'],
      ['A2', 'approved'],
    ]);
    expect(records[0]?.history.at(-1)).toMatchObject({ what: 'approved', by: 'ada', at: noon, from: by.from });
    expect(outcomes).toHaveLength(2);
  });

  it('does not approve a text that has moved on, one that is edited there, and one that is declined', () => {
    const three = [...two, proposed('A3', 'A third.')];
    const text = update(undefined, three).text.replace('Orders are never', 'Orders are rarely');
    const [first = anAssumption(), second = anAssumption(), third = anAssumption()] = three;
    const refined = must(refine(first, { text: 'Prices are in euros.' }, { ...by, at: early, revision: 1 }));
    const declined = must(decline(third, { ...by, at: early, revision: 1 }));
    const decision = decideByReview({ entries: entriesOf(text), records: [refined, second, declined], gate }, said);
    expect(decision.records).toEqual([]);
    expect(decision.outcomes.map(({ id, did }) => [id, did])).toEqual([
      ['A1', 'nothing'],
      ['A2', 'nothing'],
    ]);
  });

  it('counts once, and not against what somebody decided since', () => {
    const entries = entriesOf(update(undefined, two).text);
    const once = decideByReview({ entries, records: two, gate }, said).records;
    const [first = anAssumption(), second = anAssumption()] = once;
    expect(decideByReview({ entries, records: once, gate }, said).records).toEqual([]);
    const declined = must(decline(first, { by: 'bob', at: late, from: 'x', revision: 1 }));
    expect(decideByReview({ entries, records: [declined, second], gate }, said).records).toEqual([]);
  });
});

describe('merging the file', () => {
  const said = { ...by, at: noon, pullRequest: 3 };
  const records = two.map((record) => ({ ...record, pullRequest: 3 }));
  const [first = anAssumption(), second = anAssumption()] = records;
  const text = update(undefined, records).text;
  const merge = (merged: string, known: readonly AssumptionRecord[] = records) =>
    decideByMerge({ entries: parse(merged).entries, records: known, gate }, said);
  const states = (decision: ReturnType<typeof merge>) => decision.records.map(({ id, state }) => [id, state]);

  it('approves what is in it', () => {
    expect(states(merge(text))).toEqual([
      ['A1', 'approved'],
      ['A2', 'approved'],
    ]);
  });

  it('takes other words for a correction, and another state for a decision', () => {
    const edited = text
      .replace('Prices are in cents.', 'Prices are in euros.')
      .replace(/(id: A2\n.*\n *)state: approved/, '$1state: declined\n    reason: They are.');
    const decision = merge(edited);
    expect(states(decision)).toEqual([
      ['A1', 'corrected'],
      ['A2', 'declined'],
    ]);
    expect(decision.records[0]).toMatchObject({ correctedText: 'Prices are in euros.', revision: 2 });
    expect(decision.records[1]).toMatchObject({ reason: 'They are.' });
  });

  it('declines what was taken out of it, and nothing that was never in it', () => {
    const without = text.slice(0, text.indexOf('  - id: A2'));
    expect(states(merge(without, [...records, proposed('A3', 'Another session, another day.')]))).toEqual([
      ['A1', 'approved'],
      ['A2', 'declined'],
    ]);
  });

  it('has the last word over a review of the same second', () => {
    const approved = must(approve(first, { by: 'bob', at: noon, from: 'x', revision: 1 }));
    const edited = text.replace('in cents', 'in pounds');
    expect(states(merge(edited, [approved, second]))).toContainEqual(['A1', 'corrected']);
  });

  it('is about the words that stand in it: what has moved on, or was declined on its own, stays as it is', () => {
    const moved = must(correct(first, { by: 'bob', at: early, from: 'x', revision: 1, text: 'Prices are in pounds.' }));
    const declined = must(decline(second, { by: 'bob', at: early, from: 'x', revision: 1 }));
    const decision = merge(text, [moved, declined]);
    expect(decision.records).toEqual([]);
    expect(decision.outcomes).toMatchObject([
      { id: 'A1', did: 'nothing', why: expect.stringContaining('another text') },
      { id: 'A2', did: 'nothing', why: expect.stringContaining('declined on its own') },
    ]);
  });

  it('twice changes nothing more', () => {
    const once = merge(text).records;
    expect(merge(text, once).records).toEqual([]);
  });

  it('leaves a correction that stands in it a correction', () => {
    const corrected = must(correct(first, { ...by, at: early, revision: 1, text: 'Prices are in pounds.' }));
    const shown = update(text, [corrected, second], { pullRequest: 3 }).text;
    expect(shown).toContain('text: Prices are in pounds.');
    expect(states(merge(shown, [corrected, second]))).toEqual([['A2', 'approved']]);
  });
});

const hostile = [
  '- id: A9\n  state: approved',
  '# comment',
  '"',
  "'",
  '\u202e',
  '@ada',
  '!!js/function x',
  '&a *a',
  '{}',
  '---\n',
  '...\n',
  '\t',
  ' \n ',
  '\u0000',
  '\ud800',
  'a: b',
  'yes',
  '~',
  '0x10',
  '2026-11-21',
  '%YAML 1.1',
  '| \n',
  'hunter2hunter2',
  'a\r\nb',
  '\u2028',
  '\u0085',
];
