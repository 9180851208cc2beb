import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Finding, RaisedFinding } from '../../src/findings/finding.ts';
import { identifyFindings } from '../../src/findings/identify-findings.ts';
import { manyFindings } from '../bench/identity.ts';
import { halvesOf, measureIdentity, pairsOfRuns, readRows } from '../quality/repeated-scans.ts';
import { aKnown, aRaised } from './builders.ts';

const told = {
  title: 'SQL injection in findUser',
  description: 'findUser concatenates the user name into the query.',
};
const retold = {
  fingerprint: '1:new',
  title: 'User name concatenated into a query',
  description: 'In `findUser` the SQL query is built from the name: SQL injection.',
  cwe: 'CWE-89',
  evidence: [],
};

describe('recognising by place, weakness and words', () => {
  const known = () => aKnown({}, { ...told, cwe: 'CWE-89', location: { path: 'src/db.js', startLine: 30 } });
  const again = (over: Partial<RaisedFinding> = {}) =>
    aRaised({ ...retold, location: { path: 'src/db.js', startLine: 32 }, ...over });
  const by = (raised: RaisedFinding, finding: Finding) =>
    identifyFindings([raised], [finding]).matched.map((match) => match.by);

  it('knows a problem again that is worded anew at about the same place', () => {
    expect(by(again(), known())).toEqual(['score']);
  });

  it('never looks into another file', () => {
    expect(by(again({ location: { path: 'src/other.js', startLine: 30 } }), known())).toEqual([]);
  });

  it('takes another weakness in other words far away for another problem', () => {
    const other = { cwe: 'CWE-798', title: 'Key in the source', description: 'A secret key stands in the open.' };
    const { fresh, possibly } = identifyFindings(
      [again({ ...other, location: { path: 'src/db.js', startLine: 200 } })],
      [known()],
    );
    expect([fresh.length, possibly]).toEqual([1, []]);
  });

  it('never scores a check’s finding, on either side', () => {
    const origin = { kind: 'check', name: 'ast-grep', rule: 'sql' } as const;
    expect(by(again({ origin }), known())).toEqual([]);
    expect(by(again(), { ...known(), origin })).toEqual([]);
    expect(by(again({ origin }), { ...known(), origin })).toEqual(['place']);
    expect(by(again({ origin }), { ...known(), origin: { ...origin, rule: 'eval' } })).toEqual([]);
  });

  it('leaves other code and another weakness of one declaration to a judge, however alike the words', () => {
    const [path, scope] = ['0', '1'].map((digit) => digit.repeat(16));
    const quoting = (line: string, startLine: number) => ({
      location: { path: 'src/db.js', startLine },
      anchor: { path: path ?? '', scope, line: line.repeat(16) },
    });
    const known = aKnown({}, { ...told, ...quoting('a', 30), cwe: 'CWE-89', evidence: [] });
    const other = (over: Partial<RaisedFinding>) =>
      aRaised({ ...told, fingerprint: '1:new', evidence: [], ...quoting('b', 32), ...over });
    expect(by(other({ cwe: 'CWE-89', title: 'Injection' }), known)).toEqual(['score']);
    const { matched, possibly } = identifyFindings(
      [other({ category: 'bug', title: 'No user from findUser' })],
      [known],
    );
    expect([matched, possibly.map(({ finding }) => finding)]).toEqual([[], [known]]);
    // Of one kind, without a weakness by name: a few words in common are not enough either.
    const unnamed = aKnown(
      {},
      {
        ...quoting('a', 30),
        ...{ category: 'bug', evidence: [], title: 'findUser returns undefined' },
        description: 'findUser returns undefined when the query finds no row.',
      },
    );
    const second = other({
      ...{ category: 'bug', title: 'Missing error handling around the query' },
      description: 'An error of the query in findUser is not handled.',
    });
    delete second.cwe;
    expect(by(second, unnamed)).toEqual([]);
  });

  it('takes none of two that fit equally well, and lists both as possible', () => {
    const { matched, fresh, possibly } = identifyFindings([again()], [known(), known()]);
    expect([matched.length, fresh.length, possibly.length]).toEqual([0, 1, 2]);
    for (const { score } of possibly) expect(score).toBeGreaterThanOrEqual(0.45);
  });

  it('follows a file whose lines moved, by the pairs that are sure', () => {
    const words = [
      'tokens never expire in openSession',
      'eval of the template in renderPage',
      'path of readUpload unchecked',
    ];
    const at = (line: number, index: number) => ({
      description: words[index] ?? '',
      title: words[index] ?? '',
      evidence: [],
      location: { path: 'a.js', startLine: line },
      fingerprint: `1:${line}`,
    });
    const before = [10, 50, 90].map((line, index) => aKnown({}, at(line, index)));
    const after = [10, 50, 90].map((line, index) => aRaised(at(line + 70, index)));
    const { matched } = identifyFindings(after, before);
    expect(matched.map(({ finding, raised }) => finding.title === raised.title)).toEqual([true, true, true]);
  });

  it('knows a check’s finding again only by the same check and rule', () => {
    const raisedBy = (rule: string, fingerprint: string) => ({
      origin: { kind: 'check' as const, name: 'ast-grep', rule },
      fingerprint,
    });
    const finding = aKnown({}, raisedBy('sql', '1:before'));
    expect(by(aRaised(raisedBy('sql', '1:after')), finding)).toEqual(['anchor']);
    expect(by(aRaised(raisedBy('eval', '1:after')), finding)).toEqual([]);
  });
});

const someFinding = fc.record({
  title: fc.constantFrom('SQL injection in findUser', 'XSS in renderPage', 'Key in the source'),
  description: fc.constantFrom('Input reaches the query', 'The `page` is not escaped', ''),
  cwe: fc.constantFrom('CWE-89', 'CWE-79', 'CWE-798'),
  location: fc.record({ path: fc.constantFrom('a.js', 'b.js'), startLine: fc.integer({ min: 1, max: 60 }) }),
  fingerprint: fc.constantFrom('1:a', '1:b', '1:c', '1:d'),
  evidence: fc.constantFrom<RaisedFinding['evidence'][]>([], [{ path: 'a.js', quote: 'query(name)' }]),
});
const someRaised = fc.array(
  someFinding.map((over) => aRaised(over)),
  { maxLength: 12 },
);
const someKnown = fc.array(
  someFinding.map((over) => aKnown({}, over)),
  { maxLength: 12 },
);

describe('any two scans', () => {
  it('are matched one to one, and nothing is lost', () => {
    fc.assert(
      fc.property(someRaised, someKnown, (raised, known) => {
        const { matched, fresh } = identifyFindings(raised, known);
        expect(new Set(matched.map(({ finding }) => finding.id)).size).toBe(matched.length);
        expect(new Set([...matched.map((match) => match.raised), ...fresh]).size).toBe(raised.length);
        expect(matched.length + fresh.length).toBe(raised.length);
      }),
    );
  });

  it('are matched alike in whatever order they come', () => {
    const told = ({ matched }: ReturnType<typeof identifyFindings>) =>
      matched.map(({ finding, raised, by }) => JSON.stringify([finding.id, raised, by])).toSorted();
    fc.assert(
      fc.property(someRaised, someKnown, (raised, known) => {
        const backwards = identifyFindings(raised.toReversed(), known.toReversed());
        expect(told(backwards)).toEqual(told(identifyFindings(raised, known)));
      }),
    );
  });

  it('match wholly where they are the same', () => {
    const distinct = fc.uniqueArray(fc.tuple(fc.nat(9), fc.integer({ min: 1, max: 900 })), {
      selector: String,
      maxLength: 30,
    });
    fc.assert(
      fc.property(distinct, (places) => {
        const raised = places.map(([file, startLine]) =>
          aRaised({ location: { path: `${file}.js`, startLine }, fingerprint: `1:${file}:${startLine}` }),
        );
        const { matched, fresh } = identifyFindings(
          raised,
          raised.map((one) => aKnown({}, one)),
        );
        expect([matched.length, fresh]).toEqual([raised.length, []]);
        for (const match of matched) expect(match.finding.location).toEqual(match.raised.location);
      }),
    );
  });

  it('match nothing where one side is empty', () => {
    const nothing = { matched: [], fresh: [], possibly: [], comparisons: 0 };
    expect(identifyFindings([], [aKnown()])).toEqual(nothing);
    expect(identifyFindings([aRaised()], [])).toMatchObject({ matched: [], fresh: [aRaised()] });
  });
});

describe('the quality of recognising', () => {
  const rows = readRows();
  const { tuned, heldOut } = halvesOf(rows);
  const pairs = pairsOfRuns(rows, heldOut);

  it('keeps its bars on repeated scans of the applications that the score was not tuned on', () => {
    const { precision, recall, common } = measureIdentity(pairs);
    expect(common).toBeGreaterThan(1_500);
    expect(precision).toBeGreaterThanOrEqual(98.5);
    expect(recall).toBeGreaterThanOrEqual(97);
  });

  it('is what the documentation says where most was dropped and all lines moved', () => {
    const held = measureIdentity(pairs, { seeds: 2 });
    expect(held.precision).toBeGreaterThanOrEqual(91.6);
    expect(held.recall).toBeGreaterThanOrEqual(91.8);
    const known = measureIdentity(pairsOfRuns(rows, tuned), { seeds: 2 });
    expect(known.precision).toBeGreaterThanOrEqual(95.8);
    expect(known.recall).toBeGreaterThanOrEqual(93);
  });

  it.each([
    { files: 400, most: 20_000 },
    { files: 1, most: 30_000 },
  ])('compares the words of few pairs for 500 findings among 10,000 in $files files', ({ files, most }) => {
    const { raised, known } = manyFindings({ known: 10_000, raised: 500, files });
    const { matched, fresh, comparisons } = identifyFindings(raised, known);
    expect(matched.length + fresh.length).toBe(500);
    expect(comparisons).toBeGreaterThan(0);
    expect(comparisons).toBeLessThan(most);
  });

  it('finds the one that is meant in a file with thousands', () => {
    const { raised, known } = manyFindings({ known: 2_000, raised: 1, files: 1 });
    const words = { title: 'Upload overwrites neighbours', description: 'The archive member names leave the folder.' };
    const place = { path: 'src/0.js', startLine: 5_000 };
    const meant = aKnown({}, { ...words, evidence: [], fingerprint: '1:meant', location: place });
    const again = aRaised({
      title: 'Archive member leaves its folder',
      description: 'Upload of an archive: member names overwrite neighbours of the folder.',
      evidence: [],
      fingerprint: '1:again',
      location: { ...place, startLine: 5_003 },
    });
    const others = Array.from({ length: 3 }, () => raised).flat();
    const { matched } = identifyFindings([again, ...others], [...known, meant]);
    expect(matched.find((match) => match.raised === again)?.finding.id).toBe(meant.id);
  });
});
