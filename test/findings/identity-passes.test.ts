import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pathDigest } from '../../src/findings/anchor.ts';
import { distinguish } from '../../src/findings/distinguish.ts';
import type { Anchor, Finding, RaisedFinding } from '../../src/findings/finding.ts';
import { type IdentityContext, identifyFindings } from '../../src/findings/identify-findings.ts';
import { sha256 } from '../../src/lib/hash.ts';
import { aKnown, aRaised } from './builders.ts';

const digest = (text: string) => sha256(text).slice(0, 16);
const anchorAt = (path: string, line: string, { scope, block }: { scope?: string; block?: string } = {}): Anchor => ({
  path: pathDigest(path),
  line: digest(line),
  ...(scope === undefined ? {} : { scope: digest(scope) }),
  ...(block === undefined ? {} : { block: digest(block) }),
});

let prints = 0;
type Place = { path?: string; startLine?: number; scope?: string; line?: string; block?: string };
/** A problem at a place, with a fingerprint and a quote that nothing else has. */
const at = (
  { path = 'a.js', startLine = 1, line = 'query(name)', ...place }: Place,
  over: Partial<RaisedFinding> = {},
) => {
  const print = `1:${++prints}`;
  return {
    fingerprint: print,
    location: { path, startLine },
    evidence: [{ path, startLine, quote: `${line} // ${print}` }],
    anchor: anchorAt(path, line, place),
    ...over,
  };
};
const known = (place: Place, over: Partial<Finding> = {}, told: Partial<RaisedFinding> = {}) =>
  aKnown(over, at(place, told));
const raised = (place: Place, told: Partial<RaisedFinding> = {}) => aRaised(at(place, told));
const pairsOf = (some: readonly RaisedFinding[], all: readonly Finding[], context: IdentityContext = {}) =>
  identifyFindings(some, all, context).matched.map((match) => [
    some.indexOf(match.raised),
    all.indexOf(match.finding),
    match.by,
  ]);

describe('the same line in the same declaration', () => {
  it('is the same problem, whatever the words, and told apart from the same line elsewhere in the file', () => {
    const all = [known({ scope: 'a', startLine: 3 }), known({ scope: 'b', startLine: 9 })];
    const words = { title: 'Injection', description: 'Other words.' };
    expect(pairsOf([raised({ scope: 'b', startLine: 40 }, words)], all)).toEqual([[0, 1, 'anchor']]);
  });

  it('is known again where the declaration was renamed', () => {
    expect(pairsOf([raised({ scope: 'renamed' })], [known({ scope: 'before' })])).toEqual([[0, 0, 'anchor']]);
  });

  it('is known again by where it was seen before', () => {
    const moved = known({ scope: 'a', line: 'new' });
    const all = [{ ...moved, anchors: [anchorAt('a.js', 'old', { scope: 'a' }), ...moved.anchors] }];
    const words = { title: 'Injection', description: 'Other words.' };
    expect(pairsOf([raised({ scope: 'a', line: 'old' }, words)], all)).toEqual([[0, 0, 'anchor']]);
  });

  it('has two problems where two weaknesses are told', () => {
    const sql = { cwe: 'CWE-89', title: 'SQL injection' };
    const log = { cwe: 'CWE-532', title: 'Password in the log' };
    const all = [known({ scope: 'a' }, {}, sql), known({ scope: 'a' }, {}, log)];
    const some = [
      raised({ scope: 'a' }, { ...log, title: 'Secret logged' }),
      raised({ scope: 'a' }, { ...sql, title: 'Query' }),
    ];
    expect(pairsOf(some, all).toSorted()).toEqual([
      [0, 1, 'anchor'],
      [1, 0, 'anchor'],
    ]);
  });

  it('tells several by the lines around them, and else by their order where none came or went', () => {
    const all = [known({ scope: 'a', startLine: 3, block: 'x' }), known({ scope: 'a', startLine: 9, block: 'y' })];
    expect(pairsOf([raised({ scope: 'a', startLine: 50, block: 'y' })], all)).toEqual([[0, 1, 'anchor']]);
    const edited = [
      raised({ scope: 'a', startLine: 60, block: 'q' }),
      raised({ scope: 'a', startLine: 50, block: 'p' }),
    ];
    expect(pairsOf(edited, all).toSorted()).toEqual([
      [0, 1, 'anchor'],
      [1, 0, 'anchor'],
    ]);
  });

  it('is nobody’s where it fits two that nothing tells apart', () => {
    const all = [known({ scope: 'a', startLine: 3 }), known({ scope: 'a', startLine: 3 })];
    const { matched, possibly } = identifyFindings([raised({ scope: 'a', startLine: 30 })], all);
    expect([matched, possibly.length]).toEqual([[], 2]);
  });

  it('is the open one rather than the one that was resolved', () => {
    const all = [known({ scope: 'a' }, { state: 'resolved' }), known({ scope: 'a' })];
    expect(pairsOf([raised({ scope: 'a', startLine: 30 })], all)).toEqual([[0, 1, 'anchor']]);
  });

  it('is known in every state', () => {
    for (const state of ['detected', 'open', 'investigated', 'resolved', 'ignored'] as const)
      expect(pairsOf([raised({ scope: 'a' })], [known({ scope: 'a' }, { state })])).toEqual([[0, 0, 'anchor']]);
  });
});

describe('moved code', () => {
  const words = { title: 'Injection', description: 'Other words.' };

  it('is followed through a renamed file', () => {
    const renames = [['a.js', 'lib/b.js']] as const;
    const some = [raised({ path: 'lib/b.js', scope: 'a' }, words)];
    expect(pairsOf(some, [known({ scope: 'a' })], { renames })).toEqual([[0, 0, 'anchor']]);
    expect(pairsOf(some, [known({ scope: 'a' })])).toEqual([]);
  });

  it('is compared by its words in the file’s new name', () => {
    const told = {
      cwe: 'CWE-89',
      title: 'SQL injection in findUser',
      description: 'findUser joins the name into the query.',
    };
    const again = { ...told, title: 'User name reaches a query in findUser' };
    const some = [raised({ path: 'b.js', line: 'edited', scope: 'findUser' }, again)];
    const all = [known({ line: 'before', scope: 'findUser' }, {}, told)];
    expect(pairsOf(some, all, { renames: [['a.js', 'b.js']] })).toEqual([[0, 0, 'score']]);
  });

  it('is known by the lines around it, in another file too', () => {
    const some = [raised({ path: 'b.js', block: 'x', scope: 'elsewhere' }, words)];
    expect(pairsOf(some, [known({ block: 'x', scope: 'a' })])).toEqual([[0, 0, 'block']]);
  });

  it('is another problem where there are copies of it, or somebody saw the first where it was', () => {
    const some = [raised({ path: 'b.js', block: 'x' }, words)];
    const one = known({ block: 'x' });
    expect(pairsOf(some, [one, known({ path: 'c.js', block: 'x' })])).toEqual([]);
    expect(pairsOf([...some, raised({ path: 'c.js', block: 'x' }, words)], [one])).toEqual([]);
    expect(pairsOf(some, [one], { present: [one.id] })).toEqual([]);
    expect(pairsOf([...some, raised({ block: 'x' }, words)], [one])).toEqual([[1, 0, 'anchor']]);
  });

  it('is known by declaration and line where its file is gone', () => {
    const some = [raised({ path: 'b.js', scope: 'a', block: 'y' }, words)];
    expect(pairsOf(some, [known({ scope: 'a', block: 'x' })], { gone: ['a.js'] })).toEqual([[0, 0, 'moved']]);
    expect(pairsOf(some, [known({ scope: 'a', block: 'x' })])).toEqual([]);
  });
});

describe('a cited finding', () => {
  it('is the one that was cited, though another one is nearer', () => {
    const all = [known({ startLine: 5, line: 'x' }), known({ startLine: 12, line: 'y' })];
    expect(pairsOf([raised({ startLine: 5, line: 'z' }, { known: all[1]?.id ?? '' })], all)).toEqual([[0, 1, 'known']]);
  });

  it('is found in the file’s new name', () => {
    const one = known({ line: 'x' });
    const some = [raised({ path: 'b.js', line: 'z' }, { known: one.id })];
    expect(pairsOf(some, [one], { renames: [['a.js', 'b.js']] })).toEqual([[0, 0, 'known']]);
  });

  it('goes to the likeliest of two that cite it, and to the one that has its fingerprint', () => {
    const one = known({ startLine: 5, scope: 'a' });
    const citing = raised({ startLine: 6, line: 'other' }, { known: one.id, title: 'Secret logged', cwe: 'CWE-532' });
    const same = raised({ startLine: 30, scope: 'a' }, { known: one.id });
    expect(pairsOf([citing, same], [one])).toEqual([[1, 0, 'known']]);
    const exact = aRaised({ ...at({ startLine: 30 }), fingerprint: one.fingerprints[0] ?? '' });
    expect(pairsOf([citing, exact], [one])).toEqual([[1, 0, 'fingerprint']]);
  });

  it('is not the neighbour that was cited, in another declaration or of another kind', () => {
    const sql = { cwe: 'CWE-89', category: 'security', title: 'Query is put together from the name' } as const;
    const all = [known({ scope: 'findUser', startLine: 10 }, {}, sql)];
    const cite = (over: Partial<RaisedFinding>, scope: string) =>
      raised({ scope, startLine: 14, line: 'return undefined' }, { known: all[0]?.id ?? '', ...over });
    const other = { title: 'Nothing is returned', description: 'The caller gets no answer.', category: 'bug' } as const;
    expect(pairsOf([cite(other, 'findOrders')], all)).toEqual([]);
    expect(pairsOf([cite(other, 'findUser')], all)).toEqual([]);
    const twin = { title: 'Orders are read unchecked', description: 'Another table.', cwe: 'CWE-89' };
    expect(pairsOf([cite(twin, 'findOrders')], all).filter(([, , by]) => by === 'known')).toEqual([]);
    expect(pairsOf([cite({ ...twin, category: 'security' }, 'findUser')], all)).toEqual([[0, 0, 'known']]);
  });

  it('is never one of a check', () => {
    const one = known({}, {}, { origin: { kind: 'check', name: 'oxlint', rule: 'no-eval' } });
    expect(pairsOf([raised({}, { known: one.id })], [one])).toEqual([]);
  });
});

describe('the same code in several places', () => {
  const check = { kind: 'check', name: 'oxlint', rule: 'no-eval' } as const;
  const places = (list: readonly (readonly [number, string])[]) =>
    distinguish(
      list.map(([startLine, block]) =>
        raised({ startLine, line: 'eval(x)', block, scope: block }, { origin: check, fingerprint: '1:eval' }),
      ),
    );

  it('keeps who is who when the first of them is gone', () => {
    const all = places([
      [1, 'x'],
      [20, 'y'],
      [40, 'z'],
    ]).map((one) => aKnown({}, one));
    const some = places([
      [18, 'y'],
      [38, 'z'],
    ]);
    expect(pairsOf(some, all).toSorted()).toEqual([
      [0, 1, 'anchor'],
      [1, 2, 'anchor'],
    ]);
  });

  it('stays recognised where nothing tells them apart', () => {
    const all = places([
      [1, 'x'],
      [20, 'x'],
      [40, 'x'],
    ]).map((one) => aKnown({}, one));
    expect(
      pairsOf(
        places([
          [1, 'x'],
          [20, 'x'],
        ]),
        all,
      ),
    ).toHaveLength(2);
  });
});

describe('what a judge said', () => {
  const told = (title: string, description: string, line: number) => ({
    title,
    description,
    evidence: [],
    location: { path: 'a.js', startLine: line },
    fingerprint: `1:${title}`,
    cwe: 'CWE-89',
  });
  const one = () => aKnown({}, told('Query of users', 'The name is joined into the query.', 10));
  const again = () => aRaised(told('Search is open to injection', 'LIKE clause from the form.', 300));
  const judged = (finding: Finding, same: boolean) => [{ fingerprint: again().fingerprint, finding: finding.id, same }];

  it('makes one of two that words and places left open, across files too', () => {
    const finding = one();
    expect(pairsOf([again()], [finding])).toEqual([]);
    expect(identifyFindings([again()], [finding], { judged: judged(finding, true) }).matched[0]?.by).toBe('judge');
    const elsewhere = { ...again(), location: { path: 'b.js', startLine: 4 } };
    expect(identifyFindings([elsewhere], [finding], { judged: judged(finding, true) }).matched[0]?.by).toBe('judge');
  });

  it('keeps two apart that would be possible', () => {
    const finding = aKnown({}, told('Query of users', 'The name is joined into the query.', 10));
    const near = aRaised({
      ...told('Query of users', 'The name is joined into the query.', 10),
      fingerprint: '1:near',
    });
    const twins = [finding, aKnown({}, told('Query of users', 'The name is joined into the query.', 10))];
    expect(identifyFindings([near], twins).possibly).toHaveLength(2);
    const said = twins.map(({ id }) => ({ fingerprint: '1:near', finding: id, same: false }));
    expect(identifyFindings([near], twins, { judged: said })).toMatchObject({ matched: [], possibly: [] });
  });

  it('never makes an agent’s finding one of a check, and none where it named two', () => {
    const finding = one();
    const check = { ...one(), origin: { kind: 'check' as const, name: 'oxlint', rule: 'x' } };
    expect(identifyFindings([again()], [check], { judged: judged(check, true) }).matched).toEqual([]);
    const other = one();
    const both = [...judged(finding, true), ...judged(other, true)];
    expect(identifyFindings([again()], [finding, other], { judged: both }).matched).toEqual([]);
  });
});

describe('two scans of one session that tell the same problem', () => {
  it('are one: the better proven is kept and says where else it was seen', () => {
    const line = { scope: 'a', startLine: 7 };
    const quoted = raised(line, { origin: { kind: 'agent', name: 'bugs' }, severity: 1, cwe: 'CWE-89' });
    const shown = raised(line, { verified: 'reproduced', cwe: 'CWE-89', location: { path: 'dao.js', startLine: 7 } });
    for (const order of [
      [quoted, shown],
      [shown, quoted],
    ]) {
      const [only, ...others] = distinguish(order);
      expect(others).toEqual([]);
      expect(only).toMatchObject({ fingerprint: shown.fingerprint, verified: 'reproduced', severity: 1 });
      expect(only?.description).toContain('Also at `a.js:7`.');
    }
  });

  it('stay two where the weakness, the line or the declaration is another', () => {
    const one = raised({ scope: 'a' }, { cwe: 'CWE-89' });
    for (const other of [
      raised({ scope: 'a' }, { cwe: 'CWE-79' }),
      raised({ scope: 'a', startLine: 2 }, { cwe: 'CWE-89' }),
      raised({ scope: 'b' }, { cwe: 'CWE-89' }),
      raised({ scope: 'a' }, { cwe: 'CWE-89', origin: { kind: 'check', name: 'semgrep', rule: 'sql' } }),
    ])
      expect(distinguish([one, other])).toHaveLength(2);
  });
});

const somePlace = fc.record({
  path: fc.constantFrom('a.js', 'b.js', 'c.js'),
  startLine: fc.integer({ min: 1, max: 40 }),
  scope: fc.constantFrom('f', 'g'),
  line: fc.constantFrom('x', 'y', 'z'),
  block: fc.constantFrom('p', 'q', 'r', 's'),
});
const someTold = fc.record({
  title: fc.constantFrom('SQL injection in findUser', 'XSS in renderPage'),
  cwe: fc.constantFrom('CWE-89', 'CWE-79'),
});
const someRaised = fc.array(
  fc.tuple(somePlace, someTold).map(([place, told]) => raised(place, told)),
  { maxLength: 10 },
);
const states = ['open', 'resolved', 'ignored'] as const;
const someKnown = fc.array(
  fc
    .tuple(somePlace, someTold, fc.constantFrom(...states))
    .map(([place, told, state]) => known(place, { state }, told)),
  { maxLength: 10 },
);
const contexts = fc.record({
  renames: fc.constantFrom([], [['a.js', 'b.js'] as const]),
  gone: fc.subarray(['b.js', 'c.js']),
});

describe('anchored findings of any two scans', () => {
  it('are matched one to one and alike in whatever order they come', () => {
    const told = ({ matched }: ReturnType<typeof identifyFindings>) =>
      matched.map(({ finding, raised: one, by }) => `${finding.id} ${one.fingerprint} ${by}`).toSorted();
    fc.assert(
      fc.property(someRaised, someKnown, contexts, (some, all, context) => {
        const identified = identifyFindings(some, all, context);
        expect(new Set(identified.matched.map(({ finding }) => finding.id)).size).toBe(identified.matched.length);
        expect(new Set([...identified.matched.map((match) => match.raised), ...identified.fresh]).size).toBe(
          some.length,
        );
        expect(told(identifyFindings(some.toReversed(), all.toReversed(), context))).toEqual(told(identified));
      }),
    );
  });

  it('are matched by the sure passes alike, whatever unrelated findings there are', () => {
    const unrelated = fc.array(
      fc.tuple(fc.nat(5), fc.nat(99)).map(([file, line]) => ({
        path: `other${file}.js`,
        startLine: line + 1,
        scope: 'o',
        line: `o${line}`,
        block: `o${file}`,
      })),
      { maxLength: 6 },
    );
    const sure = ({ matched }: ReturnType<typeof identifyFindings>, some: readonly RaisedFinding[]) =>
      matched
        .filter(({ by, raised: one }) => by !== 'score' && some.includes(one))
        .map(({ finding, raised: one, by }) => `${finding.id} ${one.fingerprint} ${by}`)
        .toSorted();
    fc.assert(
      fc.property(someRaised, someKnown, unrelated, unrelated, (some, all, more, moreKnown) => {
        const alone = sure(identifyFindings(some, all), some);
        const among = identifyFindings(
          [...more.map((one) => raised(one)), ...some],
          [...all, ...moreKnown.map((one) => known(one))],
        );
        expect(sure(among, some)).toEqual(alone);
      }),
    );
  });

  it('match wholly where they are the same', () => {
    fc.assert(
      fc.property(someRaised, (some) => {
        const all = some.map((one) => aKnown({}, one));
        const { matched, fresh } = identifyFindings(some, all);
        expect(fresh).toEqual([]);
        for (const match of matched) expect(match.finding.fingerprints).toContain(match.raised.fingerprint);
      }),
    );
  });
});
