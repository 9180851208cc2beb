import { describe, expect, it } from 'vitest';
import { newFinding, recordSighting, resolveFinding } from '../../src/findings/apply-finding.ts';
import { distinguish } from '../../src/findings/distinguish.ts';
import { Finding } from '../../src/findings/finding.ts';
import { fingerprintOf } from '../../src/findings/fingerprint.ts';
import { identifyFindings } from '../../src/findings/identify-findings.ts';
import { issueDigest } from '../../src/findings/issue-digest.ts';
import { aKnown, aRaised, laterSighting, sighting } from './builders.ts';

const parts = {
  origin: { kind: 'check' as const, name: 'oxlint', rule: 'use-isnan' },
  category: 'bug' as const,
  path: 'a.js',
  symbol: undefined,
  quote: 'x === NaN',
};

describe('the fingerprint', () => {
  it('does not change with white space', () => {
    expect(fingerprintOf({ ...parts, quote: '  x  ===\tNaN\n' })).toBe(fingerprintOf(parts));
  });

  it.each([
    { path: 'b.js' },
    { category: 'quality' as const },
    { quote: 'y === NaN' },
    { symbol: 'f' },
    { origin: { kind: 'check' as const, name: 'oxlint', rule: 'other' } },
    { origin: { kind: 'agent' as const, name: 'oxlint', rule: 'use-isnan' } },
  ])('changes with %o', (over) => {
    expect(fingerprintOf({ ...parts, ...over })).not.toBe(fingerprintOf(parts));
  });
});

describe('recognising findings', () => {
  it('recognises by fingerprint, whatever the words', () => {
    const known = aKnown();
    const { matched, fresh } = identifyFindings([aRaised({ title: 'Injection!' })], [known]);
    expect(matched.map(({ finding, by }) => [finding.id, by])).toEqual([[known.id, 'fingerprint']]);
    expect(fresh).toEqual([]);
  });

  it('recognises the same quoted code raised under another scan and category', () => {
    const known = aKnown();
    const other = aRaised({ fingerprint: '1:other', category: 'bug', origin: { kind: 'agent', name: 'bugs' } });
    expect(identifyFindings([other], [known]).matched[0]).toMatchObject({ by: 'anchor', finding: { id: known.id } });
  });

  it('believes a cited id only for the same file', () => {
    const known = aKnown();
    const cited = aRaised({ fingerprint: '1:new', known: known.id, evidence: [] });
    expect(identifyFindings([cited], [known]).matched).toHaveLength(1);
    const elsewhere = { ...cited, location: { path: 'src/other.js' } };
    expect(identifyFindings([elsewhere], [known]).fresh).toEqual([elsewhere]);
  });

  it('gives each known finding to one raised one only', () => {
    const { matched, fresh } = identifyFindings([aRaised(), aRaised()], [aKnown()]);
    expect([matched.length, fresh.length]).toEqual([1, 1]);
  });

  it('tells findings without quoted code apart by their words', () => {
    const known = aKnown({}, { evidence: [], title: 'Missing limit on uploads' });
    const find = (title: string, description: string) =>
      identifyFindings([aRaised({ evidence: [], title, description })], [known]).matched.length;
    expect([
      find('Limit for uploads missing', known.description),
      find('Passwords are logged', 'The log line has the secret in clear.'),
    ]).toEqual([1, 0]);
  });

  it('leaves an anchor that fits several known findings alone', () => {
    const known = [aKnown({}, { fingerprint: '1:x' }), aKnown({}, { fingerprint: '1:y' })];
    expect(identifyFindings([aRaised({ fingerprint: '1:z' })], known).fresh).toHaveLength(1);
  });

  it('keeps the finding of a check while the code that it quotes is edited, but not under another rule', () => {
    const origin = { kind: 'check' as const, name: 'ast-grep', rule: 'js-eval' };
    const known = aKnown({}, { origin });
    const edited = aRaised({
      origin,
      fingerprint: '1:edited',
      evidence: [{ path: 'src/db.js', quote: 'eval(other)' }],
    });
    expect(identifyFindings([edited], [known]).matched[0]).toMatchObject({ by: 'place' });
    const other = { ...edited, origin: { ...origin, rule: 'js-sql' } };
    expect(identifyFindings([other], [known]).fresh).toEqual([other]);
  });

  it('does not believe a cited id for an unrelated problem of the same file', () => {
    const known = aKnown();
    const unrelated = aRaised({
      known: known.id,
      fingerprint: '1:unrelated',
      title: 'Timer is never stopped',
      description: 'It keeps the process alive.',
      category: 'performance',
      location: { path: 'src/db.js', startLine: 400 },
      evidence: [{ path: 'src/db.js', startLine: 400, quote: 'setInterval(poll, 10)' }],
    });
    expect(identifyFindings([unrelated], [known]).fresh).toEqual([unrelated]);
  });
});

describe('several findings of one session', () => {
  it('are one where they are the same problem', () => {
    const twice = [
      aRaised({ severity: 3 }),
      aRaised({ severity: 1, evidence: [{ path: 'b.js', quote: 'other code' }] }),
    ];
    const [only, ...others] = distinguish(twice);
    expect(others).toEqual([]);
    expect(only).toMatchObject({ severity: 1, evidence: [{ path: 'src/db.js' }, { path: 'b.js' }] });
  });

  it('stay apart where one line has two problems, in an order of their own', () => {
    const titles = ['SQL built from input', 'Password compared in constant time'];
    const prints = (order: string[]) => distinguish(order.map((title) => aRaised({ title }))).map(({ title }) => title);
    expect(prints(titles)).toHaveLength(2);
    expect(prints(titles.toReversed())).toEqual(prints(titles));
  });

  it('are one where the words differ but the weakness is the same', () => {
    const raised = ['SQL built from input', 'Query concatenation'].map((title) => aRaised({ title, cwe: 'CWE-89' }));
    expect(distinguish(raised)).toHaveLength(1);
  });

  it('stay apart where none of them quotes code', () => {
    const bare = (title: string) => aRaised({ title, evidence: [], location: { path: 'src/db.js' } });
    expect(distinguish([bare('No limit on uploads'), bare('Passwords are logged')])).toHaveLength(2);
  });

  it('stay apart where the same code stands in several places, in an order that survives moved lines', () => {
    const at = (startLine: number) => aRaised({ location: { path: 'src/db.js', startLine } });
    const prints = (lines: number[]) =>
      distinguish(lines.map(at)).map(({ fingerprint, location }) => [location?.startLine, fingerprint]);
    expect(prints([30, 10])).toEqual([
      [10, '1:a'],
      [30, '1:a#2'],
    ]);
    expect(prints([15, 35])).toEqual([
      [15, '1:a'],
      [35, '1:a#2'],
    ]);
  });
});

describe('a finding over time', () => {
  it('is a valid record with an id of its own', () => {
    const first = newFinding(aRaised(), sighting);
    expect(Finding.parse(first)).toEqual(first);
    expect(newFinding(aRaised(), sighting).id).not.toBe(first.id);
  });

  it('counts sightings and moves with the code, but keeps the words it was first told in', () => {
    const seen = recordSighting(
      aKnown(),
      aRaised({ title: 'Other words', fingerprint: '1:b', location: { path: 'src/db.js', startLine: 40 } }),
      laterSighting,
    );
    expect(seen).toMatchObject({
      title: 'SQL built from input',
      occurrences: 2,
      fingerprints: ['1:a', '1:b'],
      lastSeen: laterSighting,
      firstSeen: sighting,
    });
    expect(seen.location?.startLine).toBe(40);
  });

  it('keeps its proof when it is claimed again without any', () => {
    const seen = recordSighting(aKnown(), aRaised({ evidence: [], verified: 'none' }), laterSighting);
    expect(seen).toMatchObject({ verified: 'quoted', evidence: [{ path: 'src/db.js' }] });
  });

  it('changes nothing that an issue shows when an agent tells the same problem in other words', () => {
    const known = aKnown();
    const other = aRaised({
      title: 'Injection!',
      description: 'Other words.',
      severity: 3,
      category: 'bug',
      expected: 'x',
      actual: 'y',
      nextSteps: ['Something else'],
      suggestedPrompt: 'Do it.',
      evidence: [...aRaised().evidence, { path: 'src/db.js', quote: 'one more line' }],
    });
    const seen = recordSighting(known, other, laterSighting);
    expect(issueDigest(seen)).toBe(issueDigest(known));
    expect(recordSighting(known, { ...other, severity: 1 }, laterSighting).severity).toBe(1);
  });

  it('gets its details back from a sighting after they were withheld', () => {
    const { location: _, ...rest } = aKnown({
      title: 'Withheld security finding',
      description: '',
      evidence: [],
      nextSteps: [],
    });
    const seen = recordSighting(rest, aRaised(), laterSighting);
    expect(seen).toMatchObject({ title: 'SQL built from input', evidence: aRaised().evidence });
  });

  it('is open again, as regressed, when it comes back after it was resolved', () => {
    const resolved = resolveFinding(aKnown({ issue: { number: 3, labels: [] } }), {
      at: laterSighting.at,
      proof: 'silent',
    });
    expect(resolved).toMatchObject({ state: 'resolved', resolution: { proof: 'silent' } });
    const back = recordSighting(resolved, aRaised(), laterSighting);
    expect(back).toMatchObject({ state: 'open', regressed: { commit: laterSighting.commit } });
    expect(back).not.toHaveProperty('resolution');
  });

  it('stays ignored when it is seen again', () => {
    expect(recordSighting(aKnown({ state: 'ignored' }), aRaised(), laterSighting).state).toBe('ignored');
  });
});
